/** What a report leaves open, in the person's words. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Verification } from "../../src/contract/artifacts.ts";
import { spoken } from "../../src/contract/say.ts";
import { alternatives, doubtsAbout, nameLines, oddExamples } from "../../src/extension/doubts.ts";

const verification = (over: Partial<Verification>): Verification => ({
  passed: true,
  method: "shown_only",
  shown: { passed: 2, total: 2 },
  heldOut: { passed: 0, total: 0 },
  accuracy: 1,
  accuracyTarget: 0.9,
  failures: [],
  latencyMeanMs: 0,
  latencyP99Ms: 0,
  rehearsal: null,
  notes: [],
  ambiguous: [],
  oddExamples: [],
  ...over,
});

describe("doubts", () => {
  it("are about the person's own lines; where the program gives nothing, only what others give is offered", () => {
    const ambiguous = [
      { input: "a", outputs: ["A", "b", null] },
      { input: "c", outputs: [null, "C"] },
      { input: "only nothing", outputs: ["x", null] },
      { input: "elsewhere", outputs: ["x", "y"] },
      { input: { a: 1 }, outputs: ["x", "y"] },
    ];
    assert.deepEqual(doubtsAbout(["a", "only nothing", "c", "z"], verification({ ambiguous })), [
      { input: "a", current: "A", others: ["b"] },
      { input: "c", current: null, others: ["C"] },
    ]);
  });

  it("say beside a line what else it could become, in short", () => {
    const doubt = { input: "a", current: "A" };
    assert.equal(spoken(alternatives({ ...doubt, others: ["B"] })), "or “B”?");
    assert.equal(
      spoken(alternatives({ ...doubt, others: ["B", "x".repeat(50), "D"] })),
      `or “B”, “${"x".repeat(39)}…”, …?`,
    );
  });

  it("name lines, five at most", () => {
    assert.equal(spoken(nameLines([7])), "Line 7 could be meant otherwise.");
    assert.equal(spoken(nameLines([7, 1200])), "Lines 7 and 1,200 could be meant otherwise.");
    assert.equal(spoken(nameLines([1, 2, 3, 4, 5, 6, 7])), "Lines 1, 2, 3, 4, 5 and 2 more could be meant otherwise.");
  });

  it("show examples that look like slips as they are typed", () => {
    const examples = [
      { input: "a", output: "A" },
      { input: " b", output: "=>" },
    ];
    assert.deepEqual(oddExamples(examples, verification({ oddExamples: [1, 5] })), ['" b" => "=>"']);
  });
});
