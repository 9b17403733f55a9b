import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type DailyUse, settle, spend, todaysUse } from "../../src/learning/daily-caps.ts";

const caps = { verdicts: 3, costUsd: 0.5 };
const noon = new Date("2026-03-01T12:00:00Z");
const one = { verdicts: 1, costUsd: 0.1 };

describe("what judging may cost in a day", () => {
  it("ends at the cap of verdicts, and at the cap of money", () => {
    let use: DailyUse | null = null;
    for (let i = 1; i <= 3; i++) {
      use = spend(use, caps, noon, one);
      assert.equal(use?.verdicts, i);
    }
    assert.equal(spend(use, caps, noon, one), null);
    const dear = spend(null, caps, noon, { verdicts: 1, costUsd: 0.5 });
    assert.deepEqual(dear, { day: "2026-03-01", verdicts: 1, costUsd: 0.5 });
    assert.equal(spend(dear, caps, noon, { verdicts: 1, costUsd: 0.01 }), null);
    assert.equal(spend(dear, caps, noon, { verdicts: 1, costUsd: 0 })?.verdicts, 2);
  });

  it("begins anew at midnight in UTC, wherever the machine is, and not when the clock is put back", () => {
    const full = { day: "2026-03-01", verdicts: 3, costUsd: 0.3 };
    assert.equal(spend(full, caps, new Date("2026-03-01T23:59:59.999Z"), one), null);
    assert.deepEqual(spend(full, caps, new Date("2026-03-02T00:00:00Z"), one), { day: "2026-03-02", ...one });
    assert.deepEqual(todaysUse(full, new Date("2026-02-28T12:00:00Z")), full);
  });

  it("counts what it really cost, once that is known", () => {
    const use = { day: "2026-03-01", verdicts: 2, costUsd: 0.2 };
    assert.deepEqual(settle(use, "2026-03-01", one, { verdicts: 1, costUsd: 0.25 }), { ...use, costUsd: 0.35 });
    assert.deepEqual(settle(use, "2026-03-01", one, { verdicts: 0, costUsd: 0 }), {
      ...use,
      verdicts: 1,
      costUsd: 0.1,
    });
    assert.deepEqual(settle(use, "2026-02-28", one, { verdicts: 0, costUsd: 0 }), use);
  });
});
