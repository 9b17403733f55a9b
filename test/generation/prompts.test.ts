import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { programMessages, repairMessage } from "../../src/generation/model/prompts.ts";

const wanted = { name: "names", description: "", latencyTargetMs: 10 };

describe("what a model is told of the language", () => {
  for (const [language, signature, others] of [
    ["javascript", "`function run(input)`", /python|typescript/i],
    ["typescript", "`function run(input)`", /python/i],
    ["python", "`def run(input):`", /javascript|ecmascript|Math\.random|require/i],
  ] as const) {
    it(`asks for ${language} and nothing else, at first and in a repair`, () => {
      const system = programMessages({ ...wanted, language }, [])[0]?.content ?? "";
      assert.ok(system.includes(signature));
      assert.doesNotMatch(system, others);
      assert.match(repairMessage(language, [], 1).content, new RegExp(`still in ${language}`, "i"));
    });
  }
});

describe("what a model is told of a program that is to be bettered", () => {
  const javascript = { ...wanted, language: "javascript" } as const;
  const rows = Array.from({ length: 300 }, (_, at) => ({ input: `row ${at}`, output: at }));
  const asked = (code: string, wrong: typeof rows) =>
    programMessages({ ...javascript, predecessor: { code, wrong } }, rows)[1]?.content ?? "";

  it("the program and its mistakes come first, however many other examples there are, and none twice", () => {
    const text = asked("function run(input) { return 0; }", rows.slice(200, 210));
    assert.ok(text.includes("function run(input) { return 0; }"));
    assert.match(text, /wrong on 10 known inputs \(/);
    for (let at = 200; at < 210; at++) assert.equal(text.split(`"row ${at}" →`).length, 2);
    assert.equal(text.match(/"row \d+" →/g)?.length, 50);
  });

  it("a hundred mistakes are twenty lines, and a program full of tables is left out", () => {
    const text = asked(`const table = "${"x".repeat(9_000)}";`, rows.slice(0, 100));
    assert.match(text, /wrong on 100 known inputs, for example on these 20 /);
    assert.ok(!text.includes("const table"));
  });
});
