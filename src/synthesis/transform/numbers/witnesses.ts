/** Witness functions: which constants would have to stand in a formula for it to give what is wanted. */
import { constantCost, constantsIn, safeConstants } from "./constants.ts";
import { affine, type Formula, withConstant } from "./formulas.ts";
import type { Goal } from "./solve.ts";

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
export function constants(values: readonly number[], goal: Goal, alone: boolean): Formula[] {
  const { low, high } = goal;
  const size = low.length;
  if (!values.every(Number.isFinite)) return [];
  const value = (i: number): number => values[i] ?? 0;
  const at = (i: number): Bounds => [low[i] ?? 0, high[i] ?? 0];
  if (size < 2) return alone ? unproven(value(0), goal) : [];
  if (values.every((v) => v === values[0])) return [];
  // Rounding to a step leaves so much room that only round factors are believed.
  const believed = (c: number): boolean => !goal.simple || /^(?:[125]0*|0\.0*[125]5?)$/.test(String(c));
  if (!alone && !mayFit(values, goal)) return [];
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
    if (c !== 0 && c !== 1 && believed(c)) found.push(withConstant("*", c, 0.9 + constantCost(c)));
  if (factors[0] <= factors[1] && factors[0] * factors[1] > 0)
    for (const c of constantsIn(Math.min(1 / factors[0], 1 / factors[1]), Math.max(1 / factors[0], 1 / factors[1])))
      if (c !== 1 && believed(c)) found.push(withConstant("/", c, 0.9 + constantCost(c)));
  if (!alone) return found;
  const sums = intersect(size, (i) => [at(i)[0] + value(i), at(i)[1] + value(i)]);
  for (const c of constantsIn(...sums, true)) found.push(withConstant("-", c, 1.4 + constantCost(c), true));
  const products = intersect(size, (i) => [at(i)[0] * value(i), at(i)[1] * value(i)]);
  if (products[0] !== 0)
    for (const c of constantsIn(...products)) if (c !== 0) found.push(withConstant("/", c, 2 + constantCost(c), true));
  return goal.simple ? found : [...found, ...affines(values, goal)];
}

/** Whether the first two examples leave room for a constant to add, or to multiply with. */
function mayFit(values: readonly number[], { low, high }: Goal): boolean {
  const [x = 0, y = 0] = values;
  const [xLow = 0, yLow = 0] = low;
  const [xHigh = 0, yHigh = 0] = high;
  if (xLow - x <= yHigh - y && yLow - y <= xHigh - x) return true;
  if (x <= 0 || y <= 0) return true;
  return xLow * y <= yHigh * x && yLow * x <= xHigh * y;
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
