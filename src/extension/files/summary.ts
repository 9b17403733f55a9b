/** What became of a file, in words. Pure. */
import { joined, type Said, say } from "../../contract/say.ts";
import type { Problem, RunCounts } from "./journal.ts";

export interface FileSummary extends RunCounts {
  readonly elapsedMs: number;
  /** The first thousand rows that were not done. */
  readonly problems: readonly Problem[];
}

/** "10,000 rows: 9,998 done, 2 failed (lines 17, 403)." */
export function describeSummary(summary: Omit<FileSummary, "elapsedMs" | "changed" | "unsure">): Said {
  const count = (value: number): string => value.toLocaleString("en-US");
  const parts = [say`${count(summary.done)} done`];
  if (summary.kept > 0) parts.push(say`${count(summary.kept)} had a value already`);
  if (summary.failed > 0) {
    const lines = summary.problems.slice(0, 5).map(({ line }) => count(line));
    const named = lines.join(", ") + (summary.failed > lines.length ? ", …" : "");
    const failed = count(summary.failed);
    parts.push(lines.length === 1 ? say`${failed} failed (line ${named})` : say`${failed} failed (lines ${named})`);
  }
  const what = joined(parts, ", ");
  return summary.rows === 1 ? say`1 row: ${what}.` : say`${count(summary.rows)} rows: ${what}.`;
}
