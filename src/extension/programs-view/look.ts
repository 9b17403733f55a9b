/** Looking at programs: the code of a version, two versions beside each other. */
import * as vscode from "vscode";
import type { Artifact } from "../../contract/artifacts.ts";
import type { Task } from "../../contract/tasks.ts";
import type { App } from "../app.ts";
import { readArguments } from "../commands/arguments.ts";
import { Notice } from "../errors.ts";
import { programUri } from "./documents.ts";
import { percent, stateName } from "./items.ts";
import { targetOf, targetsOf, versionOf } from "./target.ts";

/** Opens the code, read-only. Arguments: `task`, `version` (the one that runs unless told). */
export async function open(app: App, args: unknown): Promise<void> {
  const { client } = await app.backend.get();
  const { task, artifact } = await versionOf(client, targetOf(app, args));
  await vscode.window.showTextDocument(uriOf(task, artifact), { preview: true });
}

/** A diff, the older version on the left. Arguments: `task`, `version`, `with` (another version), asked for where missing. */
export async function compare(app: App, args: unknown): Promise<void> {
  const targets = targetsOf(app, args);
  const [first] = targets;
  const { client } = await app.backend.get();
  const { task, artifact } = await versionOf(client, first);
  const chosen = targets.length === 2 ? targets[1] : undefined;
  if (targets.length > 2 || (chosen && chosen.task !== first.task))
    throw new Notice(vscode.l10n.t("Select two versions of one task to compare them."));
  const { items } = await client.call("listArtifacts", { params: { taskId: task.id } });
  const others = items.filter(({ version }) => version !== artifact.version);
  if (others.length === 0)
    throw new Notice(vscode.l10n.t("“{0}” has only one version: there is nothing to compare it with.", task.name));
  const given = chosen?.version ?? readArguments(args).number("with");
  const other =
    given === undefined ? await pick(task, artifact, others) : others.find(({ version }) => version === given);
  if (!other) return;
  const [older, newer] = [artifact, other].sort((a, b) => a.version - b.version) as [Artifact, Artifact];
  const title = vscode.l10n.t("{0}: version {1} ↔ version {2}", task.name, older.version, newer.version);
  await vscode.commands.executeCommand("vscode.diff", uriOf(task, older), uriOf(task, newer), title);
}

async function pick(task: Task, artifact: Artifact, others: readonly Artifact[]): Promise<Artifact | undefined> {
  const [only] = others;
  if (others.length === 1) return only;
  const items = others.map((other) => ({
    label: vscode.l10n.t("version {0}", other.version),
    description: `${stateName(other.state)} · ${percent(other.verification.accuracy)}`,
    other,
  }));
  const title = vscode.l10n.t("Compare version {0} of “{1}” with which one?", artifact.version, task.name);
  return (await vscode.window.showQuickPick(items, { title }))?.other;
}

function uriOf(task: Task, { version, language }: Artifact): vscode.Uri {
  return programUri(task.name, task.id, version, language);
}
