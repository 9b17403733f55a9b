/** The tool `hapa_run_program`: a kept program on a list of inputs. */
import * as vscode from "vscode";
import { findRunnable } from "../pick-task.ts";
import { runProgram } from "../programs.ts";
import type { Workshop } from "../workshop.ts";
import { readFields } from "./tool-input.ts";

export function describe(input: unknown): string {
  const fields = readFields(input);
  const count = fields.optionalList("inputs").length;
  return vscode.l10n.t("Running the program {0} on {1} inputs", fields.optionalText("program") ?? "", count);
}

export async function invoke(app: Workshop, input: unknown, signal: AbortSignal): Promise<string> {
  const fields = readFields(input);
  const inputs = fields.list("inputs");
  const { client } = await app.backend.get();
  const { task, artifact } = await findRunnable(client, fields.text("program"));
  const version = fields.number("version") ?? artifact.version;
  const outcomes = await runProgram(client, { taskId: task.id, version }, inputs, { log: true, signal });
  const results = outcomes.map((outcome) => (outcome.ok ? { output: outcome.output } : { error: outcome.error }));
  const failed = outcomes.filter(({ ok }) => !ok).length;
  return JSON.stringify({ task_id: task.id, name: task.name, version, failed, results });
}
