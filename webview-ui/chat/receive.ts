/** What the host's messages make of the panel's state. Pure. */
import type { Progress } from "../../src/contract/generation.ts";
import type { ProgramResult, ToWebview } from "../../src/contract/webview.ts";
import { failed, loaded } from "../shared/review-queue.ts";
import { strings } from "../shared/strings.ts";
import { emptyDraft } from "./draft.ts";
import { withChange, withPage } from "./history-state.ts";
import {
  act,
  changeOpenTurn,
  changeTurn,
  emptied,
  endTurn,
  endUnanswered,
  type PanelAction,
  type PanelState,
  turnOf,
} from "./state.ts";
import { keptTurn, type Turn } from "./turn-state.ts";

/** The whole reducer: what the person did, and what the host said. */
export function reduce(state: PanelState, action: PanelAction): PanelState {
  return action.type === "host" ? receive(state, action.message, action.at) : act(state, action);
}

/** Messages about a question that is unknown, stopped or already answered change nothing. */
function receive(state: PanelState, message: ToWebview, at: number): PanelState {
  switch (message.type) {
    case "context":
      return { ...state, context: message.context };
    case "backend": {
      // Chosen elsewhere: what the picker last heard no longer counts.
      const models = message.backend.model === state.backend.model ? state.models : null;
      return { ...state, backend: message.backend, models };
    }
    case "compose":
      return compose(state, message);
    case "files":
      return { ...state, files: message };
    case "models":
      return { ...state, models: { current: message.current, models: message.models } };
    case "conversations": {
      const history = withPage(state.history, message);
      return history === state.history
        ? state
        : { ...state, history, announcement: strings.found(history.items.length) };
    }
    case "conversation":
      return opened(state, message);
    case "earlierTurns": {
      if (message.conversationId !== state.conversation?.id) return state;
      const known = new Set(state.turns.map(({ id }) => id));
      const turns = message.turns.filter(({ id }) => !known.has(id)).map((turn) => keptTurn(turn, undefined));
      return { ...state, turns: [...turns, ...state.turns], earlier: message.earlier, loadingEarlier: false };
    }
    case "conversationChanged":
      return changed(state, message);
    case "asked": {
      if (turnOf(state, message.requestId) === undefined) return state;
      const conversation =
        state.conversation?.id === message.conversationId
          ? state.conversation
          : { id: message.conversationId, title: "", turns: state.turns.length, updatedAt: "" };
      return { ...changeTurn(state, message.requestId, { chips: message.chips }), conversation };
    }
    case "progress":
      return progress(state, message.requestId, message.progress);
    case "delta":
      return changeOpenTurn(state, message.requestId, (turn) => ({
        ...turn,
        status: "running",
        text: turn.text + message.text,
      }));
    case "showResult":
      return result(state, message);
    case "failed": {
      const { message: errorMessage, action = null, retryAfterMs } = message;
      const retryAt = retryAfterMs === undefined ? null : at + retryAfterMs;
      const patch: Partial<Turn> = { status: "failed", errorMessage, action, retryAt };
      return endUnanswered(state, message.requestId, patch, `${strings.failed}: ${errorMessage}`);
    }
    case "review": {
      const queue = loaded(state.review.queue, message.items, message.waiting);
      return { ...state, review: { ...state.review, queue } };
    }
    case "reviewFailed": {
      const { queue } = state.review;
      const item = queue.past.find(({ id }) => id === message.id);
      return item === undefined
        ? state
        : { ...state, review: { ...state.review, queue: failed(queue, item, message.message) } };
    }
    case "rated":
      return changeTurn(state, message.requestId, { rating: message.rating });
    case "stopped":
      return endUnanswered(state, message.requestId, { status: "stopped" }, strings.stopped);
    case "programState":
      return {
        ...changeTurn(state, message.requestId, { [message.state]: message.label }),
        announcement: message.label,
      };
  }
}

function compose(state: PanelState, message: Extract<ToWebview, { type: "compose" }>): PanelState {
  const { question, command = null, chips = [], examples = "", language = state.draft.language } = message;
  const draft = { ...emptyDraft, question, command, examples, examplesOpen: examples !== "", language, chips };
  const history = { ...state.history, open: false };
  return { ...state, draft, history, focusRequests: state.focusRequests + 1 };
}

function opened(state: PanelState, message: Extract<ToWebview, { type: "conversation" }>): PanelState {
  const { conversation, earlier } = message;
  const same = (conversation?.id ?? null) === (state.conversation?.id ?? null);
  const shown = new Map(same ? state.turns.map((turn) => [turn.id, turn]) : []);
  const turns = message.turns.map((turn) => keptTurn(turn, shown.get(turn.id)));
  const kept = new Set(turns.map(({ id }) => id));
  // Asked since the host wrote this: still under way.
  const newer = same ? state.turns.filter(({ id, status }) => status === "running" && !kept.has(id)) : [];
  const view = same ? state.view : state.view + 1;
  return { ...emptied(state), conversation, view, turns: [...turns, ...newer], earlier };
}

function changed(state: PanelState, message: Extract<ToWebview, { type: "conversationChanged" }>): PanelState {
  const { conversation, deleted } = message;
  const isShown = state.conversation?.id === conversation.id;
  const before = isShown && deleted ? { ...emptied(state), history: state.history } : state;
  const history = withChange(state.history, conversation, deleted);
  if (deleted) return { ...before, history, deleted: conversation, announcement: strings.deleted(conversation.title) };
  return {
    ...before,
    history,
    conversation: isShown ? conversation : state.conversation,
    deleted: state.deleted?.id === conversation.id ? null : state.deleted,
  };
}

function progress(state: PanelState, requestId: string, next: Progress): PanelState {
  const before = turnOf(state, requestId)?.progress?.stage;
  const after = changeOpenTurn(state, requestId, (turn) => ({ ...turn, status: "running", progress: next }));
  // A new stage is worth saying aloud; each step within it is not.
  return after === state || before === next.stage ? after : { ...after, announcement: strings.stages[next.stage] };
}

function result(state: PanelState, message: Extract<ToWebview, { type: "showResult" }>): PanelState {
  const { summary, checks, program, examples } = message;
  const patch: Partial<Turn> = {
    // What was applied or saved before was another program.
    ...(examples === undefined ? {} : { examples, applied: null, saved: null }),
    learnsMore: false,
    status: "done",
    text: message.markdown,
    summary,
    checks,
    program: program ?? null,
    errorMessage: message.errorMessage ?? null,
  };
  return endTurn(state, message.requestId, patch, message.errorMessage ?? resultWords(program));
}

function resultWords(program: ProgramResult | undefined): string {
  if (program === undefined) return strings.answerReady;
  const { verification, doubts } = program;
  if (!verification.passed) return strings.notProven(verification);
  const proven = strings.proven(verification);
  return doubts.length === 0 ? proven : `${proven}. ${strings.doubtsLeft(doubts.length)}`;
}
