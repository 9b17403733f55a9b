/** Programs the transform room can say, what they cost (in bits, roughly: shorter and less data-like is better), and running them. */
import type { JsonValue } from "../../contract/wire.ts";
import { applySteps, type Helper, type Lister, type Pipeline, type Step } from "./step.ts";

export type Piece =
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline };

/** Names of the variables that hold the fields, in the order of the fields. */
export type Names = readonly string[];

/** A question about the input, for branches. */
export interface Test {
  readonly cost: number;
  readonly holds: (fields: readonly string[]) => boolean;
  readonly js: (names: Names) => string;
  /** Its opposite, where that reads better than `!(…)`. */
  readonly notJs?: (names: Names) => string;
  readonly say: string;
}

/** A number computed from the input. */
export interface Formula {
  readonly cost: number;
  readonly value: (fields: readonly string[]) => number;
  readonly js: (names: Names) => string;
  /** Whether it needs parentheses inside another formula. */
  readonly loose?: boolean;
  readonly say: string;
  readonly helpers?: readonly Helper[];
  /** Set where it is a text of the input read as a number. */
  readonly reads?: true;
}

export type Program = { readonly cost: number } & (
  | { readonly kind: "text"; readonly pieces: readonly Piece[] }
  | { readonly kind: "number"; readonly formula: Formula }
  | { readonly kind: "test"; readonly test: Test; readonly negated: boolean }
  | { readonly kind: "constant"; readonly value: JsonValue }
  | { readonly kind: "branch"; readonly test: Test; readonly yes: Program; readonly no: Program }
  | { readonly kind: "list"; readonly field: number; readonly lister: Lister; readonly each: Step | undefined }
  /** An object (or, without keys, an array) of values. */
  | { readonly kind: "record"; readonly keys: readonly string[] | undefined; readonly values: readonly Program[] }
);

/** Text of one pipeline on the fields of an input. */
export function runPipeline(pipeline: Pipeline, fields: readonly string[]): string {
  return applySteps(pipeline.steps, fields[pipeline.field] ?? "");
}

/** What the emitted program gives on an input with these fields. */
export function runProgram(program: Program, fields: readonly string[]): JsonValue {
  switch (program.kind) {
    case "text":
      return program.pieces.map((p) => (p.kind === "constant" ? p.text : runPipeline(p.pipeline, fields))).join("");
    case "number": {
      const value = program.formula.value(fields);
      return Number.isFinite(value) ? value : null;
    }
    case "test":
      return program.test.holds(fields) !== program.negated;
    case "constant":
      return program.value;
    case "branch":
      return runProgram(program.test.holds(fields) ? program.yes : program.no, fields);
    case "list": {
      const parts = program.lister.cut(fields[program.field] ?? "");
      return program.each ? parts.map(program.each.apply) : [...parts];
    }
    case "record": {
      const values = program.values.map((value) => runProgram(value, fields));
      if (!program.keys) return values;
      return Object.fromEntries(program.keys.map((key, i) => [key, values[i] ?? null]));
    }
  }
}

/**
 * Cost of a constant in the output. Punctuation between pieces is cheap. Letters and digits are dear, the more so with
 * few examples, and dearest where they also stand in every input: then they are probably data.
 */
export function constantCost(text: string, examples: number, rows: readonly (readonly string[])[]): number {
  const solid = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const rest = text.length - solid;
  const data = solid > 0 && rows.every((row) => row.some((field) => field.includes(text.trim())));
  return 0.6 + rest * 0.3 + solid * (0.7 + 2.2 / examples) + (solid > 0 ? 1.2 : 0) + (data ? 2 + solid * 0.5 : 0);
}

/** Cost of writing the outputs down as they are, each `base` and its characters: a program worth having is clearly cheaper. */
export function listingCost(outputs: readonly JsonValue[], base: number): number {
  let sum = 0;
  for (const text of new Set(outputs.map((o) => (typeof o === "string" ? o : JSON.stringify(o)))))
    sum += base + Math.min(text.length, 40) * 1.2;
  return sum;
}
