/** Chooses a saved task that has a program, with what is known of it. */
import * as vscode from "vscode";
import type { Client } from "../client/client.ts";
import type { Artifact } from "../contract/artifacts.ts";
import type { Task } from "../contract/tasks.ts";
import { Notice } from "./errors.ts";
import { inWords } from "./in-words.ts";
import { describeProof } from "./programs.ts";

export interface RunnableTask {
  readonly task: Task;
  readonly artifact: Artifact;
}

const mostListed = 500;

/** Saved tasks with an active program, newest first. */
export async function listRunnable(client: Client): Promise<RunnableTask[]> {
  const active: Task[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.call("listTasks", { params: {}, query: { limit: mostListed, cursor } });
    active.push(...page.items.filter((task) => task.activeVersion !== null));
    cursor = page.cursor ?? undefined;
  } while (cursor && active.length < mostListed);
  return Promise.all(active.map((task) => withProgram(client, task)));
}

/** The task with this id (or name) and its active program. @throws Notice where it has none. */
export async function findRunnable(client: Client, idOrName: string): Promise<RunnableTask> {
  const byName = (await listRunnable(client)).find(({ task }) => task.id === idOrName || task.name === idOrName);
  return byName ?? withProgram(client, await client.call("getTask", { params: { id: idOrName } }));
}

async function withProgram(client: Client, task: Task): Promise<RunnableTask> {
  if (task.activeVersion === null)
    throw new Notice(vscode.l10n.t("“{0}” has no program yet. Give it examples and generate one.", task.name));
  const params = { taskId: task.id, version: String(task.activeVersion) };
  return { task, artifact: await client.call("getArtifact", { params }) };
}

export function describeTask({ task, artifact }: RunnableTask): vscode.QuickPickItem {
  return {
    label: task.name,
    description: task.description || (artifact.explanation ?? ""),
    detail: vscode.l10n.t("Version {0}, {1}", artifact.version, inWords(describeProof(artifact.verification))),
  };
}

/** Undefined where the person gave up. @throws Notice where nothing was saved yet. */
export async function pickTask(client: Client, title: string): Promise<RunnableTask | undefined> {
  const runnable = await listRunnable(client);
  if (runnable.length === 0)
    throw new Notice(
      vscode.l10n.t("No program is saved yet. Use Transform Selection… first and save its program as a task."),
    );
  const items = runnable.map((entry) => ({ ...describeTask(entry), entry }));
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
  return chosen?.entry;
}
