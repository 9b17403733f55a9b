/** Lines that the person has changed since the file was saved: examples, given by editing. */
import * as vscode from "vscode";
import type { TextExample } from "../examples.ts";
import { savedAndEdited } from "./replace.ts";
import type { Snapshot } from "./selection.ts";

/** More than so many changed lines are work of another kind. */
export const maxEdited = 20;

export interface EditedLines {
  readonly examples: readonly TextExample[];
  /** The other lines. */
  readonly rest: Snapshot;
}

/** Undefined where no selected line was changed, or lines were added or removed, so that they cannot be told apart. */
export async function editedLines(snapshot: Snapshot): Promise<EditedLines | undefined> {
  const saved = await savedLines(await vscode.workspace.openTextDocument(snapshot.uri));
  if (!saved) return undefined;
  const { examples, rest } = savedAndEdited(saved, snapshot.lines);
  if (examples.length === 0 || examples.length > maxEdited || rest.length === 0) return undefined;
  return { examples, rest: { ...snapshot, lines: rest } };
}

/** The lines as they were saved; undefined where the document was not changed since, or lines were added or removed. */
export async function savedLines(document: vscode.TextDocument): Promise<readonly string[] | undefined> {
  if (!document.isDirty || document.isUntitled) return undefined;
  const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri)).split(/\r\n|\n|\r/);
  return saved.length === document.lineCount ? saved : undefined;
}
