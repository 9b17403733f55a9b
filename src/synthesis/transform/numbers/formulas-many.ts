/** Formulas of three and more numbers, and those that share a common divisor. */
import type { Op } from "../language/expr.ts";
import { callOp, helper } from "./call.ts";
import type { Formula } from "./formulas.ts";

const three = (
  key: string,
  cost: number,
  value: (x: number, y: number, z: number) => number,
  write: (x: string, y: string, z: string) => string,
  flags: { symmetric?: true; scales?: true } = {},
): Formula => ({
  key,
  cost,
  value: (x = 0, y = 0, z = 0) => value(x, y, z),
  write: (x = "", y = "", z = "") => write(x, y, z),
  say: (x = "", y = "", z = "") => write(`(${x})`, `(${y})`, `(${z})`),
  ...flags,
});

/** Of three numbers. */
export const threes: readonly Formula[] = [
  three(
    "x+y+z",
    1.8,
    (x, y, z) => x + y + z,
    (x, y, z) => `${x} + ${y} + ${z}`,
    { symmetric: true, scales: true },
  ),
  three(
    "mean3",
    2,
    (x, y, z) => (x + y + z) / 3,
    (x, y, z) => `(${x} + ${y} + ${z}) / 3`,
    { symmetric: true },
  ),
  three(
    "x*y*z",
    1.8,
    (x, y, z) => x * y * z,
    (x, y, z) => `${x} * ${y} * ${z}`,
    { symmetric: true, scales: true },
  ),
  three(
    "x-y-z",
    2,
    (x, y, z) => x - y - z,
    (x, y, z) => `${x} - ${y} - ${z}`,
    { scales: true },
  ),
  three(
    "x+y-z",
    2.2,
    (x, y, z) => x + y - z,
    (x, y, z) => `${x} + ${y} - ${z}`,
  ),
  three(
    "x*y+z",
    2.2,
    (x, y, z) => x * y + z,
    (x, y, z) => `${x} * ${y} + ${z}`,
  ),
  three(
    "x*y-z",
    2.2,
    (x, y, z) => x * y - z,
    (x, y, z) => `${x} * ${y} - ${z}`,
  ),
  three(
    "x*y/z",
    2.2,
    (x, y, z) => (x * y) / z,
    (x, y, z) => `(${x} * ${y}) / ${z}`,
    { scales: true },
  ),
  three(
    "x/y/z",
    2.4,
    (x, y, z) => x / y / z,
    (x, y, z) => `${x} / ${y} / ${z}`,
  ),
  three(
    "(x+y)*z",
    2.2,
    (x, y, z) => (x + y) * z,
    (x, y, z) => `(${x} + ${y}) * ${z}`,
  ),
  three(
    "(x-y)*z",
    2.2,
    (x, y, z) => (x - y) * z,
    (x, y, z) => `(${x} - ${y}) * ${z}`,
  ),
  three(
    "(x+y)/z",
    2.2,
    (x, y, z) => (x + y) / z,
    (x, y, z) => `(${x} + ${y}) / ${z}`,
    { scales: true },
  ),
  three(
    "(x-y)/z",
    2.2,
    (x, y, z) => (x - y) / z,
    (x, y, z) => `(${x} - ${y}) / ${z}`,
    { scales: true },
  ),
  three(
    "x*y%",
    2.6,
    (x, y, z) => x * y * (1 - z / 100),
    (x, y, z) => `${x} * ${y} * (1 - ${z} / 100)`,
  ),
  three(
    "x*y+%",
    2.6,
    (x, y, z) => x * y * (1 + z / 100),
    (x, y, z) => `${x} * ${y} * (1 + ${z} / 100)`,
  ),
  three(
    "clock",
    2,
    (x, y, z) => x * 3600 + y * 60 + z,
    (x, y, z) => `${x} * 3600 + ${y} * 60 + ${z}`,
    { scales: true },
  ),
  three(
    "degrees",
    2,
    (x, y, z) => x + y / 60 + z / 3600,
    (x, y, z) => `${x} + ${y} / 60 + ${z} / 3600`,
  ),
];

const gcd = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x || 1;
};

const gcdHelper = helper(
  "greatestDivisor",
  [
    "function greatestDivisor(a, b) {",
    '  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) throw new TypeError("expected whole numbers");',
    "  return b === 0 ? Math.abs(a) || 1 : greatestDivisor(b, a % b);",
    "}",
  ],
  [
    "import math",
    "def greatest_divisor(a, b):",
    "    if a != int(a) or b != int(b) or max(abs(a), abs(b)) >= 2**53:",
    '        raise TypeError("expected whole numbers")',
    "    return math.gcd(int(a), int(b)) or 1",
  ],
);

/** Of two whole numbers: their greatest common divisor. */
export const gcdOp: Op = callOp(gcdHelper, {
  gives: "number",
  cost: 1.4,
  apply: (a: number, b: number) => (Number.isSafeInteger(a) && Number.isSafeInteger(b) ? gcd(a, b) : undefined),
  say: (a, b) => `the greatest common divisor of ${a} and ${b}`,
  name: "divisor",
});

const many = (
  key: string,
  cost: number,
  value: (numbers: readonly number[]) => number,
  js: (list: string, count: number) => string,
  py: (list: string, count: number) => string,
  loose: boolean,
): Op => ({
  key,
  gives: "number",
  cost,
  apply: (...numbers: number[]) => value(numbers),
  js: (...operands) => js(operands.map(({ tight }) => tight).join("\u0001"), operands.length),
  py: (...operands) => py(operands.map(({ tight }) => tight).join("\u0001"), operands.length),
  ...(loose ? { loose: true as const } : {}),
  say: (...all) => `the ${key} of ${all.slice(0, -1).join(", ")} and ${all.at(-1)}`,
});

const split = (list: string, by: string): string => list.split("\u0001").join(by);
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number);

/** Of the numbers of all fields: one idea, however many they are. */
export const manyOps: readonly Op[] = [
  many(
    "sum",
    1.4,
    total,
    (l) => split(l, " + "),
    (l) => split(l, " + "),
    true,
  ),
  many(
    "mean",
    1.8,
    (n) => total(n) / n.length,
    (l, n) => `(${split(l, " + ")}) / ${n}`,
    (l, n) => `(${split(l, " + ")}) / ${n}`,
    true,
  ),
  many(
    "largest",
    1.4,
    (n) => Math.max(...n),
    (l) => `Math.max(${split(l, ", ")})`,
    (l) => `max(${split(l, ", ")})`,
    false,
  ),
  many(
    "smallest",
    1.4,
    (n) => Math.min(...n),
    (l) => `Math.min(${split(l, ", ")})`,
    (l) => `min(${split(l, ", ")})`,
    false,
  ),
  many(
    "product",
    1.8,
    (n) => n.reduce((p, x) => p * x),
    (l) => split(l, " * "),
    (l) => split(l, " * "),
    true,
  ),
];
