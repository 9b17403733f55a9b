/** Where the result of a file goes: an unsaved editor where it is small, else a file of the person's choice. */
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { Notice } from "../errors.ts";
import { byteOrderMark } from "../files/lines.ts";
import type { FileSummary } from "../files/run.ts";
import { openText, showError } from "../notify.ts";
import { saveTask } from "../save-task.ts";
import type { Work } from "./choose-work.ts";

const smallBytes = 5_000_000;

export interface ResultFile {
  /** Written here, so that a cancelled run leaves nothing behind. */
  readonly path: string;
  /** Name of the file that was read. */
  readonly name: string;
  readonly source: string;
  /** Chosen beforehand by whoever called the command. */
  readonly target: string | undefined;
  dispose(): Promise<void>;
}

export async function createResultFile(source: string, target: string | undefined): Promise<ResultFile> {
  if (target === source) throw new Notice("The result cannot take the place of the file that is read.");
  const folder = await mkdtemp(join(tmpdir(), "hapa-result-"));
  return {
    path: join(folder, "result"),
    name: basename(source),
    source,
    target,
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Opens the result. @throws Notice where the person did not choose a place for a large one. */
export async function showResult(result: ResultFile): Promise<void> {
  if (result.target === undefined && (await stat(result.path)).size < smallBytes) {
    const text = (await readFile(result.path, "utf8")).replace(byteOrderMark, ""); // An editor adds its own when it saves.
    return openUnsaved(result.source, text);
  }
  const target = result.target ?? (await askForPlace(result.source));
  if (target === undefined) throw new Notice("The result was not saved. Run it again and choose a place for it.");
  if (target === result.source) throw new Notice("The result cannot take the place of the file that was read.");
  await copyFile(result.path, target);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(target)).then(undefined, () => undefined);
  if (document) await vscode.window.showTextDocument(document, { preview: false });
  else void vscode.window.showInformationMessage(`The result is in ${target}; it is too large for an editor.`);
}

/** As a new, unsaved document beside the source: Save proposes its name, and nothing is on disk before. */
async function openUnsaved(source: string, text: string): Promise<void> {
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

async function askForPlace(source: string): Promise<string | undefined> {
  const chosen = await vscode.window.showSaveDialog({
    title: "Save the Result",
    defaultUri: vscode.Uri.file(resultName(source, "")),
  });
  return chosen?.fsPath;
}

/** The message at the end; does not wait for its buttons. */
export function showSummary(app: App, text: string, summary: FileSummary, { draft, name, program, proof }: Work): void {
  const [details, save] = ["Show Details", "Save as Task…"];
  const buttons = [...(summary.failed > 0 ? [details] : []), ...(draft ? [save] : [])];
  const rate = Math.round(summary.done / Math.max(0.001, summary.elapsedMs / 1_000)).toLocaleString("en-US");
  const seconds = (summary.elapsedMs / 1_000).toFixed(1);
  const proven = proof === undefined ? "" : ` The program is ${proof}.`;
  const message = `HAPA: ${text}${proven} ${seconds} s, ${rate} rows/s.`;
  app.log.info(message);
  const show = summary.failed > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(message, ...buttons)
    .then(async (chosen) => {
      if (chosen === details) await openText(describeProblems(text, summary), "markdown");
      if (chosen === save) await saveTask(app, program.taskId, name);
    })
    .then(undefined, (error: unknown) => showError(app.log, error));
}

function describeProblems(text: string, { problems, failed }: FileSummary): string {
  const more = failed > problems.length ? [`… and ${(failed - problems.length).toLocaleString("en-US")} more.`] : [];
  const lines = problems.map(({ line, reason }) => `- line ${line}: ${reason}`);
  return [`# ${text}`, "", "These rows stand in the result as they were:", "", ...lines, ...more, ""].join("\n");
}
