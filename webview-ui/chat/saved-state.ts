/**
 * What is kept in the window while the view is hidden: the draft, and the end of the conversation so that there is
 * something to see at once. The host, which has the whole of it, says how it really stands.
 */
import type { ConversationItem } from "../../src/contract/webview.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import { initialState, type PanelState } from "./state.ts";
import type { Turn } from "./turn-state.ts";

interface SavedState {
  /** Raised when the shape of a turn changes; other versions are not read. */
  readonly version: 3;
  readonly conversation: ConversationItem | null;
  readonly turns: readonly Turn[];
  readonly draft: Draft;
}

const maxTurns = 20;
/** Characters of answers: VS Code writes the whole of it at each change. */
const maxText = 200_000;

export function toSaved({ conversation, turns, draft }: PanelState): SavedState {
  let room = maxText;
  const last = turns.slice(-maxTurns).toReversed();
  const fitting = last.findIndex(({ text }) => {
    room -= text.length;
    return room < 0;
  });
  return { version: 3, conversation, turns: (fitting < 0 ? last : last.slice(0, fitting)).toReversed(), draft };
}

/** A fresh state where nothing (or something unreadable) was kept. Questions that were running are marked interrupted. */
export function fromSaved(saved: unknown): PanelState {
  if (!isSaved(saved)) return initialState;
  const turns = saved.turns.map(
    (turn): Turn => (turn.status === "running" ? { ...turn, status: "interrupted" } : turn),
  );
  return { ...initialState, conversation: saved.conversation, turns, draft: { ...emptyDraft, ...saved.draft } };
}

function isSaved(saved: unknown): saved is SavedState {
  return (
    typeof saved === "object" &&
    saved !== null &&
    "version" in saved &&
    saved.version === 3 &&
    "conversation" in saved &&
    "turns" in saved &&
    Array.isArray(saved.turns) &&
    "draft" in saved &&
    typeof saved.draft === "object" &&
    saved.draft !== null
  );
}
