import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { seededRandom } from "../../src/learning/statistics/hash.ts";
import { accuracyBehind, accuracyOf, wilson } from "../../src/learning/statistics/wilson.ts";

describe("the accuracy interval", () => {
  it("agrees with published values", () => {
    // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20.
    const rounded = (successes: number, n: number) => {
      const { low, high } = wilson(successes, n);
      return [low, high].map((x) => Number(x.toFixed(4)));
    };
    assert.deepEqual(rounded(81, 263), [0.2553, 0.3662]);
    assert.deepEqual(rounded(15, 148), [0.0624, 0.1605]);
    assert.deepEqual(rounded(0, 20), [0, 0.1611]);
    assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
  });
});

describe("the accuracy behind an oracle that errs", () => {
  it("is corrected for what the oracle takes for what (Rogan and Gladen)", () => {
    // Of 80% right an oracle with 95% and 90% calls 0.8 · 0.95 + 0.2 · 0.1 = 78% right.
    const { value } = accuracyBehind(780, 1_000, {
      right: { agreed: 950, n: 1_000 },
      wrong: { agreed: 900, n: 1_000 },
    });
    assert.ok(Math.abs(value - 0.8) < 1e-12);
  });

  it("is known less well than the verdicts alone would say, and less yet where the oracle is hardly known", () => {
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const known = accuracyBehind(870, 1_000, {
      right: { agreed: 9_500, n: 10_000 },
      wrong: { agreed: 9_500, n: 10_000 },
    });
    const hardly = accuracyBehind(870, 1_000, { right: { agreed: 38, n: 40 }, wrong: { agreed: 19, n: 20 } });
    assert.ok(width(wilson(870, 1_000)) < width(known));
    assert.ok(width(known) < width(hardly));
    assert.ok(hardly.low < hardly.value && hardly.value < hardly.high);
  });

  it("is anything at all where the oracle is no better than a coin, or was never tried", () => {
    for (const agreed of [0, 50]) {
      const { low, high } = accuracyBehind(90, 100, { right: { agreed, n: 100 }, wrong: { agreed: 50, n: 100 } });
      assert.deepEqual([low, high], [0, 1]);
    }
    const { low, high } = accuracyBehind(90, 100, { right: { agreed: 0, n: 0 }, wrong: { agreed: 0, n: 0 } });
    assert.deepEqual([low, high], [0, 1]);
  });

  it("lies in the interval in 95 of 100 cases, or nearly", () => {
    const random = seededRandom(7);
    const binomial = (n: number, p: number) => {
      let hits = 0;
      for (let i = 0; i < n; i++) if (random() < p) hits++;
      return hits;
    };
    for (const [accuracy, sensitivity, specificity] of [
      [0.9, 0.95, 0.9],
      [0.7, 0.9, 0.8],
      [0.97, 0.98, 0.95],
    ] as const) {
      let covered = 0;
      for (let i = 0; i < 2_000; i++) {
        const right = binomial(300, accuracy * sensitivity + (1 - accuracy) * (1 - specificity));
        const { low, high } = accuracyBehind(right, 300, {
          right: { agreed: binomial(60, sensitivity), n: 60 },
          wrong: { agreed: binomial(30, specificity), n: 30 },
        });
        if (low <= accuracy && accuracy <= high) covered++;
      }
      assert.ok(covered >= 1_860, `${accuracy}: ${covered} of 2,000`);
    }
  });
});

describe("the accuracy by verdicts of both kinds", () => {
  const tried = { right: { agreed: 38, n: 40 }, wrong: { agreed: 19, n: 20 } };
  const untried = { right: { agreed: 0, n: 0 }, wrong: { agreed: 0, n: 0 } };
  const none = { right: 0, n: 0 };

  it("is Wilson's where all is known for sure, and that behind the model's verdicts where nothing is", () => {
    assert.equal(accuracyOf(none, none, tried), null);
    assert.deepEqual(accuracyOf({ right: 90, n: 100 }, none, untried), { value: 0.9, ...wilson(90, 100), n: 100 });
    assert.deepEqual(accuracyOf(none, { right: 90, n: 100 }, tried), { ...accuracyBehind(90, 100, tried), n: 100 });
  });

  it("shows the word of a model that nobody tried, and that it may be anything", () => {
    assert.deepEqual(accuracyOf(none, { right: 90, n: 100 }, untried), { value: 0.9, low: 0, high: 1, n: 100 });
    const few = accuracyOf({ right: 855, n: 950 }, { right: 45, n: 50 }, untried);
    assert.ok(few && Math.abs(few.value - 0.9) < 1e-12);
    // A twentieth of the verdicts says nothing: at most a twentieth is open because of it.
    assert.ok(few.low < 0.86 && few.low > wilson(855, 950).low - 0.05, `${few.low}`);
  });

  it("does not move what an oracle tried on one kind only says, but is wide", () => {
    const once = accuracyOf(none, { right: 95, n: 100 }, { ...untried, right: { agreed: 20, n: 20 } });
    assert.ok(once && Math.abs(once.value - 0.95) < 1e-12);
    assert.ok(once.low < wilson(95, 100).low - 0.1);
  });

  it("lies in the interval in 95 of 100 cases, or nearly, where a part is the model's", () => {
    const random = seededRandom(11);
    const binomial = (n: number, p: number) => {
      let hits = 0;
      for (let i = 0; i < n; i++) if (random() < p) hits++;
      return hits;
    };
    for (const [accuracy, sureN, modelN] of [
      [0.9, 100, 300],
      [0.8, 300, 100],
      [0.95, 60, 600],
    ] as const) {
      let covered = 0;
      for (let i = 0; i < 2_000; i++) {
        const right = binomial(modelN, accuracy * 0.95 + (1 - accuracy) * 0.1);
        const record = { right: { agreed: binomial(60, 0.95), n: 60 }, wrong: { agreed: binomial(30, 0.9), n: 30 } };
        const found = accuracyOf({ right: binomial(sureN, accuracy), n: sureN }, { right, n: modelN }, record);
        if (found && found.low <= accuracy && accuracy <= found.high) covered++;
      }
      assert.ok(covered >= 1_860, `${accuracy}: ${covered} of 2,000`);
    }
  });
});
