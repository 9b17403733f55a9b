import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { spoken } from "../../src/contract/say.ts";
import type { Example } from "../../src/contract/tasks.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { synthesize } from "../../src/synthesis/synthesis.ts";
import { loadProgram } from "../support/run-program.ts";

const many = (n: number, make: (i: number) => Example): Example[] => Array.from({ length: n }, (_, i) => make(i));
/** Text of arbitrary UTF-16 units, lone surrogates among them; the same for the same seed. */
function junk(length: number, seed: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return String.fromCharCode((state >> 8) & 0xffff);
  }).join("");
}

describe("what the offline generator says when it cannot", () => {
  it("asks for examples where there are none", async () => {
    const result = await synthesize([]);
    assert.ok("reason" in result && result.reason === "no_examples");
  });

  it("names the pair of examples that contradict each other, and quotes both", async () => {
    const result = await synthesize([
      { input: "a", output: "1" },
      { input: { x: 1, y: 2 }, output: "left" },
      { input: { y: 2, x: 1 }, output: "right" },
    ]);
    assert.ok("reason" in result && result.reason === "contradiction");
    assert.deepEqual(result.pair, [1, 2]);
    assert.match(spoken(result.hint), /2 and 3 .*"left".*"right"/);
  });

  it("says that nested inputs are beyond it", async () => {
    const result = await synthesize([{ input: { a: { b: "x" } }, output: "x" }]);
    assert.ok("reason" in result && result.reason === "unsupported");
  });
});

describe("what the offline generator says when its time ran out", () => {
  it("that the search was cut short", async () => {
    const examples = many(60, (i) => ({ input: `x${i} y${i * 3}`, output: `q${(i * 7919) % 997} ${(i * 31) % 17}` }));
    const result = await synthesize(examples, { budgetMs: 1 });
    assert.ok("reason" in result && /cut short/.test(spoken(result.hint)));
  });

  it("that a classifier was trained on a part of the examples only", async () => {
    const examples = many(3_000, (i) => ({ input: `${junk(200, i)} ${i % 3}`, output: `label ${i % 3}` }));
    const result = await synthesize(examples, { budgetMs: 20 });
    assert.ok("program" in result && result.kind === "classify" && result.report.cutShort);
    assert.match(result.report.explanation, /The time ran out: it read \d+ of 3000 examples/);
    assert.ok(result.program.code.includes("The time ran out"));
  });
});

describe("the offline generator with hostile examples", function () {
  this.timeout(30_000);
  const cases: [string, Example[]][] = [
    ["10,000 rows of binary junk", many(10_000, (i) => ({ input: junk(40, i), output: junk(10, i + 9) }))],
    ["10,000 rows of junk with labels", many(10_000, (i) => ({ input: junk(100, i), output: i % 3 }))],
    ["texts of 100 KB", many(3, (i) => ({ input: junk(100_000, i), output: junk(100_000, i + 9) }))],
    ["100 KB of digits", many(3, (i) => ({ input: "1".repeat(100_000) + i, output: `2${i}` }))],
    ["100 KB of spaces", many(3, (i) => ({ input: " ".repeat(100_000) + i, output: `x${i * 7}` }))],
    ["lone surrogates", many(3, (i) => ({ input: "\ud800".repeat(i + 1), output: "\udc00".repeat(i + 1) }))],
    [
      "keys of Object.prototype",
      many(3, (i) => ({ input: JSON.parse(`{"__proto__":"a${i}","toString":"b"}`) as JsonValue, output: `a${i}` })),
    ],
    [
      "nulls",
      [
        { input: null, output: null },
        { input: "a", output: null },
      ],
    ],
    [
      "outputs of mixed kinds",
      [
        { input: "a", output: 1 },
        { input: "b", output: ["b"] },
        { input: "c", output: { c: true } },
      ],
    ],
  ];
  for (const [name, examples] of cases)
    it(`comes to an end: ${name}`, async () => {
      const result = await synthesize(examples, { budgetMs: 400, inputs: examples.map(({ input }) => input) });
      assert.equal(typeof ("program" in result ? result.program.code : spoken(result.hint)), "string");
      const [first] = examples;
      // The loader writes inputs as literals, where the key `__proto__` is no field.
      if ("program" in result && first && name !== "keys of Object.prototype")
        loadProgram(result.program.code)(first.input);
    });
});

describe("laws of the offline generator", function () {
  this.timeout(60_000);
  const scalar = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const word = fc.string({ unit: fc.constantFrom(..."abcXYZ019"), minLength: 1, maxLength: 5 });

  const assertFits = async (examples: readonly Example[]): Promise<void> => {
    const result = await synthesize(examples, { budgetMs: 250 });
    if ("reason" in result || result.kind !== "transform") return;
    const run = loadProgram(result.program.code);
    for (const { input, output } of examples) assert.deepEqual(run(input), output, result.program.code);
  };

  it("a transformation fits the examples it was learned from, whatever they are", async () => {
    const example = fc.record(
      { input: fc.oneof(scalar, fc.dictionary(word, scalar, { maxKeys: 3 })), output: scalar },
      { noNullPrototype: true },
    );
    await fc.assert(fc.asyncProperty(fc.array(example as fc.Arbitrary<Example>, { maxLength: 4 }), assertFits), {
      numRuns: 40,
      seed: 7,
    });
  });

  it("rearrangements of delimited words are found, and the emitted JavaScript does what the search saw", async () => {
    const rows = fc.array(fc.tuple(word, word, word), { minLength: 3, maxLength: 4 });
    const delimiter = fc.constantFrom("-", ", ", "|", "/", "::", "$", "`", "\\", '"', "${");
    await fc.assert(
      fc.asyncProperty(rows, delimiter, delimiter, async (parts, from, to) => {
        const examples = [
          ...new Map(parts.map((p) => [p.join(from), { input: p.join(from), output: `${p[2]}${to}${p[0]}` }])).values(),
        ];
        await assertFits(examples);
        const result = await synthesize(examples, { budgetMs: 3_000 });
        assert.ok("program" in result, JSON.stringify(examples));
      }),
      { numRuns: 12, seed: 11 },
    );
  });
});
