/** What a command of the view works on: what its menu, lens or caller names, else what is selected in the tree. */
import * as vscode from "vscode";
import type { Client } from "../../client/client.ts";
import type { Artifact } from "../../contract/artifacts.ts";
import type { Task } from "../../contract/tasks.ts";
import type { App } from "../app.ts";
import { readArguments } from "../commands/arguments.ts";
import { Notice } from "../errors.ts";

export interface Target {
  readonly task: string;
  readonly version?: number;
}

/** All that is selected, where the command was called on part of the selection. @throws Notice where nothing is named. */
export function targetsOf(app: App, args: unknown): readonly [Target, ...Target[]] {
  const given = readArguments(args);
  const [task, version] = [given.text("task"), given.number("version")];
  const selected = app.programs.selected();
  const named = task === undefined ? undefined : version === undefined ? { task } : { task, version };
  const isPart = !named || selected.some((one) => one.task === task && one.version === version);
  const targets: readonly Target[] = isPart && selected.length > 0 ? selected : named ? [named] : [];
  const [first, ...others] = targets;
  if (!first) throw new Notice(vscode.l10n.t("Select a task or a version in the view “Programs” first."));
  return [first, ...others];
}

export function targetOf(app: App, args: unknown): Target {
  return targetsOf(app, args)[0];
}

/** The version that is meant: the one named, else the one that runs, else the newest. @throws Notice where there is none. */
export async function versionOf(
  client: Client,
  { task, version }: Target,
): Promise<{ task: Task; artifact: Artifact }> {
  const found = await client.call("getTask", { params: { id: task } });
  const wanted = version ?? found.activeVersion;
  if (wanted !== null) {
    const params = { taskId: task, version: String(wanted) };
    return { task: found, artifact: await client.call("getArtifact", { params }) };
  }
  const [newest] = (await client.call("listArtifacts", { params: { taskId: task } })).items;
  if (!newest) throw new Notice(vscode.l10n.t("“{0}” has no program yet. Generate one first.", found.name));
  return { task: found, artifact: newest };
}
