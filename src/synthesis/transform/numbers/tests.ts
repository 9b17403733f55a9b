/** Truth items about numbers, for conditions: thresholds, signs, parity, comparisons. */
import type { Expr, Op } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import type { Scene } from "../scene.ts";
import { constantCost } from "./constants.ts";
import { tidy } from "./round.ts";
import { savedBy } from "./workbench.ts";

const mostItems = 200;
const mostNumbers = 24;
const mostCompared = 8;

const signs = {
  ">=": "is at least",
  ">": "is more than",
  "<": "is less than",
  "<=": "is at most",
  "===": "is",
} as const;
type Sign = keyof typeof signs;

const compare = (sign: Sign, a: number, b: number): boolean =>
  sign === ">=" ? a >= b : sign === ">" ? a > b : sign === "<" ? a < b : sign === "<=" ? a <= b : a === b;

const inPython = (sign: Sign): string => (sign === "===" ? "==" : sign);

const against = (sign: Sign, bound: number, cost: number): Op => ({
  key: `${sign}${bound}`,
  gives: "truth",
  cost,
  apply: (x: number) => compare(sign, x, bound),
  js: (x) => `${x.tight} ${sign} ${bound}`,
  py: (x) => `${x.tight} ${inPython(sign)} ${bound}`,
  loose: true,
  say: (x) => `${x} ${signs[sign]} ${bound}`,
});

/** Whether a number is a bound, or above it. */
export const atLeastOp = (bound: number): Op => against(">=", bound, 1);

const between = (sign: Sign, cost: number): Op => ({
  key: `x${sign}y`,
  gives: "truth",
  cost,
  apply: (x: number, y: number) => compare(sign, x, y),
  js: (x, y) => `${x.tight} ${sign} ${y.tight}`,
  py: (x, y) => `${x.tight} ${inPython(sign)} ${y.tight}`,
  loose: true,
  say: (x, y) => `${x} ${signs[sign]} ${y}`,
});

const divisible = (divisor: number, cost: number): Op => ({
  key: `%${divisor}`,
  gives: "truth",
  cost,
  apply: (x: number) => x % divisor === 0,
  js: (x) => `${x.tight} % ${divisor} === 0`,
  py: (x) => `${x.tight} % ${divisor} == 0`,
  loose: true,
  say: (x) => `${x} is divisible by ${divisor}`,
});

/** Of the numbers above `low`, up to and with `high`: the one that stands in the outputs, and the roundest. */
function thresholds(low: number, high: number, mentioned: Mentioned): [number, number][] {
  const found: [number, number][] = [];
  for (const [number, extra] of mentioned)
    if (low < number && number <= high)
      found.push([number, extra + (number === high ? 0.1 : 0.3) + 0.4 * constantCost(number)]);
  const round = roundest(low, high);
  // A bound that is one of the examples was probably shown for that.
  if (round !== undefined) found.push([round, (round === high ? 0.2 : 0.5) + 0.6 * constantCost(round)]);
  return found;
}

/** The number with the fewest digits above `low`, up to `high`, nearest to the middle: of 42 and 65 it is 50. */
function roundest(low: number, high: number): number | undefined {
  if (low < 0 && high >= 0) return 0;
  const middle = (low + high) / 2;
  const size = Math.max(Math.abs(low), Math.abs(high));
  for (let power = Math.ceil(Math.log10(size || 1)); power >= -6; power--)
    for (const share of [1, 0.5]) {
      const step = 10 ** power * share;
      const near = Math.round(middle / step);
      for (const times of [near, near + 1, near - 1]) {
        const number = tidy(times * step);
        if (low < number && number <= high) return number;
      }
    }
  return undefined;
}

/** Numbers that the outputs name, with what taking them for a bound costs. */
type Mentioned = ReadonlyMap<number, number>;

/** What numbers the outputs name, in any form; and (less likely) the ones after them, for "10-19" and "20-29". */
function mentionedIn(targets: readonly string[]): Mentioned {
  const found = new Map<number, number>();
  const add = (number: number, extra: number): void => {
    found.set(number, Math.min(extra, found.get(number) ?? extra));
  };
  for (const target of targets.slice(0, 50))
    for (const [text] of target.slice(0, 200).matchAll(/\d+(?:,\d{3})*(?:\.\d+)?/g)) {
      const number = Number(text.replaceAll(",", ""));
      add(number, 0);
      add(number + 1, 0.3);
    }
  return found;
}

/** Truth items that are neither true nor false on all examples: one for each division and shape, cheapest first. */
export function numberTests(scene: Scene, numbers: readonly Item[]): Item[] {
  const mentioned = mentionedIn(scene.targets);
  const best = new Map<string, Item>();
  const add = (op: Op, args: readonly Item[], shape: string, extra = 0): void => {
    const made = makeItem(op, args, extra - savedBy(args));
    if (!made || made.values.every((value) => value === made.values[0])) return;
    const item = judged(made);
    const key = `${shape};${made.values.join()};${made.probes.join()}`;
    if (item.cost < (best.get(key)?.cost ?? Number.POSITIVE_INFINITY)) best.set(key, item);
  };
  for (const item of numbers.slice(0, mostNumbers)) {
    if (scene.deadline.expired()) break;
    const extra = oneOfMany * Math.min(2, companions(item, numbers));
    for (const [op, shape] of testsOf(item.values as readonly number[], mentioned)) add(op, [item], shape, extra);
  }
  const compared = numbers.slice(0, mostCompared);
  for (const [i, x] of compared.entries())
    for (const [j, y] of compared.entries()) {
      if (i === j) continue;
      const extra = isPair(x, y, numbers) ? pairGain : 1;
      if (i < j) add(between("===", 0.2), [x, y], "equal", extra);
      add(between(">", 0.1), [x, y], "more", extra);
      add(between(">=", 0.5), [x, y], "least", extra);
    }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, mostItems);
}

/** What asking about one of several numbers costs more than asking about two of them, or about the only one. */
const oneOfMany = 0.6;
const pairGain = -0.8;

const listOf = ({ expr }: Item): Expr | undefined => {
  const [from] = expr.kind === "apply" && expr.args.length === 1 ? expr.args : [];
  return from?.kind === "apply" && from.op.gives === "list" ? from : undefined;
};

/** How many other numbers there are, counted from the front, in the list that the number is taken from. */
function companions(item: Item, numbers: readonly Item[]): number {
  const list = listOf(item)?.key;
  if (list === undefined) return 0;
  const places = numbers.filter((other) => listOf(other)?.key === list).map(({ expr }) => placeOf(expr));
  return new Set(places.filter((place) => place !== undefined && place >= 0)).size - 1;
}

const placeOf = (expr: Expr): number | undefined => {
  const place = expr.kind === "apply" ? /^nth\((-?\d+)\)$/.exec(expr.op.key)?.[1] : undefined;
  return place === undefined ? undefined : Number(place);
};

/** Two numbers that are there to be compared: of two fields, or the only two of one text. */
function isPair(x: Item, y: Item, numbers: readonly Item[]): boolean {
  const list = listOf(x);
  const fromFront = [x, y].every(({ expr }) => (placeOf(expr) ?? -1) >= 0);
  if (list) return fromFront && list.key === listOf(y)?.key && companions(x, numbers) === 1;
  const [from, other] = [x.expr, y.expr].map((expr) => (expr.kind === "apply" ? expr.args[0] : undefined));
  return from?.kind === "field" && other?.kind === "field" && from.field !== other.field;
}

const mostThresholds = 12;

function* testsOf(values: readonly number[], mentioned: Mentioned): Generator<[Op, string]> {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length < 2) return;
  const gaps = sorted.slice(1).map((high, i): [number, number] => [sorted[i] ?? 0, high]);
  for (const [low, high] of gaps.slice(0, mostThresholds)) {
    for (const [bound, cost] of thresholds(low, high, mentioned)) {
      yield [against(">=", bound, 0.4 + cost), `>=${bound}`];
      if (bound < high && bound > low) yield [against(">", bound, 0.9 + cost), `>${bound}`];
    }
    if (low === 0) yield [against(">", 0, 0.8), ">0"];
    if (low >= 0 && low < 10 && Number.isInteger(low))
      yield [against(">", low, 1.8 + constantCost(low) / 2), `>${low}`];
    if (high === 0) yield [against("<", 0, 0.8), "<0"];
    else if (low < 0 && high > 0) yield [against("<", 0, 0.8), "<0"];
  }
  if (sorted.includes(0)) yield [against("===", 0, 0.8), "=0"];
  for (const value of sorted.slice(0, 6))
    if (value !== 0) yield [against("===", value, 2.6 + constantCost(value)), `=${value}`];
  if (sorted.every(Number.isInteger))
    for (const divisor of [2, 3, 4, 5, 7, 10, 100])
      yield [divisible(divisor, divisor === 2 ? 2.6 : 2.6 + constantCost(divisor)), `%${divisor}`];
}
