/**
 * The door of the offline generator: examples in, a small readable JavaScript program out. Pure: no file, network,
 * clock-dependent result or VS Code; meant to be run in a worker thread (`worker.ts`).
 */
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";

export interface SynthesisOptions {
  /** Unlabelled inputs at hand (the rest of the column): candidates that fail on them rank lower. */
  readonly inputs?: readonly JsonValue[];
  /** Time the search may take, in ms; 5,000 unless told. */
  readonly budgetMs?: number;
  readonly onProgress?: (progress: { readonly message: string; readonly fraction?: number }) => void;
}

export type Synthesis =
  | {
      readonly ok: true;
      /** JavaScript source that defines `function run(input)`. */
      readonly code: string;
      /**
       * `transform`: an expression that fits every example exactly. `classify`: a statistical model, right on a share
       * of cases, so that only held-out cases say how good it is.
       */
      readonly kind: "transform" | "classify";
      /** What the program does, in one or two sentences a person would use. */
      readonly explanation: string;
      /** Inputs on which programs that fit the examples disagree: worth one more answer from the person. */
      readonly ambiguous: readonly { readonly input: JsonValue; readonly outputs: readonly JsonValue[] }[];
    }
  | {
      readonly ok: false;
      readonly reason: "no_examples" | "contradiction" | "not_found" | "unsupported";
      /** What was tried and what would help, in words. */
      readonly message: string;
      /** Where two examples contradict each other: their positions. */
      readonly pair?: readonly [number, number];
    };
