/** What a program answers depends on the input alone: not on earlier calls, on the order or on how a batch is cut up. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import type { Program, Verdict } from "../../src/sandbox/sandbox.ts";
import { Arena, engines } from "./arena.ts";
import { statefulPrograms } from "./stateful.ts";

const inputs = Array.from({ length: 12 }, (_, n) => String(n));
const chunkings = [1, 2, 7, 64, 1_000];
const long = { budgetMs: 1_000 };

function answerOf({ status, output, errorMessage }: Verdict): string {
  return `${status} ${output ?? errorMessage}`;
}

for (const engine of engines) {
  describe(`statelessness on ${engine}`, function () {
    this.timeout(300_000);
    const arena = new Arena(engine);
    const language = engine === "pyodide" ? "python" : "javascript";
    /** Python loads a program in milliseconds, not microseconds. */
    const scale = engine === "pyodide" ? 4 : 1;
    before(() => arena.warmUp());
    after(() => arena.stop());

    for (const { place, code } of statefulPrograms(language)) {
      it(`a program finds nothing of an earlier call in ${place}`, async () => {
        const program: Program = { key: place, code, language };
        const run = async (all: readonly string[], chunk: number) => {
          const answers: string[] = [];
          for (let at = 0; at < all.length; at += chunk) {
            const verdicts = await arena.sandbox.runBatch(program, all.slice(at, at + chunk), long);
            answers.push(...verdicts.map(answerOf));
          }
          return answers;
        };

        // Alone: the one call of a program that was loaded for it.
        const alone = new Map<string, string>();
        const printed = new Map<string, string | undefined>();
        for (const input of inputs) {
          const verdict = await arena.sandbox.run({ ...program, key: `${place} ${input}` }, input, long);
          alone.set(input, answerOf(verdict));
          printed.set(input, verdict.logs);
        }
        const expected = (all: readonly string[]) => all.map((input) => alone.get(input));

        for (const input of [...inputs, ...inputs.toReversed()]) {
          const verdict = await arena.sandbox.run(program, input, long);
          assert.equal(answerOf(verdict), alone.get(input), `input ${input} after others`);
          assert.equal(verdict.logs, printed.get(input), `what it prints for input ${input} after others`);
        }
        for (const chunk of chunkings) {
          const all = Array.from({ length: Math.max(24, Math.min(chunk, 1_000 / scale)) }, (_, n) =>
            String(n % inputs.length),
          );
          assert.deepEqual(await run(all, chunk), expected(all), `in chunks of ${chunk}`);
        }
        const shuffled = fc.shuffledSubarray([...inputs, ...inputs, ...inputs, ...inputs], { minLength: 48 / scale });
        const chunks = fc.constantFrom(...chunkings);
        await fc.assert(
          fc.asyncProperty(shuffled, chunks, async (all, chunk) => {
            assert.deepEqual(await run(all, chunk), expected(all));
          }),
          { numRuns: 12 / scale },
        );
        // After a call of its own that did its worst and was cut off.
        const hung = await arena.sandbox.run(program, '"hang"', { budgetMs: 20 });
        if (!/pending|settles|microtask|nobody handles/.test(place)) assert.equal(hung.status, "timeout");
        assert.deepEqual(await run(inputs, 5), expected(inputs), "after a hostile call");
      });
    }
  });
}
