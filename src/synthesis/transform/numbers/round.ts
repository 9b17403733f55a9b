/** Decimal rounding: what a person gets who rounds the number as written, not its binary neighbour. */
import type { Op } from "../language/expr.ts";
import { callOp, helper } from "./call.ts";

/** Above this, doubles have no digits left for cents. */
export const largest = 1e15;

/**
 * The number at fourteen significant digits: what arithmetic on decimals leaves as binary noise is gone (0.1 + 0.2,
 * 1.005 * 100), what people write is not.
 */
export const tidy = (number: number): number => Number(number.toPrecision(14));

const tidyHelper = helper(
  "tidy",
  [
    "/** Without the noise that decimals get in binary: 0.1 + 0.2 is 0.3. */",
    "function tidy(number) {",
    '  if (!Number.isFinite(number)) throw new TypeError("expected numbers that give a number");',
    "  return Number(number.toPrecision(14));",
    "}",
  ],
  [
    "import math",
    "def tidy(number):",
    '    """Without the noise that decimals get in binary: 0.1 + 0.2 is 0.3."""',
    "    if not math.isfinite(number):",
    '        raise TypeError("expected numbers that give a number")',
    '    return float(f"{number:.14g}")',
  ],
);

export function fixed(number: number, digits: number): string | undefined {
  if (!(Math.abs(number) < largest)) return undefined;
  const shifted = Math.round(tidy(Math.abs(number) * 10 ** digits));
  const text = (shifted / 10 ** digits).toFixed(digits);
  return number < 0 && shifted > 0 ? `-${text}` : text;
}

export const fixedHelper = helper(
  "fixed",
  [
    "/** With so many decimals, halves rounded up as in decimal arithmetic. */",
    "function fixed(number, digits) {",
    '  if (!(Math.abs(number) < 1e15)) throw new TypeError("expected numbers of usual size");',
    "  const shifted = Math.round(tidy(Math.abs(number) * 10 ** digits));",
    "  const text = (shifted / 10 ** digits).toFixed(digits);",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source of a program
    "  return number < 0 && shifted > 0 ? `-${text}` : text;",
    "}",
  ],
  [
    "import math",
    "def fixed(number, digits):",
    '    """With so many decimals, halves rounded up as in decimal arithmetic."""',
    "    if not abs(number) < 1e15:",
    '        raise TypeError("expected numbers of usual size")',
    "    shifted = math.floor(tidy(abs(number) * 10**digits) + 0.5)",
    '    text = f"{shifted / 10**digits:.{digits}f}"',
    '    return f"-{text}" if number < 0 and shifted > 0 else text',
  ],
  [tidyHelper],
);

const places = (digits: number): string =>
  digits === 0 ? "a whole number" : `${digits} ${digits === 1 ? "decimal" : "decimals"}`;

/** Number to text with so many decimals. */
export const fixedOp = (digits: number): Op =>
  callOp(fixedHelper, {
    gives: "text",
    cost: digits === 2 ? 0.7 : 0.8,
    extra: [digits],
    apply: (x: number) => fixed(x, digits),
    say: (x) => `${x} with ${places(digits)}`,
  });

export function plain(number: number): string | undefined {
  const size = Math.abs(number);
  return size === 0 || (size >= 1e-6 && size < largest) ? String(tidy(number)) : undefined;
}

export const plainHelper = helper(
  "plain",
  [
    "/** The number as people write it, without an exponent. */",
    "function plain(number) {",
    "  const size = Math.abs(number);",
    '  if (size !== 0 && !(size >= 1e-6 && size < 1e15)) throw new TypeError("expected numbers of usual size");',
    "  return String(tidy(number));",
    "}",
  ],
  [
    "from decimal import Decimal",
    "def plain(number):",
    '    """The number as people write it, without an exponent."""',
    "    if number != 0 and not 1e-6 <= abs(number) < 1e15:",
    '        raise TypeError("expected numbers of usual size")',
    '    return format(Decimal(f"{number + 0:.14g}"), "f")',
  ],
  [tidyHelper],
);

/** Number to text, as many decimals as it has. */
export const plainOp: Op = callOp(plainHelper, {
  gives: "text",
  cost: 0.5,
  apply: (x: number) => plain(x),
  say: (x) => x,
});

/** Number to number: without binary noise. */
export const tidyOp: Op = callOp(tidyHelper, {
  gives: "number",
  cost: 0.2,
  apply: (x: number) => (Number.isFinite(x) ? tidy(x) : undefined),
  say: (x) => x,
});

/** Number to number, halves up. */
export const roundOp = (digits: number): Op => ({
  key: `round(${digits})`,
  gives: "number",
  cost: 0.8,
  apply: (x: number) => {
    const text = fixed(x, digits);
    return text === undefined ? undefined : Number(text);
  },
  js: (x) => `Number(fixed(${x.bare}, ${digits}))`,
  py: (x) => `float(fixed(${x.bare}, ${digits}))`,
  say: (x) => `${x}, rounded to ${places(digits)}`,
  helpers: [fixedHelper],
});

export type Direction = "floor" | "ceil" | "round";

/** Whole numbers down or up. @param clean no binary noise can push it over an edge */
export const wholeOp = (direction: "floor" | "ceil", clean: boolean): Op => ({
  key: `${direction}${clean ? "" : "~"}`,
  gives: "number",
  cost: 1,
  apply: (x: number) => (Math.abs(x) < largest ? Math[direction](clean ? x : tidy(x)) + 0 : undefined),
  js: (x) => `Math.${direction}(${clean ? x.bare : `tidy(${x.bare})`})`,
  py: (x) => {
    const operand = clean ? x.tight : `tidy(${x.bare})`;
    return direction === "floor" ? `${operand} // 1` : `-(-${operand} // 1)`;
  },
  loose: "py",
  say: (x) => `${x}, rounded ${direction === "floor" ? "down" : "up"}`,
  helpers: clean ? [] : [tidyHelper],
});

const stepSource = (name: string, js: string, py: string) =>
  helper(
    name,
    [`function ${name}(number, step) {`, `  return tidy(${js} * step);`, "}"],
    [
      "import math",
      `def ${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}(number, step):`,
      `    return tidy(${py} * step)`,
    ],
    [tidyHelper],
  );

const steps = {
  floor: stepSource("floorTo", "Math.floor(tidy(number / step))", "math.floor(tidy(number / step))"),
  ceil: stepSource("ceilTo", "Math.ceil(tidy(number / step))", "math.ceil(tidy(number / step))"),
  round: stepSource("roundTo", "Math.floor(tidy(number / step) + 0.5)", "math.floor(tidy(number / step) + 0.5)"),
};

const roundings = {
  floor: (x: number) => Math.floor(tidy(x)),
  ceil: (x: number) => Math.ceil(tidy(x)),
  round: (x: number) => Math.floor(tidy(x) + 0.5),
};

/** To a multiple of a step: down, up or to the nearest (halves up). */
export const stepOp = (direction: Direction, step: number): Op =>
  callOp(steps[direction], {
    gives: "number",
    cost: (direction === "round" ? 1.2 : 1.4) + (/^(10*|0\.0*1)$/.test(String(step)) ? 0.3 : 1),
    extra: [step],
    apply: (x: number) => (Math.abs(x) < largest ? tidy(roundings[direction](x / step) * step) + 0 : undefined),
    say: (x) =>
      `${x}, rounded ${{ floor: "down to a", ceil: "up to a", round: "to the nearest" }[direction]} multiple of ${step}`,
  });

function significant(number: number, digits: number): number | undefined {
  if (!(Math.abs(number) < largest)) return undefined;
  const step = 10 ** (Number(number.toExponential(13).split("e")[1]) - digits + 1);
  return tidy(Math.sign(number) * Math.floor(tidy(Math.abs(number) / step) + 0.5) * step) + 0;
}

const significantHelper = helper(
  "significant",
  [
    "/** With so many digits from the first that is not 0. */",
    "function significant(number, digits) {",
    '  if (!(Math.abs(number) < 1e15)) throw new TypeError("expected numbers of usual size");',
    '  const step = 10 ** (Number(number.toExponential(13).split("e")[1]) - digits + 1);',
    "  return tidy(Math.sign(number) * Math.floor(tidy(Math.abs(number) / step) + 0.5) * step);",
    "}",
  ],
  [
    "import math",
    "def significant(number, digits):",
    '    """With so many digits from the first that is not 0."""',
    "    if not abs(number) < 1e15:",
    '        raise TypeError("expected numbers of usual size")',
    '    step = 10.0 ** (int(f"{number:.13e}".split("e")[1]) - digits + 1)',
    "    return tidy(math.copysign(math.floor(tidy(abs(number) / step) + 0.5) * step, number))",
  ],
  [tidyHelper],
);

/** Number to number with so many significant digits. */
export const significantOp = (digits: number): Op =>
  callOp(significantHelper, {
    gives: "number",
    cost: 2.6,
    extra: [digits],
    apply: (x: number) => significant(x, digits),
    say: (x) => `${x} with ${digits} significant digits`,
  });
