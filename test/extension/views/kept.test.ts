/** What is kept, in the panel's words. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ConversationTurn } from "../../../src/contract/conversations.ts";
import { spoken } from "../../../src/contract/say.ts";
import { keptTurn } from "../../../src/extension/views/kept.ts";

const turn: ConversationTurn = {
  id: "t1",
  conversationId: "conv_1",
  command: "fix",
  question: "Why?",
  language: "python",
  examples: [{ input: "a", output: "b" }],
  context: [
    { kind: "selection", label: "a.py", path: "src/a.py", firstLine: 3, lastLine: 4, count: 2, text: "not sent" },
    { kind: "problems", label: "a.py", path: "src/a.py", count: 1, text: "not sent" },
  ],
  status: "done",
  markdown: "Because.",
  model: "small",
  usage: null,
  cached: false,
  elapsedMs: 12,
  artifact: null,
  checks: [],
  errorCode: null,
  errorMessage: null,
  rating: "up",
  createdAt: "2026-01-01T00:00:00.000Z",
};

describe("a kept turn", () => {
  it("is shown without the text that went along, which can go along again", () => {
    const kept = keptTurn(turn, undefined, spoken);
    assert.ok(!JSON.stringify(kept).includes("not sent"));
    assert.deepEqual(kept.chips[0], {
      ...{ id: "kept:t1:0", kind: "selection", label: "a.py", path: "src/a.py", count: 2 },
      lines: [3, 4],
    });
    assert.equal(kept.chips[1]?.id, "kept:t1:1");
    assert.deepEqual([kept.examples, kept.rating, kept.summary?.usage], ["a => b", "up", null]);
  });

  it("runs on with what has come so far where this window answers it, and is interrupted where it does not", () => {
    const running = { ...turn, status: "running" as const, markdown: "Bec" };
    assert.deepEqual(
      [keptTurn(running, "Becau", spoken).status, keptTurn(running, "Becau", spoken).markdown],
      ["running", "Becau"],
    );
    assert.deepEqual(
      [keptTurn(running, undefined, spoken).status, keptTurn(running, undefined, spoken).markdown],
      ["interrupted", "Bec"],
    );
  });

  it("that failed has the button that helps", () => {
    const failed = { ...turn, status: "failed" as const, errorCode: "model_failed" as const, errorMessage: "No." };
    assert.deepEqual(keptTurn(failed, undefined, spoken).action, {
      label: "Choose Model…",
      command: "hapa.chooseModel",
    });
    assert.equal(keptTurn(turn, undefined, spoken).action, null);
    const python = { ...failed, errorCode: "sandbox_unavailable" as const, errorDetails: { set_up: "python" } };
    assert.equal(keptTurn(python, undefined, spoken).action?.command, "hapa.setUpPython");
  });
});
