/** What is kept of questions and conversations, in the panel's words. Pure. */
import type { ContextItem, Conversation, ConversationTurn } from "../../contract/conversations.ts";
import { noted } from "../../contract/notes.ts";
import { type Said, say } from "../../contract/say.ts";
import type { AnswerSummary, Chip, ConversationItem, Doubt, KeptTurn, ProgramResult } from "../../contract/webview.ts";
import { oddExamples } from "../doubts.ts";
import { explain, Notice } from "../errors.ts";
import { formatExamples } from "../examples.ts";
import { textOf } from "../files/format.ts";

export function conversationItem({ id, title, turns, updatedAt }: Conversation): ConversationItem {
  return { id, title, turns, updatedAt };
}

/**
 * @param running what has come so far of an answer that is under way in this window
 * @param words what is said in the language of this window
 */
export function keptTurn(turn: ConversationTurn, running: string | undefined, words: (said: Said) => string): KeptTurn {
  const { id, question, command, language, checks, errorMessage, rating, createdAt } = turn;
  // Whoever answers it is not here: what it is at this moment is not known.
  const status = running !== undefined ? "running" : turn.status === "running" ? "interrupted" : turn.status;
  const { action } = explain(errorOf(turn));
  return {
    ...{ id, question, command, language, status, checks, errorMessage, rating, createdAt },
    examples: formatExamples(turn.examples),
    chips: turn.context.map((item, at) => keptChip(id, item, at)),
    markdown: running ?? turn.markdown,
    summary: summaryOf(turn),
    program: programOf(turn, words),
    action: action ? { label: words(action.label), command: action.command } : null,
  };
}

/** What it failed with, as it was thrown; where it did not fail, what has no action. */
function errorOf({ errorCode, errorMessage, errorDetails }: ConversationTurn): Error {
  if (errorCode === null) return new Notice(say``);
  return Object.assign(new Error(errorMessage ?? ""), { name: "HapaError", code: errorCode, details: errorDetails });
}

/** Null where nothing answered. */
export function summaryOf({ model, usage, cached, elapsedMs }: ConversationTurn): AnswerSummary | null {
  return model === null ? null : { model, usage, cached, elapsedMs: elapsedMs ?? 0 };
}

/** Without what the program makes of the person's lines, which is not kept. */
function programOf({ artifact, examples }: ConversationTurn, words: (said: Said) => string): ProgramResult | null {
  if (!artifact) return null;
  const { verification } = artifact;
  const doubts = verification.ambiguous.flatMap(({ input, outputs: [current, ...others] }): Doubt[] => {
    const texts = others.flatMap((output) => (output === null ? [] : [textOf(output)]));
    if (typeof input !== "string" || texts.length === 0) return [];
    return [{ input, current: current == null ? null : textOf(current), others: texts }];
  });
  return {
    artifact,
    verification: { ...verification, notes: verification.notes.map((note) => words(noted(note))) },
    preview: [],
    selectedCount: 0,
    doubts,
    oddExamples: oddExamples(examples, verification),
  };
}

/** The chip of something that went along; `index` is its place among them. */
export function keptChip(
  turnId: string,
  { kind, label, path, count, firstLine, lastLine }: ContextItem,
  index: number,
): Chip {
  const lines = firstLine === undefined ? {} : { lines: [firstLine, lastLine ?? firstLine] as const };
  return { id: `kept:${turnId}:${index}`, kind, label, path, count, ...lines };
}
