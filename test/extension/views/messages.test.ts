import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readMessage } from "../../../src/extension/views/messages.ts";

const ask = {
  type: "ask",
  requestId: "1",
  conversationId: null,
  command: "fix",
  question: "?",
  language: "python",
  examples: "",
  context: ["selection", "file:src/a b/한글.ts"],
  replaces: null,
};

describe("messages from the panel", () => {
  it("are taken where they have the form of one, without what does not belong", () => {
    assert.deepEqual(readMessage({ ...ask, extra: 1 }), ask);
    assert.deepEqual(readMessage({ type: "ready" }), { type: "ready" });
    const rate = { type: "rate", requestId: "1", rating: null, comment: "" };
    assert.deepEqual(readMessage(rate), rate);
    const difference = { type: "judgeDifference", id: "request_1", taskId: "task_1", side: "neither" };
    assert.deepEqual(readMessage(difference), difference);
  });

  it("cannot run any other command than the panel's own", () => {
    assert.ok(readMessage({ type: "runCommand", command: "hapa.showLog" }));
    assert.equal(readMessage({ type: "runCommand", command: "workbench.action.terminal.new" }), undefined);
    assert.equal(readMessage({ type: "runCommand", command: "hapa.copyApiKey" }), undefined);
  });

  it("are dropped where a field is missing, of another kind or far too long", () => {
    for (const wrong of [
      { conversationId: undefined },
      { conversationId: "../keys" },
      { requestId: "" },
      { command: "shell" },
      { language: "cobol" },
      { question: undefined },
      { context: "selection" },
      { context: [1] },
      { context: Array(51).fill("file") },
      { context: ["x".repeat(5_001)] },
      { replaces: 1 },
    ])
      assert.equal(readMessage({ ...ask, ...wrong }), undefined, JSON.stringify(wrong).slice(0, 80));
    assert.equal(readMessage({ type: "rate", requestId: "1", rating: "sideways", comment: "" }), undefined);
    assert.equal(readMessage({ type: "judgeDifference", id: "a", taskId: "b", side: "left" }), undefined);
    assert.equal(readMessage({ type: "judge", id: "a", taskId: "../b", right: true, expected: null }), undefined);
    assert.equal(readMessage({ type: "insertCode", code: "1" }), undefined);
    assert.equal(readMessage({ type: "listConversations", query: "x".repeat(2_001), cursor: null }), undefined);
    assert.equal(readMessage({ type: "copyCode", code: "x".repeat(2_000_000) }), undefined);
    assert.equal(readMessage({ type: "toString" }), undefined);
    assert.equal(readMessage({ type: "__proto__" }), undefined);
  });

  it("never throw, whatever comes", () => {
    fc.assert(fc.property(fc.anything(), (value) => void readMessage(value)));
  });
});
