/** Editors for the tests inside VS Code: opened on text, closed without asking. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  commands,
  extensions,
  Range,
  Selection,
  type TabInputTextDiff,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";
import type { CommandFailure } from "../../../src/extension/commands/index.ts";
import type { HapaApi } from "../../../src/extension/main.ts";

/** The extension, activated. */
export async function hapa(): Promise<HapaApi> {
  const extension = extensions.getExtension<HapaApi>("hapa.hapa");
  assert.ok(extension, "VS Code has not loaded the extension");
  return extension.activate();
}

/** A folder that is gone after the tests. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "hapa-suite-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A saved file in an editor, with lines `from` to `to` (counted from 0, both included; all unless told) selected. */
export async function openFile(path: string, content: string, from = 0, to?: number): Promise<TextEditor> {
  await writeFile(path, content);
  const document = await workspace.openTextDocument(Uri.file(path));
  const editor = await window.showTextDocument(document, { preview: false });
  select(editor, from, to ?? document.lineCount - 1);
  return editor;
}

export function select(editor: TextEditor, from: number, to: number): void {
  const end = editor.document.lineAt(to).range.end;
  editor.selection = new Selection(editor.document.lineAt(from).range.start, end);
}

export async function replaceLine(editor: TextEditor, line: number, text: string): Promise<void> {
  const { start, end } = editor.document.lineAt(line).range;
  await editor.edit((edit) => edit.replace(new Range(start, end), text));
}

/** Reverts and closes everything that is open. */
export async function closeEditors(): Promise<void> {
  await commands.executeCommand("hapa.preview.discard");
  for (let tab = window.tabGroups.activeTabGroup.activeTab; tab; tab = window.tabGroups.activeTabGroup.activeTab) {
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    if (window.tabGroups.activeTabGroup.activeTab === tab) break;
  }
}

/** The text on the right of the preview that is open; undefined where none is. */
export async function previewText(): Promise<string | undefined> {
  for (const { input } of window.tabGroups.all.flatMap((group) => group.tabs)) {
    const modified = (input as TabInputTextDiff | undefined)?.modified;
    if (modified?.scheme === "hapa-preview") return (await workspace.openTextDocument(modified)).getText();
  }
  return undefined;
}

/** Runs a command that must go well. */
export async function done<T>(command: string, args?: unknown): Promise<T> {
  const outcome = await commands.executeCommand<T | CommandFailure | undefined>(command, args);
  if (typeof outcome === "object" && outcome !== null && "state" in outcome && outcome.state === "failed")
    assert.fail(`${command}: ${"message" in outcome ? outcome.message : ""}`);
  return outcome as T;
}

/** Runs a command that must fail; gives what the person is told. */
export async function refused(command: string, args?: unknown): Promise<CommandFailure> {
  const outcome = await commands.executeCommand<CommandFailure | undefined>(command, args);
  assert.equal(outcome?.state, "failed", `${command} did not fail: ${JSON.stringify(outcome)}`);
  return outcome as CommandFailure;
}
