/** One loaded Python for the tests of this folder. */
import { join } from "node:path";
import type { Engine, LoadedProgram, Outcome } from "../../../src/sandbox/child/engine.ts";
import { pyodideEngine } from "../../../src/sandbox/child/python/engine.ts";

const pyodidePath = join(import.meta.dirname, "../../../node_modules/pyodide");

/** Loading takes seconds, on a busy machine many. */
export const loadingMs = 120_000;

export function loadPython(progress?: (text: string) => void): Promise<Engine> {
  return pyodideEngine({ engines: ["pyodide"], memoryLimitMb: 64, pyodidePath }, progress);
}

/** One that nothing spoils. */
type PythonProgram = Omit<LoadedProgram, "run"> & { run(input: string, budgetMs: number): Outcome };

/** The program, which must load. */
export function load(engine: Engine, code: string): PythonProgram {
  const program = engine.load({ code, language: "python" });
  if (typeof program === "string") throw new Error(program);
  if (program instanceof Promise) throw new Error("Python loads at once");
  return program as PythonProgram;
}

/** Runs it once, with a budget that a busy machine keeps. */
export function run(engine: Engine, code: string, input: unknown = null, budgetMs = 2_000): Outcome {
  const program = load(engine, code);
  try {
    return program.run(JSON.stringify(input), budgetMs);
  } finally {
    program.dispose();
  }
}
