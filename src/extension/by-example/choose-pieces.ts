/** What the person has chosen in an editor, to be transformed by example. */
import * as vscode from "vscode";
import { maxEdited, savedLines } from "../editor/edited-lines.ts";
import { Notice } from "../errors.ts";
import { detectDelimiter } from "../files/csv.ts";
import { columnOf, type Pieces, piecesOf } from "./pieces.ts";

const notDocuments = new Set(["output", "hapa-preview", "comment", "debug"]);

interface Chosen {
  readonly editor: vscode.TextEditor;
  readonly document: vscode.TextDocument;
  /** Of the whole document. */
  readonly lines: readonly string[];
  readonly pieces: Pieces;
}

/**
 * What is chosen in the editor in front, and which of its pieces were edited since the file was saved: what they said then.
 * @param isOurs whether HAPA has replaced lines of the document since it was saved: those are no edits of the person's
 * @throws Notice where there is nothing to work on, saying what to do
 */
export async function choose(
  kind: "selection" | "column",
  isOurs: (uri: vscode.Uri) => boolean,
): Promise<Chosen & { readonly edited: ReadonlyMap<number, string> }> {
  const chosen = choosePieces(kind);
  const { version } = chosen.document;
  const edited = await editedBefore(chosen, isOurs);
  return chosen.document.version === version ? { ...chosen, edited } : { ...choosePieces(kind), edited: new Map() };
}

function choosePieces(kind: "selection" | "column"): Chosen {
  const editor = vscode.window.activeTextEditor;
  if (!editor || notDocuments.has(editor.document.uri.scheme))
    throw new Notice(vscode.l10n.t("Open a file and select the lines to work on first."));
  const { document } = editor;
  if (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false)
    throw new Notice(vscode.l10n.t("{0} is read-only, so its lines cannot be edited.", nameOfFile(document)));
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
  const pieces = kind === "column" ? columnPieces(lines, editor) : piecesOf(lines, editor.selections);
  if (pieces.spans.length < 2)
    throw new Notice(
      vscode.l10n.t("Select the lines to transform first: at least two, of which you then edit one or a few."),
    );
  return { editor, document, lines, pieces };
}

function columnPieces(lines: readonly string[], { document, selection }: vscode.TextEditor): Pieces {
  const isTabs = /\.(tsv|tab)$/i.test(document.uri.path) || document.languageId === "tsv";
  const pieces = columnOf(lines, selection, isTabs ? "\t" : detectDelimiter(lines[0] ?? ""));
  if (pieces) return pieces;
  throw new Notice(
    vscode.l10n.t("Put the cursor into a cell of the column, in a CSV or TSV file whose first line names the columns."),
  );
}

export function nameOfFile({ uri }: vscode.TextDocument): string {
  return uri.path.split("/").at(-1) ?? uri.path;
}

/** Whole lines that the person has edited since the file was saved, as they were then. */
async function editedBefore(
  { document, lines, pieces }: Chosen,
  isOurs: (uri: vscode.Uri) => boolean,
): Promise<ReadonlyMap<number, string>> {
  const saved = pieces.kind === "lines" && !isOurs(document.uri) ? await savedLines(document) : undefined;
  const edited = new Map<number, string>();
  if (!saved) return edited;
  for (const [piece, { start }] of pieces.spans.entries()) {
    const before = saved[start.line] ?? "";
    if (before.trim() !== "" && before !== lines[start.line]) edited.set(piece, before);
  }
  return edited.size <= maxEdited && edited.size < pieces.spans.length ? edited : new Map();
}
