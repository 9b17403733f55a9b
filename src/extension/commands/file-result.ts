/** Where the result of a file is seen: small ones in an unsaved editor, all in the grid, and saved where one chooses. */
import { existsSync } from "node:fs";
import { copyFile, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { Notice } from "../errors.ts";
import { byteOrderMark, decodeText, encodingOf } from "../files/encoding.ts";
import type { FinishedRun } from "../files/result.ts";
import { describeSummary } from "../files/summary.ts";
import { inWords } from "../in-words.ts";
import { showError } from "../notify.ts";
import { saveTask } from "../save-task.ts";
import type { Work } from "./choose-work.ts";

const smallBytes = 5_000_000;

/** @throws Notice where the result would take the place of what is read, however that is written. */
export async function refuseSource(source: string, target: string): Promise<void> {
  const [from, to] = await Promise.all([source, target].map((path) => realpath(path).catch(() => path)));
  if (from === to) throw new Notice(vscode.l10n.t("The result cannot take the place of the file that is read."));
}

/** After a run: a small result in an editor, a large one in the grid. A chosen place is opened. */
export async function showResult(app: App, { order, folder }: FinishedRun): Promise<void> {
  const { size } = await stat(folder.result);
  if (order.target === undefined && size < smallBytes) return openUnsaved(folder.result, order.source.path);
  if (order.target !== undefined && (await openOnDisk(order.target))) return;
  await app.results.show();
}

/** The result in an editor, which shows large ones less well than the grid. */
export async function openResultFile({ order, folder }: FinishedRun): Promise<void> {
  const { size } = await stat(folder.result);
  if (order.target === undefined && size < smallBytes) return openUnsaved(folder.result, order.source.path);
  const place = order.target ?? folder.result;
  if (await openOnDisk(place)) return;
  const message = vscode.l10n.t("The result is in {0}; it is too large for an editor.", place);
  void vscode.window.showInformationMessage(message);
}

/** Copies the result to where the person says. */
export async function saveResultAs({ order, folder }: FinishedRun): Promise<void> {
  const source = order.source.path;
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Save the Result"),
    defaultUri: vscode.Uri.file(resultName(source, "")),
  });
  if (!chosen) return;
  await refuseSource(source, chosen.fsPath);
  if (chosen.fsPath !== folder.result) await copyFile(folder.result, chosen.fsPath);
  const open = vscode.l10n.t("Open");
  const message = vscode.l10n.t("The result is saved as {0}.", basename(chosen.fsPath));
  if ((await vscode.window.showInformationMessage(message, open)) === open) await openOnDisk(chosen.fsPath);
}

async function openOnDisk(path: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path)).then(undefined, () => undefined);
  if (document) await vscode.window.showTextDocument(document, { preview: false });
  return document !== undefined;
}

/** As a new, unsaved document beside the source: Save proposes its name, and nothing is on disk before. */
async function openUnsaved(result: string, source: string): Promise<void> {
  const bytes = await readFile(result);
  const text = decodeText(encodingOf(bytes), bytes, 0).replace(byteOrderMark, ""); // An editor adds its own when it saves.
  const document = await vscode.workspace.openTextDocument(freePlace(source));
  const edit = new vscode.WorkspaceEdit();
  const ending = text.includes("\r\n") ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF; // Else the editor takes its own.
  edit.set(document.uri, [
    vscode.TextEdit.setEndOfLine(ending),
    vscode.TextEdit.insert(new vscode.Position(0, 0), text),
  ]);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(0, 0, 0, 0) });
}

/** `tickets.hapa.csv`, or the next of its kind that is neither on disk nor open. */
function freePlace(source: string): vscode.Uri {
  for (let number = 1; ; number++) {
    const path = resultName(source, number === 1 ? "" : ` ${number}`);
    const uri = vscode.Uri.file(path).with({ scheme: "untitled" });
    const open = vscode.workspace.textDocuments.some((document) => document.uri.path === uri.path);
    if (!open && !existsSync(path)) return uri;
  }
}

function resultName(source: string, number: string): string {
  const ending = extname(source);
  return join(dirname(source), `${basename(source, ending)}.hapa${number}${ending}`);
}

/** The message at the end; does not wait for its buttons. */
export function showSummary(app: App, { order, state }: FinishedRun, proof: Work["proof"]): void {
  const text = inWords(describeSummary(state));
  const [grid, save] = [vscode.l10n.t("Show Results"), vscode.l10n.t("Save as Task…")];
  const buttons = [grid, ...(order.draft ? [save] : [])];
  const rate = Math.round(state.rows / Math.max(0.001, state.elapsedMs / 1_000)).toLocaleString("en-US");
  const seconds = (state.elapsedMs / 1_000).toFixed(1);
  const message =
    proof === undefined
      ? vscode.l10n.t("HAPA: {0} {1} s, {2} rows/s.", text, seconds, rate)
      : vscode.l10n.t("HAPA: {0} The program is {1}. {2} s, {3} rows/s.", text, proof, seconds, rate);
  app.log.info(message);
  const show = state.failed > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(message, ...buttons)
    .then(async (chosen) => {
      if (chosen === grid) await app.results.show();
      if (chosen === save) await saveTask(app, order.program.taskId, order.name);
    })
    .then(undefined, (error: unknown) => showError(app.log, error));
}
