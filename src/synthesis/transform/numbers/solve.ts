/**
 * Finds formulas from the numbers wanted (a witness search): instead of listing formulas and looking what they give, it
 * asks for each shape which constant would have to stand in it, as the witness functions of FlashMeta do (Polozov and
 * Gulwani 2015, section 5), and rejects a shape at the first example that does not fit.
 */
import { type Item, makeItem } from "../language/item.ts";
import { type Formula, formulaOp, withConstant } from "./formulas.ts";
import { constants } from "./witnesses.ts";
import { type Combination, numbersOfItem, savedBy, type Workbench } from "./workbench.ts";

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

const mostFound = 14;

const inside = (values: readonly number[], { low, high }: Goal): boolean => {
  for (let i = 0; i < low.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!(value >= (low[i] ?? 0) && value <= (high[i] ?? 0))) return false;
  }
  return true;
};

/** Formulas of the numbers that lie within the goal's bounds on all examples, cheapest first. */
export function solve(goal: Goal, bench: Workbench): Item[] {
  const found: Candidate[] = [];
  for (const item of bench.items) {
    if (inside(numbersOfItem(item), goal)) found.push({ cost: item.cost, args: [item], chain: [] });
    const further = goal.asRead ? countedOn(item, goal) : constants(numbersOfItem(item), goal, !isComputed(item));
    for (const formula of further) found.push({ cost: item.cost + formula.cost, args: [item], chain: [formula] });
  }
  if (goal.asRead) return build(found, goal);
  const take = (combinations: readonly Combination[], extra: number): void => {
    if (bench.deadline.expired()) return;
    for (const { cost, args, formula, values } of combinations) {
      if (inside(values, goal)) found.push({ cost, args, chain: [formula] });
      else if (formula.scales && !goal.simple)
        for (const scale of constants(values, goal, false))
          found.push({ cost: cost + scale.cost + extra, args, chain: [formula, scale] });
    }
  };
  take(bench.ones, 0);
  take(goal.simple ? bench.simplePairs : bench.pairs, 0.4);
  if (!goal.simple) take(bench.triples, 0.6);
  return build(found, goal);
}

/** Whether arithmetic made it already: two constants on top would be contrived. */
const isComputed = ({ expr }: Item): boolean =>
  expr.kind === "apply" && expr.args.some((arg) => arg.kind === "apply" && arg.op.gives === "number");

/** One more, one less. */
const countedOn = (item: Item, goal: Goal): Formula[] =>
  [withConstant("+", 1, 1), withConstant("-", 1, 1)].filter((formula) =>
    inside(
      numbersOfItem(item).map((x) => formula.value(x)),
      goal,
    ),
  );

/** Builds the cheapest; what does not fit after all (a bound missed by rounding) is left out. */
function build(candidates: Candidate[], goal: Goal): Item[] {
  const items: Item[] = [];
  for (const { args, chain } of candidates.sort((a, b) => a.cost - b.cost).slice(0, mostFound * 2)) {
    const [first, ...rest] = chain;
    let item: Item | undefined = first ? makeItem(formulaOp(first), args, -savedBy(args)) : args[0];
    for (const [i, formula] of rest.entries()) item = item && makeItem(formulaOp(formula), [item], i === 0 ? 0.4 : 0);
    if (item && inside(numbersOfItem(item), goal)) items.push(item);
    if (items.length === mostFound) break;
  }
  return items;
}
