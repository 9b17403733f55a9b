/** Labels of ranges: "under 18", "18-64", "65+" where the labels themselves name the bounds. */
import { applyExpr, constantExpr, type Expr, ifOp } from "../language/expr.ts";
import { type Item, makeItem } from "../language/item.ts";
import { atLeastOp } from "./tests.ts";

const mostBuckets = 8;
const mostNumbers = 6;
/** For each bucket: its bound is named in its label, which itself is given. */
const bucketCost = 1.4;

const numbersIn = (label: string): number[] =>
  (label.match(/\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []).map((text) => Number(text.replaceAll(",", "")));

/**
 * The bound between two labels: where the upper one begins, and where the lower one ends. Both say so, or it is no
 * bound: "under 18" and "18-64" meet at 18, "0-17" and "18-64" too.
 */
function boundBetween(lower: string, upper: string, low: number, high: number): number | undefined {
  const [begins] = numbersIn(upper);
  const ends = numbersIn(lower).at(-1);
  if (begins === undefined || ends === undefined || !(low < begins && begins <= high)) return undefined;
  return begins === ends || begins === ends + 1 ? begins : undefined;
}

/** A label of a range: two numbers, or one with a word or sign that says on which side. */
const isRange = (label: string): boolean =>
  numbersIn(label).length === 2 || (numbersIn(label).length === 1 && /\p{L}{3}|[<>+≤≥]/u.test(label));

/** Text items that give the label of the range a number falls in, for outputs that name all their bounds. */
export function bucketTexts(targets: readonly string[], numbers: readonly Item[]): Item[] {
  const labels = new Set(targets);
  if (labels.size < 2 || labels.size > mostBuckets || targets.some((target) => target.length > 60 || !isRange(target)))
    return [];
  // Ranges of one width are computed, also those that no example shows.
  const widths = new Set([...labels].map((label) => numbersIn(label)).map(([from = 0, to = Number.NaN]) => to - from));
  if (widths.size === 1 && !widths.has(Number.NaN)) return [];
  return numbers.slice(0, mostNumbers).flatMap((number) => bucketsOf(targets, number) ?? []);
}

function bucketsOf(targets: readonly string[], number: Item): Item | undefined {
  const rows = targets
    .map((label, i) => ({ label, value: Number(number.values[i]) }))
    .sort((a, b) => a.value - b.value);
  const bounds: { readonly bound: number; readonly label: string }[] = [];
  let [label] = rows.map((row) => row.label);
  let below = rows[0]?.value ?? 0;
  const lowest = label;
  for (const row of rows) {
    if (row.label !== label) {
      const bound = boundBetween(label ?? "", row.label, below, row.value);
      if (bound === undefined || bounds.some((known) => known.label === row.label)) return undefined;
      bounds.push({ bound, label: row.label });
      label = row.label;
    }
    below = row.value;
  }
  if (lowest === undefined || bounds.some((known) => known.label === lowest)) return undefined;
  return build(number, lowest, bounds, targets);
}

function build(
  number: Item,
  lowest: string,
  bounds: readonly { readonly bound: number; readonly label: string }[],
  targets: readonly string[],
): Item | undefined {
  const cost = number.expr.cost + bucketCost * (bounds.length + 1);
  let expr: Expr = constantExpr(lowest, 0);
  // The highest bound is asked about first.
  for (const { bound, label } of bounds) {
    const test = makeItem(atLeastOp(bound), [number]);
    if (!test) return undefined;
    expr = applyExpr(ifOp, [test.expr, constantExpr(label, 0), expr], cost);
  }
  const labelOf = (value: unknown): string | undefined =>
    value === undefined ? undefined : (bounds.findLast(({ bound }) => Number(value) >= bound)?.label ?? lowest);
  const values = number.values.map((value) => labelOf(value) ?? "");
  if (!values.every((value, i) => value === targets[i])) return undefined;
  return { expr, values, probes: number.probes.map(labelOf), cost };
}
