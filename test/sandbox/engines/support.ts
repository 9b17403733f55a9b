/** The JavaScript engines, each in this very process, for programs that mean no harm. */
import { after } from "mocha";
import type { Engine, LoadedProgram, Outcome } from "../../../src/sandbox/child/engine.ts";
import { isolatedEngine } from "../../../src/sandbox/child/isolated.ts";
import { lineOf } from "../../../src/sandbox/child/protocol.ts";
import { quickjsEngine } from "../../../src/sandbox/child/quickjs.ts";

export const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ["isolated-vm", () => isolatedEngine(64)],
  ["quickjs", () => quickjsEngine(64)],
];

/** More than any of these programs needs, also on a busy machine. */
const budgetMs = 5_000;

/** An engine that is started once, and programs on it that are disposed of in the end. */
export function bench(make: () => Promise<Engine>) {
  let engine: Promise<Engine> | null = null;
  const loaded: LoadedProgram[] = [];
  const load = async (code: string, language: "javascript" | "typescript" = "javascript"): Promise<LoadedProgram> => {
    engine ??= make();
    const ready = await engine;
    const program = await ready.load({ code, language });
    if (typeof program === "string") throw new Error(program);
    loaded.push(program);
    return program;
  };
  after(() => {
    for (const program of loaded) program.dispose();
  });
  return {
    engine: () => (engine ??= make()),
    load,
    async run(code: string, input: unknown = null, ms = budgetMs): Promise<Outcome> {
      return ran((await load(code)).run(JSON.stringify(input), ms));
    },
  };
}

export type Bench = ReturnType<typeof bench>;

/** Of a program that nothing has spoilt. */
export function ran(outcome: Outcome | null): Outcome {
  if (outcome === null) throw new Error("it was not run");
  return outcome;
}

/** What calls one by one give, as lines; a program that is not clean any more is loaded anew, as the child does. */
export async function oneByOne({ load }: Bench, code: string, inputs: readonly string[]): Promise<string[]> {
  let program = await load(code);
  const lines: string[] = [];
  for (const input of inputs) {
    if (!program.clean) program = await load(code);
    let outcome = program.run(input, budgetMs);
    while (outcome === null) {
      program = await load(code);
      outcome = program.run(input, budgetMs);
    }
    lines.push(lineOf(outcome));
  }
  return lines;
}

/** What calls in chunks of this size give, as lines; null is followed up one by one, as the child does. */
export async function inChunks(bench: Bench, code: string, inputs: readonly string[], size: number): Promise<string[]> {
  let program = await bench.load(code);
  const lines: string[] = [];
  for (let at = 0; at < inputs.length; at += size) {
    const chunk = inputs.slice(at, at + size);
    if (!program.clean) program = await bench.load(code);
    const answer = program.runMany(chunk.join("\n"), budgetMs);
    lines.push(...(answer === null ? await oneByOne(bench, code, chunk) : answer.split("\n")));
  }
  return lines;
}
