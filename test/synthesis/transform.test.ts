import assert from "node:assert/strict";
import { parse } from "acorn";
import { describe, it } from "mocha";
import { spoken } from "../../src/contract/say.ts";
import { type Found, synthesize } from "../../src/synthesis/synthesis.ts";
import { loadProgram } from "../support/run-program.ts";
import { problems } from "./problems.ts";

async function learn(pairs: readonly (readonly [unknown, unknown])[], inputs: readonly unknown[] = []): Promise<Found> {
  const examples = pairs.map(([input, output]) => ({ input: input as never, output: output as never }));
  const result = await synthesize(examples, { inputs: inputs as never, budgetMs: 10_000 });
  assert.ok("program" in result, "program" in result ? "" : spoken(result.hint));
  return result;
}

/** The sandbox evaluates such a program's top level once; anything else there would run on every call. */
function assertPure(code: string): void {
  for (const node of parse(code, { ecmaVersion: "latest" }).body) {
    if (node.type === "FunctionDeclaration") continue;
    assert.equal(node.type, "VariableDeclaration");
    assert.match(code.slice(node.start, node.end), /^const [A-Z_0-9]+ = [[{"/\d]/);
  }
}

/** A program gives a value, or throws a TypeError that says what it expected; never null for a number it cannot make. */
function assertAnswersOrExplains(run: ReturnType<typeof loadProgram>, input: unknown): void {
  try {
    assert.notEqual(run(input as never), null, JSON.stringify(input));
  } catch (error) {
    assert.match(String(error), /^TypeError: expected /, JSON.stringify(input));
  }
}

const odd: readonly unknown[] = [
  "",
  " ",
  "-",
  "a",
  ",,,",
  null,
  7,
  true,
  [],
  {},
  "\ud800",
  "한글",
  "a\nb",
  ["x"],
  { a: null },
];

describe("transformations learned from three examples", function () {
  this.timeout(20_000);
  for (const { name, shown, held } of problems)
    it(`${name}: right on rows it has not seen, and answers or explains whatever comes`, async () => {
      const result = await learn(
        shown,
        held.map(([input]) => input),
      );
      assert.notEqual(result.kind, "classify");
      const run = loadProgram(result.program.code);
      for (const [input, output] of [...shown, ...held])
        assert.deepEqual(run(input), output, `${JSON.stringify(input)}\n${result.program.code}`);
      for (const input of odd) assertAnswersOrExplains(run, input);
      assertPure(result.program.code);
      assert.match(result.program.code, /^\/\/ .+\nfunction run\(input\) \{$/m);
      assert.ok(result.program.code.length < 2_500);
    });
});

describe("what a person sees of a learned transformation", () => {
  it("reads like code a person wrote", async () => {
    const { program } = await learn([
      ["2024-01-05", "05/01 2024"],
      ["1999-12-31", "31/12 1999"],
      ["2011-07-20", "20/07 2011"],
    ]);
    assert.match(
      program.code,
      /const \[year, month = "", day = ""\] = text\.split\("-"\);\n {2}return `\$\{day\}\/\$\{month\} \$\{year\}`;/,
    );
  });

  it("asks about inputs on which programs that fit disagree", async () => {
    const inputs = ["Ann Lee", "Mary Ann Evans"];
    const { ambiguous } = await learn(
      [
        ["John Smith", "Smith"],
        ["Ada Lovelace", "Lovelace"],
      ],
      inputs,
    );
    assert.deepEqual(
      ambiguous.map(({ input }) => input),
      ["Mary Ann Evans"],
    );
    assert.ok(ambiguous[0]?.outputs.includes("Evans") && ambiguous[0].outputs.includes("Ann"));
  });

  it("prefers a program that also finds something in the other rows", async () => {
    const { program } = await learn(
      [
        ["a-b", "a"],
        ["c-d", "c"],
      ],
      ["e f", "g h", "i j"],
    );
    assert.deepEqual(["e f", "x-y"].map(loadProgram(program.code)), ["e", "x"]);
  });

  it("does not pass off a table of constants as a program", async () => {
    const pairs = [
      ["apple", "fruit"],
      ["carrot", "vegetable"],
      ["salmon", "fish"],
    ].map(([input = "", output = ""]) => ({ input, output }));
    const result = await synthesize(pairs, { budgetMs: 3_000 });
    assert.ok("reason" in result && result.reason === "not_found");
    assert.match(spoken(result.hint), /more examples|model/);
  });
});
