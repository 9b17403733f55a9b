/** A program on the selected lines: run without keeping anything, preview, and on acceptance replace, count and offer to keep the task. */
import * as vscode from "vscode";
import type { Verification } from "../../contract/artifacts.ts";
import { Notice } from "../errors.ts";
import { textOf } from "../files/format.ts";
import { showError } from "../notify.ts";
import { describeProof, type KnownProgram, type ProgramRef, runProgram } from "../programs.ts";
import { withProgress } from "../progress.ts";
import { tellOfPython } from "../python.ts";
import { saveTask } from "../save-task.ts";
import type { Workshop } from "../workshop.ts";
import type { Snapshot } from "./selection.ts";

export interface Application {
  readonly program: KnownProgram;
  readonly snapshot: Snapshot;
  /** Shown beside the buttons: how the program was proven, and what should be known before trusting it. */
  readonly verification: Verification;
  /** A draft that may be kept: its task is offered to be saved under a name like this one. */
  readonly suggestedName?: string;
  readonly onApplied?: (lines: number) => void;
}

export interface Previewed {
  readonly state: "previewing" | "unchanged";
  readonly lines: number;
  readonly failed: number;
}

/** @throws Notice where the program failed on every line. */
export async function applyProgram(app: Workshop, application: Application): Promise<Previewed> {
  const { program, snapshot } = application;
  const inputs = snapshot.lines.map(({ text }) => text);
  const { client } = await app.backend.get();
  const outcomes = await withProgress(`running on ${lineCount(inputs.length)}`, (signal, report) => {
    tellOfPython(app.backend, program, report);
    return runProgram(client, program, inputs, {
      log: false,
      signal,
      onDone: (count) => report(`${count.toLocaleString("en-US")} done`, count / inputs.length),
    });
  });
  const outputs = outcomes.map((outcome) => (outcome.ok ? textOf(outcome.output) : null));
  const failed = outputs.filter((output) => output === null).length;
  const firstFailure = outcomes.find((outcome) => !outcome.ok);
  if (failed === inputs.length && firstFailure && !firstFailure.ok)
    throw new Notice(
      `The program failed on ${lineCount(failed)}, so there is nothing to preview: ${firstFailure.error}`,
    );
  const changed = outputs.filter((output, at) => output !== null && output !== inputs[at]).length;
  if (changed === 0) {
    void vscode.window.showInformationMessage(
      `The program leaves ${lineCount(inputs.length)} as ${inputs.length === 1 ? "it is" : "they are"}.`,
    );
    return { state: "unchanged", lines: inputs.length, failed };
  }
  await app.previews.show({
    snapshot,
    outputs,
    message: describe(changed, failed, inputs.length, application.verification),
    async onAccepted() {
      application.onApplied?.(inputs.length - failed);
      await keepExecutions(app, program, inputs);
      if (application.suggestedName !== undefined) offerToSave(app, program.taskId, application.suggestedName);
    },
  });
  return { state: "previewing", lines: inputs.length, failed };
}

/** "the line", "all 1,200 lines". */
function lineCount(total: number): string {
  return total === 1 ? "the line" : `all ${total.toLocaleString("en-US")} lines`;
}

function describe(changed: number, failed: number, total: number, verification: Verification): string {
  const count = (value: number): string => value.toLocaleString("en-US");
  return [
    `${count(changed)} of ${count(total)} ${total === 1 ? "line changes" : "lines change"}.`,
    ...(failed > 0 ? [`The program fails on ${count(failed)}, which stay as they are.`] : []),
    `It is ${describeProof(verification)}.`,
    ...verification.notes,
  ].join(" ");
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
    .showInformationMessage("Done. Keep the program, to run it again on other lines and files?", "Save as Task…")
    .then((chosen) => (chosen ? saveTask(app, taskId, suggestedName) : undefined))
    .then(undefined, (error: unknown) => showError(app.log, error));
}
