/** The command line of `npm run bench -- synthesis`. */
import { parseArgs } from "node:util";

const formats = ["sygus", "spec", "labelled"] as const;
export type Format = (typeof formats)[number];

export interface BenchOptions {
  readonly format: Format;
  readonly paths: readonly string[];
  /** Examples given: the first so many (sygus, spec), or so many of each class (labelled); absent: all. */
  readonly train?: number;
  /** Time for one problem, in ms. */
  readonly budgetMs: number;
  readonly seed: number;
  /** A file of labelled rows to test on. */
  readonly test?: string;
  readonly folds?: number;
  readonly json: boolean;
  /** Problems whose name it finds; absent: all. */
  readonly only?: RegExp;
}

/** What was asked for cannot be done; its message says why. */
export class UsageError extends Error {}

export const usage = `Usage: npm run bench -- synthesis --format sygus|spec|labelled PATH… [options]
  sygus      .sl files, or folders of them; every constraint (= (f …) …) is an example
  spec       spec.json files, or folders of */spec.json: {"Examples": [{"Input": ["…"], "Output": "…"}]}
  labelled   CSV with the header text,label or text,category, or JSON {"test_cases": [{"input", "expected_output"}]};
             needs --train, --test or --folds
  --train N    give the first N examples and hold out the others; labelled: N rows of each class
  --test FILE  labelled: test on this file (its rows are not compared with those of PATH)
  --folds K    labelled: stratified cross-validation with K parts
  --budget S   seconds for one problem (5)
  --seed N     of the random choice of rows (1)
  --only RE    only problems whose name this regular expression finds
  --json       one JSON document instead of lines and tables`;

/** @throws UsageError where an option is unknown, missing, out of range, or does not go with the format */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals: paths } = parsed(argv);
  const format = formats.find((name) => name === values.format);
  if (!format) throw new UsageError(`--format must be one of: ${formats.join(", ")}.`);
  if (paths.length === 0) throw new UsageError("Name a file or folder with problems.");
  const train = numberOf("train", values.train, 1);
  const folds = numberOf("folds", values.folds, 2);
  if (format !== "labelled" && (folds !== undefined || values.test !== undefined))
    throw new UsageError("--folds and --test are for --format labelled.");
  if (folds !== undefined && (train !== undefined || values.test !== undefined))
    throw new UsageError("--folds chooses the rows to train and test on: leave out --train and --test.");
  if (format === "labelled" && train === undefined && folds === undefined && values.test === undefined)
    throw new UsageError("Labelled rows need --train N, --test FILE or --folds K: something to test on.");
  const budget = Number(values.budget);
  if (!(budget > 0 && budget < 1e6)) throw new UsageError("--budget must be a number of seconds above 0.");
  return {
    format,
    paths,
    budgetMs: budget * 1_000,
    seed: numberOf("seed", values.seed, 0) ?? 1,
    json: values.json,
    ...(train === undefined ? {} : { train }),
    ...(folds === undefined ? {} : { folds }),
    ...(values.test === undefined ? {} : { test: values.test }),
    ...(values.only === undefined ? {} : { only: pattern(values.only) }),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: "string" },
        train: { type: "string" },
        budget: { type: "string", default: "5" },
        seed: { type: "string" },
        test: { type: "string" },
        folds: { type: "string" },
        only: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value))
    throw new UsageError(`--${name} must be a whole number, ${least} or more.`);
  return value;
}

function pattern(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (error) {
    throw new UsageError(`--only is no regular expression: ${error instanceof Error ? error.message : error}`);
  }
}
