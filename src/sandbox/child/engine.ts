/** What an engine must offer to run programs in the child. One suite of tests runs on each engine. */
import type { ExecutionStatus } from "../../contract/artifacts.ts";
import type { EngineName, ProgramSource } from "./protocol.ts";

export type Outcome =
  /** `logs`: what the program printed, cut at `maxLogLength`; absent where it printed nothing. */
  | { readonly status: "success"; readonly output: string; readonly logs?: string }
  | { readonly status: Exclude<ExecutionStatus, "success">; readonly message: string; readonly logs?: string };

/** A program that is compiled and warm. */
export interface LoadedProgram {
  /**
   * Runs it once on JSON text. Never throws, whatever the program does; may not return at all (the watchdog is outside).
   * Null: it was not run, because an earlier call spoilt something; it is to be loaded anew, and run then.
   */
  run(input: string, budgetMs: number): Outcome | null;
  /**
   * Runs it on several inputs in one crossing: `inputs` are JSON texts with a newline between them (none has one
   * inside), and so is the answer, a line for each (see `lineOf` in protocol.ts). All of them together have one budget,
   * so each kept its own. Null where that does not work out (too slow, out of memory, a promise): nothing is known then,
   * and each input is to be run by itself. What they print is dropped.
   */
  runMany(inputs: string, budgetMs: number): string | null;
  /** False after a call that was cut short: it may have left something behind, so the program must be loaded anew. */
  readonly clean: boolean;
  dispose(): void;
}

export interface Engine {
  readonly name: EngineName;
  /** Reads and compiles a program; a string says why it can never run. */
  load(source: ProgramSource): LoadedProgram | string | Promise<LoadedProgram | string>;
  /** Told in an idle moment: makes the next `load` quick. Takes no longer than a load. */
  makeReady(): void | Promise<void>;
}

export const maxOutputLength = 1_000_000;
export const maxOutputDepth = 200;
export const maxMessageLength = 2_000;
export const maxLogLength = 10_000;
