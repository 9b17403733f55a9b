import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { wilson } from "../../src/backend/wilson.ts";

describe("the accuracy interval", () => {
  it("agrees with published values", () => {
    // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20.
    const rounded = (successes: number, n: number) =>
      Object.values(wilson(successes, n)).map((x) => Number(x.toFixed(4)));
    assert.deepEqual(rounded(81, 263), [0.2553, 0.3662]);
    assert.deepEqual(rounded(15, 148), [0.0624, 0.1605]);
    assert.deepEqual(rounded(0, 20), [0, 0.1611]);
    assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
  });
});
