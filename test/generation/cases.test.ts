import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { canonical, findContradiction, holdOut } from "../../src/generation/cases.ts";

const example = fc.record({ input: fc.string({ maxLength: 3 }), output: fc.constantFrom("a", "b", "c") });

describe("splitting examples", () => {
  it("loses none, doubles none, and keeps one input on one side", () => {
    fc.assert(
      fc.property(fc.array(example, { minLength: 2, maxLength: 60 }), (examples) => {
        const { shown, heldOut } = holdOut(examples);
        const texts = (items: readonly unknown[]) => items.map((item) => canonical(item)).sort();
        assert.deepEqual(texts([...shown, ...heldOut]), texts(examples));
        const seen = new Set(shown.map((one) => one.input));
        assert.ok(heldOut.every((one) => !seen.has(one.input)));
      }),
    );
  });

  it("holds back a fifth, spread over the labels, the same each time", () => {
    const examples = Array.from({ length: 100 }, (_, i) => ({
      input: `text ${i}`,
      output: i % 4 === 0 ? "rare" : "common",
    }));
    const { shown, heldOut } = holdOut(examples);
    assert.ok(heldOut.length >= 18 && heldOut.length <= 21, String(heldOut.length));
    assert.ok(heldOut.filter((one) => one.output === "rare").length >= 4);
    assert.deepEqual(holdOut(examples), { shown, heldOut });
  });

  it("finds the first contradiction, whatever the order of an object's keys", () => {
    const one = { input: { a: 1, b: 2 }, output: 1 };
    assert.deepEqual(findContradiction([one, { input: { b: 2, a: 1 }, output: 2 }]), [0, 1]);
    assert.equal(findContradiction([one, { input: { b: 2, a: 1 }, output: 1 }]), undefined);
  });

  it("lets a few contradictory labels pass in a large set", () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ input: `t${i}`, output: "x" }));
    assert.equal(findContradiction([...many, { input: "t5", output: "y" }]), undefined);
    assert.deepEqual(findContradiction([...many.slice(0, 20), { input: "t5", output: "y" }]), [5, 20]);
  });
});
