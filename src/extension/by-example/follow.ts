/** Hands what happens to a document on to its session. */
import * as vscode from "vscode";
import { nameOfFile } from "./choose-pieces.ts";
import type { Hand } from "./lesson.ts";
import type { Session } from "./session.ts";

export interface Follower {
  changed(event: vscode.TextDocumentChangeEvent): void;
  saved(): void;
  /** Resolves when all that has happened to the document so far is known. */
  settled(): Promise<void>;
}

/** @param end called once the session cannot go on, with a sentence that says why */
export function createFollower(session: Session, document: vscode.TextDocument, end: (why: string) => void): Follower {
  let saves = 0;
  let checking: Promise<void> | undefined;
  let lastReason: vscode.TextDocumentChangeReason | undefined;

  /**
   * Text that is read anew from its file leaves the document clean without a save, which typing never does. Whether a
   * document is dirty is told right after what changed it: one round trip to the window brings it.
   */
  const endIfReadAnew = async (): Promise<void> => {
    const before = saves;
    await roundTrip();
    if (document.isDirty || saves !== before || session.ended.aborted) return;
    end(
      vscode.l10n.t(
        "{0} was read anew from its file, so Transform by Example has ended. Nothing was replaced.",
        nameOfFile(document),
      ),
    );
  };

  return {
    changed(event) {
      if (event.contentChanges.length > 0) {
        lastReason = event.reason;
        apply(session, event);
      }
      if (session.tracker.lineCount() !== document.lineCount)
        end(
          vscode.l10n.t(
            "{0} changed in a way that cannot be followed, so Transform by Example has ended. Nothing was replaced.",
            nameOfFile(document),
          ),
        );
      else if (!document.isDirty && lastReason === undefined) checking = endIfReadAnew();
    },
    saved() {
      saves++;
    },
    async settled() {
      await roundTrip();
      await checking;
    },
  };
}

/** Whatever the window had to tell before has arrived then. */
async function roundTrip(): Promise<void> {
  await vscode.commands.executeCommand("setContext", "hapa.byExample.asked", true);
}

function apply({ tracker, edited }: Session, event: vscode.TextDocumentChangeEvent): void {
  const by = handOf(event);
  const touched = new Map<Hand, Set<number>>();
  for (const { range, text } of event.contentChanges) {
    const hand = by(range);
    const pieces = touched.get(hand) ?? new Set();
    touched.set(hand, pieces);
    for (const piece of tracker.apply({ start: range.start, end: range.end, text })) pieces.add(piece);
  }
  for (const [hand, pieces] of touched) edited([...pieces], hand);
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

/** Whether an editor, also one behind others, shows the document. (Changing its language closes and opens it.) */
export function isOpen({ uri, isClosed }: vscode.TextDocument): boolean {
  const shows = ({ input }: vscode.Tab): boolean =>
    (input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()) ||
    (input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString());
  return !isClosed && vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(shows));
}
