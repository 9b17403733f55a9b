/** A program for the examples, learned offline, and what it makes of the other texts. */
import * as vscode from "vscode";
import { doubtsAbout } from "../doubts.ts";
import type { TextExample } from "../examples.ts";
import { textOf } from "../files/format.ts";
import { makeProgram, runProgram } from "../programs.ts";
import type { Workshop } from "../workshop.ts";
import type { Learned } from "./session.ts";

/**
 * Asks no model: it is called after every edit. Nothing is logged as an execution.
 * @param inputs each once
 * @throws Notice or HapaError where nothing could be learned, saying what would help
 */
export async function learn(
  app: Pick<Workshop, "backend" | "programLanguage">,
  examples: readonly TextExample[],
  inputs: readonly string[],
  signal: AbortSignal,
): Promise<Learned> {
  const { client } = await app.backend.get();
  const wish = {
    question: vscode.l10n.t("Transform each line as the examples show."),
    examples,
    inputs,
    strategy: "offline",
  } as const;
  const program = await makeProgram(client, { ...wish, language: app.programLanguage() }, {}, signal);
  const outcomes = await runProgram(client, program, inputs, { log: false, signal });
  const outputs = new Map<string, string | null>();
  for (const [at, input] of inputs.entries()) {
    const outcome = outcomes[at];
    outputs.set(input, outcome?.ok ? textOf(outcome.output) : null);
  }
  const { verification } = program;
  return { program, verification, outputs, doubts: doubtsAbout(inputs, verification) };
}
