/** Number items read out of the texts of a search. */
import type { Expr } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import type { Scene } from "../scene.ts";
import { applied, numbersOf } from "./call.ts";
import { countOps, isCount } from "./counts.ts";
import { type Formula, formulaOp } from "./formulas.ts";
import { gcdOp, manyOps } from "./formulas-many.ts";
import { twos } from "./formulas-two.ts";
import { compareOp, foldOps, nthOp } from "./lists.ts";
import { readWordsOp } from "./number-words.ts";
import { amountOps, toNumberOp } from "./numerals.ts";
import { otherNumeralOps } from "./numerals-other.ts";
import { quantityOps } from "./quantities.ts";
import { hexPairsOp, listOps, wholeNumbersOp } from "./scan.ts";

const ratioOp = formulaOp(twos.find(({ key }) => key === "x/y") as Formula);

const mostItems = 160;
/** Texts that are read in every way; more of them, which are pieces, only as plain numbers. */
const mostTexts = 12;
const mostPieces = 60;
const longest = 2_000;

const textsOf = (item: Item): string[] =>
  [...item.values, ...item.probes].filter((value): value is string => typeof value === "string");

const fits = (item: Item): boolean =>
  item.values.every((value) => typeof value === "string" && value.length <= longest) &&
  item.probes.every((value) => typeof value !== "string" || value.length <= 100_000);

/** The numbers of a list: each from either end where all examples have it, then all together. */
function fromList(list: Item, noun: string): Item[] {
  const lengths = list.values.map((value) => numbersOf(value).length);
  const shortest = Math.min(...lengths);
  if (shortest === 0) return lengths.some((length) => length > 0) ? applied(foldOps, [list]) : [];
  const varies = new Set([...lengths, ...list.probes.map((value) => numbersOf(value).length)]).size > 1;
  const indexes = Array.from({ length: Math.min(shortest, 6) }, (_, i) => i);
  const ends = varies ? indexes.slice(0, 3).map((i) => -1 - i) : [];
  const picks = [...indexes, ...ends].map((index) => nthOp(index, noun, "number"));
  return [...applied(picks, [list]), ...(shortest > 1 || varies ? applied(foldOps, [list]) : [])];
}

/** Whether it was put together from pieces: numbers in that are of the search's own making. */
const isRearranged = (expr: Expr): boolean =>
  expr.kind === "apply" && (expr.op.traits?.rearranges === true || expr.args.some(isRearranged));

/** All number items of one text. */
function readAll(text: Item): Item[] {
  const seen = textsOf(text);
  const hasDigits = seen.some((value) => /\d/.test(value));
  // How many digits a number has is hardly ever asked.
  const numeric = text.values.every(
    (value) => /^[\d\s.,+-]*$/.test(String(value)) && !/\d[,;]\s*\d.*[,;]/.test(String(value)),
  );
  const hinted = [...amountOps, ...otherNumeralOps, readWordsOp].flatMap(({ hint, op }) =>
    seen.some((t) => hint.test(t)) ? op : [],
  );
  const items = applied([toNumberOp, ...hinted, ...(numeric ? [] : countOps(seen)), ...quantityOps(seen)], [text]);
  if (!hasDigits) return items;
  // Six digits are more often a number than a colour: some text must show a letter.
  const colours = seen.some((value) => /[0-9a-f]{6}/i.test(value) && /[0-9a-f]*[a-f][0-9a-f]*/i.test(value));
  const lists = [...listOps(seen), ...(colours ? [hexPairsOp] : [])];
  for (const op of lists) {
    const list = makeItem(op, [text]);
    if (list) items.push(...fromList(list, op.traits?.noun ?? "number"));
  }
  return items;
}

/** Of items that are equal on all rows, the cheapest; in order of cost. */
export function distinct(items: readonly Item[]): Item[] {
  const best = new Map<string, Item>();
  for (const item of [...items].sort((a, b) => a.cost - b.cost)) {
    const key = `${item.values.join()};${item.probes.join()}`;
    if (!best.has(key)) best.set(key, item);
  }
  return [...best.values()];
}

/** Numbers that stand in the texts of the search, and counts of what does; cheapest first. */
export function readNumbers(scene: Scene): Item[] {
  const items: Item[] = [];
  const texts = scene.texts.filter((text) => fits(text) && !isRearranged(text.expr));
  for (const text of texts.slice(0, mostTexts)) {
    if (scene.deadline.expired()) break;
    items.push(...readAll(text));
  }
  for (const text of texts.slice(mostTexts, mostTexts + mostPieces)) {
    if (scene.deadline.expired()) break;
    items.push(...applied([toNumberOp], [text]));
  }
  items.push(...versions(texts));
  const read = distinct(items.map(judged));
  return distinct([...read, ...together(read).map(judged)]).slice(0, mostItems);
}

/** Two fields like 1.10.2 compared number by number. */
function versions(texts: readonly Item[]): Item[] {
  const dotted = texts.filter(
    ({ expr, values }) => expr.kind === "field" && values.every((value) => /^\D?\d+(?:\.\d+){2,}/.test(String(value))),
  );
  const [first, second] = dotted.map((text) => makeItem(wholeNumbersOp, [text]));
  const item = first && second && makeItem(compareOp, [first, second], -3.4);
  return item ? [item] : [];
}

const fieldsOf = (expr: Expr): number[] =>
  expr.kind === "field" ? [expr.field] : expr.kind === "apply" ? expr.args.flatMap(fieldsOf) : [];

/** The numbers of all fields together, and two whole numbers without their common divisor. */
function together(read: readonly Item[]): Item[] {
  const byField = new Map<number, Item>();
  for (const item of read) {
    const [field] = fieldsOf(item.expr);
    if (field !== undefined && !byField.has(field)) byField.set(field, item);
  }
  const fields = [...byField].sort(([a], [b]) => a - b).map(([, item]) => item);
  const items =
    fields.length > 1 && fields.length <= 12
      ? manyOps.flatMap((op) => makeItem(op, fields, 2.4 - 1.2 * fields.length) ?? [])
      : [];
  const whole = read
    .filter(({ expr, values }) => values.every(Number.isInteger) && expr.kind === "apply" && !isCount(expr.op))
    .slice(0, 4);
  for (const x of whole)
    for (const y of whole) {
      if (x === y) continue;
      const divisor = makeItem(gcdOp, whole.indexOf(x) < whole.indexOf(y) ? [x, y] : [y, x]);
      if (divisor?.values.some((value) => value !== 1)) items.push(...applied([ratioOp], [x, divisor]));
    }
  return items;
}
