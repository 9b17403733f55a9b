/** The columns of the grid: what became of the row, its line, its cells, and why it failed. Pure. */
import type { ResultInfo, ResultRow } from "../../src/contract/results.ts";
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

/** What a character of the grid takes in pixels, about, and a cell besides its text. */
const characterWidth = 7.5;
const padding = 26;
const [shortest, longest] = [8, 48];
/** Texts longer than all but this share do not make a column wide. */
const usual = 0.9;

/** How wide each column after the first two is to be at least, in pixels, by what these rows have in it. */
export function widthsOf(columns: readonly Column[], rows: readonly ResultRow[]): number[] {
  return columns.slice(2).map(({ name, kind, place }) => {
    const lengths = rows
      .map(({ cells, reason }) => (kind === "reason" ? reason : cells[place ?? -1])?.length ?? 0)
      .sort((a, b) => a - b);
    const text = Math.max(name.length, lengths[Math.floor(lengths.length * usual)] ?? 0);
    const characters = Math.min(longest, Math.max(shortest, kind === "reason" ? shortest * 3 : 0, text));
    return Math.round(characters * characterWidth + padding);
  });
}
