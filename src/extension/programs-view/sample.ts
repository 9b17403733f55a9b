/** The sample for the view of programs: a task with three examples, its program proven in a second, without any setup. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { makeVersion } from "./generate.ts";

const examples = [
  { input: "Lovelace, Ada", output: "Ada Lovelace" },
  { input: "Hopper, Grace", output: "Grace Hopper" },
  { input: "Turing, Alan", output: "Alan Turing" },
];

/** Gives the version made. */
export async function keepProgram(app: App): Promise<unknown> {
  const { client } = await app.backend.get();
  const body = {
    name: vscode.l10n.t("First name first (sample)"),
    description: vscode.l10n.t("Write “Last, First” as “First Last”."),
    language: "javascript" as const,
    examples,
    accuracyTarget: 0.9,
    // The first thing somebody sees must not fail because their machine is busy.
    latencyTargetMs: 200,
    samplingRate: 0.05,
  };
  const task = await client.call("createTask", { params: {}, body });
  const artifact = await makeVersion(app, task, { activate: true }).catch(async (error: unknown) => {
    await client.call("deleteTask", { params: { id: task.id } });
    throw error;
  });
  const target = { task: task.id, version: artifact.version };
  await app.programs.reveal(target.task, target.version);
  await vscode.commands.executeCommand("hapa.programs.open", target);
  const tryIt = vscode.l10n.t("Run It…");
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t("A program was learned from three examples and proven on them. This is its code."),
      tryIt,
    )
    .then((chosen) => chosen && vscode.commands.executeCommand("hapa.taskFile.run", { task: task.id }));
  return artifact;
}
