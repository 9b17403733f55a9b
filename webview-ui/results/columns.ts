/** The columns of the grid: what became of the row, its line, its cells, and why it failed. Pure. */
import type { ResultInfo } from "../../src/contract/results.ts";
import { strings } from "../shared/strings.ts";

export interface Column {
  readonly name: string;
  readonly kind: "state" | "line" | "cell" | "output" | "reason";
  /** Among the row's cells; null: it is none of them. */
  readonly place: number | null;
}

export function columnsOf({ columns, width, outputColumn, counts }: ResultInfo): Column[] {
  const words = strings.results;
  const names = columns ?? (width === 2 ? [words.input, words.output] : [words.output]);
  const cells = names.map((name, place): Column => {
    return { name, place, kind: place === outputColumn ? "output" : "cell" };
  });
  const reason: Column[] = counts.failed > 0 ? [{ name: words.reason, kind: "reason", place: null }] : [];
  const about: Column[] = [
    { name: words.state, kind: "state", place: null },
    { name: words.line, kind: "line", place: null },
  ];
  return [...about, ...cells, ...reason];
}
