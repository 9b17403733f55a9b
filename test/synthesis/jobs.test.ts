/** What a newcomer does in the first hour: two or three examples typed, the whole file as inputs. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { spoken } from "../../src/contract/say.ts";
import { synthesize } from "../../src/synthesis/synthesis.ts";
import { loadProgram } from "../support/run-program.ts";
import { jobs } from "./jobs.ts";

describe("jobs on the example files", function () {
  this.timeout(30_000);
  for (const { name, inputs, want, shown, open } of jobs)
    it(`${name}: two examples, or three, are enough to get every row right`, async () => {
      const judged = inputs.filter((input) => !open?.test(String(input)));
      for (const count of [2, 3]) {
        const examples = shown.slice(0, count).map((input) => ({ input, output: want(input as never) }));
        const result = await synthesize(examples, { inputs, budgetMs: 20_000 });
        assert.ok("program" in result, "program" in result ? "" : spoken(result.hint));
        const program = result.program.code.replace("function run(input)", "function one(input)");
        const outputs = loadProgram(`${program}\nfunction run(inputs) { return inputs.map(one); }`)([...judged]);
        assert.deepEqual(
          outputs,
          judged.map((input) => want(input as never)),
          result.program.code,
        );
        assert.match(result.report.explanation, /^[A-Z][^\n]+\.$/);
      }
    });
});
