/** What the door decides: which kind of program, what a slip is, what one more answer does. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { spoken } from "../../src/contract/say.ts";
import type { Example } from "../../src/contract/tasks.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { type Found, type SynthesisOptions, synthesize } from "../../src/synthesis/synthesis.ts";
import { createSurvivors } from "../../src/synthesis/transform/survivors.ts";
import { loadProgram } from "../support/run-program.ts";

const examplesOf = (pairs: readonly (readonly [JsonValue, JsonValue])[]): Example[] =>
  pairs.map(([input, output]) => ({ input, output }));

async function learn(
  pairs: readonly (readonly [JsonValue, JsonValue])[],
  options: SynthesisOptions = {},
): Promise<Found> {
  const result = await synthesize(examplesOf(pairs), { budgetMs: 6_000, ...options });
  assert.ok("program" in result, "reason" in result ? spoken(result.hint) : "");
  return result;
}

describe("the door of the offline generator", function () {
  this.timeout(60_000);

  it("takes a pattern where what is wanted stands somewhere in a text", async () => {
    const { kind, program } = await learn([
      ["He said 'yes' and then 'no'", ["yes", "no"]],
      ["Nothing was said", []],
      ["The word 'why' came late", ["why"]],
    ]);
    assert.equal(kind, "extract");
    assert.deepEqual(loadProgram(program.code)("'a b', then 'c'!"), ["a b", "c"]);
  });

  it("makes a program for each field of a record where they are of different kinds", async () => {
    const sentence = (i: number): [JsonValue, JsonValue] => {
      const isBill = i % 2 === 0;
      const text = isBill ? `#${i * 7} the invoice charge is wrong` : `#${i * 7} the app crashes with an error`;
      return [text, { id: i * 7, label: isBill ? "billing" : "bug" }];
    };
    for (const language of ["javascript", "python"] as const) {
      const pairs = Array.from({ length: 24 }, (_, i) => sentence(i));
      const { program } = await learn(pairs, { language });
      if (language === "python") {
        assert.match(program.code, /^def run\(input\):$/m);
        continue;
      }
      const run = loadProgram(program.code);
      assert.deepEqual(run("#991 the invoice charge is wrong"), { id: 991, label: "billing" });
      assert.deepEqual(run("#4 the app crashes with an error"), { id: 4, label: "bug" });
    }
  });

  it("names one wrong example among many instead of making a special case of it", async () => {
    const names = ["Lovelace, Ada", "Hopper, Grace", "Turing, Alan", "Noether, Emmy", "Curie, Marie", "Gauss, Carl"];
    const more = ["Euler, Leonhard", "Hypatia, Of", "Franklin, Rosalind"];
    const pairs = [...names, ...more].map((name): [JsonValue, JsonValue] => {
      const [last = "", first = ""] = name.split(", ");
      return [name, `${first} ${last}`];
    });
    pairs[4] = ["Curie, Marie", "Mary Curie"];
    const { report, program } = await learn(pairs);
    assert.deepEqual(report.odd, [4]);
    assert.match(report.explanation, /Example 5 does not fit/);
    assert.equal(loadProgram(program.code)("Meitner, Lise"), "Lise Meitner");
  });

  it("prunes what fitted by one more answer instead of searching anew", async () => {
    const survivors = createSurvivors();
    const inputs = ["Ann Lee", "Mary Ann Evans", "Bo Ek"];
    const two = examplesOf([
      ["John Smith", "Smith"],
      ["Ada Lovelace", "Lovelace"],
    ]);
    const first = await synthesize(two, { inputs }, survivors);
    assert.ok("program" in first);
    const asked = first.ambiguous.find(({ input }) => input === "Mary Ann Evans");
    assert.ok(asked?.outputs.includes("Evans") && asked.outputs.includes("Ann"));
    const heard: string[] = [];
    const answered = [...two, { input: "Mary Ann Evans", output: "Ann" }];
    const second = await synthesize(
      answered,
      { inputs, onProgress: ({ message }) => heard.push(spoken(message)) },
      survivors,
    );
    assert.ok("program" in second);
    assert.equal(loadProgram(second.program.code)("Jean Luc Picard"), "Luc");
    assert.ok(!heard.some((message) => message.startsWith("Looking for one expression")));
  });

  it("ends with what it has when its signal is aborted before it starts", async () => {
    const result = await synthesize(examplesOf([["a b", "b"]]), { signal: AbortSignal.abort() });
    assert.ok("reason" in result);
  });
});
