/**
 * The words of the transformation language. A pipeline takes one field of the input and passes it through steps, each
 * a total function from text to text that knows its own JavaScript; what `apply` gives is what its JavaScript gives.
 */

import { quote } from "../javascript.ts";

/** A declaration that a step's JavaScript needs beside `run`: a function, or a constant with a literal value. */
export interface Helper {
  readonly name: string;
  readonly source: string;
}

/** Cuts text into a list. */
export interface Lister {
  readonly key: string;
  readonly cost: number;
  readonly cut: (text: string) => readonly string[];
  /** JavaScript of the list; `null` may come out of it where `nullable`. */
  readonly js: (receiver: string) => string;
  readonly nullable: boolean;
  /** What an element is called: "word", "number", "part". */
  readonly noun: string;
  /** Added after the noun where it needs more: ` at ","`. */
  readonly where: string;
  /** What the elements stood between, where that was a fixed text. */
  readonly delimiter?: string;
}

export interface Step {
  readonly cost: number;
  readonly apply: (text: string) => string;
  /** JavaScript of the step on an expression that may be followed by `.member`. */
  readonly js: (receiver: string) => string;
  /** Whether that JavaScript needs parentheses before a `.member` may follow it. */
  readonly loose?: boolean;
  /** In words: `the first word of ${what}`. */
  readonly say: (what: string) => string;
  readonly helpers?: readonly Helper[];
  /** Set on steps that put a list together again: cutting that once more is seldom what is meant. */
  readonly rearranges?: true;
  /** Set on steps that leave punctuation as it is: cutting at it afterwards is no coincidence. */
  readonly keepsMarks?: true;
  /** Set on steps that put one fixed text for another. */
  readonly replaces?: true;
  /** Set on steps that take one element of a list: several of them are written as one destructuring. */
  readonly pick?: { readonly lister: Lister; readonly index: number };
}

/** The step that replaces what a pattern finds. */
export const pattern = (cost: number, re: RegExp, by: string, say: (what: string) => string): Step => ({
  cost,
  apply: (text) => text.replace(re, by),
  js: (r) => `${r}.replace(${re}, ${quote(by)})`,
  say,
});

/** Reads a text as a number, and says so where it is none. */
export const numberHelper: Helper = {
  name: "toNumber",
  source: [
    "function toNumber(text) {",
    '  if (text.trim() === "" || Number.isNaN(Number(text))) throw new TypeError("expected a number");',
    "  return Number(text);",
    "}",
  ].join("\n"),
};

export interface Pipeline {
  /** Which field of the input it starts from. */
  readonly field: number;
  readonly steps: readonly Step[];
  readonly cost: number;
}

export function applySteps(steps: readonly Step[], text: string): string {
  let value = text;
  for (const step of steps) value = step.apply(value);
  return value;
}

/** The step whose JavaScript is one call without arguments of the person's data: `.trim()`. */
export function method(cost: number, name: string, apply: (text: string) => string, adjective: string): Step {
  return { cost, apply, js: (r) => `${r}.${name}`, say: (what) => `${what} ${adjective}`, keepsMarks: true };
}

/** The step whose JavaScript is a call of a helper function. */
export function call(cost: number, helper: Helper, apply: (text: string) => string, adjective: string): Step {
  return { cost, apply, js: (r) => `${helper.name}(${r})`, say: (what) => `${what} ${adjective}`, helpers: [helper] };
}
