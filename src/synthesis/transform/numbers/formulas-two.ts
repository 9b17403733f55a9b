/** Formulas of two numbers. */
import { helper } from "./call.ts";
import { type Formula, word } from "./formulas.ts";

/** What division leaves, the same in both languages also below 0. */
const restHelper = helper(
  "rest",
  ["function rest(number, divisor) {", "  return number - Math.floor(number / divisor) * divisor;", "}"],
  ["import math", "def rest(number, divisor):", "    return number - math.floor(number / divisor) * divisor"],
);

const mixed = (base: number, cost: number): Formula => ({
  key: `x*${base}+y`,
  cost,
  value: (x = 0, y = 0) => x * base + y,
  write: (x, y) => `${x} * ${base} + ${y}`,
  say: (x, y) => `${base} times ${x} plus ${y}`,
  scales: true,
});

const binary = (sign: "+" | "-" | "*" | "/", cost: number, value: (x: number, y: number) => number): Formula => ({
  key: `x${sign}y`,
  cost,
  value: (x = 0, y = 0) => value(x, y),
  write: (x, y) => `${x} ${sign} ${y}`,
  say: (x, y) => `${x} ${word[sign]} ${y}`,
  scales: true,
  ...(sign === "+" || sign === "*" ? { symmetric: true as const } : {}),
});

/** Of two numbers. */
export const twos: readonly Formula[] = [
  binary("+", 1.2, (x, y) => x + y),
  binary("-", 1.2, (x, y) => x - y),
  binary("*", 1.2, (x, y) => x * y),
  binary("/", 1.3, (x, y) => x / y),
  {
    key: "larger",
    cost: 2.2,
    value: (x = 0, y = 0) => Math.max(x, y),
    write: (x, y) => `Math.max(${x}, ${y})`,
    writePy: (x, y) => `max(${x}, ${y})`,
    say: (x, y) => `the larger of ${x} and ${y}`,
    call: true,
    symmetric: true,
  },
  {
    key: "rest",
    cost: 1.6,
    value: (x = 0, y = 0) => x - Math.floor(x / y) * y,
    write: (x, y) => `rest(${x}, ${y})`,
    say: (x, y) => `the rest of ${x} by ${y}`,
    call: true,
    helpers: [restHelper],
  },
  {
    key: "smaller",
    cost: 2.2,
    value: (x = 0, y = 0) => Math.min(x, y),
    write: (x, y) => `Math.min(${x}, ${y})`,
    writePy: (x, y) => `min(${x}, ${y})`,
    say: (x, y) => `the smaller of ${x} and ${y}`,
    call: true,
    symmetric: true,
  },
  {
    key: "distance",
    cost: 1.6,
    value: (x = 0, y = 0) => Math.abs(x - y),
    write: (x, y) => `Math.abs(${x} - ${y})`,
    writePy: (x, y) => `abs(${x} - ${y})`,
    say: (x, y) => `the difference of ${x} and ${y}`,
    call: true,
    symmetric: true,
    scales: true,
  },
  {
    key: "middle",
    cost: 1.6,
    value: (x = 0, y = 0) => (x + y) / 2,
    write: (x, y) => `(${x} + ${y}) / 2`,
    say: (x, y) => `the mean of ${x} and ${y}`,
    symmetric: true,
  },
  {
    key: "percent",
    cost: 1.7,
    value: (x = 0, y = 0) => (x / y) * 100,
    write: (x, y) => `(${x} / ${y}) * 100`,
    say: (x, y) => `${x} in percent of ${y}`,
  },
  {
    key: "change",
    cost: 2,
    value: (x = 0, y = 0) => ((y - x) / x) * 100,
    write: (x, y) => `((${y} - ${x}) / ${x}) * 100`,
    say: (x, y) => `the change from ${x} to ${y} in percent`,
  },
  {
    key: "remaining",
    cost: 2,
    value: (x = 0, y = 0) => ((y - x) / y) * 100,
    write: (x, y) => `((${y} - ${x}) / ${y}) * 100`,
    say: (x, y) => `what ${x} leaves of ${y} in percent`,
  },
  {
    key: "share",
    cost: 1.9,
    value: (x = 0, y = 0) => (x * y) / 100,
    write: (x, y) => `(${x} * ${y}) / 100`,
    say: (x, y) => `${y} percent of ${x}`,
    symmetric: true,
  },
  {
    key: "less",
    cost: 2,
    value: (x = 0, y = 0) => x * (1 - y / 100),
    write: (x, y) => `${x} * (1 - ${y} / 100)`,
    say: (x, y) => `${x} less ${y} percent`,
  },
  {
    key: "more",
    cost: 2,
    value: (x = 0, y = 0) => x * (1 + y / 100),
    write: (x, y) => `${x} * (1 + ${y} / 100)`,
    say: (x, y) => `${x} plus ${y} percent`,
  },
  {
    key: "net",
    cost: 2.4,
    value: (x = 0, y = 0) => x / (1 + y / 100),
    write: (x, y) => `${x} / (1 + ${y} / 100)`,
    say: (x, y) => `${x} without the ${y} percent on top`,
  },
  {
    key: "x/y²",
    cost: 2.2,
    value: (x = 0, y = 0) => x / y ** 2,
    write: (x, y) => `${x} / ${y} ** 2`,
    say: (x, y) => `${x} divided by the square of ${y}`,
    scales: true,
  },
  {
    key: "x^y",
    cost: 2.6,
    value: (x = 0, y = 0) => x ** y,
    write: (x, y) => `${x} ** ${y}`,
    say: (x, y) => `${x} to the power of ${y}`,
  },
  {
    key: "hypotenuse",
    cost: 3,
    value: (x = 0, y = 0) => Math.sqrt(x * x + y * y),
    write: (x, y) => `Math.sqrt(${x} * ${x} + ${y} * ${y})`,
    writePy: (x, y) => `(${x} * ${x} + ${y} * ${y}) ** 0.5`,
    say: (x, y) => `the hypotenuse of ${x} and ${y}`,
    symmetric: true,
  },
  mixed(60, 1.8),
  mixed(100, 2),
  mixed(12, 2),
];
