/** What stands in the editor when the person asks in the panel. */
import * as vscode from "vscode";
import type { Language } from "../../contract/tasks.ts";
import type { EditorContext } from "../../contract/webview.ts";
import { type Snapshot, takeSnapshot } from "./selection.ts";

const maxLines = 10_000;
const notDocuments = new Set(["output", "hapa-preview", "comment", "debug"]);

/** The snapshot of the active editor, or of the preview in front; undefined where none shows a document of the person's. */
export function currentSnapshot(previewed: Snapshot | undefined): Snapshot | undefined {
  if (previewed) return previewed;
  const editor = vscode.window.activeTextEditor;
  return editor && !notDocuments.has(editor.document.uri.scheme) ? takeSnapshot(editor) : undefined;
}

export function editorContext(snapshot: Snapshot | undefined): EditorContext {
  return {
    fileName: snapshot?.fileName ?? null,
    language: languageOf(snapshot?.languageId),
    selectedLines: snapshot?.lines.slice(0, maxLines).map(({ text }) => text) ?? [],
  };
}

/** Data files are worked on by JavaScript programs. */
function languageOf(languageId: string | undefined): Language {
  if (languageId === "python") return "python";
  return languageId === "typescript" || languageId === "typescriptreact" ? "typescript" : "javascript";
}
