/** Puts what a preview shows into the document: one edit, one step of undo, or nothing at all. */
import * as vscode from "vscode";
import { afterAcceptance, nameOf } from "../editor/after-acceptance.ts";
import { type LineEdit, lineEdits } from "../editor/replace.ts";
import { Notice } from "../errors.ts";
import type { KnownProgram } from "../programs.ts";
import type { Workshop } from "../workshop.ts";
import { nameOfFile } from "./choose-pieces.ts";
import type { Session } from "./session.ts";
import { replacedLines } from "./show.ts";

/** What is needed to accept it, as it was when the person did. */
export interface Preview {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly edits: readonly LineEdit[];
  readonly changes: number;
  readonly program: KnownProgram;
  readonly inputs: readonly string[];
  /** For the task that the program may be kept as. */
  readonly name: string;
}

/** Undefined where it would change nothing. */
export function previewOf(session: Session, document: vscode.TextDocument): Preview | undefined {
  const program = session.learned()?.program;
  const replacements = session.replacements();
  if (!program || replacements.length === 0) return undefined;
  const { lines, outputs } = replacedLines(session.tracker, replacements);
  return {
    document,
    version: document.version,
    edits: lineEdits(lines, outputs, document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n"),
    changes: replacements.length,
    program,
    inputs: session.rows.inputs(),
    name: nameOf(session.rows.lesson().examples),
  };
}

/** @throws Notice where the document cannot be changed, or has changed meanwhile */
export async function replaceBy(app: Workshop, preview: Preview): Promise<void> {
  const { document, version, edits, changes } = preview;
  // Through an editor: a workspace edit would change a document that the person has made read-only.
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const active = vscode.window.activeTextEditor;
  const editor =
    editors.find((one) => one === active) ?? editors[0] ?? (await vscode.window.showTextDocument(document));
  const { selections } = editor;
  const isMade = await editor.edit((edit) => {
    for (const { startLine, endLine, endCharacter, text } of edits)
      edit.replace(new vscode.Range(startLine, 0, endLine, endCharacter), text);
  });
  if (!isMade || document.version === version) {
    const name = nameOfFile(document);
    throw new Notice(
      document.version === version
        ? vscode.l10n.t("{0} cannot be changed (is it read-only?). Nothing was replaced.", name)
        : vscode.l10n.t("{0} changed just now, so nothing was replaced. Your edits are as they were.", name),
    );
  }
  editor.selections = selections; // The cursor stays where it was.
  app.previews.noteReplaced(document.uri);
  app.log.info(`Replaced ${changes} pieces of ${nameOfFile(document)} by example`);
  vscode.window.setStatusBarMessage(
    vscode.l10n.t("HAPA: {0} changed; undo takes them back in one step.", changes),
    8_000,
  );
  await afterAcceptance(app, preview.program, preview.inputs, preview.name);
}
