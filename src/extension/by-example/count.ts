/** What can be counted of a preview. Pure; of all pieces, so it is done once until something changes. */
import type { Doubt } from "../../contract/webview.ts";
import type { Rows } from "./lesson.ts";
import type { Counts, DoubtfulPiece, Session } from "./session.ts";

export function count(rows: Rows, output: Session["output"]): Counts {
  let [changes, failed] = [0, 0];
  for (let piece = 0; piece < rows.count(); piece++) {
    const result = output(piece);
    if (result === null) failed++;
    else if (result !== undefined && result !== rows.open(piece)) changes++;
  }
  return { examples: rows.lesson().examples.length, changes, failed };
}

/** The first piece of each doubtful text that is open. */
export function findDoubts(rows: Rows, doubts: readonly Doubt[], skipped: ReadonlySet<string>): DoubtfulPiece[] {
  const left = new Map(doubts.filter(({ input }) => !skipped.has(input)).map((doubt) => [doubt.input, doubt]));
  const found: DoubtfulPiece[] = [];
  for (let piece = 0; left.size > 0 && piece < rows.count(); piece++) {
    const doubt = left.get(rows.open(piece) ?? "");
    if (!doubt || rows.open(piece) === undefined) continue;
    left.delete(doubt.input);
    found.push({ piece, doubt });
  }
  return found;
}
