/** What a JavaScript engine must offer to run programs in the child. One suite of tests runs on each engine. */
import type { ExecutionStatus } from "../../contract/artifacts.ts";
import type { Prepared } from "./prepare.ts";

export type Outcome =
  | { readonly status: "success"; readonly output: string }
  | { readonly status: Exclude<ExecutionStatus, "success">; readonly message: string };

/** A program that is compiled and warm. */
export interface LoadedProgram {
  /** Runs it once on JSON text. Never throws, whatever the program does; may not return at all (the watchdog is outside). */
  run(input: string, budgetMs: number): Outcome;
  /** False after a call that was cut short: it may have left something behind, so the program must be loaded anew. */
  readonly clean: boolean;
  dispose(): void;
}

export interface Engine {
  readonly name: string;
  /** Compiles a program into an isolate of its own; a string says why it cannot be. */
  load(prepared: Prepared): LoadedProgram | string;
  /** Told in an idle moment: makes the next `load` quick. */
  makeReady(): void;
}
