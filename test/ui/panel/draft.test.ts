/** What goes along with a question, and commands that were typed: the composer's rules, without a browser. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Chip, ToWebview } from "../../../src/contract/webview.ts";
import { type Draft, requestFrom } from "../../../webview-ui/chat/draft.ts";
import { reduce } from "../../../webview-ui/chat/receive.ts";
import { initialState, type PanelAction, type PanelState } from "../../../webview-ui/chat/state.ts";

const play = (state: PanelState, ...actions: readonly PanelAction[]): PanelState => actions.reduce(reduce, state);
const host = (message: ToWebview): PanelAction => ({ type: "host", message, at: 5_000 });
const draft = (change: Partial<Draft>): PanelAction => ({ type: "draft", change });

/** Types a question and sends it, as the panel does. */
function ask(state: PanelState, requestId: string, change: Partial<Draft> = { question: "Upper case" }): PanelState {
  const typed = play(state, draft(change));
  const request = requestOf(typed, requestId);
  assert.ok(request);
  return play(typed, { type: "asked", ...request });
}

const requestOf = ({ draft: held, context: seen, conversation }: PanelState, requestId = "1") =>
  requestFrom(held, seen, { requestId, conversationId: conversation?.id ?? null });

const selection: Chip = { id: "selection", kind: "selection", label: "names.txt", path: "names.txt", count: 2 };
const file: Chip = { id: "file", kind: "file", label: "names.txt", path: "names.txt", count: 9 };
const chips = [selection, file];
const context = { fileName: "names.txt", language: "python", selectedLines: ["a", "b"], chips } as const;

describe("panel draft", () => {
  it("follows the editor with the file that was added, and keeps a file that was looked for", () => {
    const looked: Chip = { id: "file:src/a.ts", kind: "file", label: "a.ts", path: "src/a.ts", count: 5 };
    const state = play(
      initialState,
      host({ type: "context", context }),
      draft({ question: "q", chips: [file, looked] }),
    );
    assert.deepEqual(requestOf(state)?.message.context, ["selection", "file", "file:src/a.ts"]);
    const elsewhere = play(state, host({ type: "context", context: { ...context, fileName: null, chips: [] } }));
    assert.deepEqual(requestOf(elsewhere)?.message.context, ["file:src/a.ts"]);
  });

  it("a place that a command put in the composer goes along instead of the selection", () => {
    const about: Chip = { ...selection, id: "about:1", count: 7 };
    const state = play(
      initialState,
      host({ type: "context", context }),
      host({ type: "compose", question: "Fix it", command: "fix", chips: [about], send: false }),
    );
    assert.deepEqual(requestOf(state)?.message.context, ["about:1"]);
    assert.deepEqual(requestOf(play(ask(state, "1", {}), draft({ question: "next" })))?.message.context, ["selection"]);
  });

  it("reads a command that was typed out; a command alone asks what it is for", () => {
    const typed = requestOf(play(initialState, draft({ question: "/fix the loop" })))?.message;
    assert.deepEqual([typed?.command, typed?.question], ["fix", "the loop"]);
    const alone = requestOf(play(initialState, draft({ command: "explain" })))?.message;
    assert.deepEqual([alone?.command, alone?.question], ["explain", "Explain this code"]);
    const path = requestOf(play(initialState, draft({ question: "/etc/hosts to JSON" })))?.message;
    assert.deepEqual([path?.command, path?.question], [null, "/etc/hosts to JSON"]);
  });
});
