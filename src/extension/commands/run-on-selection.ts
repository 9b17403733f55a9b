/** Run Program on Selection…: a saved task's program on the selected lines, with the same preview as Transform. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { applyProgram, type Previewed } from "../editor/apply-program.ts";
import { requireSelection } from "../editor/selection.ts";
import { findRunnable, pickTask } from "../pick-task.ts";
import { readArguments } from "./arguments.ts";

/** Arguments: `task` (id or name), asked for where missing; `version` (the active one unless told). */
export async function run(app: App, args: unknown): Promise<Previewed | undefined> {
  const given = readArguments(args).text("task");
  const version = readArguments(args).number("version");
  const snapshot = requireSelection(app.previews.inFront());
  const { client } = await app.backend.get();
  if (given !== undefined && version !== undefined) {
    const params = { taskId: given, version: String(version) };
    const artifact = await client.call("getArtifact", { params });
    return applyProgram(app, { program: artifact, snapshot, verification: artifact.verification });
  }
  const found = given
    ? await findRunnable(client, given)
    : await pickTask(client, vscode.l10n.t("Run which program on the selection?"));
  if (!found) return undefined;
  return applyProgram(app, { program: found.artifact, snapshot, verification: found.artifact.verification });
}
