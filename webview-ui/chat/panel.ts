/** The panel without its looks: holds the state, speaks with the host, gathers streamed text into one change a frame. */
import type { FromWebview, ToWebview } from "../../src/contract/webview.ts";
import type { Host } from "../shared/vscode.ts";
import { fromSaved, toSaved } from "./saved-state.ts";
import { openTurns, type PanelAction, type PanelState, reduce, requestFrom } from "./state.ts";

export interface Panel {
  getState(): PanelState;
  /** Told after each change; the answer ends the subscription. */
  subscribe(listener: () => void): () => void;
  dispatch(action: PanelAction): void;
  receive(message: ToWebview): void;
  post(message: FromWebview): void;
  /** Sends what the composer holds; nothing happens where it is empty. */
  ask(): void;
  /** Says what a doubtful line of a card should become; nothing happens while its program is being made. */
  answer(requestId: string, input: string, output: string): void;
  stop(requestId: string): void;
  /** Stops what runs and empties the conversation. */
  clear(): void;
  /** Keeps the conversation for when the view is shown again. */
  save(): void;
}

/** `nextFrame` calls back once before the next paint (`requestAnimationFrame`); `newId` makes ids that never repeat. */
export function createPanel(host: Host<FromWebview>, nextFrame: (run: () => void) => void, newId: () => string): Panel {
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
    for (const [requestId, text] of texts) dispatch({ type: "host", message: { type: "delta", requestId, text } });
  };
  const ask = (): void => {
    const request = requestFrom(state, newId());
    if (request === null) return;
    dispatch({ type: "asked", request });
    host.post(request);
  };
  const answer = (requestId: string, input: string, output: string): void => {
    const before = state;
    dispatch({ type: "answered", requestId });
    if (state !== before) host.post({ type: "answerDoubt", requestId, input, output });
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
      dispatch({ type: "host", message });
      if (message.type === "compose" && message.send) ask();
    },
    post: (message) => host.post(message),
    ask,
    answer,
    stop,
    clear: () => {
      for (const { id } of openTurns(state)) stop(id);
      dispatch({ type: "cleared" });
    },
    save: () => {
      flush();
      host.save(toSaved(state));
    },
  };
}
