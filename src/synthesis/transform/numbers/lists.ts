/** Operations on lists of numbers: one of them, or all together. */
import { ordinal } from "../../javascript.ts";
import type { Helper, Op, Value } from "../language/expr.ts";
import { callOp, helper, numbersOf } from "./call.ts";

const nthHelper = helper(
  "nth",
  [
    "function nth(list, index) {",
    "  const value = list.at(index);",
    '  if (value === undefined) throw new TypeError("expected more numbers in the text");',
    "  return value;",
    "}",
  ],
  [
    "def nth(list, index):",
    "    if not -len(list) <= index < len(list):",
    '        raise TypeError("expected more numbers in the text")',
    "    return list[index]",
  ],
);

const firstCosts = [0.2, 0.5, 0.8, 1.1, 1.4, 1.7];

/** List to one of its elements, counted from 0, or from -1 at the end. */
export const nthOp = (index: number, noun: string, gives: "number" | "text"): Op =>
  callOp(nthHelper, {
    gives,
    cost: index < 0 ? (firstCosts[-index - 1] ?? 2) + 0.3 : (firstCosts[index] ?? 2),
    extra: [index],
    apply: (list: readonly string[]) => list.at(index),
    say: (list) => list.replace(/^the \S+( \S+)*? in /, `the ${ordinal(index)} ${noun} in `),
    name: "number",
  });

interface Fold {
  readonly key: string;
  readonly cost: number;
  readonly value: (numbers: readonly number[]) => number;
  /** Written in place; the others need a function, as an empty list has no such number. */
  readonly js?: (list: string) => string;
  readonly py?: (list: string) => string;
  readonly helper?: Helper;
  readonly say: string;
}

const ofSome = (name: string, js: string, py: string): Helper =>
  helper(
    name,
    [
      `function ${name}(numbers) {`,
      '  if (numbers.length === 0) throw new TypeError("expected numbers in the text");',
      `  return ${js};`,
      "}",
    ],
    [
      `def ${name}(numbers):`,
      "    if not numbers:",
      '        raise TypeError("expected numbers in the text")',
      `    return ${py}`,
    ],
  );

const total = (all: readonly number[]): number => all.reduce((sum, number) => sum + number, 0);

const folds: readonly Fold[] = [
  {
    key: "sum",
    cost: 1,
    value: total,
    js: (list) => `${list}.reduce((sum, number) => sum + number, 0)`,
    py: (list) => `sum(${list})`,
    say: "the sum of",
  },
  {
    key: "largest",
    cost: 1.2,
    value: (all) => Math.max(...all),
    helper: ofSome("largest", "Math.max(...numbers)", "max(numbers)"),
    say: "the largest of",
  },
  {
    key: "smallest",
    cost: 1.2,
    value: (all) => Math.min(...all),
    helper: ofSome("smallest", "Math.min(...numbers)", "min(numbers)"),
    say: "the smallest of",
  },
  {
    key: "mean",
    cost: 1.4,
    value: (all) => total(all) / all.length,
    helper: ofSome(
      "mean",
      "numbers.reduce((sum, number) => sum + number, 0) / numbers.length",
      "sum(numbers) / len(numbers)",
    ),
    say: "the mean of",
  },
  {
    key: "median",
    cost: 2.2,
    value: (all) => {
      const sorted = [...all].sort((a, b) => a - b);
      const half = Math.floor(sorted.length / 2);
      const upper = sorted[half] ?? Number.NaN;
      return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
    },
    helper: helper(
      "median",
      [
        "function median(numbers) {",
        '  if (numbers.length === 0) throw new TypeError("expected numbers in the text");',
        "  const sorted = numbers.toSorted((a, b) => a - b);",
        "  const half = Math.floor(sorted.length / 2);",
        "  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;",
        "}",
      ],
      [
        "def median(numbers):",
        "    if not numbers:",
        '        raise TypeError("expected numbers in the text")',
        "    ordered = sorted(numbers)",
        "    half = len(ordered) // 2",
        "    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2",
      ],
    ),
    say: "the median of",
  },
  {
    key: "count",
    cost: 1.2,
    value: (all) => all.length,
    js: (list) => `${list}.length`,
    py: (list) => `len(${list})`,
    say: "how many are",
  },
];

const enough = 10_000;

/** List of numbers to one number: sum, largest … Of none there is a sum, but no mean. */
export const foldOps: readonly Op[] = folds.map((fold) => ({
  key: fold.key,
  gives: "number",
  cost: fold.cost,
  apply: (list: Value): Value | undefined => {
    const numbers = numbersOf(list);
    const value = numbers.length > enough ? Number.NaN : fold.value(numbers);
    return Number.isFinite(value) ? value : undefined;
  },
  js: (list) => fold.js?.(list.tight) ?? `${fold.key}(${list.bare})`,
  py: (list) => fold.py?.(list.bare) ?? `${fold.key}(${list.bare})`,
  ...(fold.helper ? { helpers: [fold.helper] } : {}),
  say: (list) => `${fold.say} ${list}`,
  name: fold.key,
}));

const compareHelper = helper(
  "compareNumbers",
  [
    "/** Below 0 where the first list comes before the second, number by number; what is missing counts as 0. */",
    "function compareNumbers(some, others) {",
    "  for (let i = 0; i < Math.max(some.length, others.length); i++) {",
    "    const difference = (some[i] ?? 0) - (others[i] ?? 0);",
    "    if (difference !== 0) return Math.sign(difference);",
    "  }",
    "  return 0;",
    "}",
  ],
  [
    "def compare_numbers(some, others):",
    '    """Below 0 where the first list comes before the second, number by number; what is missing counts as 0."""',
    "    length = max(len(some), len(others))",
    "    one = some + [0] * (length - len(some))",
    "    other = others + [0] * (length - len(others))",
    "    return (one > other) - (one < other)",
  ],
);

/** Two lists of numbers to -1, 0 or 1, as versions are compared. */
export const compareOp: Op = callOp(compareHelper, {
  gives: "number",
  cost: 0.6,
  apply: (some: readonly number[], others: readonly number[]) => {
    for (let i = 0; i < Math.max(some.length, others.length); i++) {
      const difference = (some[i] ?? 0) - (others[i] ?? 0);
      if (difference !== 0) return Math.sign(difference);
    }
    return 0;
  },
  say: (some, others) => `how ${some} compare with ${others}`,
  name: "order",
});
