/**
 * `npm run bench -- synthesis`: how much of a collection of problems the offline generator solves, and how fast. It runs
 * in this process, one problem after the other.
 */
import { readProblems } from "./files.ts";
import { judgeLabelled, type LabelledResult } from "./labels.ts";
import { type BenchOptions, parseOptions, UsageError, usage } from "./options.ts";
import { summarise } from "./summary.ts";
import { labelledLine, labelledTable, transformLine, transformTable } from "./tables.ts";
import { judgeTransform, type TransformResult } from "./transform.ts";

/** A figure for problems with at least so many examples: with three given, the others leave too few to judge by. */
const examplesEnough = 6;

/** Exit code 2 where the command line or a file is broken; how the generator fares does not change the exit code. */
export async function benchSynthesis(argv: readonly string[]): Promise<void> {
  try {
    const options = parseOptions(argv);
    if (options.format === "labelled") await benchLabelled(options);
    else await benchTransform(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
}

async function benchTransform(options: BenchOptions): Promise<void> {
  const { format, paths, only, train, budgetMs, json } = options;
  const results: TransformResult[] = [];
  for (const problem of readProblems(format, paths, only)) {
    const result = await judgeTransform(problem, train, budgetMs);
    results.push(result);
    if (!json) console.log(transformLine(result));
  }
  const enough = results.filter(({ given, heldOut }) => given + heldOut >= examplesEnough);
  const columns = [
    { title: "all", summary: summarise(results) },
    ...(train === undefined || enough.length === results.length
      ? []
      : [{ title: `${examplesEnough} examples or more`, summary: summarise(enough) }]),
  ];
  const unusable = results.filter(({ outcome }) => outcome === "no examples").map(({ name }) => name);
  if (json) return printJson(options, { columns, results });
  console.log(`\n${transformTable(columns)}\n${peakLine()}`);
  if (unusable.length > 0) console.log(`not counted, without examples: ${unusable.join(", ")}`);
}

async function benchLabelled(options: BenchOptions): Promise<void> {
  const { paths, only, test, json } = options;
  const [testSet] = test === undefined ? [] : readProblems("labelled", [test]);
  const results: LabelledResult[] = [];
  for (const problem of readProblems("labelled", paths, only)) {
    const result = await judgeLabelled(problem, testSet?.examples, options);
    results.push(result);
    if (!json) console.log(labelledLine(result));
  }
  if (json) return printJson(options, { results });
  console.log(`\n${labelledTable(results)}\n\n${peakLine()}`);
}

function printJson({ only, ...options }: BenchOptions, results: object): void {
  const asked = { ...options, only: only?.source };
  console.log(JSON.stringify({ options: asked, peakMemoryMb: peakMemoryMb(), ...results }, null, 2));
}

/** The most this process ever held in memory (its high-water mark), in MB. */
function peakMemoryMb(): number {
  return Math.round((process.resourceUsage().maxRSS * 1_024) / 1e6);
}

const peakLine = (): string => `${"peak memory of the process".padEnd(40)}${peakMemoryMb()} MB`;
