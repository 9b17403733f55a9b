/** What is kept while the view is hidden, and how it is taken up again. */
import { type Draft, initialState, maxTurns, type PanelState } from "./state.ts";
import type { Turn } from "./turn-state.ts";

interface SavedState {
  /** Raised when the shape of a turn changes; other versions are not read. */
  readonly version: 2;
  readonly turns: readonly Turn[];
  readonly draft: Draft;
}

export function toSaved(state: PanelState): SavedState {
  return { version: 2, turns: state.turns.slice(-maxTurns), draft: state.draft };
}

/** A fresh state where nothing (or something unreadable) was kept. Questions that were running are marked interrupted. */
export function fromSaved(saved: unknown): PanelState {
  if (!isSaved(saved)) return initialState;
  const turns = saved.turns.map(
    (turn): Turn => (turn.status === "running" ? { ...turn, status: "interrupted" } : turn),
  );
  return { ...initialState, turns, draft: saved.draft };
}

function isSaved(saved: unknown): saved is SavedState {
  return (
    typeof saved === "object" &&
    saved !== null &&
    "version" in saved &&
    saved.version === 2 &&
    "turns" in saved &&
    Array.isArray(saved.turns) &&
    "draft" in saved &&
    typeof saved.draft === "object" &&
    saved.draft !== null
  );
}
