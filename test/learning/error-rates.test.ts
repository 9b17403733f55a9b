import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { evidenceFailing } from "../../src/learning/statistics/failing-test.ts";
import {
  evidenceBetter,
  evidenceNotWorse,
  evidenceWorse,
  type PairedCounts,
} from "../../src/learning/statistics/paired-test.ts";
import { pairings, simulate } from "../bench/learning/rollouts.ts";

const none: PairedCounts = {
  agreed: 0,
  pending: 0,
  candidateRight: 0,
  incumbentRight: 0,
  bothRight: 0,
  bothWrong: 0,
  unsure: 0,
};

/** The mean of e^evidence over all sequences of n draws, exactly: every way the counts can come, by the multinomial. */
function meanOver(n: number, shares: readonly number[], evidence: (counts: readonly number[]) => number): number {
  let mean = 0;
  const walk = (left: number, k: number, counts: number[], logChance: number): void => {
    if (k === shares.length - 1) {
      const chance = logChance + left * Math.log(shares[k] ?? 0) - logFactorial(left);
      if (left === 0 || (shares[k] ?? 0) > 0)
        mean += Math.exp((left === 0 ? logChance : chance) + evidence([...counts, left]));
      return;
    }
    for (let c = 0; c <= left; c++) {
      if (c > 0 && shares[k] === 0) break;
      walk(left - c, k + 1, [...counts, c], logChance + (c === 0 ? 0 : c * Math.log(shares[k] ?? 0) - logFactorial(c)));
    }
  };
  walk(n, 0, [], logFactorial(n));
  return mean;
}
function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}

describe("no bet is favourable while the hypothesis holds (exactly, over all short sequences)", () => {
  const verdicts = ([candidateRight = 0, incumbentRight = 0, bothWrong = 0]: readonly number[]) => ({
    ...none,
    candidateRight,
    incumbentRight,
    bothWrong,
  });

  it("that the candidate is no better, or no worse", () => {
    for (const n of [1, 2, 5, 12, 20]) {
      for (const shares of [
        [0.5, 0.5, 0],
        [0.2, 0.2, 0.6],
      ]) {
        for (const test of [evidenceBetter, evidenceWorse]) {
          assert.ok(Math.abs(meanOver(n, shares, (counts) => test(verdicts(counts), 0)) - 1) < 1e-9);
        }
      }
      assert.ok(meanOver(n, [0.3, 0.4, 0.3], (counts) => evidenceBetter(verdicts(counts), 0)) < 1);
      assert.ok(meanOver(n, [0.4, 0.3, 0.3], (counts) => evidenceBetter(verdicts(counts), 0)) > 1);
    }
  });

  it("whichever way an oracle errs", () => {
    const errs = 0.05;
    // Who is right as often as the other, seen through an oracle all of whose errors favour the candidate.
    for (const tie of [0, 0.3, 1]) {
      const side = (1 - tie) / 2;
      const seen = [side + errs * (side + tie), side * (1 - errs), tie * (1 - errs)];
      for (const n of [1, 5, 20]) {
        const mean = meanOver(n, seen, (counts) => evidenceBetter(verdicts(counts), errs));
        assert.ok(Math.abs(mean - 1) < 1e-9, `${tie} ${n} ${mean}`);
        assert.ok(n < 5 || tie === 1 || meanOver(n, seen, (counts) => evidenceBetter(verdicts(counts), 0)) > 1);
      }
    }
  });

  it("that the candidate loses the margin or more", () => {
    for (const errs of [0, 0.05]) {
      for (const [wins, losses, ties] of [
        [0, 0.02, 0],
        [0.03, 0.05, 0.01],
        [0.1, 0.14, 0.05],
      ] as const) {
        const seen = [wins + errs * (losses + ties), losses * (1 - errs), ties * (1 - errs)] as const;
        const shares = [...seen, 1 - wins - losses - ties];
        for (const n of [1, 4, 10]) {
          const mean = meanOver(n, shares, (counts) =>
            evidenceNotWorse({ ...verdicts(counts), agreed: counts[3] ?? 0 }, errs, 0.02),
          );
          assert.ok(mean <= 1 + 1e-9, `${errs} ${losses} ${n} ${mean}`);
        }
      }
    }
  });

  it("that the candidate fails no more often", () => {
    for (const [candidateOnly, incumbentOnly, bound] of [
      [0.01, 0.01, 0.01],
      [0.05, 0.05, 0.1],
      [0.3, 0.3, 0.3],
      [0.002, 0.01, 0.01],
    ] as const) {
      for (const n of [1, 5, 15]) {
        const mean = meanOver(n, [candidateOnly, incumbentOnly, 1 - candidateOnly - incumbentOnly], (counts) => {
          const [failed = 0, other = 0] = counts;
          return evidenceFailing({ requests: n, candidateOnly: failed, incumbentOnly: other }, bound);
        });
        assert.ok(mean <= 1 + 1e-9, `${candidateOnly} ${n} ${mean}`);
      }
    }
  });
});

describe("rollouts that are looked at all the time", function () {
  this.timeout(60_000);
  const independent = pairings["independent: as of two strangers"];
  const horizon = { requests: 2_000, verdicts: 400 };

  it("decide wrongly on equal versions in at most 5 of 100, also with an oracle that errs and has a favourite", () => {
    for (const oracle of [
      { errs: 0, bias: "either" },
      { errs: 0.05, bias: "candidate" },
    ] as const) {
      const plan = { horizon, oracleErrorRate: oracle.errs };
      const { promoted, rolledBack } = simulate(400, independent(0.9, 0.9), oracle, plan, 11);
      assert.ok(promoted <= 0.02 && promoted + rolledBack <= 0.05, `${promoted} ${rolledBack}`);
    }
  });

  it("would go wrong with such an oracle if it were taken for perfect", () => {
    const oracle = { errs: 0.3, bias: "candidate" } as const;
    const fooled = simulate(100, independent(0.9, 0.9), oracle, { horizon }, 11);
    const told = simulate(100, independent(0.9, 0.9), oracle, { horizon, oracleErrorRate: 0.3 }, 11);
    assert.ok(fooled.promoted > 0.5 && told.promoted <= 0.02, `${fooled.promoted} ${told.promoted}`);
  });

  it("find a gain of five points, and a loss of ten before 200 requests", () => {
    const oracle = { errs: 0, bias: "either" } as const;
    assert.ok(simulate(100, independent(0.87, 0.92), oracle, {}, 5).promoted > 0.9);
    const loss = simulate(200, independent(0.9, 0.8), oracle, {}, 5);
    assert.ok(loss.promoted === 0 && (loss.toRollBack?.requests ?? 999) < 200);
  });
});
