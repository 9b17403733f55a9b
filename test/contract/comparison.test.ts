import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Comparison, comparisons, isRight, rightIfKnown } from "../../src/contract/comparison.ts";
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
  ["New York", " new york ", ["text", "label", "meaning"]],
  ["New York", "new  york", ["text", "meaning"]],
  ["“quoted”", '"quoted"', ["text", "meaning"]],
  ["ﬁne", "fine", ["text", "label", "meaning"]],
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

describe("when texts may mean the same", () => {
  it("other words are not known to be wrong; all else is", () => {
    const pairs: readonly [JsonValue, JsonValue, boolean | undefined][] = [
      ["It rains.", "It  RAINS.", true],
      ["It rains.", "Rain.", undefined],
      [{ text: "It rains.", n: 1 }, { n: 1, text: "Rain." }, undefined],
      [["It rains.", "It snows."], ["Rain.", "It snows."], undefined],
      [{ text: "It rains.", n: 1 }, { text: "Rain.", n: 2 }, false],
      [["It rains."], ["Rain.", "Snow."], false],
      ["It rains.", null, false],
      ["7", 7, false],
    ];
    for (const [expected, actual, known] of pairs) {
      assert.equal(rightIfKnown(expected, actual, "meaning"), known, JSON.stringify([expected, actual]));
    }
    assert.equal(rightIfKnown("It rains.", "Rain.", "text"), false);
  });
});
