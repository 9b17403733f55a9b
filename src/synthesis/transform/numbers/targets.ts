/** Goals of the witness search: which numbers, rounded in which way, would give the numbers wanted. */
import type { Op } from "../language/expr.ts";
import { type Item, makeItem } from "../language/item.ts";
import { distinct } from "./read.ts";
import { roundOp, significantOp, stepOp, tidy, tidyOp, wholeOp } from "./round.ts";
import { type Goal, solve } from "./solve.ts";
import { isWhole, type Workbench } from "./workbench.ts";

/** Room for binary noise, of a number's size. */
const noise = 1e-11;

/**
 * From `below` under the wanted numbers to `above` over them. A bound that is the number itself, or a half, is met with
 * some noise; one that belongs to the next number is just not met.
 */
function bounds(wanted: readonly number[], below: number, above: number, simple = false): Goal {
  const slack = (w: number, met: boolean): number => (met ? noise : -noise) * Math.max(1, Math.abs(w));
  const halves = below === above;
  return {
    low: wanted.map((w) => w - below - slack(w, halves || below === 0)),
    high: wanted.map((w) => w + above + slack(w, halves || above === 0)),
    simple,
  };
}

/** Of each rounded item that equals what is wanted on all examples. */
function rounded(items: readonly Item[], op: (item: Item) => Op, wanted: readonly number[]): Item[] {
  return items.flatMap((item) => {
    const made = makeItem(op(item), [item]);
    return made?.values.every((value, i) => value === wanted[i]) ? [made] : [];
  });
}

const exactRead = (item: Item): boolean =>
  item.expr.kind === "apply" && !item.expr.args.some((arg) => arg.kind === "apply" && arg.op.gives === "number");

/** Whether rounding the item down needs no care: it is read as it stands, or a fraction of whole numbers. */
const clean = (item: Item): boolean => exactRead(item) || isWhole(item);

/** Number items, not rounded, that give the wanted numbers once formatted with so many decimals, halves up. */
export function beforeRounding(wanted: readonly number[], digits: number, bench: Workbench): Item[] {
  const half = 0.5 / 10 ** digits;
  return solve(bounds(wanted, half, half), bench);
}

/** Number items that equal the wanted numbers on all examples, without rounding. */
export function exactly(wanted: readonly number[], bench: Workbench): Item[] {
  return solve(bounds(wanted, 0, 0), bench);
}

/** Number items that are read, or counted on from what is read. */
export function readAs(wanted: readonly number[], bench: Workbench): Item[] {
  return solve({ ...bounds(wanted, 0, 0), asRead: true }, bench);
}

/** Multiples that people round to, by what all wanted numbers are multiples of. */
const multiples = [0.05, 0.25, 0.5, 5, 10, 20, 25, 50, 100, 500, 1000, 10_000];

const multipleOf = (numbers: readonly number[], step: number): boolean =>
  numbers.every((number) => Number.isInteger(tidy(number / step)));

/** Number items that equal the wanted numbers after rounding down, up, or to a step or so many significant digits. */
export function roundedOtherwise(wanted: readonly number[], digits: number, bench: Workbench): Item[] {
  if (wanted.length < 2) return [];
  const found: Item[] = [];
  const unit = 1 / 10 ** digits;
  for (const direction of ["floor", "ceil"] as const) {
    const goal = direction === "floor" ? bounds(wanted, 0, unit) : bounds(wanted, unit, 0);
    const op = (item: Item): Op => (digits === 0 ? wholeOp(direction, clean(item)) : stepOp(direction, unit));
    found.push(
      ...rounded(
        solve(goal, bench).filter((item) => !isWhole(item) || digits > 0),
        op,
        wanted,
      ),
    );
  }
  // The two largest steps that all wanted numbers are multiples of: 45,500 and 12,800 are meant in hundreds.
  const steps = multiples.filter((step) => step !== unit && multipleOf(wanted, step)).slice(-2);
  for (const step of steps) {
    if (bench.deadline.expired()) break;
    const goals = [
      ["round", bounds(wanted, step / 2, step / 2, true)],
      ["floor", bounds(wanted, 0, step, true)],
      ["ceil", bounds(wanted, step, 0, true)],
    ] as const;
    for (const [direction, goal] of goals)
      found.push(...rounded(solve(goal, bench), () => stepOp(direction, step), wanted));
  }
  found.push(...significants(wanted, bench.items));
  return found;
}

function significants(wanted: readonly number[], items: readonly Item[]): Item[] {
  return [2, 3, 4].flatMap((digits) => rounded(items.slice(0, 12), () => significantOp(digits), wanted));
}

/** Whether its outermost operation may have no finite value: a number as output is then made by one that says so. */
const divides = ({ expr }: Item): boolean =>
  expr.kind === "apply" && /[/^]|root|percent|change|remaining|net|rest/.test(expr.op.key);

const decimalsOf = (number: number): number => (String(number).split(".")[1] ?? "").length;

/** Number items equal to the wanted numbers on every example, cheapest first. */
export function numbersForGoal(wanted: readonly number[], bench: Workbench): Item[] {
  const digits = wanted.reduce((most, number) => Math.max(most, decimalsOf(number)), 0);
  const exact = exactly(wanted, bench).flatMap((item) =>
    [...item.values, ...item.probes].every((v) => v === undefined || v === tidy(Number(v))) && !divides(item)
      ? item
      : rounded([item], () => tidyOp, wanted),
  );
  const nearest = digits > 8 ? [] : rounded(beforeRounding(wanted, digits, bench), () => roundOp(digits), wanted);
  const needless = new Set(exact.map((item) => item.expr.key));
  return distinct([
    ...exact,
    ...nearest.filter((item) => item.expr.kind === "apply" && !needless.has(item.expr.args[0]?.key ?? "")),
    ...(digits > 8 ? [] : roundedOtherwise(wanted, digits, bench)),
  ]);
}
