/** Runs a generated program in a fresh V8 context, with a time limit on every call, and times it. */
import { createContext, Script } from "node:vm";
import type { JsonValue } from "../../../src/contract/wire.ts";

const timeoutMs = 1_000;
/** Timed calls of one program, at least: the slowest hundredth of fewer says little. */
const timedCalls = 1_000;

/** What the program gave as JSON, or what went wrong. */
export type Answer = { readonly json: string } | { readonly error: string };

/** One answer an input. */
export function runProgram(code: string, inputs: readonly JsonValue[]): Answer[] {
  let call: (input: JsonValue) => Answer;
  try {
    call = load(code);
  } catch (error) {
    return inputs.map(() => ({ error: String(error) }));
  }
  return inputs.map(call);
}

function load(code: string): (input: JsonValue) => Answer {
  const context = createContext({ benchInput: "" });
  new Script(code).runInContext(context, { timeout: timeoutMs });
  // The context's own JSON.parse: a list made out here would be no Array in there.
  const script = new Script("JSON.stringify(run(JSON.parse(benchInput)))");
  return (input) => {
    context["benchInput"] = JSON.stringify(input);
    try {
      const json: unknown = script.runInContext(context, { timeout: timeoutMs });
      return { json: typeof json === "string" ? json : "null" };
    } catch (error) {
      return { error: String(error) };
    }
  };
}

/** Times of single calls, in ms, ascending; after `runProgram` has shown that they end. Empty where the code does not load. */
export function timeCalls(code: string, inputs: readonly JsonValue[]): number[] {
  const context = createContext({ benchInputs: JSON.stringify(inputs) });
  let run: (input: unknown) => unknown;
  let values: readonly unknown[];
  try {
    new Script(code).runInContext(context, { timeout: timeoutMs });
    [run, values] = new Script("[run, JSON.parse(benchInputs)]").runInContext(context);
  } catch {
    return []; // Every call failed already, and is counted as wrong.
  }
  const times: number[] = [];
  const rounds = Math.ceil(timedCalls / Math.max(1, values.length)) + 1;
  for (let round = 0; round < rounds; round++) {
    for (const value of values) {
      const startedAt = performance.now();
      try {
        run(value);
      } catch {
        // A call that throws takes its time as well.
      }
      // The first round is for the compiler.
      if (round > 0) times.push(performance.now() - startedAt);
    }
  }
  return times.sort((a, b) => a - b);
}
