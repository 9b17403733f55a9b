/** Run Program on File…: a saved program, or one learned from the file's own labelled rows, on every row of a file. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { UnreadableFile } from "../files/lines.ts";
import { openFile } from "../files/open.ts";
import { describeSummary, type FileJob, type FileSummary, runFile } from "../files/run.ts";
import { runProgram } from "../programs.ts";
import { withProgress } from "../progress.ts";
import { tellOfPython } from "../python.ts";
import { fileArgument, readArguments } from "./arguments.ts";
import { askForFile } from "./ask-for-file.ts";
import { chooseWork } from "./choose-work.ts";
import { createResultFile, showResult, showSummary } from "./file-result.ts";

export interface FileOutcome extends FileSummary {
  readonly state: "done";
  readonly summary: string;
}

/**
 * Arguments, each asked for where missing: `file` (path); `task` (id or name) with `version`, or `labelColumn` to learn
 * from the rows that have one; `inputColumn`; `outputColumn`; `output` (path of the result; else it opens in an editor).
 * Undefined where the person gave up.
 */
export async function run(app: App, args: unknown): Promise<FileOutcome | undefined> {
  const given = readArguments(args);
  const path = given.text("file") ?? fileArgument(args) ?? (await askForFile());
  if (path === undefined) return undefined;
  const unsaved = vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.fsPath === path);
  if (unsaved) void vscode.window.showWarningMessage("The file has unsaved changes; HAPA reads it as it was saved.");

  const { client } = await app.backend.get();
  const file = await openFile(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === undefined ? error : new UnreadableFile(`${path} cannot be read: ${error.message}`);
  });
  const work = await chooseWork(client, file, given);
  if (!work) return undefined;

  const result = await createResultFile(path, given.text("output"));
  try {
    const job: FileJob = { file, ...work.columns };
    const summary = await withProgress(`running on ${result.name}`, (signal, report) => {
      tellOfPython(app.backend, work.program, report);
      return runFile(job, (inputs) => runProgram(client, work.program, inputs, { log: true, signal }), result.path, {
        signal,
        onProgress: ({ rows, fraction, rowsPerSecond }) =>
          report(`${count(rows)} rows · ${count(rowsPerSecond)} rows/s`, fraction),
      });
    });
    await showResult(result);
    const text = describeSummary(summary);
    showSummary(app, text, summary, work);
    return { state: "done", summary: text, ...summary };
  } finally {
    await result.dispose();
  }
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
