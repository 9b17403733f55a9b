/** Operations that write a number in other numerals: hexadecimal, binary, roman; or as so many characters. */
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { callOp, helper } from "./call.ts";

const counts = (number: number): boolean => Number.isInteger(number) && number >= 0 && number < 1e15;

const baseHelper = helper(
  "inBase",
  [
    "function inBase(number, base) {",
    '  if (!Number.isInteger(number) || number < 0 || number >= 1e15) throw new TypeError("expected a whole number");',
    "  return number.toString(base);",
    "}",
  ],
  [
    "def in_base(number, base):",
    "    if number != int(number) or not 0 <= number < 1e15:",
    '        raise TypeError("expected a whole number")',
    '    return format(int(number), {2: "b", 8: "o", 16: "x"}[base])',
  ],
);

/** Whole number to its digits in base 2, 8 or 16, in small letters. */
export const baseOp = (base: 2 | 8 | 16): Op =>
  callOp(baseHelper, {
    gives: "text",
    cost: base === 16 ? 1.8 : 2.6,
    extra: [base],
    apply: (x: number) => (counts(x) ? x.toString(base) : undefined),
    say: (x) => `${x} in base ${base}`,
  });

/** Text in capitals. */
export const upperOp: Op = {
  key: "upperDigits",
  gives: "text",
  cost: 0.6,
  apply: (text: string) => text.toUpperCase(),
  js: (text) => `${text.tight}.toUpperCase()`,
  py: (text) => `${text.tight}.upper()`,
  say: (text) => `${text} in capitals`,
};

/** Text with its first letter in capitals; words of digits are plain letters. */
export const capitalOp: Op = {
  key: "capitalWord",
  gives: "text",
  cost: 0.6,
  apply: (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
  js: (text) => `${text.tight}.replace(/^./, (letter) => letter.toUpperCase())`,
  py: (text) => `${text.tight}.capitalize()`,
  say: (text) => `${text}, capitalized`,
};

const numerals: readonly (readonly [string, number])[] = [
  ["M", 1000],
  ["CM", 900],
  ["D", 500],
  ["CD", 400],
  ["C", 100],
  ["XC", 90],
  ["L", 50],
  ["XL", 40],
  ["X", 10],
  ["IX", 9],
  ["V", 5],
  ["IV", 4],
  ["I", 1],
];

function roman(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 1 || number > 3999) return undefined;
  let [rest, text] = [number, ""];
  for (const [numeral, value] of numerals) for (; rest >= value; rest -= value) text += numeral;
  return text;
}

const romanHelper = helper(
  "roman",
  [
    "function roman(number) {",
    '  if (!Number.isInteger(number) || number < 1 || number > 3999) throw new TypeError("expected a whole number from 1 to 3999");',
    "  const values = { M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 };",
    '  let [rest, text] = [number, ""];',
    "  for (const [numeral, value] of Object.entries(values)) {",
    "    for (; rest >= value; rest -= value) text += numeral;",
    "  }",
    "  return text;",
    "}",
  ],
  [
    "def roman(number):",
    "    if number != int(number) or not 1 <= number <= 3999:",
    '        raise TypeError("expected a whole number from 1 to 3999")',
    '    values = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}',
    '    rest, text = int(number), ""',
    "    for numeral, value in values.items():",
    "        text += numeral * (rest // value)",
    "        rest %= value",
    "    return text",
  ],
);

/** Whole number to a roman numeral. */
export const romanOp: Op = callOp(romanHelper, {
  gives: "text",
  cost: 1.8,
  apply: roman,
  say: (x) => `${x} as a roman number`,
});

const mostRepeats = 10_000;

const repeatHelper = helper(
  "repeated",
  [
    "function repeated(text, count) {",
    `  if (!Number.isInteger(count) || count < 0 || count > ${mostRepeats}) throw new TypeError("expected a count");`,
    "  return text.repeat(count);",
    "}",
  ],
  [
    "def repeated(text, count):",
    `    if count != int(count) or not 0 <= count <= ${mostRepeats}:`,
    '        raise TypeError("expected a count")',
    "    return text * int(count)",
  ],
);

/** Whole number to a text repeated so many times. */
export const repeatOp = (text: string): Op => ({
  key: `repeat${text}`,
  gives: "text",
  cost: 1.6,
  apply: (count: number) => (counts(count) && count <= mostRepeats ? text.repeat(count) : undefined),
  js: (count) => `repeated(${quote(text)}, ${count.bare})`,
  py: (count) => `repeated(${pyQuote(text)}, ${count.bare})`,
  say: (count) => `as many ${quote(text)} as ${count}`,
  helpers: [repeatHelper],
});
