/** The panel's reducer: what a person sees after each message and click, without a browser. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Chip, ToWebview } from "../../../src/contract/webview.ts";
import { type Draft, requestFrom } from "../../../webview-ui/chat/draft.ts";
import { hintFor } from "../../../webview-ui/chat/hints.ts";
import { reduce } from "../../../webview-ui/chat/receive.ts";
import { fromSaved, toSaved } from "../../../webview-ui/chat/saved-state.ts";
import { initialState, type PanelAction, type PanelState } from "../../../webview-ui/chat/state.ts";
import { isOpen } from "../../../webview-ui/chat/turn-state.ts";
import { strings } from "../../../webview-ui/shared/strings.ts";
import { kept, program, resultFor, wrongProof } from "./samples.ts";

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
const last = (state: PanelState) => state.turns.at(-1);

describe("panel state: asking", () => {
  it("sends what was typed, with the selection only where lines are selected and wanted", () => {
    const typed = play(initialState, draft({ question: " Upper case " }));
    assert.deepEqual(requestOf(typed)?.message, {
      type: "ask",
      requestId: "1",
      conversationId: null,
      command: null,
      question: "Upper case",
      language: "javascript",
      examples: "",
      context: [],
      replaces: null,
    });
    const selected = play(typed, host({ type: "context", context }));
    assert.deepEqual(requestOf(selected)?.message.context, ["selection"]);
    assert.deepEqual(requestOf(play(selected, draft({ includeSelection: false })))?.message.context, []);
  });

  it("sends nothing where nothing was typed, and a ready-made question where only examples were", () => {
    assert.equal(requestOf(play(initialState, draft({ question: "  \n" }))), null);
    const request = requestOf(play(initialState, draft({ examples: "a => A\n" })))?.message;
    assert.equal(request?.question, "Transform each line as the examples show");
    assert.equal(request?.examples, "a => A");
  });

  it("follows the editor's language until the person chooses one", () => {
    const state = play(initialState, draft({ question: "q" }), host({ type: "context", context }));
    assert.equal(requestOf(state)?.message.language, "python");
    const chosen = play(state, draft({ language: "typescript" }));
    assert.equal(requestOf(chosen)?.message.language, "typescript");
    assert.equal(ask(chosen, "1").draft.language, "typescript");
  });

  it("empties the composer, keeps the focus there and remembers what went along", () => {
    const before = play(initialState, host({ type: "context", context }));
    const state = ask(before, "1", { question: "Upper case", examples: "a => A", examplesOpen: true });
    assert.deepEqual([state.draft.question, state.draft.examples, state.draft.examplesOpen], ["", "", false]);
    assert.equal(state.focusRequests, before.focusRequests + 1);
    assert.deepEqual(last(state)?.chips, [selection]);
    assert.equal(last(state)?.status, "running");
  });

  it("puts a command's question and examples in the composer", () => {
    const state = play(initialState, host({ type: "compose", question: "Q", examples: "a => b", send: false }));
    assert.deepEqual([state.draft.question, state.draft.examples, state.draft.examplesOpen], ["Q", "a => b", true]);
  });
});

describe("panel state: answers", () => {
  it("grows the answer as it streams and replaces it by the final text", () => {
    const delta = (text: string) => host({ type: "delta", requestId: "1", text });
    const streamed = play(ask(initialState, "1"), delta("Hel"), delta("lo"));
    assert.equal(last(streamed)?.text, "Hello");
    const done = play(streamed, host(resultFor("1", { markdown: "Hello!" })));
    assert.deepEqual(
      [last(done)?.text, last(done)?.status, done.announcement],
      ["Hello!", "done", strings.answerReady],
    );
  });

  it("says each stage aloud once, and shows every step", () => {
    const step = (message: string) =>
      host({ type: "progress", requestId: "1", progress: { stage: "verifying", message } });
    const first = play(ask(initialState, "1"), step("1 of 5"));
    assert.equal(first.announcement, strings.stages.verifying);
    const second = play({ ...first, announcement: "" }, step("2 of 5"));
    assert.equal(second.announcement, "");
    assert.equal(last(second)?.progress?.message, "2 of 5");
  });

  it("shows a proven program and says so", () => {
    const state = play(ask(initialState, "1"), host(resultFor("1", { program })));
    assert.equal(state.announcement, "Proven on 5 of 5 examples; 1 held out");
    assert.equal(last(state)?.program, program);
  });

  it("shows an unproven program with the reason", () => {
    const wrong = { ...program, verification: wrongProof };
    const state = play(
      ask(initialState, "1"),
      host(resultFor("1", { program: wrong, errorMessage: "Not good enough" })),
    );
    assert.deepEqual([last(state)?.errorMessage, state.announcement], ["Not good enough", "Not good enough"]);
  });

  it("shows a failure with the button that helps", () => {
    const action = { label: "Choose model…", command: "hapa.chooseModel" } as const;
    const state = play(ask(initialState, "1"), host({ type: "failed", requestId: "1", message: "No model", action }));
    assert.deepEqual(
      [last(state)?.status, last(state)?.errorMessage, last(state)?.action],
      ["failed", "No model", action],
    );
    assert.equal(state.announcement, "This did not work: No model");
  });

  it("stops at once, and nothing that arrives late brings the answer back", () => {
    const stopped = play(ask(initialState, "1"), { type: "stopped", requestId: "1" });
    assert.deepEqual([last(stopped)?.status, stopped.announcement], ["stopped", strings.stopped]);
    const late = play(stopped, host({ type: "delta", requestId: "1", text: "x" }), host(resultFor("1")));
    assert.equal(late, stopped);
  });

  it("ignores messages about questions it does not know", () => {
    const state = ask(initialState, "1");
    assert.equal(play(state, host({ type: "delta", requestId: "2", text: "x" }), host(resultFor("2"))), state);
  });

  it("keeps two answers apart that arrive at once", () => {
    const both = ask(ask(initialState, "1"), "2", { question: "Other" });
    const state = play(
      both,
      host({ type: "delta", requestId: "1", text: "one" }),
      host(resultFor("2", { markdown: "two" })),
    );
    assert.deepEqual(
      state.turns.map(({ text, status }) => [text, status]),
      [
        ["one", "running"],
        ["two", "done"],
      ],
    );
  });

  it("leaves Applied and Saved visible on the card", () => {
    const mark = (state: "applied" | "saved", label: string) =>
      host({ type: "programState", requestId: "1", state, label });
    const state = play(
      ask(initialState, "1"),
      host(resultFor("1", { program })),
      mark("applied", "Applied to 12 lines"),
      mark("saved", "Saved as e-mail"),
    );
    assert.deepEqual([last(state)?.applied, last(state)?.saved], ["Applied to 12 lines", "Saved as e-mail"]);
  });

  it("counts from the moment it was told when a limited question may be asked again", () => {
    const failed = host({ type: "failed", requestId: "1", message: "Too many.", retryAfterMs: 20_000 });
    assert.equal(last(play(ask(initialState, "1"), failed))?.retryAt, 25_000);
  });
});

describe("panel state: hidden and shown again", () => {
  it("finds the conversation and the half-typed question as they were", () => {
    const state = play(ask(initialState, "1"), host(resultFor("1", { program })), draft({ question: "half" }));
    const restored = fromSaved(JSON.parse(JSON.stringify(toSaved(state))));
    assert.deepEqual([restored.turns, restored.draft], [state.turns, state.draft]);
  });

  it("marks a question that was running as interrupted, and still takes its answer", () => {
    const restored = fromSaved(toSaved(ask(initialState, "1")));
    assert.equal(last(restored)?.status, "interrupted");
    assert.equal(restored.turns.filter(isOpen).length, 1);
    assert.equal(last(play(restored, host(resultFor("1"))))?.status, "done");
  });

  it("keeps the end of a long conversation, not the whole of it", () => {
    const turns = Array.from({ length: 60 }, (_, i) =>
      kept(String(i), { markdown: "x".repeat(i === 59 ? 10 : 30_000) }),
    );
    const state = play(initialState, host({ type: "conversation", conversation: null, turns, earlier: null }));
    assert.deepEqual(
      toSaved(state).turns.map(({ id }) => id),
      ["53", "54", "55", "56", "57", "58", "59"],
    );
  });

  it("starts afresh where what was kept cannot be read", () => {
    for (const saved of [
      undefined,
      null,
      5,
      "x",
      {},
      { version: 0 },
      { version: 3, turns: 3, draft: {}, conversation: null },
    ]) {
      assert.equal(fromSaved(saved), initialState);
    }
  });
});

describe("panel hints", () => {
  const hint = (change: Partial<Draft>, state = initialState) => hintFor(play(state, draft(change)));

  it("names the example line that has no arrow", () => {
    assert.equal(hint({ examples: "a => b\n\nc" }), strings.examplesWithoutArrow(3));
    assert.equal(hint({ examples: "a => b" }), null);
  });

  it("says before sending that words alone need a model", () => {
    const offline = play(initialState, host({ type: "backend", backend: { state: "ready", model: null } }));
    assert.equal(hint({ question: "q" }, offline), strings.needsExamples);
    assert.equal(hint({ question: "q", examples: "a => b" }, offline), null);
    const online = play(initialState, host({ type: "backend", backend: { state: "ready", model: "m" } }));
    assert.equal(hint({ question: "q" }, online), null);
  });

  it("says that TypeScript is not written without a model", () => {
    const typescript: Partial<Draft> = { examples: "a => b", language: "typescript" };
    const offline = play(initialState, host({ type: "backend", backend: { state: "ready", model: null } }));
    assert.equal(hint(typescript, offline), strings.noTypescriptOffline);
    const online = play(initialState, host({ type: "backend", backend: { state: "ready", model: "m" } }));
    assert.equal(hint(typescript, online), null);
  });
});
