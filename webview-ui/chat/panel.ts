/** The panel without its looks: holds the state, speaks with the host, gathers streamed text into one change a frame. */
import type { Chip, FromWebview, ToWebview } from "../../src/contract/webview.ts";
import type { Host } from "../shared/vscode.ts";
import { type Edited, requestAgain, requestFrom } from "./draft.ts";
import { reduce } from "./receive.ts";
import { fromSaved, toSaved } from "./saved-state.ts";
import { type PanelAction, type PanelState, runningTurn, turnOf } from "./state.ts";
import type { AskMessage, Rating } from "./turn-state.ts";

/** What the person did and the reducer alone answers to. */
type Action = Exclude<PanelAction, { type: "host" | "asked" | "answered" | "stopped" | "rated" }>;

export interface Panel {
  getState(): PanelState;
  /** Told after each change; the answer ends the subscription. */
  subscribe(listener: () => void): () => void;
  dispatch(action: Action): void;
  receive(message: ToWebview): void;
  post(message: FromWebview): void;
  /** Sends what the composer holds; nothing happens where it is empty, or while an answer is under way. */
  ask(): void;
  /** Asks a question again in its place, as it was or edited; it and all after it go. */
  askAgain(requestId: string, edited?: Edited): void;
  /** Says what a doubtful line of a card should become; nothing happens while its program is being made. */
  answer(requestId: string, input: string, output: string): void;
  stop(requestId: string): void;
  rate(requestId: string, rating: Rating | null, comment: string): void;
  newConversation(): void;
  chooseModel(id: string | null): void;
  /** Asks for the questions before the ones shown, once at a time. */
  loadEarlier(): void;
  /** Keeps the draft and the end of the conversation for when the view is shown again. */
  save(): void;
}

export interface PanelParts {
  readonly host: Host<FromWebview>;
  /** Calls back once before the next paint (`requestAnimationFrame`). */
  readonly nextFrame: (run: () => void) => void;
  /** Makes ids that never repeat. */
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createPanel({ host, nextFrame, newId, now }: PanelParts): Panel {
  let state = fromSaved(host.load());
  const listeners = new Set<() => void>();
  const streamed = new Map<string, string>();

  const dispatch = (action: PanelAction): void => {
    const next = reduce(state, action);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const flush = (): void => {
    const texts = [...streamed];
    streamed.clear();
    for (const [requestId, text] of texts)
      dispatch({ type: "host", message: { type: "delta", requestId, text }, at: now() });
  };
  const ids = () => ({ requestId: newId(), conversationId: state.conversation?.id ?? null });
  const post = (message: AskMessage, chips: readonly Chip[]): void => {
    dispatch({ type: "asked", message, chips });
    host.post(message);
  };
  const ask = (): void => {
    if (runningTurn(state) !== undefined) return;
    const request = requestFrom(state.draft, state.context, ids());
    if (request !== null) post(request.message, request.chips);
  };
  const stop = (requestId: string): void => {
    flush();
    // At once, whatever the host does: Stop must never look stuck.
    dispatch({ type: "stopped", requestId });
    host.post({ type: "stop", requestId });
  };

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch,
    receive: (message) => {
      if (message.type === "delta") {
        if (streamed.size === 0) nextFrame(flush);
        streamed.set(message.requestId, (streamed.get(message.requestId) ?? "") + message.text);
        return;
      }
      flush();
      const before = state;
      dispatch({ type: "host", message, at: now() });
      if (message.type === "compose" && message.send) ask();
      if (message.type === "conversationChanged" && cameBack(before, message.conversation.id, message.deleted))
        host.post({ type: "openConversation", conversationId: message.conversation.id });
    },
    post: (message) => host.post(message),
    ask,
    askAgain: (requestId, edited) => {
      const turn = turnOf(state, requestId);
      if (turn === undefined) return;
      const running = runningTurn(state);
      if (running !== undefined) stop(running.id);
      post(requestAgain(turn, edited ?? turn, ids()), turn.chips);
    },
    answer: (requestId, input, output) => {
      const before = state;
      dispatch({ type: "answered", requestId });
      if (state !== before) host.post({ type: "answerDoubt", requestId, input, output });
    },
    stop,
    rate: (requestId, rating, comment) => {
      dispatch({ type: "rated", requestId, rating });
      host.post({ type: "rate", requestId, rating, comment });
    },
    newConversation: () => {
      // What still runs goes on in its own conversation.
      dispatch({ type: "newConversation" });
      host.post({ type: "openConversation", conversationId: null });
    },
    chooseModel: (id) => {
      dispatch({ type: "chooseModel", id });
      host.post({ type: "chooseModel", id });
    },
    loadEarlier: () => {
      const { conversation, earlier, loadingEarlier } = state;
      if (conversation === null || earlier === null || loadingEarlier) return;
      dispatch({ type: "loadingEarlier" });
      host.post({ type: "loadEarlier", conversationId: conversation.id, cursor: earlier });
    },
    save: () => {
      flush();
      host.save(toSaved(state));
    },
  };
}

/** The conversation that was shown when it was deleted is shown again when that is taken back. */
function cameBack({ deleted, turns, history }: PanelState, id: string, isDeleted: boolean): boolean {
  return !isDeleted && deleted?.id === id && turns.length === 0 && !history.open;
}
