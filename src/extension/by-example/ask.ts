/** Goes to a doubtful piece and asks what it should become, until one is answered or the person has enough. */
import * as vscode from "vscode";
import { Notice } from "../errors.ts";
import { askWhichIsRight } from "../views/which-is-right.ts";
import { rangeOf } from "./marks.ts";
import type { DoubtfulPiece, Session } from "./session.ts";
import { number } from "./words.ts";

/** @throws Notice where nothing is in doubt */
export async function askAbout(
  session: Session,
  editor: vscode.TextEditor,
  doubts: readonly DoubtfulPiece[],
): Promise<void> {
  if (doubts.length === 0) throw new Notice(vscode.l10n.t("No line is in doubt."));
  for (const [at, { piece, doubt }] of doubts.entries()) {
    const span = session.tracker.span(piece);
    if (!span) continue;
    const range = rangeOf(span);
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const place = vscode.l10n.t("line {0}, {1} of {2}", number(range.start.line + 1), at + 1, doubts.length);
    const reply = await askWhichIsRight(doubt, place, session.ended);
    if (!reply || session.ended.aborted) return;
    if (reply !== "skip") return session.answer(doubt.input, reply.output);
    session.skip(doubt.input);
  }
}
