import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Comparison, comparisons, isRight } from "../../src/contract/comparison.ts";
import type { JsonValue } from "../../src/contract/wire.ts";

const cases: readonly (readonly [
  expected: JsonValue,
  actual: JsonValue,
  rightFor: readonly Comparison[],
  tolerance?: number,
])[] = [
  ["a", "a", comparisons],
  ["a", "b", []],
  ["Straße 1", "STRASSE 1", []],
  ["New York", " new york ", ["text", "label"]],
  ["New York", "new  york", ["text"]],
  ["“quoted”", '"quoted"', ["text"]],
  ["ﬁne", "fine", ["text", "label"]],
  ["don't", "dont", []],
  ["3.10", "3.1", ["number"]],
  ["3.10", 3.1, ["number"]],
  ["1e400", "1e400", comparisons],
  ["", 0, []],
  [100, 101, ["number"], 0.02],
  [100, 103, [], 0.02],
  [0, 0.01, ["number"], 0.02],
  [null, null, comparisons],
  [null, false, []],
  [true, "true", []],
  [[1, 2, 2], [2, 1, 2], ["unordered"]],
  [[1, 2, 2], [1, 1, 2], []],
  [[1], [1, 1], []],
  [[], {}, []],
  [{ a: [1, 2], b: "x" }, { b: "x", a: [2, 1] }, ["unordered"]],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, comparisons],
  [{ a: 1 }, { a: 1, b: null }, []],
  [{ a: "X", n: "2.0" }, { a: "X", n: 2 }, ["number"]],
  [[{ a: [1, 2] }, "y"], ["y", { a: [2, 1] }], ["unordered"]],
  [JSON.parse('{"__proto__": 1}') as JsonValue, {}, []],
];

describe("when an output is right", () => {
  for (const [expected, actual, rightFor, tolerance] of cases) {
    it(`${JSON.stringify(expected)} and ${JSON.stringify(actual)}: ${rightFor.join(", ") || "never"}`, () => {
      const found = comparisons.filter((comparison) => isRight(expected, actual, comparison, tolerance));
      assert.deepEqual(found, [...rightFor]);
    });
  }
});
