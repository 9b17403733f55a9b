/**
 * The transformation language: typed expressions as plain data. An operation is described once, by what it computes and
 * by how JavaScript, Python and a person say it; what `apply` gives is what its programs give.
 */
import type { JsonValue } from "../../../contract/wire.ts";

/** What a value is. A `date` is a moment of a calendar, without a time zone; `any` is a record or list of the output. */
export type Kind = "text" | "number" | "date" | "list" | "truth" | "any";

/** A day and a time of day as they stand in a text; month and day count from 1. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export type Value = JsonValue | Moment | readonly string[];

/** The source of an argument. */
export interface Code {
  /** As it stands between parentheses or commas. */
  readonly bare: string;
  /** As an operand, or before a `.member`: in parentheses where it needs them. */
  readonly tight: string;
}

/** A declaration that an operation's source needs beside `run`: a function, or a constant with a literal value. */
export interface Helper {
  readonly name: string;
  readonly js: string;
  /** Python calls it by the same name in snake_case (constants as they are): see `snakeCase`. */
  readonly py: string;
  /** Helpers that its source calls. */
  readonly needs?: readonly Helper[];
}

/** What ranking wants to know of an operation beyond its cost. */
export interface Traits {
  /** Puts a list together again: cutting that once more is seldom what is meant. */
  readonly rearranges?: true;
  /** Leaves punctuation as it is: cutting at it afterwards is no coincidence. */
  readonly keepsMarks?: true;
  /** Puts one fixed text for another. */
  readonly replaces?: true;
  /** Takes all marks, or all but the digits, out of a text. */
  readonly cleans?: true;
  /** Takes one element of a list, counted from either end. */
  readonly pick?: number;
  /** The same for another element. */
  readonly at?: (index: number) => Op;
  /** Cuts text into a list at this text. */
  readonly delimiter?: string;
  /** What the elements of its list are called: "word", "number", "part". */
  readonly noun?: string;
}

export interface Op {
  /** Unique: the operation and its parameters. */
  readonly key: string;
  readonly gives: Kind;
  /** In bits, roughly: what people seldom want, and every constant, is dear. */
  readonly cost: number;
  /** Undefined where it has no value for these: its programs then throw a TypeError that begins with "expected". */
  readonly apply: (...args: never[]) => Value | undefined;
  readonly js: (...args: Code[]) => string;
  readonly py: (...args: Code[]) => string;
  /** Whether that source needs parentheses as an operand, or before a `.member`. */
  readonly loose?: true | "js" | "py";
  /** In words, as a noun: `the first word of ${what}`. */
  readonly say: (...args: string[]) => string;
  readonly helpers?: readonly Helper[];
  /** What a variable that holds its value is called: "date", "words". */
  readonly name?: string;
  readonly traits?: Traits;
}

export type Expr =
  | { readonly kind: "field"; readonly field: number; readonly cost: number; readonly key: string }
  | { readonly kind: "constant"; readonly value: JsonValue; readonly cost: number; readonly key: string }
  | {
      readonly kind: "apply";
      readonly op: Op;
      readonly args: readonly Expr[];
      readonly cost: number;
      readonly key: string;
    };

/** An input as the texts of its fields. */
export type Fields = readonly string[];

/** Fields further right are a little dearer, so that of two that are equal the first is taken. */
export const fieldExpr = (field: number): Expr => ({ kind: "field", field, cost: 1 + field * 0.02, key: `#${field}` });

export const constantExpr = (value: JsonValue, cost: number): Expr => ({
  kind: "constant",
  value,
  cost,
  key: JSON.stringify(value),
});

/** @param cost where it is not the sum of its parts */
export function applyExpr(op: Op, args: readonly Expr[], cost?: number): Expr {
  return {
    kind: "apply",
    op,
    args,
    cost: cost ?? args.reduce((sum, arg) => sum + arg.cost, op.cost),
    key: `${op.key}(${args.map((arg) => arg.key).join("\u0001")})`,
  };
}

/** The operation on values that are known; undefined where it, or one of them, has none. */
export function applyOp(op: Op, args: readonly (Value | undefined)[]): Value | undefined {
  if (args.includes(undefined)) return undefined;
  return op.apply(...(args as never[]));
}

/** What the expression gives on an input; undefined where its program would throw. Branches not taken are not looked at. */
export function evaluate(expr: Expr, fields: Fields): Value | undefined {
  if (expr.kind === "field") return fields[expr.field] ?? "";
  if (expr.kind === "constant") return expr.value;
  if (expr.op.key === ifOp.key) {
    const [test, yes, no] = expr.args;
    const holds = test && evaluate(test, fields);
    const taken = holds === true ? yes : no;
    return holds === undefined || !taken ? undefined : evaluate(taken, fields);
  }
  const values: Value[] = [];
  for (const arg of expr.args) {
    const value = evaluate(arg, fields);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return expr.op.apply(...(values as never[]));
}

/** A case distinction: test, then, else. Printed as statements where it is the whole program. */
export const ifOp: Op = {
  key: "if",
  gives: "any",
  cost: 2,
  apply: (test: boolean, yes: Value, no: Value) => (test ? yes : no),
  js: (test, yes, no) => `${test?.tight} ? ${yes?.tight} : ${no?.tight}`,
  py: (test, yes, no) => `${yes?.tight} if ${test?.tight} else ${no?.tight}`,
  loose: true,
  say: (test, yes, no) => `${yes} where ${test}, otherwise ${no}`,
};

/** `toNumber` as Python calls it: `to_number`. Constants (MONTHS) stay as they are. */
export function snakeCase(name: string): string {
  if (name === name.toUpperCase()) return name;
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** All operations of an expression, each once. */
export function operations(expr: Expr): Op[] {
  const found = new Map<string, Op>();
  const seen = new Set<string>();
  const visit = (node: Expr): void => {
    if (node.kind !== "apply" || seen.has(node.key)) return;
    seen.add(node.key);
    found.set(node.op.key, node.op);
    for (const arg of node.args) visit(arg);
  };
  visit(expr);
  return [...found.values()];
}
