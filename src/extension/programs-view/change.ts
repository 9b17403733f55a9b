/** Changing what is kept: which version runs, a task's name, and whether it is there at all. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { readArguments } from "../commands/arguments.ts";
import { Notice } from "../errors.ts";
import { targetOf, targetsOf } from "./target.ts";

/** Makes a verified version the one that runs. Arguments: `task`, `version`. */
export async function activate(app: App, args: unknown): Promise<void> {
  const { task: id, version } = targetOf(app, args);
  if (version === undefined) throw new Notice(vscode.l10n.t("Select the version that is to run."));
  const { client } = await app.backend.get();
  const task = await client.call("getTask", { params: { id } });
  await client.call("activateArtifact", { params: { taskId: id, version: String(version) } });
  tellRuns(task.name, id, version, task.activeVersion);
}

/** Makes the newest proven version before the active one run again. Argument: `task`. */
export async function rollBack(app: App, args: unknown): Promise<void> {
  const { task: id } = targetOf(app, args);
  const { client } = await app.backend.get();
  const task = await client.call("getTask", { params: { id } });
  const { items } = await client.call("listArtifacts", { params: { taskId: id } });
  const current = task.activeVersion;
  const before = items.find(({ version, state }) => state === "verified" && current !== null && version < current);
  if (!before) throw new Notice(vscode.l10n.t("“{0}” has no earlier version that was proven.", task.name));
  await client.call("activateArtifact", { params: { taskId: id, version: String(before.version) } });
  tellRuns(task.name, id, before.version, current);
}

function tellRuns(name: string, task: string, version: number, before: number | null): void {
  const undo = vscode.l10n.t("Undo");
  const buttons = before === null || before === version ? [] : [undo];
  void vscode.window
    .showInformationMessage(vscode.l10n.t("Version {0} of “{1}” runs now.", version, name), ...buttons)
    .then((chosen) => {
      if (chosen === undo) void vscode.commands.executeCommand("hapa.programs.activate", { task, version: before });
    });
}

/** Arguments: `task`, `name` (asked for where missing). Where a file specifies the task, the name is written there. */
export async function rename(app: App, args: unknown): Promise<void> {
  const { task: id } = targetOf(app, args);
  const { client } = await app.backend.get();
  const task = await client.call("getTask", { params: { id } });
  const given =
    readArguments(args).text("name") ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t("Rename Task"),
      prompt: vscode.l10n.t("A name to find the program by."),
      value: task.name,
      validateInput: (value) =>
        value.trim() === "" || value.trim().length > 200 ? vscode.l10n.t("1 to 200 characters.") : undefined,
    }));
  const name = given?.trim();
  if (!name || name === task.name) return;
  if (await app.taskFiles.rename(id, name)) return;
  await client.call("changeTask", { params: { id }, body: { name } });
}

/** Arguments: `task`; without, everything selected. Each comes back whole by Undo, for a day. */
export async function remove(app: App, args: unknown): Promise<void> {
  const targets = targetsOf(app, args);
  if (targets.some(({ version }) => version !== undefined))
    throw new Notice(vscode.l10n.t("Versions stay as long as their task. To delete all of it, select the task."));
  const ids = targets.map(({ task }) => task);
  const { client } = await app.backend.get();
  const tasks = await Promise.all(ids.map((id) => client.call("getTask", { params: { id } })));
  for (const { id } of tasks) await client.call("deleteTask", { params: { id } });
  const files = ids.flatMap((id) => app.taskFiles.fileOf(id) ?? []).map((uri) => vscode.workspace.asRelativePath(uri));
  const said =
    tasks.length === 1
      ? vscode.l10n.t("Deleted “{0}” with its programs and runs.", tasks[0]?.name ?? "")
      : vscode.l10n.t("Deleted {0} tasks with their programs and runs.", tasks.length);
  const stays =
    files.length > 0 ? ` ${vscode.l10n.t("It comes back when its file {0} is changed.", files.join(", "))}` : "";
  const undo = vscode.l10n.t("Undo");
  void vscode.window.showInformationMessage(said + stays, undo).then((chosen) => {
    if (chosen === undo) void vscode.commands.executeCommand("hapa.programs.undelete", { tasks: ids });
  });
}

/** Brings back what `remove` deleted. Argument: `tasks`, their ids. */
export async function undelete(app: App, args: unknown): Promise<void> {
  const ids = (args as { readonly tasks?: readonly string[] } | undefined)?.tasks ?? [];
  const { client } = await app.backend.get();
  for (const id of ids) await client.call("changeTask", { params: { id }, body: { deleted: false } });
  const [first] = ids;
  if (first) await app.programs.reveal(first);
}
