/** Create Task File: a kept task as `.hapa/<name>.task.yaml`, for the team to review. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { readArguments } from "../commands/arguments.ts";
import { Notice } from "../errors.ts";
import { targetOf } from "../programs-view/target.ts";
import { slugOf } from "../slug.ts";

/** Arguments: `task` (asked for where nothing is selected); `overwrite`. Gives the file's path; undefined where the person gave up. */
export async function run(app: App, args: unknown): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Notice(vscode.l10n.t("Open a folder first: task files stand in its folder “.hapa”."));
  const { client } = await app.backend.get();
  const given = readArguments(args);
  const id = given.text("task") ?? (app.programs.selected().length > 0 ? targetOf(app, args).task : await pick(app));
  if (id === undefined) return undefined;
  const task = await client.call("getTask", { params: { id } });
  await app.taskFiles.look();
  const known = app.taskFiles.fileOf(id);
  const base = slugOf(task.name);
  const uri = known ?? (await freeName(folder.uri, base));
  if (known && !(given.flag("overwrite") ?? (await writeAnew(known)))) return known.fsPath;
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1, -".task.yaml".length);
  const comment = vscode.l10n.t("A HAPA task: what is saved here, HAPA takes over. Each example is a test.");
  const { writeTaskFile } = await import("./yaml.ts");
  const { yaml, examples } = writeTaskFile(task, name, comment);
  const encoder = new TextEncoder();
  if (examples)
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(uri, "..", examples.name), encoder.encode(examples.text));
  await vscode.workspace.fs.writeFile(uri, encoder.encode(yaml));
  await app.taskFiles.look();
  await vscode.window.showTextDocument(uri, { preview: false });
  return uri.fsPath;
}

async function pick(app: App): Promise<string | undefined> {
  const { client } = await app.backend.get();
  const { items } = await client.call("listTasks", { params: {}, query: { limit: 500 } });
  if (items.length === 0)
    throw new Notice(vscode.l10n.t("No task is kept yet. Use Transform Selection… and save its program as a task."));
  const entries = items.map(({ id, name, description }) => ({ label: name, description, id }));
  return (await vscode.window.showQuickPick(entries, { title: vscode.l10n.t("Create a file for which task?") }))?.id;
}

/** Opens the file there is; true where it is to be written anew. */
async function writeAnew(uri: vscode.Uri): Promise<boolean> {
  await vscode.window.showTextDocument(uri, { preview: false });
  const write = vscode.l10n.t("Write It Anew");
  const question = vscode.l10n.t(
    "This task has a file already. Write it anew from what HAPA knows? Comments in it are lost.",
  );
  return (await vscode.window.showWarningMessage(question, { modal: true }, write)) === write;
}

async function freeName(folder: vscode.Uri, base: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    const uri = vscode.Uri.joinPath(folder, ".hapa", `${name}.task.yaml`);
    const isTaken = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false, // It does not exist.
    );
    if (!isTaken) return uri;
  }
}
