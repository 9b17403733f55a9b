/** Operations that read a number in other numerals: roman, fractions, with an exponent, hexadecimal, binary, octal. */
import type { Op } from "../language/expr.ts";
import { callOp, helper } from "./call.ts";
import type { Hinted } from "./numerals.ts";

const finite = (number: number): number | undefined => (Number.isFinite(number) ? number : undefined);

const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };

function readRoman(text: string): number | undefined {
  const match = text.toUpperCase().match(/\b(?=[IVXLCDM])M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b/);
  if (!match) return undefined;
  const digits = [...match[0]].map((letter) => values[letter] ?? 0);
  return digits.reduce((sum, digit, i) => (digit < (digits[i + 1] ?? 0) ? sum - digit : sum + digit), 0);
}

const romanPattern = "\\b(?=[IVXLCDM])M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\\b";
const romanHelper = helper(
  "readRoman",
  [
    "function readRoman(text) {",
    `  const found = text.toUpperCase().match(/${romanPattern}/);`,
    '  if (!found) throw new TypeError("expected a roman number like XIV");',
    "  const values = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };",
    "  const digits = [...found[0]].map((letter) => values[letter]);",
    "  return digits.reduce((sum, digit, i) => (digit < digits[i + 1] ? sum - digit : sum + digit), 0);",
    "}",
  ],
  [
    "import re",
    "def read_roman(text):",
    `    found = re.search(r"${romanPattern}", text.upper(), re.ASCII)`,
    "    if not found:",
    '        raise TypeError("expected a roman number like XIV")',
    '    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}',
    "    digits = [values[letter] for letter in found[0]]",
    "    return sum(-digit if digit < max(digits[i:]) else digit for i, digit in enumerate(digits))",
  ],
);

const fractionPattern = "^\\s*(-?)(?:(\\d+)(?![\\d/]))?\\s*(?:(\\d+)\\/(\\d+))?";
const fractionHelper = helper(
  "readFraction",
  [
    "/** 1.5 for 1 1/2. */",
    "function readFraction(text) {",
    `  const found = text.match(/${fractionPattern}/);`,
    "  const [, sign, whole, part, parts] = found ?? [];",
    '  if (!whole && !(part && Number(parts))) throw new TypeError("expected a number like 1 1/2");',
    "  const size = Number(whole ?? 0) + (part ? Number(part) / Number(parts) : 0);",
    '  return sign === "-" ? -size : size;',
    "}",
  ],
  [
    "import re",
    "def read_fraction(text):",
    '    """1.5 for 1 1/2."""',
    `    found = re.match(r"${fractionPattern.replace("\\/", "/")}", text, re.ASCII)`,
    "    sign, whole, part, parts = found.groups()",
    "    if not whole and not (part and int(parts)):",
    '        raise TypeError("expected a number like 1 1/2")',
    "    size = int(whole or 0) + (int(part) / int(parts) if part else 0)",
    '    return -size if sign == "-" else size',
  ],
);

function readFraction(text: string): number | undefined {
  const [, sign, whole, part, parts] = text.match(new RegExp(fractionPattern)) ?? [];
  if (!whole && !(part && Number(parts))) return undefined;
  const size = Number(whole ?? 0) + (part ? Number(part) / Number(parts) : 0);
  return finite(sign === "-" ? -size : size);
}

const scientific = /^\s*[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?\s*$/;
const scientificHelper = helper(
  "readScientific",
  [
    "function readScientific(text) {",
    `  if (!${scientific}.test(text)) throw new TypeError("expected a number like 1.2e3");`,
    "  return Number(text);",
    "}",
  ],
  [
    "import re",
    "def read_scientific(text):",
    `    if not re.match(r"${scientific.source.replace("$", "\\Z")}", text, re.ASCII):`,
    '        raise TypeError("expected a number like 1.2e3")',
    "    return float(text)",
  ],
);

/** Digits of a base, behind 0x, 0b, 0o or #. */
function baseOp(base: number, name: string, digits: string, example: string, cost: number): Op {
  const pattern = `^(?:0[xbo]|#)?([${digits}]{1,12})$`;
  const js = `${name}`;
  const source = helper(
    js,
    [
      `function ${name}(text) {`,
      `  const [, digits] = text.trim().match(/${pattern}/i) ?? [];`,
      `  if (digits === undefined) throw new TypeError("expected a number like ${example}");`,
      `  return parseInt(digits, ${base});`,
      "}",
    ],
    [
      "import re",
      `def ${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}(text):`,
      `    found = re.match(r"${pattern.replace("$", "\\Z")}", text.strip(), re.IGNORECASE | re.ASCII)`,
      "    if not found:",
      `        raise TypeError("expected a number like ${example}")`,
      `    return int(found[1], ${base})`,
    ],
  );
  return callOp(source, {
    gives: "number",
    cost,
    apply: (text: string) => {
      const match = text.trim().match(new RegExp(pattern, "i"));
      return match ? Number.parseInt(match[1] ?? "", base) : undefined;
    },
    say: (text) => `${text} read with base ${base}`,
    name: "number",
  });
}

/** Text to the one number it writes, in ways that are less common. */
export const otherNumeralOps: readonly Hinted[] = [
  {
    hint: /^[IVXLCDM]+$|\b[IVXLCDM]+\b/i,
    op: callOp(romanHelper, {
      gives: "number",
      cost: 3,
      apply: readRoman,
      say: (text) => `the roman number in ${text}`,
      name: "number",
    }),
  },
  {
    hint: /\d\/\d/,
    op: callOp(fractionHelper, {
      gives: "number",
      cost: 3,
      apply: readFraction,
      say: (text) => `the fraction ${text}`,
      name: "number",
    }),
  },
  {
    hint: /\d[eE][-+]?\d/,
    op: callOp(scientificHelper, {
      gives: "number",
      cost: 1.4,
      apply: (text: string) => (scientific.test(text) ? finite(Number(text)) : undefined),
      say: (text) => `the number ${text}`,
      name: "number",
    }),
  },
  { hint: /^\s*(?:0x|#)?[0-9]*[a-f][0-9a-f]*\s*$|0x/i, op: baseOp(16, "readHex", "0-9a-f", "1F", 2.6) },
  { hint: /^\s*(?:0b)?[01]{3,}\s*$/, op: baseOp(2, "readBinary", "01", "1011", 2.4) },
  { hint: /^\s*(?:0o)?[0-7]{3,4}\s*$/, op: baseOp(8, "readOctal", "0-7", "755", 4.5) },
];
