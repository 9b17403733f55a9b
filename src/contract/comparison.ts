/** When an output counts as the right one. Pure. */
import { z } from "zod";
import type { JsonValue } from "./wire.ts";

/**
 * How an output is compared with the one that is expected:
 * - `exact`: the same JSON value; the order of an object's keys does not count;
 * - `text`: texts with the same letters and digits in the same order, whatever their case, blanks and kind of quotes;
 * - `number`: numbers, also those written as texts, within `tolerance` of the expected one, as a share of it (of 1 where
 *   it is smaller);
 * - `unordered`: lists with the same elements, however often they are shuffled; other values as `exact`;
 * - `label`: texts without their case and the blanks around them;
 * - `meaning`: texts that say the same. Only a reader can tell: a person, or the model that judges where one may. All else
 *   goes by `text`: the same words are right (`isRight`), and others are not known to be wrong (`rightIfKnown`).
 */
export const comparisons = ["exact", "text", "number", "unordered", "label", "meaning"] as const;
export const Comparison = z.enum(comparisons);
export type Comparison = z.infer<typeof Comparison>;

export const defaultTolerance = 1e-9;

/**
 * Whether `actual` counts as `expected`; within objects and lists each part is compared in the same way. By `meaning`
 * only the same words do.
 */
export function isRight(
  expected: JsonValue,
  actual: JsonValue,
  comparison: Comparison,
  tolerance = defaultTolerance,
): boolean {
  return isSame(expected, actual, comparison, leafOf(comparison, tolerance));
}

/** As `isRight`; undefined where texts have other words, which may mean the same. */
export function rightIfKnown(expected: JsonValue, actual: JsonValue, comparison: Comparison): boolean | undefined {
  if (isRight(expected, actual, comparison)) return true;
  if (comparison !== "meaning") return false;
  const mayBeSame = (a: Leaf, b: Leaf) => (typeof a === "string" && typeof b === "string") || a === b;
  return isSame(expected, actual, comparison, mayBeSame) ? undefined : false;
}

function isSame(
  expected: JsonValue,
  actual: JsonValue,
  comparison: Comparison,
  sameLeaf: (expected: Leaf, actual: Leaf) => boolean,
): boolean {
  const same = (a: JsonValue, b: JsonValue): boolean => {
    if (Array.isArray(a) || Array.isArray(b)) {
      if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
      return comparison === "unordered" ? sameElements(a, b) : a.every((one, at) => same(one, b[at] as JsonValue));
    }
    if (isObject(a) || isObject(b)) {
      if (!isObject(a) || !isObject(b)) return false;
      const keys = Object.keys(a);
      return (
        keys.length === Object.keys(b).length &&
        keys.every((key) => Object.hasOwn(b, key) && same(a[key] as JsonValue, b[key] as JsonValue))
      );
    }
    return sameLeaf(a, b);
  };
  return same(expected, actual);
}

type Leaf = string | number | boolean | null;

function leafOf(comparison: Comparison, tolerance: number): (expected: Leaf, actual: Leaf) => boolean {
  switch (comparison) {
    case "text":
    case "meaning":
      return (a, b) => (typeof a === "string" && typeof b === "string" ? bare(a) === bare(b) : a === b);
    case "label":
      return (a, b) => (typeof a === "string" && typeof b === "string" ? label(a) === label(b) : a === b);
    case "number":
      return (a, b) => {
        const [expected, actual] = [numberOf(a), numberOf(b)];
        if (expected === null || actual === null) return a === b;
        return Math.abs(expected - actual) <= tolerance * Math.max(1, Math.abs(expected));
      };
    default:
      return (a, b) => a === b;
  }
}

/** Letters, digits and signs that carry meaning, in one case and one form, with one blank between words. */
function bare(text: string): string {
  return label(text.replace(/[\u2018\u2019\u201a\u201b]/g, "'").replace(/[\u201c\u201d\u201e\u201f]/g, '"')).replace(
    /\s+/g,
    " ",
  );
}

function label(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** A number, or a text that is one and nothing else. */
function numberOf(value: Leaf): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two lists have the same elements as often, in any order, also within. */
function sameElements(a: readonly JsonValue[], b: readonly JsonValue[]): boolean {
  const sorted = (list: readonly JsonValue[]): string => list.map(canonicalUnordered).sort().join("\n");
  return sorted(a) === sorted(b);
}

function canonicalUnordered(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalUnordered).sort().join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalUnordered(value[key] as JsonValue)}`);
  return `{${parts.join(",")}}`;
}
