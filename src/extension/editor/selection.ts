/** The lines a person selected, as they were when they asked. */
import * as vscode from "vscode";
import { Notice } from "../errors.ts";

export interface SelectedLine {
  /** Counted from 0, as VS Code does. */
  readonly number: number;
  readonly text: string;
}

export interface Snapshot {
  readonly uri: vscode.Uri;
  readonly fileName: string;
  readonly languageId: string;
  /** Without blank lines: there is nothing to do on those. */
  readonly lines: readonly SelectedLine[];
}

/** Whole lines of all selections, each once. A selection that ends before the first character of a line leaves it out. */
export function takeSnapshot(editor: vscode.TextEditor): Snapshot {
  const { document } = editor;
  const numbers = new Set<number>();
  for (const selection of editor.selections) {
    if (selection.isEmpty) continue;
    const last = selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
    for (let number = selection.start.line; number <= last; number++) numbers.add(number);
  }
  return {
    uri: document.uri,
    fileName: document.uri.path.split("/").at(-1) ?? document.uri.path,
    languageId: document.languageId,
    lines: [...numbers]
      .sort((a, b) => a - b)
      .map((number) => ({ number, text: document.lineAt(number).text }))
      .filter(({ text }) => text.trim() !== ""),
  };
}

/** The selected lines, or those that the preview in front is about. @throws Notice where there are none, saying what to do. */
export function requireSelection(previewed: Snapshot | undefined): Snapshot {
  if (previewed) return previewed;
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Notice(vscode.l10n.t("Open a file and select the lines to work on first."));
  const snapshot = takeSnapshot(editor);
  if (snapshot.lines.length === 0) throw new Notice(vscode.l10n.t("Select the lines to work on first."));
  return snapshot;
}

/** Whether the lines still stand where they stood. */
export function isUnchanged(document: vscode.TextDocument, { lines }: Snapshot): boolean {
  return lines.every(({ number, text }) => number < document.lineCount && document.lineAt(number).text === text);
}
