/** Number operations: what they give in a search is what their programs give, in both languages. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Engine } from "../../src/sandbox/child/engine.ts";
import { deadlineIn } from "../../src/synthesis/deadline.ts";
import { evaluate } from "../../src/synthesis/transform/language/expr.ts";
import { fieldItem, type Item } from "../../src/synthesis/transform/language/item.ts";
import { numbersFor, numberTests, numberTexts, readNumbers } from "../../src/synthesis/transform/numbers/numbers.ts";
import { fixed, plain } from "../../src/synthesis/transform/numbers/round.ts";
import type { Scene } from "../../src/synthesis/transform/scene.ts";
import { loadingMs, loadPython, run } from "../sandbox/python/support.ts";
import { loadProgram } from "../support/run-program.ts";
import { programOf } from "./expressions.ts";
import { type NumberProblem, numberProblems } from "./numbers-problems.ts";

const given = 3;

function sceneOf(rows: NumberProblem["rows"], shown = given): Scene {
  const fields = rows.map(({ input }) => input);
  const both = { examples: fields.slice(0, shown), probes: fields.slice(shown) };
  const texts = (fields[0] ?? []).map((_, field) => fieldItem(both, field));
  return { rows: both, targets: rows.slice(0, shown).map(({ output }) => output), texts, deadline: deadlineIn(10_000) };
}

/** Some of everything that is proposed for a problem. */
function proposed({ rows }: NumberProblem): Item[] {
  const scene = sceneOf(rows);
  const numbers = readNumbers(scene);
  return [numbers, numberTexts(scene, numbers), numberTests(scene, numbers)].flatMap((items) => items.slice(0, 12));
}

const odd: readonly string[] = [
  "",
  " ",
  "-",
  "abc",
  "1e400",
  "1,2,3",
  "007",
  "99999999999999999999",
  "한글 3개",
  "5/0",
];

/** Inputs that an expression is asked about: the rows, and odd ones. */
const inputsOf = ({ rows }: NumberProblem): string[][] => [
  ...rows.map(({ input }) => [...input]),
  ...odd.map((text) => (rows[0]?.input ?? []).map(() => text)),
];

describe("number operations", function () {
  this.timeout(60_000);

  it("give in JavaScript what they give in the search, and explain what they cannot read", () => {
    for (const problem of numberProblems.filter((_, i) => i % 2 === 0))
      for (const { expr } of proposed(problem).filter((_, i) => i % 2 === 0)) {
        const code = programOf(expr, "js");
        const program = loadProgram(code);
        for (const input of inputsOf(problem)) {
          const expected = evaluate(expr, input);
          if (expected === undefined) assert.throws(() => unlessNull(program(input)), /TypeError: expected /, code);
          else assert.deepEqual(program(input), expected, `${code}\n${JSON.stringify(input)}`);
        }
      }
  });

  it("propose texts and numbers that stand in the outputs of all examples", () => {
    for (const problem of numberProblems) {
      const scene = sceneOf(problem.rows);
      const texts = numberTexts(scene, readNumbers(scene));
      for (const { values } of texts) assert.ok(values.every((value, i) => scene.targets[i]?.includes(String(value))));
    }
    const rows = [
      { input: ["3", "4.10"], output: "12.3" },
      { input: ["10", "0.35"], output: "3.5" },
      { input: ["7", "2"], output: "14" },
    ];
    const scene = sceneOf(rows);
    const [best] = numbersFor(scene, readNumbers(scene), [12.3, 3.5, 14]);
    assert.deepEqual(best?.values, [12.3, 3.5, 14]);
  });

  it("round as people do with decimals", () => {
    const cases = [
      [1.005, 2, "1.01"],
      [2.675, 2, "2.68"],
      [0.5, 0, "1"],
      [-2.5, 0, "-3"],
      [-0.4, 0, "0"],
      [999.995, 2, "1000.00"],
      [0.1 + 0.2, 1, "0.3"],
      [8.39 * 1.19, 2, "9.98"],
    ] as const;
    for (const [number, digits, text] of cases) assert.equal(fixed(number, digits), text);
    assert.equal(fixed(1e20, 2), undefined);
    assert.equal(plain(0.1 + 0.2), "0.3");
    assert.equal(plain(1e-9), undefined);
    assert.equal(plain(-0), "0");
  });
});

/** JSON has no infinity and no NaN: they come as null. */
function unlessNull(value: unknown): void {
  if (value === null) throw new TypeError("expected a number");
}

describe("number operations in Python", () => {
  let engine: Engine;
  before(async function () {
    this.timeout(loadingMs);
    engine = await loadPython();
  });

  it("give what they give in the search", function () {
    this.timeout(120_000);
    for (const problem of numberProblems.filter((_, i) => i % 3 === 0))
      for (const { expr } of proposed(problem).filter((_, i) => i % 3 === 0)) {
        const code = programOf(expr, "py").replace("def run(input):", "def one(input):");
        const many = `${code}\ndef run(inputs):\n    found = []\n    for input in inputs:\n        try:\n            found.append(one(input))\n        except Exception:\n            found.append(None)\n    return found\n`;
        const inputs = inputsOf(problem);
        const outcome = run(engine, many, inputs);
        assert.equal(outcome.status, "success", `${code}\n${JSON.stringify(outcome)}`);
        const expected = inputs.map((input) => evaluate(expr, input) ?? null);
        if (outcome.status === "success") assert.deepEqual(JSON.parse(outcome.output), expected, code);
      }
  });
});
