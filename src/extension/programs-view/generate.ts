/** Making programs for kept tasks: Generate (the new version runs) and Improve (it is compared first). */
import * as vscode from "vscode";
import type { Artifact } from "../../contract/artifacts.ts";
import type { ProgramLanguage, Task } from "../../contract/tasks.ts";
import type { App } from "../app.ts";
import { readArguments } from "../commands/arguments.ts";
import { inWords } from "../in-words.ts";
import { describeProof } from "../programs.ts";
import { withProgress } from "../progress.ts";
import { percent } from "./items.ts";
import { targetOf } from "./target.ts";

/**
 * The task that a lens or the tree names, as its file says where it has one. Arguments: `file` (address of a task
 * file) or `task`; without, the task file in front, else what is selected in the tree.
 */
export async function taskOf(app: App, args: unknown): Promise<Task> {
  const given = readArguments(args);
  const inFront = vscode.window.activeTextEditor?.document.uri;
  const isTaskFile = inFront?.path.includes("/.hapa/") && inFront.path.endsWith(".task.yaml");
  const file = given.text("file") ?? (given.text("task") === undefined && isTaskFile ? inFront?.toString() : undefined);
  if (file !== undefined) return app.taskFiles.bring(vscode.Uri.parse(file));
  const { task: id } = targetOf(app, args);
  const specified = app.taskFiles.fileOf(id);
  if (specified) return app.taskFiles.bring(specified);
  const { client } = await app.backend.get();
  return client.call("getTask", { params: { id } });
}

/** Makes a version; with `activate: false` it waits to be compared. @throws HapaError where none could be proven */
export async function makeVersion(
  app: App,
  task: Task,
  options: { readonly activate: boolean; readonly language?: ProgramLanguage },
): Promise<Artifact> {
  const { client } = await app.backend.get();
  return withProgress(vscode.l10n.t("making a program for “{0}”", task.name), (signal, report) =>
    client.stream(
      "generateProgram",
      { params: { id: task.id }, body: { strategy: "auto", ...options } },
      { onProgress: ({ message, fraction }) => report(message, fraction) },
      { signal },
    ),
  );
}

/** Gives the version made, which runs from now on. */
export async function generate(app: App, args: unknown): Promise<Artifact> {
  const task = await taskOf(app, args);
  const artifact = await makeVersion(app, task, { activate: true });
  const [openCode, runOnFile] = [vscode.l10n.t("Open Code"), vscode.l10n.t("Run on File…")];
  const { version, verification } = artifact;
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t("“{0}” runs version {1}: {2}.", task.name, version, inWords(describeProof(verification))),
      runOnFile,
      openCode,
    )
    .then((chosen) => {
      const target = { task: task.id, version };
      if (chosen === openCode) void vscode.commands.executeCommand("hapa.programs.open", target);
      if (chosen === runOnFile) void vscode.commands.executeCommand("hapa.runOnFile", target);
    });
  return artifact;
}

export interface Improvement {
  readonly made: Artifact;
  readonly before: Artifact | undefined;
}

/** Makes another version from the examples of now, and shows it beside the one that runs; the person decides. */
export async function improve(app: App, args: unknown): Promise<Improvement> {
  const task = await taskOf(app, args);
  const { client } = await app.backend.get();
  if (task.activeVersion === null) return { made: await generate(app, { task: task.id }), before: undefined };
  const params = { taskId: task.id, version: String(task.activeVersion) };
  const before = await client.call("getArtifact", { params });
  const made = await makeVersion(app, task, { activate: false });
  if (made.code === before.code) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The examples give “{0}” the same program as before. More, or other, examples may improve it.",
        task.name,
      ),
    );
    return { made, before };
  }
  await vscode.commands.executeCommand("hapa.programs.compare", {
    ...params,
    task: task.id,
    version: before.version,
    with: made.version,
  });
  const activate = vscode.l10n.t("Activate Version {0}", made.version);
  const message = vscode.l10n.t(
    "“{0}”: version {1} is {2} right by its proof, version {3} (which runs) was {4}.",
    task.name,
    made.version,
    percent(made.verification.accuracy),
    before.version,
    percent(before.verification.accuracy),
  );
  void vscode.window
    .showInformationMessage(message, activate, vscode.l10n.t("Keep Version {0}", before.version))
    .then((chosen) => {
      if (chosen === activate)
        void vscode.commands.executeCommand("hapa.programs.activate", { task: task.id, version: made.version });
    });
  return { made, before };
}

/** Run above a task file: on a value typed in, a file, or the selection of another editor. Arguments: `file` or `task`; `input`. */
export async function runTask(app: App, args: unknown): Promise<unknown> {
  const task = await taskOf(app, args);
  const given = readArguments(args).text("input");
  if (given !== undefined) return runOn(app, task, given);
  const value = { label: vscode.l10n.t("$(edit) On a value…"), detail: vscode.l10n.t("Typed in; a text, or JSON.") };
  const file = { label: vscode.l10n.t("$(table) On a file…"), detail: vscode.l10n.t("Lines, CSV, JSON lines.") };
  const title = vscode.l10n.t("Run “{0}”", task.name);
  const chosen = await vscode.window.showQuickPick([value, file], { title });
  if (chosen === file) return vscode.commands.executeCommand("hapa.runOnFile", { task: task.id });
  if (chosen !== value) return undefined;
  const [first] = task.examples;
  const example = typeof first?.input === "string" ? first.input : first && JSON.stringify(first.input);
  const input = await vscode.window.showInputBox({ title, prompt: vscode.l10n.t("The input."), value: example ?? "" });
  return input === undefined ? undefined : runOn(app, task, input);
}

async function runOn(app: App, task: Task, text: string): Promise<unknown> {
  const { client } = await app.backend.get();
  const input = task.examples.every((example) => typeof example.input === "string") ? text : readValue(text);
  const { status, output, errorMessage } = await client.call("execute", { params: { id: task.id }, body: { input } });
  if (status !== "success") {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("“{0}” ended as {1}: {2}", task.name, status, errorMessage ?? ""),
    );
    return { status };
  }
  const shown = typeof output === "string" ? output : JSON.stringify(output);
  const copy = vscode.l10n.t("Copy");
  void vscode.window
    .showInformationMessage(vscode.l10n.t("“{0}” gives: {1}", task.name, shown.slice(0, 500)), copy)
    .then((chosen) => {
      if (chosen === copy) void vscode.env.clipboard.writeText(shown);
    });
  return { status, output };
}

function readValue(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Not JSON: a text.
  }
}
