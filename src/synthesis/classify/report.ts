/** What cross-validation found, as numbers and in words. */
import type { JsonValue } from "../../contract/wire.ts";
import { wilson } from "../../learning/statistics/wilson.ts";
import type { Held } from "./calibrate.ts";
import type { Cases } from "./cases.ts";

export interface LabelReport {
  readonly label: JsonValue;
  /** Held-out cases with this label. */
  readonly rows: number;
  /** Of these, the share that was given it. */
  readonly recall: number;
  /** Of the cases that were given it, the share that has it. */
  readonly precision: number;
}

export interface ClassifyReport {
  /** Of the held-out cases that were answered, the share answered right. */
  readonly accuracy: number;
  /** Wilson's 95% interval of the accuracy. */
  readonly interval: readonly [low: number, high: number];
  /** Of the held-out cases, the share that was answered. */
  readonly answered: number;
  readonly folds: number;
  /** Different inputs that were held out and asked. */
  readonly rows: number;
  readonly learner: "rules" | "linear";
  /** Answers that were wrong, the commonest first, at most 20. */
  readonly confusion: readonly { readonly expected: JsonValue; readonly got: JsonValue; readonly count: number }[];
  readonly perLabel: readonly LabelReport[];
  /** Answers less sure than this become null; 0 where none do. */
  readonly threshold: number;
  /** Rows that repeat an earlier input; they count once. */
  readonly duplicates: number;
  /** Positions of examples outvoted by others with the same input, and their share of all. */
  readonly contradictions: { readonly rows: readonly number[]; readonly share: number };
}

const maxConfusions = 20;
const maxPositions = 100;

export function reportOf(
  held: readonly Held[],
  cases: Cases,
  examples: number,
  how: { readonly learner: "rules" | "linear"; readonly folds: number; readonly threshold: number },
): ClassifyReport {
  const { labels, contradictory, duplicates } = cases;
  const answers = held.filter(({ confidence }) => confidence >= how.threshold);
  const right = answers.filter(({ label, got }) => label === got).length;
  const { low, high } = wilson(right, answers.length);
  const counts = new Map<string, { expected: JsonValue; got: JsonValue; count: number }>();
  for (const { label, got } of answers) {
    if (label === got) continue;
    const key = `${label} ${got}`;
    const entry = counts.get(key) ?? { expected: labels[label] ?? null, got: labels[got] ?? null, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return {
    accuracy: answers.length === 0 ? 0 : right / answers.length,
    interval: [low, high],
    answered: held.length === 0 ? 0 : answers.length / held.length,
    folds: how.folds,
    rows: held.length,
    learner: how.learner,
    confusion: [...counts.values()].sort((a, b) => b.count - a.count).slice(0, maxConfusions),
    perLabel: labels.map((label, c) => {
      const own = held.filter((one) => one.label === c);
      const given = answers.filter((one) => one.got === c);
      const hits = given.filter((one) => one.label === c).length;
      return { label, rows: own.length, recall: hits / (own.length || 1), precision: hits / (given.length || 1) };
    }),
    threshold: how.threshold,
    duplicates,
    contradictions: {
      rows: contradictory.slice(0, maxPositions),
      share: contradictory.length / Math.max(1, examples),
    },
  };
}

/** One or two sentences a person would use. */
export function explain(
  labels: readonly JsonValue[],
  what: string,
  by: string,
  report: ClassifyReport,
  cut: string,
): string {
  const names = labels.slice(0, 4).map((label) => JSON.stringify(label));
  const listed = labels.length > 4 ? `${names.join(", ")} and ${labels.length - 4} more` : names.join(" or ");
  const [low, high] = report.interval;
  const share = (value: number): string => `${Math.round(value * 100)}%`;
  const held =
    report.rows === 0
      ? ""
      : ` On ${report.rows} examples held out it was right in ${share(report.accuracy)} of its answers (likely ${share(low)} to ${share(high)})${
          report.answered < 0.9995 ? ` and gave one for ${share(report.answered)}` : ""
        }.`;
  const { rows } = report.contradictions;
  const outvoted =
    rows.length === 0
      ? ""
      : ` ${rows.length === 1 ? "One example contradicts" : `${rows.length} examples contradict`} others with the same input and ${rows.length === 1 ? "was" : "were"} outvoted (${rows
          .slice(0, 5)
          .map((row) => row + 1)
          .join(", ")}${rows.length > 5 ? ", …" : ""}).`;
  return `Labels ${what} as ${listed}, by ${by}.${held}${outvoted}${cut}`;
}
