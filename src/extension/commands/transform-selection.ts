/** Transform Selection…: examples in, a program proven on them, a preview on the selected lines. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { doubtsAbout, oddExamples } from "../doubts.ts";
import { nameOf } from "../editor/after-acceptance.ts";
import { type Application, applyProgram, type Previewed } from "../editor/apply-program.ts";
import { editedLines } from "../editor/edited-lines.ts";
import { requireSelection, type Snapshot } from "../editor/selection.ts";
import { Notice } from "../errors.ts";
import { describeErrors, parseExamples, type TextExample } from "../examples.ts";
import { makeProgram } from "../programs.ts";
import { withProgress } from "../progress.ts";
import { askForExamples } from "../views/examples-input.ts";
import { readArguments } from "./arguments.ts";

/**
 * Lines that were changed since the file was saved are examples, too, and stay as they are.
 * Arguments: `examples` (text, one `in => out` a line) and `question`, both asked for where missing.
 * Resolves when the preview is open, and asks about doubtful lines then; undefined where the person gave up.
 */
export async function run(app: App, args: unknown): Promise<Previewed | undefined> {
  const given = readArguments(args);
  const selected = requireSelection(app.previews.inFront());
  // What an accepted preview changed are no examples: another program may follow.
  const edited = app.previews.hasReplaced(selected.uri) ? undefined : await editedLines(selected);
  const snapshot = edited?.rest ?? selected;
  const inputs = snapshot.lines.map(({ text }) => text);
  const typed = given.text("examples");
  const examples =
    typed === undefined
      ? await askForExamples(vscode.l10n.t("Transform Selection"), inputs, edited?.examples)
      : [...(edited?.examples ?? []), ...read(typed)];
  if (!examples) return undefined;
  if (examples.length === 0)
    throw new Notice(vscode.l10n.t("Give at least one example, such as: Ada Lovelace => Lovelace, Ada"));

  const question = given.text("question") ?? vscode.l10n.t("Transform each line as the examples show.");
  return applyProgram(app, await learn(app, { question, snapshot, examples }));
}

interface Wish {
  readonly question: string;
  readonly snapshot: Snapshot;
  readonly examples: readonly TextExample[];
}

/** A program for the examples, ready to be previewed; an answer about a doubtful line is one example more. */
async function learn(app: App, wish: Wish, closed?: AbortSignal): Promise<Application> {
  const { question, snapshot, examples } = wish;
  const inputs = snapshot.lines.map(({ text }) => text);
  const { client } = await app.backend.get();
  const artifact = await withProgress(vscode.l10n.t("learning from your examples"), (signal, report) =>
    makeProgram(
      client,
      { question, language: app.programLanguage(), examples, inputs },
      { onProgress: ({ message, fraction }) => report(message, fraction) },
      closed ? AbortSignal.any([signal, closed]) : signal,
    ),
  );
  const { verification } = artifact;
  return {
    program: artifact,
    snapshot,
    verification,
    doubts: doubtsAbout(inputs, verification),
    oddExamples: oddExamples(examples, verification),
    learnMore: (answer, until) => learn(app, { ...wish, examples: [...examples, answer] }, until),
    suggestedName: nameOf(examples),
  };
}

function read(text: string): readonly TextExample[] {
  const { examples, errors } = parseExamples(text);
  if (errors.length > 0) throw new Notice(describeErrors(errors));
  return examples;
}
