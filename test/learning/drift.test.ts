import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type DriftState, permutationTest, watchInput, watchInputs } from "../../src/learning/statistics/drift.ts";
import { featuresOf } from "../../src/learning/statistics/features.ts";
import { seededRandom } from "../../src/learning/statistics/hash.ts";
import { streams } from "../bench/learning/inputs.ts";

const shape = (value: unknown): number => featuresOf(JSON.stringify(value), 0).shape;

describe("what an input looks like", () => {
  it("is its form, not its content", () => {
    assert.equal(shape("2024-01-31"), shape("1999-12-24"));
    assert.equal(shape("Ada Lovelace"), shape("Grace Brewster Hopper"));
    const forms = ["2024-01-31", "31.01.2024", "Ada Lovelace", "Lovelace, Ada", "Ада Лавлейс", "에이다", 12, true];
    assert.equal(new Set(forms.map(shape)).size, forms.length);
  });

  it("is any of its words, each as often", () => {
    const counts = new Map<number, number>();
    for (let pick = 0; pick < 9_000; pick++) {
      const { word } = featuresOf('"one two three"', Math.imul(pick, 0x9e3779b9));
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    assert.equal(counts.size, 3);
    for (const count of counts.values()) assert.ok(count > 2_700 && count < 3_300, `${count}`);
  });

  it("is found in the empty text, and in the first letters of one of a million", () => {
    assert.deepEqual(featuresOf("", 1), featuresOf("", 2));
    assert.equal(featuresOf("a".repeat(1e6), 0).shape, featuresOf("a".repeat(300), 0).shape);
  });
});

describe("the distance of two histograms", () => {
  it("is judged by dealing the cards anew: exact where all deals can be counted", () => {
    // Of 6 cards, 3 of each kind, the 3 of one kind are dealt: 2 of the 20 deals lie as far apart.
    const { pValue, distance } = permutationTest([3, 0], [0, 3], 1 / 100_000, seededRandom(1));
    assert.equal(distance, 1);
    assert.ok(pValue > 0.01 && pValue < 0.5);
    let sum = 0;
    for (let seed = 0; seed < 400; seed++) sum += 1 / permutationTest([3, 0], [0, 3], 1e-5, seededRandom(seed)).pValue;
    // The third such deal comes on average after 30.
    assert.ok(Math.abs(sum / 400 - 10) < 1, `${sum / 400}`);
    assert.equal(permutationTest([5, 5], [5, 5], 0.01, seededRandom(1)).pValue, 1);
  });

  it("is called significant no more often than the p-value says where nothing changed", () => {
    const random = seededRandom(9);
    const draw = (n: number): number[] => {
      const counts = new Array<number>(30).fill(0);
      for (let i = 0; i < n; i++) {
        const bin = Math.floor(30 * random() ** 2);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      return counts;
    };
    let low = 0;
    for (let i = 0; i < 1_000; i++) if (permutationTest(draw(200), draw(100), 0.001, random).pValue <= 0.05) low++;
    assert.ok(low > 20 && low < 75, `${low}`);
  });
});

describe("drift of the inputs", function () {
  this.timeout(30_000);

  for (const { name, normal, changed, change } of streams) {
    it(`is noticed within two blocks when ${change} comes in a fifth of the ${name}, and not before`, () => {
      const random = seededRandom(17);
      const state = watchInputs();
      for (let i = 0; i < 10_000; i++) watchInput(state, JSON.stringify(normal(random)));
      assert.equal(state.alarmAt, null);
      for (let i = 0; i < 1_000; i++) watchInput(state, JSON.stringify((random() < 0.2 ? changed : normal)(random)));
      assert.ok(state.alarmAt !== null && (state.last?.distance ?? 0) > (state.last?.threshold ?? 1));
      assert.ok((state.last?.moved ?? 0) > 0.08 && (state.last?.moved ?? 1) < 0.3, `${state.last?.moved}`);
    });
  }

  it("is found alike by who reads the state from a file, which stays small", () => {
    const random = seededRandom(4);
    const inputs = Array.from({ length: 4_000 }, (_, i) =>
      JSON.stringify(streams[0]?.[i > 2_700 ? "changed" : "normal"](random)),
    );
    const whole = watchInputs();
    for (const input of inputs) watchInput(whole, input);
    let read = watchInputs();
    for (const [i, input] of inputs.entries()) {
      if (i % 333 === 0) {
        const text = JSON.stringify(read);
        assert.ok(text.length < 10_000);
        read = JSON.parse(text) as DriftState;
      }
      watchInput(read, input);
    }
    assert.deepEqual(read, whole);
    assert.equal(whole.alarmAt, 3_000);
  });
});
