/** How often a task's versions were right, over time and by class: by verdicts on fair draws. Pure. */
import type { Knowing } from "../../contract/knowing.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { OutcomeRow } from "../../store/outcomes.ts";
import type { Judged } from "../../store/validations.ts";
import { type Accuracy, accuracyOf, type OracleRecord, type Verdicts } from "../statistics/wilson.ts";

type AccuracyPoint = Knowing["accuracy"][number];

/** A point of fewer verdicts says next to nothing. */
const pointLeast = 20;
/** More classes than this are no labels. */
const classesMost = 20;
/** Of each class, on average. */
const classLeast = 5;
const unknown: Accuracy = { value: 0, low: 0, high: 1, n: 0 };
/** Where more of the wrong ones are of an unknown class, the classes would look better than they are. */
const unknownMost = 0.1;

/**
 * A chart of at most `points` points, oldest first: of each version about as many verdicts to a point. Of more versions
 * than points the newest are shown.
 *
 * @param rows in the order the executions ran
 * @param oracle how the model that judges did where the right answer was known
 */
export function accuracyOverTime(rows: readonly OutcomeRow[], oracle: OracleRecord, points: number): AccuracyPoint[] {
  const byVersion = new Map<number, OutcomeRow[]>();
  for (const row of rows) {
    const own = byVersion.get(row.version);
    if (own) own.push(row);
    else byVersion.set(row.version, [row]);
  }
  // Those that ran last are shown first; the newest point is the one that counts.
  const versions = [...byVersion].toSorted(([, a], [, b]) => lastOf(b).localeCompare(lastOf(a))).slice(0, points);
  const shown = versions.reduce((sum, [, own]) => sum + own.length, 0);
  const perPoint = Math.max(pointLeast, Math.ceil(shown / Math.max(1, points - versions.length)));
  return versions
    .flatMap(([version, own]) => {
      const count = Math.min(Math.max(1, Math.floor(own.length / perPoint)), points);
      return Array.from({ length: count }, (_, at) => {
        const part = own.slice(Math.floor((at * own.length) / count), Math.floor(((at + 1) * own.length) / count));
        return {
          from: part[0]?.executedAt ?? "",
          to: part.at(-1)?.executedAt ?? "",
          version,
          accuracy: accuracyOfRows(part, oracle) ?? unknown,
        };
      });
    })
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.version - b.version);
}

/** By the output that was expected, the most frequent first; empty where these are not few, or not known. */
export function accuracyByClass(rows: readonly OutcomeRow[], oracle: OracleRecord): Knowing["byClass"] {
  const byClass = new Map<string, OutcomeRow[]>();
  const wrong = rows.filter((row) => !row.correct);
  if (wrong.filter(({ label }) => label === null).length > unknownMost * wrong.length) return [];
  for (const row of rows) {
    if (row.label === null) continue;
    const own = byClass.get(row.label);
    if (own) own.push(row);
    else byClass.set(row.label, [row]);
    if (byClass.size > classesMost) return [];
  }
  if (byClass.size < 2 || rows.length < classLeast * byClass.size) return [];
  return [...byClass]
    .toSorted(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
    .map(([label, own]) => ({
      output: JSON.parse(label) as JsonValue,
      accuracy: accuracyOfRows(own, oracle) ?? unknown,
    }));
}

/** Of some versions together; null where none of it was judged. */
export function accuracyOfJudged(judged: readonly Judged[], oracle: OracleRecord): Accuracy | null {
  const sum = (of: readonly Verdicts[]): Verdicts => ({
    right: of.reduce((all, { right }) => all + right, 0),
    n: of.reduce((all, { n }) => all + n, 0),
  });
  return accuracyOf(sum(judged.map(({ sure }) => sure)), sum(judged.map(({ byModel }) => byModel)), oracle);
}

/** @returns null where there are none */
export function accuracyOfRows(
  rows: readonly Pick<OutcomeRow, "correct" | "byModel">[],
  oracle: OracleRecord,
): Accuracy | null {
  const of = (byModel: boolean): Verdicts => {
    const part = rows.filter((row) => row.byModel === byModel);
    return { right: part.filter(({ correct }) => correct).length, n: part.length };
  };
  return accuracyOf(of(false), of(true), oracle);
}

function lastOf(rows: readonly OutcomeRow[]): string {
  return rows.at(-1)?.executedAt ?? "";
}
