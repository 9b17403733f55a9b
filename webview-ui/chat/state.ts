/** The panel's state and what the person does to it; what the host says is in `receive.ts`. Pure. */
import type { Language } from "../../src/contract/tasks.ts";
import type {
  BackendState,
  Chip,
  ConversationItem,
  EditorContext,
  ModelChoice,
  ToWebview,
} from "../../src/contract/webview.ts";
import { back, emptyQueue, judgedFirst, type ReviewQueue, skippedFirst } from "../shared/review-queue.ts";
import { strings } from "../shared/strings.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import { emptyHistory, type History } from "./history-state.ts";
import { type AskMessage, isOpen, newTurn, openDoubts, type Rating, type Turn } from "./turn-state.ts";

export interface PanelState {
  /** Null: a new one, which begins with its first question. */
  readonly conversation: ConversationItem | null;
  /** Another number for each conversation that was opened: what was scrolled to in one says nothing about the next. */
  readonly view: number;
  /** The last ones, oldest first. */
  readonly turns: readonly Turn[];
  /** Asks for the turns before them; null where there are none. */
  readonly earlier: string | null;
  readonly loadingEarlier: boolean;
  /** The question that is being edited in its place. */
  readonly editing: string | null;
  readonly draft: Draft;
  readonly context: EditorContext | null;
  readonly backend: BackendState;
  readonly history: History;
  readonly review: { readonly open: boolean; readonly queue: ReviewQueue };
  /** Shown with Undo. */
  readonly deleted: ConversationItem | null;
  /** What the host found for the words after `@`. */
  readonly files: { readonly query: string; readonly chips: readonly Chip[] } | null;
  /** Null until the host has looked. */
  readonly models: { readonly current: string | null; readonly models: readonly ModelChoice[] } | null;
  /** Last thing worth saying to a screen reader. */
  readonly announcement: string;
  /** Grows when the composer should take the focus. */
  readonly focusRequests: number;
}

export type PanelAction =
  /** `at`: when it came, in ms since 1970. */
  | { readonly type: "host"; readonly message: ToWebview; readonly at: number }
  | { readonly type: "asked"; readonly message: AskMessage; readonly chips: readonly Chip[] }
  | { readonly type: "stopped"; readonly requestId: string }
  /** A doubtful line was answered. */
  | { readonly type: "answered"; readonly requestId: string }
  | { readonly type: "skippedDoubt"; readonly requestId: string; readonly input: string }
  | { readonly type: "rated"; readonly requestId: string; readonly rating: Rating | null }
  | { readonly type: "edit"; readonly requestId: string | null }
  | { readonly type: "draft"; readonly change: Partial<Draft> }
  | { readonly type: "history"; readonly change: Partial<Pick<History, "open" | "query">> }
  /** Opened anew, what waits is asked for again. */
  | { readonly type: "review"; readonly open: boolean }
  | { readonly type: "reviewed"; readonly step: "judged" | "skipped" | "back"; readonly words: string }
  | { readonly type: "loadingEarlier" }
  | { readonly type: "newConversation" }
  | { readonly type: "chooseModel"; readonly id: string | null }
  | { readonly type: "dismissDeleted" }
  | { readonly type: "say"; readonly words: string }
  | { readonly type: "focus" };

export const initialState: PanelState = {
  conversation: null,
  view: 0,
  turns: [],
  earlier: null,
  loadingEarlier: false,
  editing: null,
  draft: emptyDraft,
  context: null,
  backend: { state: "stopped", model: null },
  history: emptyHistory,
  review: { open: false, queue: emptyQueue },
  deleted: null,
  files: null,
  models: null,
  announcement: "",
  focusRequests: 0,
};

/** The language the next question asks for: the person's choice, else the editor's. */
export function draftLanguage({ draft, context }: PanelState): Language {
  return draft.language ?? context?.language ?? "javascript";
}

export function turnOf(state: PanelState, requestId: string): Turn | undefined {
  return state.turns.find(({ id }) => id === requestId);
}

/** The question that is being answered now, if one is. */
export function runningTurn(state: PanelState): Turn | undefined {
  return state.turns.findLast(({ status }) => status === "running");
}

/** What the person did. Actions about a question that is unknown or already answered change nothing. */
export function act(state: PanelState, action: Exclude<PanelAction, { type: "host" }>): PanelState {
  switch (action.type) {
    case "asked":
      return asked(state, action.message, action.chips);
    case "answered": {
      const turn = turnOf(state, action.requestId);
      if (turn === undefined || turn.status === "running" || openDoubts(turn).length === 0) return state;
      const patch: Partial<Turn> = { status: "running", learnsMore: true, doubtError: null, progress: null };
      return { ...changeTurn(state, turn.id, patch), announcement: strings.learningMore };
    }
    case "skippedDoubt": {
      const turn = turnOf(state, action.requestId);
      return turn === undefined ? state : changeTurn(state, turn.id, { skipped: [...turn.skipped, action.input] });
    }
    case "stopped": {
      const before = { ...state, focusRequests: state.focusRequests + 1 };
      return endUnanswered(before, action.requestId, { status: "stopped" }, strings.stopped);
    }
    case "rated":
      return changeTurn(state, action.requestId, { rating: action.rating });
    case "edit":
      return { ...state, editing: action.requestId };
    case "draft":
      return { ...state, draft: { ...state.draft, ...action.change } };
    case "history":
      return { ...state, history: { ...state.history, ...action.change, ...searching(state.history, action.change) } };
    case "review":
      return { ...state, review: { open: action.open, queue: emptyQueue } };
    case "reviewed": {
      const queue = { judged: judgedFirst, skipped: skippedFirst, back }[action.step](state.review.queue);
      return { ...state, review: { ...state.review, queue }, announcement: action.words };
    }
    case "loadingEarlier":
      return { ...state, loadingEarlier: true };
    case "newConversation":
      return { ...emptied(state), announcement: strings.newTitle, focusRequests: state.focusRequests + 1 };
    case "chooseModel":
      return state.models === null ? state : { ...state, models: { ...state.models, current: action.id } };
    case "dismissDeleted":
      return { ...state, deleted: null };
    case "say":
      return { ...state, announcement: action.words };
    case "focus":
      return { ...state, focusRequests: state.focusRequests + 1 };
  }
}

/** Nothing asked yet. */
export function emptied(state: PanelState): PanelState {
  const history = { ...state.history, open: false };
  return { ...state, conversation: null, turns: [], earlier: null, loadingEarlier: false, editing: null, history };
}

export function changeTurn(state: PanelState, requestId: string, patch: Partial<Turn>): PanelState {
  return { ...state, turns: state.turns.map((turn) => (turn.id === requestId ? { ...turn, ...patch } : turn)) };
}

/** Changes a question that may still be answered; nothing where it is unknown, stopped or answered. */
export function changeOpenTurn(state: PanelState, requestId: string, change: (turn: Turn) => Turn): PanelState {
  const turn = turnOf(state, requestId);
  if (turn === undefined || !isOpen(turn)) return state;
  return { ...state, turns: state.turns.map((one) => (one === turn ? change(turn) : one)) };
}

export function endTurn(state: PanelState, requestId: string, patch: Partial<Turn>, announcement: string): PanelState {
  const changed = changeOpenTurn(state, requestId, (turn) => ({ ...turn, progress: null, ...patch }));
  return changed === state ? state : { ...changed, announcement };
}

/** A question that failed or was stopped; a card whose program was made again stays as it was. */
export function endUnanswered(
  state: PanelState,
  requestId: string,
  patch: Partial<Turn>,
  announcement: string,
): PanelState {
  if (!turnOf(state, requestId)?.learnsMore) return endTurn(state, requestId, patch, announcement);
  const kept: Partial<Turn> = { status: "done", learnsMore: false, doubtError: patch.errorMessage ?? null };
  return endTurn(state, requestId, kept, announcement);
}

function asked(state: PanelState, message: AskMessage, chips: readonly Chip[]): PanelState {
  const replaced = message.replaces === null ? -1 : state.turns.findIndex(({ id }) => id === message.replaces);
  const before = replaced < 0 ? state.turns : state.turns.slice(0, replaced);
  const { language, includeSelection } = state.draft;
  // What stands in the composer stays there while another question is asked again.
  const draft = message.replaces === null ? { ...emptyDraft, language, includeSelection } : state.draft;
  return {
    ...state,
    turns: [...before, newTurn(message, chips)],
    draft,
    editing: null,
    deleted: null,
    announcement: strings.waiting,
    focusRequests: state.focusRequests + 1,
  };
}

/** Other words, or a list that is opened: what is shown is not yet the answer. */
function searching(history: History, change: Partial<History>): Partial<History> {
  const changed = change.query !== undefined && change.query !== history.query;
  return changed || (change.open === true && !history.open) ? { loaded: false, cursor: null } : {};
}
