import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { seededRandom } from "../../src/learning/statistics/hash.ts";
import type { Verdict } from "../../src/learning/statistics/paired-test.ts";
import {
  begin,
  decision,
  evidence,
  type Observation,
  type RolloutPlan,
  type RolloutState,
  retract,
  step,
} from "../../src/learning/statistics/rollout.ts";

const fine = { kind: "request", candidateFailed: false, incumbentFailed: false } as const;
const agreed: Observation = { ...fine, differ: false };
const differed: Observation = { ...fine, differ: true };
const crashed: Observation = { kind: "request", differ: true, candidateFailed: true, incumbentFailed: false };
const judged = (verdict: Verdict): readonly Observation[] => [differed, { kind: "verdict", verdict }];

const fed = (observations: readonly Observation[], plan: Partial<RolloutPlan> = {}): RolloutState =>
  observations.reduce(step, begin(plan));
const times = <T>(n: number, one: readonly T[]): T[] => Array.from({ length: n }, () => one).flat();

/** Requests and verdicts of a rollout whose truth is known, in a random order. */
function stream(n: number, seed: number, shares: Partial<Record<Verdict, number>>): Observation[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    let draw = random();
    for (const [verdict, share] of Object.entries(shares)) {
      if (draw < share) return judged(verdict as Verdict);
      draw -= share;
    }
    return [agreed];
  }).flat();
}

describe("a rollout's decision", () => {
  it("rolls back a candidate that only breaks things within ten verdicts, and promotes one that only mends", () => {
    const worse = fed(times(10, judged("incumbent_right")));
    assert.deepEqual(worse.decided, { decision: "roll_back", because: "worse", requests: 7, verdicts: 7 });
    const better = fed(times(12, judged("candidate_right")));
    assert.deepEqual(better.decided, { decision: "promote", because: "goal_met", requests: 10, verdicts: 10 });
  });

  it("has the evidence that the formula gives", () => {
    // Three bettors, two wins and a loss: Σ w (1 + s)² (1 - s).
    const state = fed([...times(2, judged("candidate_right")), ...judged("incumbent_right")]);
    const by = ([s, w]: readonly [number, number]) => w * (1 + s) ** 2 * (1 - s);
    const expected = by([0.2, 0.1]) + by([0.42, 0.6]) + by([0.82, 0.3]);
    assert.ok(Math.abs(evidence(state).goal.value - expected) < 1e-12);
    assert.ok(Math.abs(evidence(state).goal.needed - 1 / 0.0075) < 1e-9);
  });

  it("forgets a verdict that is taken back, with the evidence it gave", () => {
    const one = judged("candidate_right");
    const wrong = step(fed(times(5, one)), differed);
    const overruled = step(retract(step(wrong, { kind: "verdict", verdict: "candidate_right" }), "candidate_right"), {
      kind: "verdict",
      verdict: "incumbent_right",
    });
    const atOnce = step(wrong, { kind: "verdict", verdict: "incumbent_right" });
    assert.deepEqual(overruled.counts, atOnce.counts);
    assert.deepEqual(evidence(overruled), evidence(atOnce));
    // What five right ones had shown before is forgotten with it: the bar is no lower than it should be.
    assert.ok(overruled.peak <= atOnce.peak);
  });

  it("learns nothing of who is better from agreement, from both right or wrong, or from doubt", () => {
    const nothing = [agreed, ...judged("both_right"), ...judged("both_wrong"), ...judged("unsure")];
    const state = fed(times(20, nothing));
    assert.equal(decision(state), "go_on");
    assert.equal(evidence(state).goal.value, 1);
    assert.equal(evidence(state).worse.value, 1);
  });

  it("says no difference at the horizon, of requests or of verdicts", () => {
    const plan = { horizon: { requests: 50, verdicts: 10 } };
    assert.equal(decision(fed(times(49, [agreed]), plan)), "go_on");
    assert.deepEqual(fed(times(50, [agreed]), plan).decided, {
      decision: "no_difference",
      because: "horizon",
      requests: 50,
      verdicts: 0,
    });
    assert.equal(fed(times(10, judged("both_wrong")), plan).decided?.verdicts, 10);
  });

  it("stays with the first decision, whatever comes after", () => {
    const observations = [...times(10, judged("incumbent_right")), ...times(100, judged("candidate_right"))];
    assert.equal(fed(observations).decided?.decision, "roll_back");
    assert.equal(fed(observations).counts.candidateRight, 100);
  });

  it("goes on to the same decision wherever it is written down and read again", () => {
    const observations = stream(400, 4, { candidate_right: 0.08, incumbent_right: 0.18, both_wrong: 0.02 });
    const whole = fed(observations);
    assert.equal(decision(whole), "roll_back");
    for (let at = 0; at <= observations.length; at += 37) {
      const read: RolloutState = JSON.parse(JSON.stringify(fed(observations.slice(0, at))));
      assert.deepEqual(observations.slice(at).reduce(step, read), whole);
    }
  });

  it("weighs the same verdicts the same in any order, also those that come late", () => {
    const plan = { horizon: { requests: 1e6, verdicts: 1e6 } };
    const observations = stream(60, 5, { candidate_right: 0.06, incumbent_right: 0.06, both_wrong: 0.02 });
    const late = observations.toSorted((a, b) => a.kind.localeCompare(b.kind));
    assert.deepEqual(evidence(fed(late, plan)), evidence(fed(observations, plan)));
  });

  it("does not change the state it is given", () => {
    const state = begin();
    const copy = structuredClone(state);
    step(step(state, differed), { kind: "verdict", verdict: "unsure" });
    assert.deepEqual(state, copy);
  });
});

describe("a candidate that fails", () => {
  it("is rolled back after two requests where it always crashes and the incumbent hardly ever", () => {
    assert.deepEqual(fed(times(9, [crashed])).decided, {
      decision: "roll_back",
      because: "failing",
      requests: 2,
      verdicts: 0,
    });
  });

  it("is rolled back within 15 requests where it crashes on every third", () => {
    const state = fed(times(9, [agreed, agreed, crashed]));
    assert.equal(state.decided?.because, "failing");
    assert.ok((state.decided?.requests ?? 99) <= 15);
  });

  it("is not blamed on a day on which the incumbent fails as often and never did before", () => {
    const other: Observation = { kind: "request", differ: true, candidateFailed: false, incumbentFailed: true };
    const plan = { incumbentFailureRate: 0.01 };
    assert.equal(decision(fed(times(200, [other, agreed, agreed, crashed, agreed, agreed]), plan)), "go_on");
  });

  it("is not blamed where the incumbent fails as often", () => {
    const both: Observation = { kind: "request", differ: false, candidateFailed: true, incumbentFailed: true };
    const other: Observation = { kind: "request", differ: true, candidateFailed: false, incumbentFailed: true };
    const plan = { incumbentFailureRate: 0.3 };
    assert.equal(decision(fed(times(200, [both, crashed, other, agreed]), plan)), "go_on");
  });
});

describe("a candidate that must not be worse", () => {
  const plan = { goal: "not_worse", margin: 0.02 } as const;

  it("is promoted when it has agreed long enough, and not on fewer requests the smaller the margin", () => {
    const requests = (margin: number) => fed(times(3_000, [agreed]), { ...plan, margin }).decided?.requests ?? 0;
    assert.equal(fed(times(3_000, [agreed]), plan).decided?.decision, "promote");
    assert.ok(requests(0.02) > 200 && requests(0.02) < 350, `${requests(0.02)}`);
    assert.ok(requests(0.01) > 1.8 * requests(0.02));
  });

  it("is held back by what is not judged yet, and by what the oracle is unsure of", () => {
    const pending = fed([...times(5, [differed]), ...times(300, [agreed])], plan);
    assert.equal(decision(pending), "go_on");
    assert.equal(decision(fed([...times(5, judged("unsure")), ...times(300, [agreed])], plan)), "go_on");
    const verdict: Observation = { kind: "verdict", verdict: "both_right" };
    assert.equal(decision([...times(5, [verdict]), agreed].reduce(step, pending)), "promote");
  });
});
