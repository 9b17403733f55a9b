/** Which of the programs that fit to prefer, and where they disagree. */
import type { JsonValue } from "../../../contract/wire.ts";
import { spread } from "../../spread.ts";
import { brokenInvariants, type Pair } from "../invariants.ts";
import { type Expr, evaluate, type Fields, type Helper, ifOp, operations, type Value } from "../language/expr.ts";
import { strangeness } from "../looks.ts";
import type { Candidate } from "./goal.ts";

const maxAmbiguous = 10;
const comparedPrograms = 12;
const rankedInputs = 200;
/** Programs dearer than the best by more than this are not serious rivals; one or two examples leave more open. */
const rivalMargin = { few: 3.5, usual: 2 };
const fewExamples = 2;
/** A program that reads better may be dearer by so much, where it says the same on at least so many other rows. */
const readingMargin = 6;
const leastAlike = 3;
/** The same without other rows to tell them apart. */
const blindMargin = 2;

export interface Ranked {
  readonly best: Expr;
  /** Of the best one, penalties included. */
  readonly cost: number;
  /** The best and its serious rivals, cheapest first. */
  readonly serious: readonly Expr[];
}

/**
 * Cost, plus penalties for unlabelled inputs on which a program finds nothing, or gives what does not look like its
 * outputs on the examples. `known` are the fields of the examples.
 */
export function ranked(candidates: readonly Candidate[], known: readonly Fields[], others: readonly Fields[]): Ranked {
  const sample = spread(others.length, rankedInputs)
    .map((i) => others[i] ?? [])
    .filter((row) => row.some((field) => field.trim() !== ""));
  const shown = spread(known.length, rankedInputs).map((i) => known[i] ?? []);
  // Blanks that rows have of themselves say nothing against a program that leaves them.
  const isNeat = (row: Fields): boolean => row.every((text) => text === text.trim() && !/\s\s/.test(text));
  const neat = shown.every(isNeat) ? sample.map(isNeat) : sample.map(() => true);
  const judged = candidates
    .map(({ expr, cost }) => {
      const outputs = sample.map((row) => evaluate(expr, row));
      const lost =
        sample.length === 0
          ? 0
          : outputs.reduce<number>((sum, output, i) => sum + shareLost(expr, output, sample[i] ?? []), 0) /
            sample.length;
      const given = shown.map((row) => evaluate(expr, row));
      const looks =
        sample.length === 0
          ? 0
          : strange(
              given,
              outputs.filter((_, i) => neat[i]),
            ) + brokenInvariants(pairs(shown, given), pairs(sample, outputs));
      return { expr, outputs: JSON.stringify(outputs), cost: cost + lost * 8 + looks };
    })
    .sort((a, b) => a.cost - b.cost);
  const [first] = judged;
  if (!first) throw new RangeError("nothing to rank");
  // Of programs that say the same on every row, the one that reads best.
  const margin = sample.length < leastAlike ? blindMargin : readingMargin;
  const same = judged.filter((one) => one.outputs === first.outputs && one.cost <= first.cost + margin);
  const best = same.reduce((a, b) => (sourceSize(b.expr) < sourceSize(a.expr) ? b : a), first);
  const serious = judged
    .filter(({ cost }) => cost <= best.cost + (known.length <= fewExamples ? rivalMargin.few : rivalMargin.usual))
    .slice(0, comparedPrograms);
  return { best: best.expr, cost: best.cost, serious: serious.map(({ expr }) => expr) };
}

/** How much there is to read: operations, and the helpers they need. */
function sourceSize(expr: Expr): number {
  const helpers = new Map<string, number>();
  const count = (helper: Helper): void => {
    helpers.set(helper.name, helper.js.length);
    for (const needed of helper.needs ?? []) count(needed);
  };
  const ops = operations(expr);
  for (const op of ops) for (const helper of op.helpers ?? []) count(helper);
  const written = ops.reduce((sum, op) => sum + op.js(...anyCodes).length, 0);
  return written + [...helpers.values()].reduce((sum, length) => sum + length, 0) * 0.5;
}

const anyCodes = Array.from({ length: 40 }, () => ({ bare: "x", tight: "x" }));

const pairs = (rows: readonly Fields[], outputs: readonly (Value | undefined)[]): Pair[] =>
  rows.flatMap((row, i) => {
    const output = outputs[i];
    return typeof output === "string" ? [{ input: row.join("\n"), output }] : [];
  });

/** Inputs on which the programs disagree, with what they say: the first one's output first. */
export function disagreements(
  programs: readonly Expr[],
  inputs: readonly { readonly input: JsonValue; readonly fields: Fields }[],
): { readonly input: JsonValue; readonly outputs: readonly JsonValue[] }[] {
  const found: { input: JsonValue; outputs: JsonValue[] }[] = [];
  const seen = new Set<string>();
  for (const { input, fields } of inputs) {
    if (found.length >= maxAmbiguous) break;
    const key = JSON.stringify(input);
    if (seen.has(key)) continue;
    seen.add(key);
    const outputs = new Map<string, JsonValue>();
    for (const program of programs) {
      const output = (evaluate(program, fields) ?? null) as JsonValue;
      outputs.set(JSON.stringify(output), output);
    }
    if (outputs.size > 1) found.push({ input, outputs: [...outputs.values()].slice(0, 4) });
  }
  return found;
}

const texts = (outputs: readonly (Value | undefined)[]): string[] =>
  outputs
    .flatMap((output): readonly (Value | undefined)[] =>
      Array.isArray(output) ? (output as readonly Value[]) : [output],
    )
    .map((output) => (output === undefined || output === null ? "" : String(output)));

/** How unlike the outputs on the examples those on the other rows look, column by column where there are several. */
function strange(shown: readonly (Value | undefined)[], others: readonly (Value | undefined)[]): number {
  const [first] = shown;
  if (first !== null && typeof first === "object" && !Array.isArray(first)) {
    const keys = Object.keys(first);
    const column = (rows: readonly (Value | undefined)[], key: string): (Value | undefined)[] =>
      rows.map((row) => (row as Readonly<Record<string, JsonValue>> | undefined)?.[key]);
    return (
      keys.reduce((sum, key) => sum + strangeness(texts(column(shown, key)), texts(column(others, key))), 0) /
      keys.length
    );
  }
  // A number looks like any other.
  return typeof first === "number" ? 0 : strangeness(texts(shown), texts(others));
}

/** 1 where there is no output or an empty one; in between where pieces of it are empty. */
function shareLost(expr: Expr, output: Value | undefined, row: Fields): number {
  if (row.every((field) => field.trim() === "")) return 0;
  if (output === undefined) return 1;
  if (expr.kind !== "apply") return 0;
  if (expr.op.key === ifOp.key) {
    const [test, yes, no] = expr.args;
    const taken = test && evaluate(test, row) === true ? yes : no;
    return taken ? shareLost(taken, output, row) : 0;
  }
  if (expr.op.key !== "join") return output === "" ? 1 : 0;
  const pieces = expr.args.filter((arg) => arg.kind !== "constant");
  if (pieces.length === 0) return 0;
  return pieces.filter((piece) => evaluate(piece, row) === "").length / pieces.length;
}
