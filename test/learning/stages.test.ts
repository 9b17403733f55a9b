import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Verdict } from "../../src/learning/statistics/paired-test.ts";
import { begin, type RolloutState, step } from "../../src/learning/statistics/rollout.ts";
import { assign, shareOf, stage } from "../../src/learning/statistics/stages.ts";

const judge = (state: RolloutState, verdict: Verdict, n = 1): RolloutState => {
  let next = state;
  for (let i = 0; i < n; i++) {
    next = step(next, { kind: "request", differ: true, candidateFailed: false, incumbentFailed: false });
    next = step(next, { kind: "verdict", verdict });
  }
  return next;
};

describe("the stages of a rollout", () => {
  it("follow the evidence: shadow, a tenth, a half, all", () => {
    const tried = judge(begin(), "both_right", 50);
    const seen = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => stage(judge(tried, "candidate_right", n)));
    assert.deepEqual(
      [...new Set(seen)].map((name) => [name, shareOf[name]]),
      [
        ["shadow", 0],
        ["tenth", 0.1],
        ["half", 0.5],
        ["full", 1],
      ],
    );
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => shareOf[a] - shareOf[b]),
    );
  });

  it("need requests, too: a few lucky verdicts move no traffic", () => {
    assert.equal(stage(judge(begin(), "candidate_right", 7)), "shadow");
  });

  it("do not fall back for a little doubt, but do for harm, and end with the rollback", () => {
    const half = judge(judge(begin(), "both_right", 50), "candidate_right", 8);
    assert.equal(stage(half), "half");
    assert.equal(stage(judge(half, "incumbent_right", 4)), "half");
    const harmed = judge(half, "incumbent_right", 18);
    assert.equal(stage(harmed), "shadow");
    assert.equal(stage(judge(harmed, "incumbent_right", 30)), "stopped");
  });

  it("are the same for an instance that reads the state from a file", () => {
    const half = judge(judge(begin(), "both_right", 50), "candidate_right", 8);
    assert.equal(stage(JSON.parse(JSON.stringify(half))), "half");
  });
});

describe("who gets the candidate", () => {
  const inputs = Array.from({ length: 20_000 }, (_, i) => `rollout_1/${i}`);

  it("is its share of the inputs", () => {
    for (const share of [0, 0.1, 0.5, 1]) {
      const got = inputs.filter((input) => assign(input, share)).length / inputs.length;
      assert.ok(Math.abs(got - share) < 0.01, `${got} for ${share}`);
    }
  });

  it("stays so at the next stage, and is another in the next rollout", () => {
    assert.ok(inputs.every((input) => !assign(input, 0.1) || assign(input, 0.5)));
    const both = inputs.filter((input) => assign(input, 0.1) && assign(input.replace("_1", "_2"), 0.1)).length;
    assert.ok(both > 100 && both < 320, `${both}`);
  });
});
