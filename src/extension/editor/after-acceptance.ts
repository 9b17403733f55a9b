/** What follows when the person has accepted a preview: its runs are counted, and the program may be kept. */
import * as vscode from "vscode";
import type { TextExample } from "../examples.ts";
import { showError } from "../notify.ts";
import { type ProgramRef, runProgram } from "../programs.ts";
import { saveTask } from "../save-task.ts";
import type { Workshop } from "../workshop.ts";

/** @param suggestedName of a draft that may be kept; without one, nothing is offered */
export async function afterAcceptance(
  app: Workshop,
  program: ProgramRef,
  inputs: readonly string[],
  suggestedName: string | undefined,
): Promise<void> {
  await keepExecutions(app, program, inputs);
  if (suggestedName !== undefined) offerToSave(app, program.taskId, suggestedName);
}

/** A name for what the examples do. */
export function nameOf([first]: readonly TextExample[]): string {
  return first ? `${first.input} → ${first.output}`.slice(0, 80) : vscode.l10n.t("Transform lines");
}

/** The preview was not counted; now that it is accepted, the same runs are (a run depends on version and input only). */
async function keepExecutions(app: Workshop, program: ProgramRef, inputs: readonly string[]): Promise<void> {
  try {
    const { client } = await app.backend.get();
    await runProgram(client, program, inputs, { log: true, signal: AbortSignal.timeout(60_000) });
  } catch (error) {
    app.log.error("The accepted lines could not be counted.", error); // The person's text is done; nothing to tell.
  }
}

function offerToSave(app: Workshop, taskId: string, suggestedName: string): void {
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t("Done. Keep the program, to run it again on other lines and files?"),
      vscode.l10n.t("Save as Task…"),
    )
    .then((chosen) => (chosen ? saveTask(app, taskId, suggestedName) : undefined))
    .then(undefined, (error: unknown) => showError(app.log, error));
}
