/** Arithmetic as operations: each formula prints as a person would write it, the same in JavaScript and Python. */
import type { Helper, Op } from "../language/expr.ts";

export interface Formula {
  readonly key: string;
  readonly cost: number;
  readonly value: (...numbers: number[]) => number;
  /** The formula over operands that need no parentheses. */
  readonly write: (...operands: string[]) => string;
  /** Where Python has another way. */
  readonly writePy?: (...operands: string[]) => string;
  readonly say: (...operands: string[]) => string;
  /** A call: no parentheses needed around it. */
  readonly call?: true;
  /** A call in JavaScript only. */
  readonly looseInPython?: true;
  /** Swapping its operands changes nothing. */
  readonly symmetric?: true;
  /** May be multiplied or divided by a constant afterwards. */
  readonly scales?: true;
  readonly name?: string;
  readonly helpers?: readonly Helper[];
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

export function formulaOp(formula: Formula): Op {
  const { key, cost, write, writePy = write, value } = formula;
  return {
    key,
    gives: "number",
    cost,
    apply: (...numbers: number[]) => finite(value(...numbers)),
    js: (...operands) => write(...operands.map(({ tight }) => tight)),
    py: (...operands) => writePy(...operands.map(({ tight }) => tight)),
    ...(formula.call ? {} : { loose: formula.looseInPython ? ("py" as const) : (true as const) }),
    say: formula.say,
    ...(formula.helpers === undefined ? {} : { helpers: formula.helpers }),
    ...(formula.name === undefined ? {} : { name: formula.name }),
  };
}

/** Signs in words. */
export const word: Readonly<Record<string, string>> = { "+": "plus", "-": "minus", "*": "times", "/": "divided by" };

/** `x + c`, `x * c` … and with the constant first. */
export function withConstant(sign: "+" | "-" | "*" | "/", constant: number, cost: number, first = false): Formula {
  const apply = (a: number, b: number): number =>
    sign === "+" ? a + b : sign === "-" ? a - b : sign === "*" ? a * b : a / b;
  return {
    key: first ? `${constant}${sign}x` : `x${sign}${constant}`,
    cost,
    value: (x = 0) => (first ? apply(constant, x) : apply(x, constant)),
    write: (x) => (first ? `${constant} ${sign} ${x}` : `${x} ${sign} ${constant}`),
    say: (x) => (first ? `${constant} ${word[sign]} ${x}` : `${x} ${word[sign]} ${constant}`),
  };
}

/** `x * a + b` */
export const affine = (a: number, b: number, cost: number): Formula => ({
  key: `x*${a}+${b}`,
  cost,
  value: (x = 0) => (b < 0 ? x * a - -b : x * a + b),
  write: (x) => (b < 0 ? `${x} * ${a} - ${-b}` : `${x} * ${a} + ${b}`),
  say: (x) => (b < 0 ? `${x} times ${a} minus ${-b}` : `${x} times ${a} plus ${b}`),
});

/** Of one number, without constants to find. */
export const ones: readonly Formula[] = [
  {
    key: "abs",
    cost: 1,
    value: (x = 0) => Math.abs(x),
    write: (x) => `Math.abs(${x})`,
    writePy: (x) => `abs(${x})`,
    say: (x) => `${x} without its sign`,
    call: true,
  },
  { key: "negative", cost: 1.4, value: (x = 0) => -x, write: (x) => `-${x}`, say: (x) => `minus ${x}` },
  { key: "square", cost: 1.8, value: (x = 0) => x * x, write: (x) => `${x} * ${x}`, say: (x) => `${x} squared` },
  {
    key: "root",
    cost: 2.4,
    value: (x = 0) => Math.sqrt(x),
    write: (x) => `Math.sqrt(${x})`,
    writePy: (x) => `${x} ** 0.5`,
    say: (x) => `the square root of ${x}`,
  },
  {
    key: "fahrenheit",
    cost: 2.6,
    value: (x = 0) => (x * 9) / 5 + 32,
    write: (x) => `(${x} * 9) / 5 + 32`,
    say: (x) => `${x} °C in °F`,
  },
  {
    key: "celsius",
    cost: 2.6,
    value: (x = 0) => ((x - 32) * 5) / 9,
    write: (x) => `((${x} - 32) * 5) / 9`,
    say: (x) => `${x} °F in °C`,
  },
  {
    key: "addresses",
    cost: 2.8,
    value: (x = 0) => 2 ** (32 - x),
    write: (x) => `2 ** (32 - ${x})`,
    say: (x) => `two to the power of 32 minus ${x}`,
  },
  {
    key: "twoTo",
    cost: 2.8,
    value: (x = 0) => 2 ** x,
    write: (x) => `2 ** ${x}`,
    say: (x) => `two to the power of ${x}`,
  },
  { key: "cube", cost: 3, value: (x = 0) => x * x * x, write: (x) => `${x} * ${x} * ${x}`, say: (x) => `${x} cubed` },
];
