/** What stands in the editor when the person asks in the panel. */
import * as vscode from "vscode";
import type { Language, ProgramLanguage } from "../../contract/tasks.ts";
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

/** @param forData The language of programs that work on data files. */
export function editorContext(snapshot: Snapshot | undefined, forData: ProgramLanguage): EditorContext {
  return {
    fileName: snapshot?.fileName ?? null,
    language: languageOf(snapshot?.languageId) ?? forData,
    selectedLines: snapshot?.lines.slice(0, maxLines).map(({ text }) => text) ?? [],
  };
}

/** Undefined for what is no code of a language that HAPA writes. */
function languageOf(languageId: string | undefined): Language | undefined {
  const language = languageId?.replace(/react$/, "");
  return language === "python" || language === "typescript" || language === "javascript" ? language : undefined;
}
