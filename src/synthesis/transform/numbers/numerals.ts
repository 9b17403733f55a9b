/** Operations that read one number out of a text: plain, accounting, with either decimal mark. */
import type { Op } from "../language/expr.ts";
import { callOp, helper } from "./call.ts";

const finite = (number: number): number | undefined => (Number.isFinite(number) ? number : undefined);

const strict = /^ *[-+]?(?:\d+\.?\d*|\.\d+) *$/;

const toNumberHelper = helper(
  "toNumber",
  [
    "function toNumber(text) {",
    '  if (!/^ *[-+]?(?:\\d+\\.?\\d*|\\.\\d+) *$/.test(text)) throw new TypeError("expected a number like 12 or 3.5");',
    "  return Number(text);",
    "}",
  ],
  [
    "import re",
    "def to_number(text):",
    '    if not re.fullmatch(r" *[-+]?(?:\\d+\\.?\\d*|\\.\\d+) *", text, re.ASCII):',
    '        raise TypeError("expected a number like 12 or 3.5")',
    "    return float(text)",
  ],
);

/** The text is a number and nothing else. */
export const toNumberOp: Op = callOp(toNumberHelper, {
  gives: "number",
  cost: 0.7,
  apply: (text: string) => (strict.test(text) ? finite(Number(text)) : undefined),
  say: (text) => `the number ${text}`,
  name: "number",
});

const amountHelper = helper(
  "readAmount",
  [
    "/** 1250 for 1,250.00; -75.1 for (75.10) and -$75.10. */",
    "function readAmount(text) {",
    "  const found = text.match(/\\d[\\d,]*(?:\\.\\d+)?/);",
    '  if (!found) throw new TypeError("expected an amount like 1,250.00 or (75.10)");',
    '  const amount = Number(found[0].replaceAll(",", ""));',
    "  return /^[^\\w]*[-\\u2212(]/.test(text) || /\\d ?-$/.test(text) ? -amount : amount;",
    "}",
  ],
  [
    "import re",
    "def read_amount(text):",
    '    """1250 for 1,250.00; -75.1 for (75.10) and -$75.10."""',
    '    found = re.search(r"\\d[\\d,]*(?:\\.\\d+)?", text, re.ASCII)',
    "    if not found:",
    '        raise TypeError("expected an amount like 1,250.00 or (75.10)")',
    '    amount = float(found[0].replace(",", ""))',
    '    negative = re.match(r"[^\\w]*[-\\u2212(]", text, re.ASCII) or re.search(r"\\d ?-\\Z", text, re.ASCII)',
    "    return -amount if negative else amount",
  ],
);

function readAmount(text: string): number | undefined {
  const match = text.match(/\d[\d,]*(?:\.\d+)?/);
  if (!match) return undefined;
  const amount = Number(match[0].replaceAll(",", ""));
  return /^[^\w]*[-\u2212(]/.test(text) || /\d ?-$/.test(text) ? -amount : amount;
}

const decimalHelper = helper(
  "readDecimal",
  [
    "/** 1250.5 for 1,250.5 and for 1.250,5: the last mark is the decimal one, unless it stands before thousands. */",
    "function readDecimal(text) {",
    "  const found = text.match(/-?\\d[\\d.,]*/);",
    '  if (!found) throw new TypeError("expected a number like 1,250.5 or 1.250,5");',
    '  const number = found[0].replace(/[.,]$/, "");',
    '  const [point, comma] = [number.lastIndexOf("."), number.lastIndexOf(",")];',
    "  const marks = number.match(/[.,]/g) ?? [];",
    "  const thousands = marks.length > 1 && marks.every((mark) => mark === marks[0]);",
    '  if (thousands) return Number(number.replace(/[.,]/g, ""));',
    "  if (comma > point && (point >= 0 || number.length - comma !== 4)) {",
    '    return Number(number.replaceAll(".", "").replace(",", "."));',
    "  }",
    '  return Number(number.replaceAll(",", ""));',
    "}",
  ],
  [
    "import re",
    "def read_decimal(text):",
    '    """1250.5 for 1,250.5 and for 1.250,5: the last mark is the decimal one, unless it stands before thousands."""',
    '    found = re.search(r"-?\\d[\\d.,]*", text, re.ASCII)',
    "    if not found:",
    '        raise TypeError("expected a number like 1,250.5 or 1.250,5")',
    '    number = re.sub(r"[.,]\\Z", "", found[0])',
    '    point, comma = number.rfind("."), number.rfind(",")',
    '    marks = re.findall(r"[.,]", number)',
    "    if len(marks) > 1 and len(set(marks)) == 1:",
    '        return float(re.sub(r"[.,]", "", number))',
    "    if comma > point and (point >= 0 or len(number) - comma != 4):",
    '        return float(number.replace(".", "").replace(",", ".", 1))',
    '    return float(number.replace(",", ""))',
  ],
);

function readDecimal(text: string): number | undefined {
  const match = text.match(/-?\d[\d.,]*/);
  if (!match) return undefined;
  const number = match[0].replace(/[.,]$/, "");
  const [point, comma] = [number.lastIndexOf("."), number.lastIndexOf(",")];
  const marks = number.match(/[.,]/g) ?? [];
  if (marks.length > 1 && marks.every((mark) => mark === marks[0])) return finite(Number(number.replace(/[.,]/g, "")));
  if (comma > point && (point >= 0 || number.length - comma !== 4))
    return finite(Number(number.replaceAll(".", "").replace(",", ".")));
  return finite(Number(number.replaceAll(",", "")));
}

/** An operation for texts like these only: elsewhere it gives nothing, or by chance. */
export interface Hinted {
  readonly hint: RegExp;
  readonly op: Op;
}

/** Text to the one amount it holds. */
export const amountOps: readonly Hinted[] = [
  {
    hint: /\d[^\d]*-$|[-\u2212(]/,
    op: callOp(amountHelper, {
      gives: "number",
      cost: 1.8,
      apply: readAmount,
      say: (text) => `the amount in ${text}`,
      name: "amount",
    }),
  },
  {
    hint: /\d,\d/,
    op: callOp(decimalHelper, {
      gives: "number",
      cost: 2.2,
      apply: readDecimal,
      say: (text) => `the number in ${text}`,
      name: "number",
    }),
  },
];
