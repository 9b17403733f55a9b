/** The panel's side of the conversation with the host: what is posted, and how streamed text is gathered. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FromWebview } from "../../../src/contract/webview.ts";
import { createPanel } from "../../../webview-ui/chat/panel.ts";
import { item, kept, resultFor } from "./samples.ts";

/** A panel whose host records, and whose frames are drawn by hand. */
function recordedPanel() {
  const posted: FromWebview[] = [];
  const frames: (() => void)[] = [];
  let ids = 0;
  let kept: unknown;
  const host = {
    post: (message: FromWebview) => void posted.push(message),
    load: () => kept,
    save: (state: unknown) => {
      kept = state;
    },
  };
  const open = () =>
    createPanel({
      host,
      nextFrame: (run) => void frames.push(run),
      newId: () => `id${++ids}`,
      now: () => 1_000,
    });
  const drawFrame = () => {
    for (const run of frames.splice(0)) run();
  };
  return { panel: open(), reopen: open, posted, frames, drawFrame };
}

describe("panel messages", () => {
  it("draws a burst of streamed text once", () => {
    const { panel, frames, drawFrame } = recordedPanel();
    panel.receive({ type: "compose", question: "q", send: true });
    let changes = 0;
    panel.subscribe(() => changes++);
    for (const text of ["a", "b", "c"]) panel.receive({ type: "delta", requestId: "id1", text });
    assert.deepEqual([changes, frames.length], [0, 1]);
    drawFrame();
    assert.deepEqual([changes, panel.getState().turns[0]?.text], [1, "abc"]);
  });

  it("loses no streamed text when the end of the answer comes within the same frame", () => {
    const { panel, drawFrame } = recordedPanel();
    panel.receive({ type: "compose", question: "q", send: true });
    panel.receive({ type: "delta", requestId: "id1", text: "partial" });
    panel.receive({ type: "failed", requestId: "id1", message: "broke off" });
    drawFrame();
    assert.deepEqual([panel.getState().turns[0]?.text, panel.getState().turns[0]?.status], ["partial", "failed"]);
  });

  it("asks at once what a command sends, and only shows what it does not", () => {
    const { panel, posted } = recordedPanel();
    panel.receive({ type: "compose", question: "shown", send: false });
    assert.equal(posted.length, 0);
    panel.receive({ type: "compose", question: "sent", examples: "a => A", send: true });
    assert.deepEqual(
      posted.map((message) => message.type === "ask" && [message.question, message.examples]),
      [["sent", "a => A"]],
    );
  });

  it("leaves what runs to its own conversation when a new one is begun", () => {
    const { panel, posted } = recordedPanel();
    panel.receive({ type: "compose", question: "q", send: true });
    panel.newConversation();
    assert.deepEqual(posted.at(-1), { type: "openConversation", conversationId: null });
    assert.equal(panel.getState().turns.length, 0);
  });

  it("asks one question at a time", () => {
    const { panel, posted } = recordedPanel();
    panel.receive({ type: "compose", question: "first", send: true });
    panel.receive({ type: "compose", question: "second", send: true });
    assert.equal(posted.length, 1);
    assert.equal(panel.getState().draft.question, "second");
  });

  it("asks for earlier questions once at a time, and not where there are none", () => {
    const { panel, posted } = recordedPanel();
    const conversation = item("c1", "Names", 3);
    panel.receive({ type: "conversation", conversation, turns: [kept("3")], earlier: "before-3" });
    panel.loadEarlier();
    panel.loadEarlier();
    assert.deepEqual(posted, [{ type: "loadEarlier", conversationId: "c1", cursor: "before-3" }]);
    panel.receive({ type: "earlierTurns", conversationId: "c1", turns: [kept("1"), kept("2")], earlier: null });
    panel.loadEarlier();
    assert.equal(posted.length, 1);
    assert.deepEqual(
      panel.getState().turns.map(({ id }) => id),
      ["1", "2", "3"],
    );
  });

  it("a question that is asked again takes its own place, stops what runs, and those after it go", () => {
    const { panel, posted } = recordedPanel();
    const turns = [kept("1", { command: "fix" }), kept("2"), kept("3", { status: "running" })];
    panel.receive({ type: "conversation", conversation: item("c1", "Names", 3), turns, earlier: null });
    panel.askAgain("1", { question: "Edited", examples: "" });
    assert.deepEqual(posted[0], { type: "stop", requestId: "3" });
    const asked = posted[1];
    assert.ok(asked?.type === "ask");
    assert.deepEqual(
      [asked.question, asked.command, asked.replaces, asked.conversationId],
      ["Edited", "fix", "1", "c1"],
    );
    assert.deepEqual(
      panel.getState().turns.map(({ id }) => id),
      [asked.requestId],
    );
  });

  it("keeps text that was streamed but not yet drawn when the view is hidden", () => {
    const { panel, reopen } = recordedPanel();
    panel.receive({ type: "compose", question: "q", send: true });
    panel.receive({ type: "delta", requestId: "id1", text: "half" });
    panel.save();
    const again = reopen();
    assert.equal(again.getState().turns[0]?.text, "half");
    again.receive(resultFor("id1", { markdown: "whole" }));
    assert.equal(again.getState().turns[0]?.text, "whole");
  });
});
