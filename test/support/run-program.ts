/** Runs an emitted program in a bare context, for tests of what the generator wrote (the product runs it in the sandbox). */
import vm from "node:vm";
import type { JsonValue } from "../../src/contract/wire.ts";

/** A function that gives the program's output for an input; each call is stopped after a second. */
export function loadProgram(code: string): (input: JsonValue) => JsonValue {
  const context = vm.createContext({});
  new vm.Script(code, { filename: "program.js" }).runInContext(context, { timeout: 1_000 });
  return (input) => {
    const output: unknown = vm.runInContext(`JSON.stringify(run(${JSON.stringify(input)}))`, context, {
      timeout: 1_000,
    });
    return typeof output === "string" ? (JSON.parse(output) as JsonValue) : null;
  };
}
