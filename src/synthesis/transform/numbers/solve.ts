/**
 * Finds formulas from the numbers wanted (a witness search): instead of listing formulas and looking what they give, it
 * asks for each shape which constant would have to stand in it, as the witness functions of FlashMeta do (Polozov and
 * Gulwani 2015, section 5), and rejects a shape at the first example that does not fit.
 */
import type { Deadline } from "../../deadline.ts";
import { type Item, makeItem } from "../language/item.ts";
import { constantCost, constantsIn, safeConstants } from "./constants.ts";
import { affine, type Formula, formulaOp, ones, withConstant } from "./formulas.ts";
import { threes } from "./formulas-many.ts";
import { twos } from "./formulas-two.ts";

/** Of each example, the bounds between which the formula's value must lie. */
export interface Goal {
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Only the simplest formulas: for roundings that leave much room. */
  readonly simple?: boolean;
  /** Only what is read, and counted on from there. */
  readonly asRead?: boolean;
}

/** A formula found, not yet built. */
interface Candidate {
  readonly cost: number;
  readonly args: readonly Item[];
  /** The first on the arguments, each further one on what the one before gives. */
  readonly chain: readonly Formula[];
}

const mostSingles = 48;
const mostPaired = 22;
const mostTripled = 9;
const mostFound = 14;

const numbers = (item: Item): readonly number[] => item.values as readonly number[];

const inside = (values: readonly number[], { low, high }: Goal): boolean =>
  values.every((value, i) => value >= (low[i] ?? 0) && value <= (high[i] ?? 0));

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

/** Formulas of the items that lie within the goal's bounds on all examples, cheapest first. */
export function solve(goal: Goal, items: readonly Item[], deadline: Deadline): Item[] {
  const found: Candidate[] = [];
  const singles = items.slice(0, mostSingles);
  for (const item of singles) {
    if (inside(numbers(item), goal)) found.push({ cost: item.cost, args: [item], chain: [] });
    if (goal.asRead) {
      found.push(...countedOn(item, goal));
      continue;
    }
    for (const one of ones)
      if (fits(one, [item], goal)) found.push({ cost: item.cost + one.cost, args: [item], chain: [one] });
    for (const formula of constants(numbers(item), goal, !isComputed(item)))
      found.push({ cost: item.cost + formula.cost, args: [item], chain: [formula] });
  }
  if (goal.asRead) return build(found, goal);
  const paired = goal.simple ? different(items, 8) : different(items, mostPaired);
  for (const [i, x] of paired.entries()) {
    if (deadline.expired()) break;
    for (const [j, y] of paired.entries()) {
      if (i === j) continue;
      const pair = x.cost + y.cost - shared(x, y);
      for (const two of twos) {
        if ((two.symmetric && i > j) || (two.looseInPython && !(isWhole(x) && isWhole(y)))) continue;
        const cost = pair + two.cost;
        if (fits(two, [x, y], goal)) found.push({ cost, args: [x, y], chain: [two] });
        else if (two.scales && !goal.simple)
          for (const scale of constants(valuesOf(two, [x, y]), goal, false))
            found.push({ cost: cost + scale.cost + 0.4, args: [x, y], chain: [two, scale] });
      }
    }
  }
  if (!goal.simple) found.push(...triples(goal, paired.slice(0, mostTripled), deadline));
  return build(found, goal);
}

/** Whether arithmetic made it already: two constants on top would be contrived. */
const isComputed = ({ expr }: Item): boolean =>
  expr.kind === "apply" && expr.args.some((arg) => arg.kind === "apply" && arg.op.gives === "number");

/** Whole on all rows, so that dividing leaves no noise around whole numbers. */
const isWhole = ({ values, probes }: Item): boolean =>
  [...values, ...probes].every((value) => value === undefined || Number.isInteger(value));

/** One more, one less. */
function countedOn(item: Item, goal: Goal): Candidate[] {
  return [withConstant("+", 1, 1), withConstant("-", 1, 1)].flatMap((formula) =>
    fits(formula, [item], goal) ? { cost: item.cost + formula.cost, args: [item], chain: [formula] } : [],
  );
}

function triples(goal: Goal, items: readonly Item[], deadline: Deadline): Candidate[] {
  const found: Candidate[] = [];
  for (const [i, x] of items.entries()) {
    if (deadline.expired()) break;
    for (const [j, y] of items.entries())
      for (const [k, z] of items.entries()) {
        if (i === j || j === k || i === k) continue;
        for (const form of threes) {
          if (form.symmetric && (i > j || j > k)) continue;
          const cost = x.cost + y.cost + z.cost + form.cost - shared(x, y) - shared(y, z);
          if (fits(form, [x, y, z], goal)) found.push({ cost, args: [x, y, z], chain: [form] });
          else if (form.scales)
            for (const scale of constants(valuesOf(form, [x, y, z]), goal, false))
              found.push({ cost: cost + scale.cost + 0.6, args: [x, y, z], chain: [form, scale] });
        }
      }
  }
  return found;
}

function valuesOf(formula: Formula, args: readonly Item[]): number[] {
  const columns = args.map(numbers);
  return (columns[0] ?? []).map((_, i) => formula.value(...columns.map((column) => column[i] ?? Number.NaN)));
}

function fits(formula: Formula, args: readonly Item[], { low, high }: Goal): boolean {
  const columns = args.map(numbers);
  for (let i = 0; i < low.length; i++) {
    const value = formula.value(...columns.map((column) => column[i] ?? Number.NaN));
    if (!(value >= (low[i] ?? 0) && value <= (high[i] ?? 0))) return false;
  }
  return true;
}

type Bounds = readonly [low: number, high: number];

const everything: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** The numbers that lie within each example's bounds. */
function intersect(size: number, of: (i: number) => Bounds): Bounds {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (let i = 0; i < size && low <= high; i++) {
    const [a, b] = of(i);
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  }
  return [low, high];
}

/** Shapes with one constant (or, where three examples bear it out, two) whose constant the examples determine. */
function constants(values: readonly number[], goal: Goal, alone: boolean): Formula[] {
  const { low, high } = goal;
  const size = low.length;
  if (!values.every(Number.isFinite)) return [];
  const value = (i: number): number => values[i] ?? 0;
  const at = (i: number): Bounds => [low[i] ?? 0, high[i] ?? 0];
  if (size < 2) return alone ? unproven(value(0), goal) : [];
  if (values.every((v) => v === values[0])) return [];
  const found: Formula[] = [];
  const differences = intersect(size, (i) => [at(i)[0] - value(i), at(i)[1] - value(i)]);
  for (const c of constantsIn(...differences, true))
    if (c !== 0) found.push(withConstant(c < 0 ? "-" : "+", Math.abs(c), 0.7 + constantCost(c)));
  // Nothing times a constant is nothing: such an example says yes or no, not which constant.
  const zeroFits = values.every((v, i) => v !== 0 || (at(i)[0] <= 0 && at(i)[1] >= 0));
  const factors: Bounds = zeroFits
    ? intersect(size, (i) => (value(i) === 0 ? everything : [at(i)[0] / value(i), at(i)[1] / value(i)]))
    : [1, -1];
  for (const c of constantsIn(...factors))
    if (c !== 0 && c !== 1) found.push(withConstant("*", c, 0.9 + constantCost(c)));
  if (factors[0] <= factors[1] && factors[0] * factors[1] > 0)
    for (const c of constantsIn(Math.min(1 / factors[0], 1 / factors[1]), Math.max(1 / factors[0], 1 / factors[1])))
      if (c !== 1) found.push(withConstant("/", c, 0.9 + constantCost(c)));
  if (!alone) return found;
  const sums = intersect(size, (i) => [at(i)[0] + value(i), at(i)[1] + value(i)]);
  for (const c of constantsIn(...sums, true)) found.push(withConstant("-", c, 1.4 + constantCost(c), true));
  const products = intersect(size, (i) => [at(i)[0] * value(i), at(i)[1] * value(i)]);
  if (products[0] !== 0)
    for (const c of constantsIn(...products)) if (c !== 0) found.push(withConstant("/", c, 2 + constantCost(c), true));
  return goal.simple ? found : [...found, ...affines(values, goal)];
}

/** One example bears out no constant: only those that everybody knows. */
function unproven(value: number, { low, high }: Goal): Formula[] {
  const [from = 0, to = 0] = [low[0], high[0]];
  const all = [
    withConstant("+", 1, 1.2),
    withConstant("-", 1, 1.2),
    ...safeConstants.flatMap((c) => [
      withConstant("*", c, 1.6 + constantCost(c)),
      withConstant("/", c, 1.6 + constantCost(c)),
    ]),
  ];
  return all.filter((formula) => formula.value(value) >= from && formula.value(value) <= to);
}

/** `x * a + b`, from the two examples that lie furthest apart; the others bear it out. */
function affines(values: readonly number[], goal: Goal): Formula[] {
  const { low, high } = goal;
  if (new Set(values).size < 3) return [];
  let [least, most] = [0, 0];
  for (const [i, value] of values.entries()) {
    if (value < (values[least] ?? 0)) least = i;
    if (value > (values[most] ?? 0)) most = i;
  }
  const span = (values[most] ?? 0) - (values[least] ?? 0);
  const slopes: Bounds = [
    ((low[most] ?? 0) - (high[least] ?? 0)) / span,
    ((high[most] ?? 0) - (low[least] ?? 0)) / span,
  ];
  const found: Formula[] = [];
  for (const a of constantsIn(...slopes)) {
    if (a === 0 || a === 1) continue;
    const rests = intersect(values.length, (i) => [
      (low[i] ?? 0) - a * (values[i] ?? 0),
      (high[i] ?? 0) - a * (values[i] ?? 0),
    ]);
    for (const b of constantsIn(...rests, true))
      if (b !== 0) found.push(affine(a, b, 2.2 + constantCost(a) + constantCost(b)));
  }
  return found;
}

/** What reading two numbers from one list costs less than reading two lists. */
function shared({ expr: x }: Item, { expr: y }: Item): number {
  const [from, other] = [x, y].map((expr) => (expr.kind === "apply" ? expr.args[0] : undefined));
  return from?.kind === "apply" && from.key === other?.key ? Math.max(0, from.cost - 0.6) : 0;
}

/** The same for all arguments of a formula or comparison. */
export const savedBy = (args: readonly Item[]): number =>
  args.slice(1).reduce((sum, arg, i) => sum + shared(args[i] ?? arg, arg), 0);

/** Builds the cheapest; what does not fit after all (a bound missed by rounding) is left out. */
function build(candidates: Candidate[], goal: Goal): Item[] {
  const items: Item[] = [];
  for (const { args, chain } of candidates.sort((a, b) => a.cost - b.cost).slice(0, mostFound * 2)) {
    const [first, ...rest] = chain;
    let item: Item | undefined = first ? makeItem(formulaOp(first), args, -savedBy(args)) : args[0];
    for (const [i, formula] of rest.entries()) item = item && makeItem(formulaOp(formula), [item], i === 0 ? 0.4 : 0);
    if (item && inside(numbers(item), goal)) items.push(item);
    if (items.length === mostFound) break;
  }
  return items;
}
