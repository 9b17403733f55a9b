/** Whether a kind of failure has become more frequent: the exact chance, and the limits below which nothing is told. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { defaultGrowthPlan, drawnByChance, grew, type Placed } from "../../src/learning/statistics/growth.ts";
import { seededRandom } from "../../src/learning/statistics/hash.ts";

/** Failures at these places among `all` verdicts. */
const placed = (all: number, failures: readonly number[]): Placed[] => {
  const failing = new Set(failures);
  return Array.from({ length: all }, (_, at) => ({ at, failed: failing.has(at) }));
};
const from = (start: number, count: number, step = 1) => Array.from({ length: count }, (_, i) => start + i * step);

describe("the chance of so many failures among the newest", () => {
  it("is Fisher's: by counting all deals of a small urn", () => {
    const n = 10;
    for (let marked = 0; marked <= n; marked++) {
      for (let drawn = 0; drawn <= n; drawn++) {
        const counts = new Array<number>(n + 2).fill(0);
        let deals = 0;
        for (let hand = 0; hand < 2 ** n; hand++) {
          const bits = from(0, n).filter((bit) => (hand >> bit) & 1);
          if (bits.length !== drawn) continue;
          deals++;
          const hits = bits.filter((bit) => bit < marked).length;
          for (let least = 0; least <= hits; least++) counts[least] = (counts[least] ?? 0) + 1;
        }
        for (let least = 0; least <= Math.min(drawn, marked); least++)
          assert.ok(Math.abs(drawnByChance(least, drawn, marked, n) - (counts[least] ?? 0) / deals) < 1e-9);
      }
    }
    // All five among the newest fifty of two thousand.
    const five = [0, 1, 2, 3, 4].reduce((product, i) => (product * (50 - i)) / (2_000 - i), 1);
    assert.ok(Math.abs(drawnByChance(5, 50, 5, 2_000) / five - 1) < 1e-6);
  });
});

describe("a kind of failure", () => {
  it("has grown where the newest verdicts have it and those before did not; the clearest split is told", () => {
    assert.deepEqual(
      { ...grew(placed(500, from(400, 10, 10)), 500, 1), pValue: 0 },
      { failures: 10, verdicts: 100, failuresBefore: 0, before: 400, from: 400, pValue: 0 },
    );
    const sooner = grew(placed(450, from(400, 5, 9)), 450, 1);
    assert.deepEqual([sooner?.failures, sooner?.verdicts], [5, 50]);
  });

  it("has not where it is as frequent as it was, is of few cases, or nothing is known of before", () => {
    assert.equal(grew(placed(1_000, from(0, 100, 10)), 1_000, 1), undefined);
    assert.equal(grew(placed(1_000, from(990, 4)), 1_000, 1), undefined, "four failures");
    assert.equal(grew(placed(140, from(100, 40)), 140, 1), undefined, "90 verdicts before");
    // Sure, but not twice as frequent.
    const often = [...from(0, 800, 2), ...from(1_600, 300)];
    assert.equal(grew(placed(2_000, often), 2_000, 1), undefined);
    // Of many kinds one looks so by chance the likelier.
    const few = placed(300, from(200, 8, 12));
    assert.ok(grew(few, 300, 1));
    assert.equal(grew(few, 300, 20), undefined);
  });

  it("is told falsely at most as often as the level of a look says, however it is looked at", () => {
    // A level that can be counted: 5% for a look at two kinds, of which each may raise it.
    const plan = { ...defaultGrowthPlan, falseAlarmEvery: 1_000, failures: 1, times: 1 };
    const random = seededRandom(11);
    let alarms = 0;
    const looks = 1_000;
    for (let look = 0; look < looks; look++) {
      const kinds = Array.from({ length: 600 }, () => random());
      const isTold = [0, 0.1].some((low) =>
        grew(
          kinds.map((kind, at) => ({ at, failed: kind >= low && kind < low + 0.05 })),
          600,
          2,
          plan,
        ),
      );
      if (isTold) alarms++;
    }
    assert.ok(alarms <= 0.05 * looks + 3 * Math.sqrt(0.05 * looks), `${alarms}`);
    assert.ok(alarms > 0);
  });
});
