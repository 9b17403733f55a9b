/** What became of a file, in words. Pure. */
import type { Problem, RunCounts } from "./journal.ts";

export interface FileSummary extends RunCounts {
  readonly elapsedMs: number;
  /** The first thousand rows that were not done. */
  readonly problems: readonly Problem[];
}

/** "10,000 rows: 9,998 done, 2 failed (lines 17, 403)." */
export function describeSummary(summary: Omit<FileSummary, "elapsedMs" | "changed" | "unsure">): string {
  const count = (value: number): string => value.toLocaleString("en-US");
  const parts = [`${count(summary.done)} done`];
  if (summary.kept > 0) parts.push(`${count(summary.kept)} had a value already`);
  if (summary.failed > 0) {
    const lines = summary.problems.slice(0, 5).map(({ line }) => count(line));
    const more = summary.failed > lines.length ? ", …" : "";
    parts.push(`${count(summary.failed)} failed (${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}${more})`);
  }
  return `${count(summary.rows)} ${summary.rows === 1 ? "row" : "rows"}: ${parts.join(", ")}.`;
}
