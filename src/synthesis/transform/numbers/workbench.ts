/** Everything that may be computed from the numbers of a search, once, so that each thing wanted is only compared. */
import type { Deadline } from "../../deadline.ts";
import type { Item } from "../language/item.ts";
import { type Formula, ones } from "./formulas.ts";
import { threes } from "./formulas-many.ts";
import { twos } from "./formulas-two.ts";

/** A formula on some of the numbers, with what it gives on the examples. */
export interface Combination {
  readonly cost: number;
  readonly args: readonly Item[];
  readonly formula: Formula;
  readonly values: readonly number[];
}

export interface Workbench {
  /** The numbers, cheapest first. */
  readonly items: readonly Item[];
  readonly ones: readonly Combination[];
  readonly pairs: readonly Combination[];
  /** Of the cheapest numbers only. */
  readonly simplePairs: readonly Combination[];
  readonly triples: readonly Combination[];
  readonly deadline: Deadline;
}

const mostSingles = 48;
const mostPaired = 22;
const mostSimple = 8;
const mostTripled = 9;

/** The numbers of an item of that kind on the examples. */
export const numbersOfItem = (item: Item): readonly number[] => item.values as readonly number[];

export function prepare(numbers: readonly Item[], deadline: Deadline): Workbench {
  const items = numbers.filter(varies).slice(0, mostSingles);
  const paired = different(items, mostPaired);
  const pairs = pairsOf(paired, deadline);
  const cheap = new Set(paired.slice(0, mostSimple));
  return {
    items,
    ones: items.flatMap((item) => ones.flatMap((one) => combination(one, [item], item.cost) ?? [])),
    pairs,
    simplePairs: pairs.filter(({ args }) => args.every((arg) => cheap.has(arg))),
    triples: triplesOf(paired.slice(0, mostTripled), deadline),
    deadline,
  };
}

/** What is the same on all rows is no number of the data. */
const varies = ({ values, probes }: Item): boolean =>
  values.length < 2 || [...values, ...probes].some((value) => value !== undefined && value !== values[0]);

/** Items that differ on the examples, cheapest first: what more arguments than one are taken from. */
function different(items: readonly Item[], most: number): Item[] {
  const seen = new Set<string>();
  const kept: Item[] = [];
  for (const item of items) {
    const key = item.values.join();
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(item);
    if (kept.length === most) break;
  }
  return kept;
}

/** Undefined where the formula has no value on an example. */
function combination(formula: Formula, args: readonly Item[], cost: number): Combination | undefined {
  const [x = [], y = [], z = []] = args.map(numbersOfItem);
  const values: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const value = formula.value(x[i] ?? 0, y[i] ?? 0, z[i] ?? 0);
    if (!Number.isFinite(value)) return undefined;
    values.push(value);
  }
  return { cost: cost + formula.cost, args, formula, values };
}

function pairsOf(items: readonly Item[], deadline: Deadline): Combination[] {
  const found: Combination[] = [];
  const whole = new Set(items.filter(isWhole));
  for (const [i, x] of items.entries()) {
    if (deadline.expired()) break;
    for (const [j, y] of items.entries()) {
      if (i === j) continue;
      const cost = x.cost + y.cost - shared(x, y);
      for (const two of twos) {
        if ((two.symmetric && i > j) || (two.looseInPython && !(whole.has(x) && whole.has(y)))) continue;
        const made = combination(two, [x, y], cost);
        if (made) found.push(made);
      }
    }
  }
  return found;
}

function triplesOf(items: readonly Item[], deadline: Deadline): Combination[] {
  const found: Combination[] = [];
  for (const [i, x] of items.entries()) {
    if (deadline.expired()) break;
    for (const [j, y] of items.entries())
      for (const [k, z] of items.entries()) {
        if (i === j || j === k || i === k) continue;
        const cost = x.cost + y.cost + z.cost - shared(x, y) - shared(y, z);
        for (const form of threes) {
          if (form.symmetric && (i > j || j > k)) continue;
          const made = combination(form, [x, y, z], cost);
          if (made) found.push(made);
        }
      }
  }
  return found;
}

/** Whole on all rows, so that dividing leaves no noise around whole numbers. */
export const isWhole = ({ values, probes }: Item): boolean =>
  [...values, ...probes].every((value) => value === undefined || Number.isInteger(value));

/** What reading two numbers from one list costs less than reading two lists. */
function shared({ expr: x }: Item, { expr: y }: Item): number {
  const from = x.kind === "apply" ? x.args[0] : undefined;
  const other = y.kind === "apply" ? y.args[0] : undefined;
  return from?.kind === "apply" && from.key === other?.key ? Math.max(0, from.cost - 0.6) : 0;
}

/** The same for all arguments of a formula or comparison. */
export const savedBy = (args: readonly Item[]): number =>
  args.slice(1).reduce((sum, arg, i) => sum + shared(args[i] ?? arg, arg), 0);
