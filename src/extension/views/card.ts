/** What the result card shows about a program; a proven one also on the first selected lines. */
import type { Client } from "../../client/client.ts";
import type { ConversationTurn } from "../../contract/conversations.ts";
import { noted } from "../../contract/notes.ts";
import type { PreviewRow, ProgramResult } from "../../contract/webview.ts";
import { doubtsAbout, oddExamples } from "../doubts.ts";
import type { Snapshot } from "../editor/selection.ts";
import { textOf } from "../files/format.ts";
import { inWords } from "../in-words.ts";
import { runProgram } from "../programs.ts";

const maxPreviewRows = 50;

/** Undefined where the answer is no program. */
export async function cardResult(
  client: Client,
  { artifact, examples }: ConversationTurn,
  snapshot: Snapshot | undefined,
  signal: AbortSignal,
): Promise<ProgramResult | undefined> {
  if (!artifact) return undefined;
  const { verification } = artifact;
  const lines = snapshot ? linesOf(snapshot) : [];
  const inputs = verification.passed ? lines.slice(0, maxPreviewRows) : [];
  const outcomes = await runProgram(client, artifact, inputs, { log: false, signal });
  const preview = outcomes.map((outcome, at): PreviewRow => {
    const input = inputs[at] ?? "";
    return outcome.ok ? { input, output: textOf(outcome.output) } : { input, output: null, error: outcome.error };
  });
  const doubts = doubtsAbout(lines, verification);
  const selectedCount = lines.length;
  const shown = { ...verification, notes: verification.notes.map((note) => inWords(noted(note))) };
  const odd = oddExamples(examples, verification);
  return { artifact, verification: shown, preview, selectedCount, doubts, oddExamples: odd };
}

export function linesOf(snapshot: Snapshot): string[] {
  return snapshot.lines.map(({ text }) => text);
}
