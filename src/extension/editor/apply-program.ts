/** A program on the selected lines: run without keeping anything, preview, and on acceptance replace, count and offer to keep the task. */
import * as vscode from "vscode";
import type { Verification } from "../../contract/artifacts.ts";
import { noted } from "../../contract/notes.ts";
import type { Doubt } from "../../contract/webview.ts";
import { readArguments } from "../commands/arguments.ts";
import { alternatives, nameLines } from "../doubts.ts";
import { Notice } from "../errors.ts";
import { textOf } from "../files/format.ts";
import { inWords } from "../in-words.ts";
import { showError } from "../notify.ts";
import { describeProof, type KnownProgram, runProgram } from "../programs.ts";
import { withProgress } from "../progress.ts";
import { tellOfPython } from "../python.ts";
import type { Workshop } from "../workshop.ts";
import { afterAcceptance } from "./after-acceptance.ts";
import { questionsAbout } from "./ask-doubts.ts";
import type { Snapshot } from "./selection.ts";

export interface Application {
  readonly program: KnownProgram;
  readonly snapshot: Snapshot;
  /** Shown beside the buttons: how the program was proven, and what should be known before trusting it. */
  readonly verification: Verification;
  /** Lines that the examples leave open: named in the preview. */
  readonly doubts?: readonly Doubt[];
  /** Examples that look like slips, as they are typed. */
  readonly oddExamples?: readonly string[];
  /** Makes the program again with one more example; where it is there, the person is asked about the doubts. */
  readonly learnMore?: (answer: Answer, signal: AbortSignal) => Promise<Application>;
  /** Doubtful lines the person left open. */
  readonly skipped?: ReadonlySet<string>;
  /** A draft that may be kept: its task is offered to be saved under a name like this one. */
  readonly suggestedName?: string;
  readonly onApplied?: (lines: number) => void;
}

/** What a doubtful line should become. */
export interface Answer {
  readonly input: string;
  readonly output: string;
}

export interface Previewed {
  readonly state: "previewing" | "unchanged";
  readonly lines: number;
  readonly failed: number;
  /** Left open by the examples, and not skipped. */
  readonly doubts: readonly Doubt[];
}

/** Resolves when the preview is open; questions about doubtful lines follow. @throws Notice where the program failed on every line. */
export async function applyProgram(app: Workshop, application: Application): Promise<Previewed> {
  const { program, snapshot, verification, skipped, oddExamples = [] } = application;
  const inputs = snapshot.lines.map(({ text }) => text);
  const { client } = await app.backend.get();
  const outcomes = await withProgress(running(inputs.length), (signal, report) => {
    tellOfPython(app.backend, program, report);
    return runProgram(client, program, inputs, {
      log: false,
      signal,
      onDone: (count) => report(vscode.l10n.t("{0} done", number(count)), count / inputs.length),
    });
  });
  const outputs = outcomes.map((outcome) => (outcome.ok ? textOf(outcome.output) : null));
  const failed = outputs.filter((output) => output === null).length;
  const firstFailure = outcomes.find((outcome) => !outcome.ok);
  if (failed === inputs.length && firstFailure && !firstFailure.ok)
    throw new Notice(nothingToPreview(failed, firstFailure.error));
  const doubts = (application.doubts ?? []).filter(({ input }) => !skipped?.has(input));
  const previewed = { lines: inputs.length, failed, doubts };
  const changed = outputs.filter((output, at) => output !== null && output !== inputs[at]).length;
  if (changed === 0 && doubts.length === 0) {
    if (skipped) await app.previews.discard(); // Of the program before it.
    void vscode.window.showInformationMessage(
      inputs.length === 1
        ? vscode.l10n.t("The program leaves the line as it is.")
        : vscode.l10n.t("The program leaves all {0} lines as they are.", number(inputs.length)),
    );
    return { state: "unchanged", ...previewed };
  }
  const doubtful = inputs.flatMap((input, at) => {
    const doubt = doubts.find((one) => one.input === input);
    return doubt ? [{ at, hint: inWords(alternatives(doubt)) }] : [];
  });
  const ask = questionsAbout({ ...application, doubts }, (next) => applyProgram(app, next));
  const closed = await app.previews.show({
    snapshot,
    outputs,
    message: [
      ...oddExamples.map((example) =>
        vscode.l10n.t("This example looks like a slip, and the program does not follow it: {0}.", example),
      ),
      ...describe(changed, failed, inputs.length, verification),
      ...(doubtful.length > 0
        ? [inWords(nameLines(doubtful.map(({ at }) => (snapshot.lines[at]?.number ?? 0) + 1)))]
        : []),
    ].join(" "),
    isWarning: oddExamples.length > 0,
    doubtful,
    ...(ask ? { onAsk: ask } : {}),
    async onAccepted() {
      application.onApplied?.(inputs.length - failed);
      await afterAcceptance(app, program, inputs, application.suggestedName);
    },
  });
  // The command has ended with the preview; who answers in time is shown another.
  ask?.(readArguments(undefined), closed).catch((error: unknown) => showError(app.log, error));
  return { state: "previewing", ...previewed };
}

function running(lines: number): string {
  return lines === 1 ? vscode.l10n.t("running on the line") : vscode.l10n.t("running on all {0} lines", number(lines));
}

function nothingToPreview(failed: number, why: string): string {
  return failed === 1
    ? vscode.l10n.t("The program failed on the line, so there is nothing to preview: {0}", why)
    : vscode.l10n.t("The program failed on all {0} lines, so there is nothing to preview: {1}", number(failed), why);
}

function describe(changed: number, failed: number, total: number, verification: Verification): string[] {
  return [
    total === 1
      ? vscode.l10n.t("{0} of 1 line changes.", number(changed))
      : vscode.l10n.t("{0} of {1} lines change.", number(changed), number(total)),
    ...(failed > 0 ? [vscode.l10n.t("The program fails on {0}, which stay as they are.", number(failed))] : []),
    vscode.l10n.t("It is {0}.", inWords(describeProof(verification))),
    ...verification.notes.map((note) => inWords(noted(note))),
  ];
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
