/** What is suggested while a question is typed: commands after a `/` at its start, files after an `@`. Pure. */
import { type Chip, slashCommands } from "../../src/contract/webview.ts";
import { strings } from "../shared/strings.ts";
import type { Draft } from "./draft.ts";
import type { PanelState } from "./state.ts";

/** The word under the caret that asks for suggestions. */
interface Token {
  readonly kind: "command" | "file";
  /** After the `/` or the `@`. */
  readonly query: string;
  /** Where it begins and ends in the question. */
  readonly from: number;
  readonly to: number;
}

export interface Suggestion {
  readonly key: string;
  readonly icon: string;
  readonly label: string;
  readonly detail: string;
  /** What choosing it makes of the composer, and where the caret stands then. */
  readonly change: Partial<Draft>;
  readonly caret: number;
}

/** Null where nothing is to be suggested at `caret`. */
export function tokenAt(draft: Draft, caret: number): Token | null {
  const { question, command } = draft;
  const before = question.slice(0, caret);
  const slash = /^\/([a-z]*)$/.exec(before);
  if (slash !== null && command === null && !/^[a-z]/.test(question.slice(caret))) {
    return { kind: "command", query: slash[1] ?? "", from: 0, to: caret };
  }
  const at = /(?:^|\s)@([^\s@]{0,100})$/.exec(before);
  if (at === null) return null;
  const query = at[1] ?? "";
  return { kind: "file", query, from: caret - query.length - 1, to: caret };
}

/** In the order of the list; null while the host looks for files. */
export function suggestionsFor(token: Token, { draft, files }: PanelState): readonly Suggestion[] | null {
  const question = draft.question.slice(0, token.from) + draft.question.slice(token.to);
  if (token.kind === "command") {
    const found = slashCommands.filter((name) => name.startsWith(token.query));
    return found.map((command) => ({
      key: command,
      icon: "terminal",
      label: `/${command}`,
      detail: strings.commandHints[command],
      change: { command, question: question.trimStart(), ...(command === "transform" ? { examplesOpen: true } : {}) },
      caret: 0,
    }));
  }
  if (files === null) return null;
  // The list stays while the answer to one more letter is on its way.
  if (!token.query.startsWith(files.query)) return null;
  return files.chips.map((chip) => ({
    key: chip.id,
    icon: "file",
    label: chip.label,
    detail: folderOf(chip),
    change: { question, chips: [...draft.chips.filter(({ id }) => id !== chip.id), chip] },
    caret: token.from,
  }));
}

function folderOf({ path, label }: Chip): string {
  return path.endsWith(label) ? path.slice(0, -label.length).replace(/[\\/]$/, "") : path;
}
