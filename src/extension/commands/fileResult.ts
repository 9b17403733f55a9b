/** Where the result of a file goes: an unsaved editor where it is small, else a file of the person's choice. */
import { copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { Notice } from "../errors.ts";
import { byteOrderMark } from "../files/lines.ts";
import type { FileSummary } from "../files/run.ts";
import { openText, showError } from "../notify.ts";
import { saveTask } from "../saveTask.ts";

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
export async function showResult(result: ResultFile, languageId: string): Promise<void> {
  if (result.target === undefined && (await stat(result.path)).size < smallBytes) {
    const known = await vscode.languages.getLanguages();
    const text = (await readFile(result.path, "utf8")).replace(byteOrderMark, ""); // An editor adds its own when it saves.
    return openText(text, known.includes(languageId) ? languageId : "plaintext");
  }
  const target = result.target ?? (await askForPlace(result.source));
  if (target === undefined) throw new Notice("The result was not saved. Run it again and choose a place for it.");
  if (target === result.source) throw new Notice("The result cannot take the place of the file that was read.");
  await copyFile(result.path, target);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(target)).then(undefined, () => undefined);
  if (document) await vscode.window.showTextDocument(document, { preview: false });
  else void vscode.window.showInformationMessage(`The result is in ${target}; it is too large for an editor.`);
}

async function askForPlace(source: string): Promise<string | undefined> {
  const ending = extname(source);
  const name = `${basename(source, ending)}.hapa${ending}`;
  const chosen = await vscode.window.showSaveDialog({
    title: "Save the Result",
    defaultUri: vscode.Uri.file(join(dirname(source), name)),
  });
  return chosen?.fsPath;
}

/** The message at the end; does not wait for its buttons. */
export function showSummary(
  app: App,
  text: string,
  summary: FileSummary,
  draft: { readonly taskId: string; readonly name: string } | undefined,
): void {
  const [details, save] = ["Show Details", "Save as Task…"];
  const buttons = [...(summary.failed > 0 ? [details] : []), ...(draft ? [save] : [])];
  const rate = Math.round(summary.done / Math.max(0.001, summary.elapsedMs / 1_000)).toLocaleString("en-US");
  const seconds = (summary.elapsedMs / 1_000).toFixed(1);
  const message = `HAPA: ${text} ${seconds} s, ${rate} rows/s.`;
  app.log.info(message);
  const show = summary.failed > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(message, ...buttons)
    .then(async (chosen) => {
      if (chosen === details) await openText(describeProblems(text, summary), "markdown");
      if (chosen === save && draft) await saveTask(app, draft.taskId, draft.name);
    })
    .then(undefined, (error: unknown) => showError(app.log, error));
}

function describeProblems(text: string, { problems, failed }: FileSummary): string {
  const more = failed > problems.length ? [`… and ${(failed - problems.length).toLocaleString("en-US")} more.`] : [];
  const lines = problems.map(({ line, reason }) => `- line ${line}: ${reason}`);
  return [`# ${text}`, "", "These rows stand in the result as they were:", "", ...lines, ...more, ""].join("\n");
}
