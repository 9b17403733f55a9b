/** What the composer holds, what would go along, and the message that asks it. Pure. */
import type { SlashCommand } from "../../src/contract/conversations.ts";
import type { Language } from "../../src/contract/tasks.ts";
import { type Chip, type EditorContext, type FromWebview, slashCommands } from "../../src/contract/webview.ts";
import { strings } from "../shared/strings.ts";
import type { AskMessage, Turn } from "./turn-state.ts";

export interface Draft {
  readonly question: string;
  readonly command: SlashCommand | null;
  readonly examples: string;
  readonly examplesOpen: boolean;
  /** Null: follow the editor. */
  readonly language: Language | null;
  /** False: the selection was left out. */
  readonly includeSelection: boolean;
  /** Chosen by the person or by the command that filled the composer. */
  readonly chips: readonly Chip[];
}

export const emptyDraft: Draft = {
  question: "",
  command: null,
  examples: "",
  examplesOpen: false,
  language: null,
  includeSelection: true,
  chips: [],
};

/** A chosen chip of these kinds follows the editor: what it names is looked up when it is shown and sent. */
const followsEditor = (id: string): boolean => id === "file" || id === "problems";

/** What goes along with the next question: the selection unless it was left out, then what was chosen. */
export function includedChips(draft: Draft, context: EditorContext | null): readonly Chip[] {
  const offered = context?.chips ?? [];
  const selection = draft.includeSelection && !hasSelection(draft) ? offered.filter(isSelection) : [];
  const chosen = draft.chips.flatMap((chip) =>
    followsEditor(chip.id) ? offered.filter(({ id }) => id === chip.id) : [chip],
  );
  return [...selection, ...chosen];
}

/** What could go along and does not. */
export function offeredChips(draft: Draft, context: EditorContext | null): readonly Chip[] {
  const included = new Set(includedChips(draft, context).map(({ id }) => id));
  return (context?.chips ?? []).filter((chip) => !included.has(chip.id) && !(isSelection(chip) && hasSelection(draft)));
}

export function addChip(draft: Draft, chip: Chip): Partial<Draft> {
  if (isSelection(chip)) return { includeSelection: true };
  return { chips: [...draft.chips.filter(({ id }) => id !== chip.id), chip] };
}

const isSelection = ({ kind }: Chip): boolean => kind === "selection";

/** A command put a place of its own in the composer: it goes along instead of what the editor shows. */
const hasSelection = (draft: Draft): boolean => draft.chips.some(isSelection);

export function removeChip(draft: Draft, chip: Chip): Partial<Draft> {
  const chips = draft.chips.filter(({ id }) => id !== chip.id);
  return isSelection(chip) ? { chips, includeSelection: false } : { chips };
}

/** The words on a chip: "names.txt · 12 lines", "3 problems". */
export function chipLabel({ kind, label, count }: Chip): string {
  if (kind === "selection") return strings.contextLines(label, count);
  return kind === "problems" ? strings.problems(count) : label;
}

/** The words of a chip's tooltip: its whole path, and which lines. */
export function chipDetail({ kind, path, count, lines }: Chip): string {
  if (lines !== undefined) return strings.contextRange(path, ...lines);
  return kind === "problems" ? strings.contextProblems(path, count) : strings.contextSize(path, count);
}

/** A command that was typed out, and the rest: "/fix the loop" → fix, "the loop". Null where there is none. */
export function typedCommand(question: string): { readonly command: SlashCommand; readonly rest: string } | null {
  const found = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(question);
  const command = slashCommands.find((name) => name === found?.[1]);
  return command === undefined ? null : { command, rest: found?.[2] ?? "" };
}

interface Ids {
  readonly requestId: string;
  readonly conversationId: string | null;
}

/** The message that asks what the composer holds; null where it holds nothing to ask. */
export function requestFrom(
  draft: Draft,
  context: EditorContext | null,
  ids: Ids,
): { readonly message: AskMessage; readonly chips: readonly Chip[] } | null {
  const typed = draft.command === null ? typedCommand(draft.question.trim()) : null;
  const command = draft.command ?? typed?.command ?? null;
  const question = (typed?.rest ?? draft.question).trim();
  const examples = draft.examples.trim();
  if (question === "" && examples === "" && command === null) return null;
  const unsaid = command === null ? strings.defaultQuestion : strings.commandQuestions[command];
  const chips = includedChips(draft, context);
  const message: AskMessage = {
    type: "ask",
    ...ids,
    command,
    question: question === "" ? unsaid : question,
    language: draft.language ?? context?.language ?? "javascript",
    examples,
    context: chips.map(({ id }) => id),
    replaces: null,
  };
  return { message, chips };
}

/** What may be changed when a question is asked again. */
export type Edited = Pick<Turn, "question" | "examples">;

/** The message that asks a question again in its own place, as it was or edited; what went along goes along again. */
export function requestAgain(turn: Turn, edited: Edited, ids: Ids): Extract<FromWebview, { type: "ask" }> {
  return {
    type: "ask",
    ...ids,
    command: turn.command,
    question: edited.question.trim() || turn.question,
    language: turn.language,
    examples: edited.examples.trim(),
    context: turn.chips.map(({ id }) => id),
    replaces: turn.id,
  };
}
