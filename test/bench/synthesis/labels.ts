/** Judges the generator on one set of labelled rows: accuracy on rows held out, what is confused, size and speed. */
import type { Example } from "../../../src/contract/tasks.ts";
import { wilson } from "../../../src/learning/statistics/wilson.ts";
import type { Problem } from "./files.ts";
import { generate } from "./generate.ts";
import { UsageError } from "./options.ts";
import { type Answer, runProgram, timeCalls } from "./run.ts";
import { dropRepeats, foldsOf, type Split, takePerClass } from "./split.ts";
import { mean, percentile } from "./statistics.ts";

export interface ClassResult {
  readonly label: string;
  readonly rows: number;
  readonly right: number;
  readonly unanswered: number;
  /** The wrong label most often given to its rows, and how often; null where there is none. */
  readonly mistakenFor: { readonly label: string; readonly rows: number } | null;
}

export interface LabelledResult {
  readonly name: string;
  /** Rows left out because their text stood before. */
  readonly repeats: number;
  /** Rows given in one run, on average, and rows tested in all of them. */
  readonly given: number;
  readonly tested: number;
  readonly right: number;
  /** Tested rows with an answer: not null, no exception. */
  readonly answered: number;
  /** Share of the tested rows that are right, with its 95% Wilson interval: a row without an answer is not right. */
  readonly accuracy: { readonly value: number; readonly low: number; readonly high: number };
  /** By share of right rows, the worst first. */
  readonly classes: readonly ClassResult[];
  /** Time of each run of the generator, in ms. */
  readonly trainMs: readonly number[];
  /** Largest program, in KB of 1,000 bytes. */
  readonly programKb: number;
  /** Of one call, in ms. */
  readonly callMs: { readonly mean: number; readonly p99: number };
  /** Why a run gave no program. */
  readonly reasons: readonly string[];
}

export interface LabelledOptions {
  readonly train?: number;
  readonly folds?: number;
  readonly seed: number;
  readonly budgetMs: number;
}

/**
 * @param test rows of another file to test on; absent: the held-out ones of the problem's own
 * @throws UsageError where no row is left to test on
 */
export async function judgeLabelled(
  { name, examples }: Problem,
  test: readonly Example[] | undefined,
  options: LabelledOptions,
): Promise<LabelledResult> {
  const rows = test ? examples : dropRepeats(examples);
  const splits = splitsOf(rows, test, options);
  if (splits.every(({ held }) => held.length === 0)) throw new UsageError(`${name}: no row is left to test on.`);
  const judged: { readonly example: Example; readonly answer: Answer }[] = [];
  const trainMs: number[] = [];
  const calls: number[] = [];
  const reasons: string[] = [];
  let programKb = 0;
  for (const { given, held } of splits) {
    // The texts to test on are not shown to it: accuracy is for texts nobody has seen.
    const { code, reason, ms } = await generate(given, [], options.budgetMs);
    trainMs.push(ms);
    if (code === null) reasons.push(reason);
    const inputs = held.map(({ input }) => input);
    const answers = code === null ? inputs.map(() => ({ error: reason })) : runProgram(code, inputs);
    for (const [i, example] of held.entries()) judged.push({ example, answer: answers[i] ?? { error: "no answer" } });
    if (code === null) continue;
    programKb = Math.max(programKb, Buffer.byteLength(code) / 1_000);
    for (const ms of timeCalls(
      code,
      inputs.filter((_, i) => "json" in (answers[i] ?? {})),
    ))
      calls.push(ms);
  }
  const outcomes = judged.map(({ example, answer }) => ({ expected: textOf(example.output), got: labelOf(answer) }));
  const right = outcomes.filter(({ expected, got }) => got === expected).length;
  return {
    ...{ name, repeats: examples.length - rows.length, tested: outcomes.length, right },
    given: mean(splits.map(({ given }) => given.length)),
    answered: outcomes.filter(({ got }) => got !== null).length,
    accuracy: { value: right / outcomes.length, ...wilson(right, outcomes.length) },
    classes: classResults(outcomes),
    ...{ trainMs, programKb, reasons },
    callMs: { mean: mean(calls), p99: percentile(calls, 0.99) },
  };
}

function splitsOf(rows: readonly Example[], test: readonly Example[] | undefined, options: LabelledOptions): Split[] {
  const { train, folds, seed } = options;
  if (folds !== undefined) return foldsOf(rows, folds, seed);
  const split = train === undefined ? { given: rows, held: [] } : takePerClass(rows, train, seed);
  return [test ? { given: split.given, held: test } : split];
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The label of an answer, which may come with a confidence; null: no answer. */
function labelOf(answer: Answer): string | null {
  if ("error" in answer) return null;
  const value: unknown = JSON.parse(answer.json);
  const label = typeof value === "object" && value !== null && "label" in value ? value.label : value;
  return label === null ? null : textOf(label);
}

function classResults(outcomes: readonly { readonly expected: string; readonly got: string | null }[]): ClassResult[] {
  const classes = [...Map.groupBy(outcomes, ({ expected }) => expected)].map(([label, rows]): ClassResult => {
    const wrong = rows.flatMap(({ got }) => (got === null || got === label ? [] : [got]));
    const [most] = [...Map.groupBy(wrong, (got) => got)].sort(([, a], [, b]) => b.length - a.length);
    return {
      ...{ label, rows: rows.length, right: rows.filter(({ got }) => got === label).length },
      unanswered: rows.filter(({ got }) => got === null).length,
      mistakenFor: most ? { label: most[0], rows: most[1].length } : null,
    };
  });
  return classes.sort((a, b) => a.right / a.rows - b.right / b.rows);
}
