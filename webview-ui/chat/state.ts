import type { Progress } from "../../src/contract/generation.ts";
import type { Language } from "../../src/contract/tasks.ts";
import type { BackendState, EditorContext, ProgramResult, ToWebview } from "../../src/contract/webview.ts";
import { strings } from "../shared/strings.ts";
import { type GenerateMessage, newTurn, openDoubts, type Turn } from "./turn-state.ts";

export const maxTurns = 50;

export interface Draft {
  readonly question: string;
  readonly examples: string;
  readonly examplesOpen: boolean;
  /** Null: follow the editor. */
  readonly language: Language | null;
  readonly includeSelection: boolean;
}

export interface PanelState {
  readonly turns: readonly Turn[];
  readonly draft: Draft;
  readonly context: EditorContext | null;
  readonly backend: BackendState;
  /** Last thing worth saying to a screen reader. */
  readonly announcement: string;
  /** Grows when the composer should take the focus. */
  readonly focusRequests: number;
}

export type PanelAction =
  | { readonly type: "host"; readonly message: ToWebview }
  | { readonly type: "asked"; readonly request: GenerateMessage }
  | { readonly type: "stopped"; readonly requestId: string }
  /** A doubtful line was answered. */
  | { readonly type: "answered"; readonly requestId: string }
  | { readonly type: "skippedDoubt"; readonly requestId: string; readonly input: string }
  | { readonly type: "askAgain"; readonly requestId: string }
  | { readonly type: "draft"; readonly change: Partial<Draft> }
  | { readonly type: "focus" }
  | { readonly type: "cleared" };

const emptyDraft: Draft = { question: "", examples: "", examplesOpen: false, language: null, includeSelection: true };

export const initialState: PanelState = {
  turns: [],
  draft: emptyDraft,
  context: null,
  backend: { state: "stopped", model: null },
  announcement: "",
  focusRequests: 0,
};

/** The language the next question asks for: the person's choice, else the editor's. */
export function draftLanguage(state: PanelState): Language {
  return state.draft.language ?? state.context?.language ?? "javascript";
}

/** Questions that may still be answered. */
export function openTurns(state: PanelState): readonly Turn[] {
  return state.turns.filter((turn) => turn.status === "running" || turn.status === "interrupted");
}

/** The message that asks what the composer holds; null where it holds neither a question nor an example. */
export function requestFrom(state: PanelState, requestId: string): GenerateMessage | null {
  const question = state.draft.question.trim();
  const examples = state.draft.examples.trim();
  if (question === "" && examples === "") return null;
  return {
    type: "generateCode",
    requestId,
    question: question === "" ? strings.defaultQuestion : question,
    language: draftLanguage(state),
    examples,
    includeSelection: state.draft.includeSelection && (state.context?.selectedLines.length ?? 0) > 0,
  };
}

/** Pure. Messages about a question that is unknown, stopped or already answered change nothing. */
export function reduce(state: PanelState, action: PanelAction): PanelState {
  switch (action.type) {
    case "host":
      return receive(state, action.message);
    case "asked":
      return {
        ...state,
        turns: [...state.turns, newTurn(action.request, state.context)].slice(-maxTurns),
        draft: { ...emptyDraft, language: state.draft.language, includeSelection: state.draft.includeSelection },
        announcement: strings.waiting,
        focusRequests: state.focusRequests + 1,
      };
    case "answered": {
      const turn = state.turns.find(({ id }) => id === action.requestId);
      if (turn === undefined || turn.status === "running" || openDoubts(turn).length === 0) return state;
      const patch: Partial<Turn> = { status: "running", learnsMore: true, doubtError: null, progress: null };
      return { ...changeTurn(state, turn.id, patch), announcement: strings.learningMore };
    }
    case "skippedDoubt": {
      const turn = state.turns.find(({ id }) => id === action.requestId);
      return turn === undefined ? state : changeTurn(state, turn.id, { skipped: [...turn.skipped, action.input] });
    }
    case "stopped":
      return endUnanswered(
        { ...state, focusRequests: state.focusRequests + 1 },
        action.requestId,
        { status: "stopped" },
        strings.stopped,
      );
    case "askAgain": {
      const turn = state.turns.find(({ id }) => id === action.requestId);
      if (turn === undefined) return state;
      return compose(state, turn.question, turn.examples, turn.language);
    }
    case "draft":
      return { ...state, draft: { ...state.draft, ...action.change } };
    case "focus":
      return { ...state, focusRequests: state.focusRequests + 1 };
    case "cleared":
      return { ...state, turns: [], announcement: "", focusRequests: state.focusRequests + 1 };
  }
}

function receive(state: PanelState, message: ToWebview): PanelState {
  switch (message.type) {
    case "context":
      return { ...state, context: message.context };
    case "backend":
      return { ...state, backend: message.backend };
    case "compose":
      return compose(state, message.question, message.examples ?? "", message.language ?? state.draft.language);
    case "progress":
      return progress(state, message.requestId, message.progress);
    case "delta":
      return changeOpenTurn(state, message.requestId, (turn) => ({
        ...turn,
        status: "running",
        text: turn.text + message.text,
      }));
    case "showResult": {
      const { model, usage, cached, elapsedMs, program, examples } = message;
      const patch: Partial<Turn> = {
        // What was applied or saved before was another program.
        ...(examples === undefined ? {} : { examples, applied: null, saved: null, learnsMore: false }),
        status: "done",
        text: message.markdown,
        summary: { model, usage, cached, elapsedMs },
        program: program ?? null,
        errorMessage: message.errorMessage ?? null,
      };
      return endTurn(state, message.requestId, patch, message.errorMessage ?? resultWords(program));
    }
    case "failed":
      return endUnanswered(
        state,
        message.requestId,
        { status: "failed", errorMessage: message.message, action: message.action ?? null },
        `${strings.failed}: ${message.message}`,
      );
    case "stopped":
      return endUnanswered(state, message.requestId, { status: "stopped" }, strings.stopped);
    case "programState":
      return {
        ...state,
        turns: state.turns.map((turn) =>
          turn.id === message.requestId ? { ...turn, [message.state]: message.label } : turn,
        ),
        announcement: message.label,
      };
  }
}

function compose(state: PanelState, question: string, examples: string, language: Language | null): PanelState {
  const draft: Draft = { question, examples, examplesOpen: examples !== "", language, includeSelection: true };
  return { ...state, draft, focusRequests: state.focusRequests + 1 };
}

function progress(state: PanelState, requestId: string, next: Progress): PanelState {
  const before = state.turns.find(({ id }) => id === requestId)?.progress?.stage;
  const changed = changeOpenTurn(state, requestId, (turn) => ({ ...turn, status: "running", progress: next }));
  // A new stage is worth saying aloud; each step within it is not.
  return changed === state || before === next.stage
    ? changed
    : { ...changed, announcement: strings.stages[next.stage] };
}

function endTurn(state: PanelState, requestId: string, patch: Partial<Turn>, announcement: string): PanelState {
  const changed = changeOpenTurn(state, requestId, (turn) => ({ ...turn, progress: null, ...patch }));
  return changed === state ? state : { ...changed, announcement };
}

/** A question that failed or was stopped; a card whose program was made again stays as it was. */
function endUnanswered(state: PanelState, requestId: string, patch: Partial<Turn>, announcement: string): PanelState {
  const turn = state.turns.find(({ id }) => id === requestId);
  if (!turn?.learnsMore) return endTurn(state, requestId, patch, announcement);
  const kept: Partial<Turn> = { status: "done", learnsMore: false, doubtError: patch.errorMessage ?? null };
  return endTurn(state, requestId, kept, announcement);
}

function changeTurn(state: PanelState, requestId: string, patch: Partial<Turn>): PanelState {
  return { ...state, turns: state.turns.map((turn) => (turn.id === requestId ? { ...turn, ...patch } : turn)) };
}

function changeOpenTurn(state: PanelState, requestId: string, change: (turn: Turn) => Turn): PanelState {
  if (!openTurns(state).some(({ id }) => id === requestId)) return state;
  return { ...state, turns: state.turns.map((turn) => (turn.id === requestId ? change(turn) : turn)) };
}

function resultWords(program: ProgramResult | undefined): string {
  if (program === undefined) return strings.answerReady;
  const { verification, doubts } = program;
  if (!verification.passed) return strings.notProven(verification);
  const proven = strings.proven(verification);
  return doubts.length === 0 ? proven : `${proven}. ${strings.doubtsLeft(doubts.length)}`;
}
