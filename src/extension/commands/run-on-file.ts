/** Run Program on File…: a saved program, or one learned from the file's own labelled rows, on every row of a file. */
import { basename } from "node:path";
import * as vscode from "vscode";
import { say } from "../../contract/say.ts";
import type { App } from "../app.ts";
import { UnreadableFile } from "../files/encoding.ts";
import { beginRun, clearRuns, describeSource, findInterrupted, forgetRun, type Interrupted } from "../files/journal.ts";
import { findArrays } from "../files/json.ts";
import { readEncoding } from "../files/lines.ts";
import { openFile } from "../files/open.ts";
import type { FinishedRun } from "../files/result.ts";
import { describeSummary, type FileSummary } from "../files/summary.ts";
import { inWords } from "../in-words.ts";
import { runOrder } from "../run-file.ts";
import { type Arguments, fileArgument, readArguments } from "./arguments.ts";
import { askForFile } from "./ask-for-file.ts";
import { chooseWork, type Work } from "./choose-work.ts";
import { refuseSource, showResult, showSummary } from "./file-result.ts";

export interface FileOutcome extends FileSummary {
  readonly state: "done";
  readonly summary: string;
}

/**
 * Arguments, each asked for where missing: `file` (path); `task` (id or name) with `version`, or `labelColumn` to learn
 * from the rows that have one; `inputColumn`; `outputColumn`; `list` (in JSON: where the list is); `output` (path of the
 * result; else it opens in an editor or the grid); `resume` (whether to go on with a run that was interrupted).
 * Undefined where the person gave up.
 */
export async function run(app: App, args: unknown): Promise<FileOutcome | undefined> {
  const given = readArguments(args);
  const path = given.text("file") ?? fileArgument(args) ?? (await askForFile());
  if (path === undefined) return undefined;
  const unsaved = vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.fsPath === path);
  if (unsaved)
    void vscode.window.showWarningMessage(
      vscode.l10n.t("The file has unsaved changes; HAPA reads it as it was saved."),
    );
  await clearRuns(app.results.folder, app.results.isShown);

  const interrupted = await findInterrupted(app.results.folder, path).catch((error: unknown) =>
    unreadable(path, error),
  );
  const resume = interrupted && (given.flag("resume") ?? (await askToResume(interrupted)));
  if (interrupted && resume === undefined) return undefined;
  if (interrupted && !resume) await forgetRun(interrupted.folder);
  const ended = interrupted && resume ? await goOn(app, interrupted) : await start(app, path, given);
  if (!ended) return undefined;

  const { finished, proof } = ended;
  app.results.keep(finished);
  await showResult(app, finished);
  showSummary(app, finished, proof);
  const { rows, done, failed, kept, changed, unsure, problems, elapsedMs } = finished.state;
  const summary = inWords(describeSummary(finished.state));
  return { state: "done", summary, rows, done, failed, kept, changed, unsure, problems, elapsedMs };
}

interface Ended {
  readonly finished: FinishedRun;
  readonly proof?: Work["proof"];
}

async function start(app: App, path: string, given: Arguments): Promise<Ended | undefined> {
  const { client } = await app.backend.get();
  const source = await describeSource(path).catch((error: unknown) => unreadable(path, error));
  const at = await chooseList(path, given);
  if (at === null) return undefined;
  const file = await openFile(path, at === undefined ? {} : { at }).catch((error: unknown) => unreadable(path, error));
  const work = await chooseWork(client, file, given);
  if (!work) return undefined;
  const target = given.text("output");
  if (target !== undefined) await refuseSource(path, target);
  const { program, name, draft, columns, doubtful, proof } = work;
  const { taskId, version, language } = program;
  const order = {
    ...{ source, program: { taskId, version, language }, name, draft, ...columns, doubtful },
    ...(at === undefined ? {} : { at }),
    ...(target === undefined ? {} : { target }),
  };
  const folder = await beginRun(app.results.folder, order);
  const finished = await runOrder(app, app.results, order, folder).catch((error: unknown) => stopped(app, path, error));
  return { finished, proof };
}

async function goOn(app: App, { folder, journal }: Interrupted): Promise<Ended> {
  const { order, state } = journal;
  const going = runOrder(app, app.results, order, folder, { resume: state });
  return { finished: await going.catch((error: unknown) => stopped(app, order.source.path, error)) };
}

/** Undefined where the person gave up. */
async function askToResume({ journal: { order, state } }: Interrupted): Promise<boolean | undefined> {
  const row = (state.rows + 1).toLocaleString("en-US");
  const items = [
    {
      label: vscode.l10n.t("$(debug-continue) Resume at row {0}", row),
      detail: vscode.l10n.t("With “{0}”, version {1}: what is done is kept.", order.name, order.program.version),
      resume: true,
    },
    { label: vscode.l10n.t("$(debug-restart) Start over"), detail: "", resume: false },
  ];
  const title = vscode.l10n.t("A run on {0} was interrupted", basename(order.source.path));
  return (await vscode.window.showQuickPick<(typeof items)[number]>(items, { title }))?.resume;
}

/** Where in a JSON file the list is; undefined for other files, null where the person gave up. */
async function chooseList(path: string, given: Arguments): Promise<string | undefined | null> {
  if (!path.toLowerCase().endsWith(".json")) return undefined;
  const known = given.text("list");
  if (known !== undefined) return known;
  const names = (await findArrays(path, await readEncoding(path))).map((found) => found.join("."));
  if (names.length < 2) return names[0];
  const title = vscode.l10n.t("Which list of the file has the rows?");
  return (await vscode.window.showQuickPick(names, { title })) ?? null;
}

/** Says that a run which was cancelled can go on, and throws on. */
function stopped(app: App, path: string, error: unknown): never {
  if (error instanceof Error && error.name === "AbortError") {
    const resume = vscode.l10n.t("Resume");
    const message = vscode.l10n.t("HAPA stopped the run on {0}. What is done is kept for a week.", basename(path));
    void vscode.window.showInformationMessage(message, resume).then((chosen) => {
      if (chosen === resume) void vscode.commands.executeCommand("hapa.runOnFile", { file: path, resume: true });
    });
    app.log.info(message);
  }
  throw error;
}

function unreadable(path: string, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  throw code === undefined ? error : new UnreadableFile(say`${path} cannot be read: ${message}`);
}
