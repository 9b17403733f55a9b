/** The panel's state and the pure function that moves it: what the host says and what the person does come in, a new state goes out. */
import type { Usage } from "../../src/contract/artifacts.ts";
import type { Progress } from "../../src/contract/generation.ts";
import type { Language } from "../../src/contract/tasks.ts";
import type {
  BackendState,
  EditorContext,
  FromWebview,
  PanelCommand,
  ProgramResult,
  ToWebview,
} from "../../src/contract/webview.ts";
import { strings } from "../shared/strings.ts";

export const maxTurns = 50;

/** `interrupted`: the panel was gone while it ran; it comes alive again with the host's next message about it. */
export type TurnStatus = "running" | "interrupted" | "done" | "failed" | "stopped";

export interface Turn {
  readonly id: string;
  readonly question: string;
  readonly examples: string;
  readonly language: Language;
  /** The lines that went along; null where none did. */
  readonly selection: { readonly fileName: string; readonly count: number } | null;
  readonly status: TurnStatus;
  /** Markdown: what streamed so far, then the final text. */
  readonly text: string;
  readonly progress: Progress | null;
  readonly summary: {
    readonly model: string;
    readonly usage: Usage;
    readonly cached: boolean;
    readonly elapsedMs: number;
  } | null;
  readonly program: ProgramResult | null;
  readonly errorMessage: string | null;
  readonly action: { readonly label: string; readonly command: PanelCommand } | null;
  /** What the host said when the program was applied or saved. */
  readonly applied: string | null;
  readonly saved: string | null;
}

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
  | { readonly type: "askAgain"; readonly requestId: string }
  | { readonly type: "draft"; readonly change: Partial<Draft> }
  | { readonly type: "focus" }
  | { readonly type: "cleared" };

export type GenerateMessage = Extract<FromWebview, { type: "generateCode" }>;

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
    case "stopped":
      return endTurn(
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
      const { model, usage, cached, elapsedMs, program } = message;
      const patch: Partial<Turn> = {
        status: "done",
        text: message.markdown,
        summary: { model, usage, cached, elapsedMs },
        program: program ?? null,
        errorMessage: message.errorMessage ?? null,
      };
      return endTurn(state, message.requestId, patch, message.errorMessage ?? resultWords(program));
    }
    case "failed":
      return endTurn(
        state,
        message.requestId,
        { status: "failed", errorMessage: message.message, action: message.action ?? null },
        `${strings.failed}: ${message.message}`,
      );
    case "stopped":
      return endTurn(state, message.requestId, { status: "stopped" }, strings.stopped);
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

function newTurn(request: GenerateMessage, context: EditorContext | null): Turn {
  const count = context?.selectedLines.length ?? 0;
  return {
    id: request.requestId,
    question: request.question,
    examples: request.examples,
    language: request.language,
    selection: request.includeSelection ? { fileName: context?.fileName ?? "", count } : null,
    status: "running",
    text: "",
    progress: null,
    summary: null,
    program: null,
    errorMessage: null,
    action: null,
    applied: null,
    saved: null,
  };
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

function changeOpenTurn(state: PanelState, requestId: string, change: (turn: Turn) => Turn): PanelState {
  if (!openTurns(state).some(({ id }) => id === requestId)) return state;
  return { ...state, turns: state.turns.map((turn) => (turn.id === requestId ? change(turn) : turn)) };
}

function resultWords(program: ProgramResult | undefined): string {
  if (program === undefined) return strings.answerReady;
  const { verification } = program;
  return verification.passed ? strings.proven(verification) : strings.notProven(verification);
}
