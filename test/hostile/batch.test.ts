/** A batch with rows that hang or kill the process: those are named, all others have their results, however it is cut up. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import type { Program, Verdict } from "../../src/sandbox/sandbox.ts";
import { Arena, type ArenaEngine, engines } from "./arena.ts";

const size = 1_000;
const badRows = [17, 500, 999];

const javascript = (bad: string) =>
  `function run(n) { if (n === 17 || n === 500 || n === 999) { ${bad} } return n * 2; }`;
const python = (bad: string) => `def run(n):\n    if n in (17, 500, 999):\n        ${bad}\n    return n * 2\n`;

const ways: Readonly<Record<string, { readonly javascript: string; readonly python: string }>> = {
  "that loop": { javascript: "for (;;) {}", python: "while True: pass" },
  "that hang in a built-in": { javascript: "String((7n ** 4000000n) ** 7n);", python: "(7 ** 4000000) ** 7" },
  "that use all memory": {
    javascript: "for (const all = []; ; ) all.push(new Array(100000).fill(n));",
    python: "x = []\n        while True: x.append([0] * 1000000)",
  },
  "that flood it with promises": {
    javascript: "const again = () => Promise.resolve().then(again); again();",
    python: "while True: yield_ = [print('x' * 1000)]",
  },
};

function programOf(engine: ArenaEngine, way: string): Program {
  const bad = ways[way] ?? { javascript: "", python: "" };
  return engine === "pyodide"
    ? { key: way, code: python(bad.python), language: "python" }
    : { key: way, code: javascript(bad.javascript), language: "javascript" };
}

function check(verdict: Verdict | undefined, n: number): void {
  if (badRows.includes(n)) assert.match(verdict?.status ?? "none", /^(timeout|memory|crashed|error)$/, `row ${n}`);
  else
    assert.deepEqual(
      [verdict?.status, verdict?.output],
      ["success", String(n * 2)],
      `row ${n}: ${verdict?.errorMessage}`,
    );
}

for (const engine of engines) {
  describe(`batches with hostile rows on ${engine}`, function () {
    this.timeout(300_000);
    const arena = new Arena(engine);
    before(() => arena.warmUp());
    after(() => arena.stop());

    for (const way of Object.keys(ways)) {
      it(`names the three rows of a thousand ${way}, and gives all others their results`, async () => {
        const rows = Array.from({ length: size }, (_, n) => String(n));
        const verdicts = await arena.sandbox.runBatch(programOf(engine, way), rows, { budgetMs: 20 });
        assert.equal(verdicts.length, size);
        for (const [n, verdict] of verdicts.entries()) check(verdict, n);
        await arena.settle();
      });
    }

    it("gives each row the same answer in any order and in any chunks", async () => {
      const rows = Array.from({ length: 60 }, (_, n) => (n < badRows.length ? (badRows[n] ?? 0) : n));
      const order = fc.shuffledSubarray(rows, { minLength: rows.length });
      await fc.assert(
        fc.asyncProperty(order, fc.constantFrom(1, 2, 7, 64), async (some, chunk) => {
          for (let at = 0; at < some.length; at += chunk) {
            const part = some.slice(at, at + chunk);
            const program = programOf(engine, at % 2 === 0 ? "that hang in a built-in" : "that loop");
            const verdicts = await arena.sandbox.runBatch(program, part.map(String), { budgetMs: 20 });
            for (const [i, n] of part.entries()) check(verdicts[i], n);
          }
          await arena.settle();
        }),
        { numRuns: engine === "pyodide" ? 1 : 4 },
      );
    });

    it("keeps answers apart that look like several, in one batch", async () => {
      const program: Program =
        engine === "pyodide"
          ? {
              key: "forge",
              code: "def run(x):\n    if x['fail']: raise Exception(x['text'])\n    return x['text']\n",
              language: "python",
            }
          : {
              key: "forge",
              code: "function run(x) { if (x.fail) throw new Error(x.text); return x.text; }",
              language: "javascript",
            };
      const text = fc.oneof(
        fc.string({ unit: "binary" }),
        fc
          .array(fc.constantFrom("\n", "\r", "\u2028", "0", "e", '"', "\\", "null", "\u0000", "\t"), { maxLength: 8 })
          .map((p) => p.join("")),
      );
      const item = fc.record({ text, fail: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 40 }), async (items) => {
          // Half of them over several lines, as people write JSON.
          const rows = items.map((x, i) => JSON.stringify(x, null, i % 2 === 0 ? 2 : 0));
          const verdicts = await arena.sandbox.runBatch(program, rows, { budgetMs: 1_000 });
          assert.equal(verdicts.length, items.length);
          for (const [i, x] of items.entries()) {
            const verdict = verdicts[i];
            assert.equal(verdict?.status, x.fail ? "error" : "success");
            if (!x.fail) assert.equal(JSON.parse(verdict?.output ?? ""), x.text);
          }
        }),
        { numRuns: 40 },
      );
    });
  });
}
