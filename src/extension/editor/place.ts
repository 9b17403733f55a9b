/** Where the person is when they ask: a document, what is selected in it, and what of it may go along. */
import * as vscode from "vscode";
import type { Chip } from "../../contract/webview.ts";
import { type Snapshot, takeSnapshot } from "./selection.ts";

export interface Place {
  readonly document: vscode.TextDocument;
  /** What is selected exactly; empty at the cursor. Of several selections, the first. */
  readonly selection: vscode.Range;
  /** The selected lines as a whole; undefined without a selection, or where they do not stand together. */
  readonly lines: vscode.Range | undefined;
  readonly snapshot: Snapshot;
  /** Handed in with the place; else those that lie in the document are asked for. */
  readonly problems?: readonly vscode.Diagnostic[];
}

const notDocuments = new Set(["output", "hapa-preview", "comment", "debug"]);

/** The place in the active editor, or of the preview in front; undefined where none shows a document of the person's. */
export function currentPlace(previewed: Snapshot | undefined): Place | undefined {
  if (previewed) return placeOfSnapshot(previewed);
  const editor = vscode.window.activeTextEditor;
  if (!editor || notDocuments.has(editor.document.uri.scheme)) return undefined;
  const { document, selection, selections } = editor;
  const snapshot = takeSnapshot(editor);
  const lines = selections.length === 1 && !selection.isEmpty ? wholeLines(document, selection) : undefined;
  return { document, selection, lines, snapshot };
}

/** A place in a document that need not be shown. */
export function placeAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  problems?: readonly vscode.Diagnostic[],
): Place {
  const lines = wholeLines(document, document.validateRange(range));
  const snapshot = snapshotOf(document, lines);
  return { document, selection: lines, lines, snapshot, ...(problems ? { problems } : {}) };
}

function placeOfSnapshot(snapshot: Snapshot): Place | undefined {
  const name = snapshot.uri.toString();
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === name);
  const [first, last] = [snapshot.lines[0], snapshot.lines.at(-1)];
  if (!document || !first || !last) return undefined;
  const lines = document.validateRange(new vscode.Range(first.number, 0, last.number, last.text.length));
  return { document, selection: lines, lines, snapshot };
}

function snapshotOf(document: vscode.TextDocument, { start, end }: vscode.Range): Snapshot {
  const numbers = Array.from({ length: end.line - start.line + 1 }, (_, at) => start.line + at);
  return {
    uri: document.uri,
    fileName: fileNameOf(document.uri),
    languageId: document.languageId,
    lines: numbers
      .map((number) => ({ number, text: document.lineAt(number).text }))
      .filter(({ text }) => text.trim() !== ""),
  };
}

/** From the first character of the first line to the last of the last; a line of which nothing is selected is left out. */
function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return new vscode.Range(start.line, 0, last, document.lineAt(last).text.length);
}

/** What may go along from here: the selection, the file, its problems. */
export function chipsOf(place: Place): Chip[] {
  const { document, lines, snapshot } = place;
  const named = { label: fileNameOf(document.uri), path: pathOf(document.uri) };
  const problems = problemsOf(place);
  const between = lines ? { lines: [lines.start.line + 1, lines.end.line + 1] as const } : {};
  return [
    ...(snapshot.lines.length > 0
      ? [{ id: "selection", kind: "selection" as const, ...named, count: snapshot.lines.length, ...between }]
      : []),
    { id: "file", kind: "file", ...named, count: document.lineCount },
    ...(problems.length > 0 ? [{ id: "problems", kind: "problems" as const, ...named, count: problems.length }] : []),
  ];
}

/** Errors and warnings. */
export function problemsOf({ document, problems }: Place): readonly vscode.Diagnostic[] {
  const all = problems ?? vscode.languages.getDiagnostics(document.uri);
  return problems ? all : all.filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
}

export function fileNameOf(uri: vscode.Uri): string {
  return uri.path.split("/").at(-1) ?? uri.path;
}

/** In the workspace, with the folder's name before it where there are several. */
export function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
