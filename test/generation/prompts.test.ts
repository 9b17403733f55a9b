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
