/** Hands what happens to a document on to its session. */
import * as vscode from "vscode";
import { nameOfFile } from "./choose-pieces.ts";
import type { Hand } from "./lesson.ts";
import type { Session } from "./session.ts";

/** Undefined where the session has followed the changes; else why it cannot go on. */
export function follow({ tracker, edited }: Session, event: vscode.TextDocumentChangeEvent): string | undefined {
  const { document, contentChanges, reason } = event;
  // What the person types makes a document dirty; what is read anew from its file does not.
  if (!document.isDirty && reason === undefined)
    return vscode.l10n.t(
      "{0} was read anew from its file, so Transform by Example has ended. Nothing was replaced.",
      nameOfFile(document),
    );
  const by = handOf(event);
  const touched = new Map<Hand, Set<number>>();
  for (const { range, text } of contentChanges) {
    const hand = by(range);
    const pieces = touched.get(hand) ?? new Set();
    touched.set(hand, pieces);
    for (const piece of tracker.apply({ start: range.start, end: range.end, text })) pieces.add(piece);
  }
  if (tracker.lineCount() !== document.lineCount)
    return vscode.l10n.t(
      "{0} changed in a way that cannot be followed, so Transform by Example has ended. Nothing was replaced.",
      nameOfFile(document),
    );
  for (const [hand, pieces] of touched) edited([...pieces], hand);
  return undefined;
}

/** Who made a change: the person, where one of their cursors stands there. */
function handOf({ document, reason }: vscode.TextDocumentChangeEvent): (range: vscode.Range) => Hand {
  if (reason === vscode.TextDocumentChangeReason.Undo) return () => "undo";
  if (reason === vscode.TextDocumentChangeReason.Redo) return () => "redo";
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const selections = editors.flatMap((editor) => [...editor.selections]);
  return (range) =>
    selections.some(({ start, end }) => start.line <= range.end.line && end.line >= range.start.line)
      ? "person"
      : "other";
}
