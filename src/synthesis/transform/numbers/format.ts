/** Operations that write a number: thousands separators, padding, signs, ordinals, abbreviations, other numerals. */
import type { Op } from "../language/expr.ts";
import { callOp, helper } from "./call.ts";
import { fixed, fixedHelper, plain, plainHelper } from "./round.ts";

const groupHelper = helper(
  "groupThousands",
  [
    "/** 1,234.5 for 1234.5, with these marks. */",
    "function groupThousands(text, separator, point) {",
    '  const [whole, ...decimals] = text.split(".");',
    "  return [whole.replace(/\\B(?=(\\d{3})+$)/g, separator), ...decimals].join(point);",
    "}",
  ],
  [
    "import re",
    "def group_thousands(text, separator, point):",
    '    """1,234.5 for 1234.5, with these marks."""',
    '    whole, *decimals = text.split(".")',
    '    return point.join([re.sub(r"\\B(?=(\\d{3})+\\Z)", separator, whole), *decimals])',
  ],
);

function group(text: string, separator: string, point: string): string {
  const [whole = "", ...decimals] = text.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, separator), ...decimals].join(point);
}

/** Text of a number to the same with thousands separators. */
export const groupOp = (separator: string, point: string): Op =>
  callOp(groupHelper, {
    gives: "text",
    cost: separator === "," || separator === "." ? 0.8 : 1.4,
    extra: [separator, point],
    apply: (text: string) => group(text, separator, point),
    say: (text) => `${text}, with thousands separators`,
  });

const indianHelper = helper(
  "groupIndian",
  [
    "/** 12,34,567 for 1234567. */",
    "function groupIndian(text) {",
    '  const [whole, ...decimals] = text.split(".");',
    '  return [whole.replace(/\\B(?=(\\d{2})*\\d{3}$)/g, ","), ...decimals].join(".");',
    "}",
  ],
  [
    "import re",
    "def group_indian(text):",
    '    """12,34,567 for 1234567."""',
    '    whole, *decimals = text.split(".")',
    '    return ".".join([re.sub(r"\\B(?=(\\d{2})*\\d{3}\\Z)", ",", whole), *decimals])',
  ],
);

/** Text of a number to the same in Indian grouping. */
export const indianOp: Op = callOp(indianHelper, {
  gives: "text",
  cost: 1.6,
  apply: (text: string) => {
    const [whole = "", ...decimals] = text.split(".");
    return [whole.replace(/\B(?=(\d{2})*\d{3}$)/g, ","), ...decimals].join(".");
  },
  say: (text) => `${text}, grouped the Indian way`,
});

/** Text of a number to the same with a decimal comma. */
export const commaOp: Op = {
  key: "decimalComma",
  gives: "text",
  cost: 0.8,
  apply: (text: string) => text.replace(".", ","),
  js: (text) => `${text.tight}.replace(".", ",")`,
  py: (text) => `${text.tight}.replace(".", ",")`,
  say: (text) => `${text}, with a decimal comma`,
};

/** Text to the same, filled with zeros in front to a width. */
export const padOp = (width: number): Op => ({
  key: `pad${width}`,
  gives: "text",
  cost: width === 2 ? 0.7 : 0.9,
  apply: (text: string) => text.padStart(width, "0"),
  js: (text) => `${text.tight}.padStart(${width}, "0")`,
  py: (text) => `${text.tight}.rjust(${width}, "0")`,
  say: (text) => `${text}, padded with zeros to ${width} digits`,
});

/** Text to the same, filled with zeros to the length of another text. */
export const padLikeOp: Op = {
  key: "padLike",
  gives: "text",
  cost: 1,
  apply: (text: string, like: string) => text.padStart(like.length, "0"),
  js: (text, like) => `${text.tight}.padStart(${like.tight}.length, "0")`,
  py: (text, like) => `${text.tight}.rjust(len(${like.bare}), "0")`,
  say: (text, like) => `${text}, padded with zeros to the length of ${like}`,
};

const signHelper = helper(
  "withSign",
  [
    "/** A plus in front of what is more than nothing. */",
    "function withSign(text) {",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source of a program
    "  return /^[\\d.,]*[1-9]/.test(text) ? `+${text}` : text;",
    "}",
  ],
  [
    "import re",
    "def with_sign(text):",
    '    """A plus in front of what is more than nothing."""',
    '    return f"+{text}" if re.match(r"[\\d.,]*[1-9]", text, re.ASCII) else text',
  ],
);

/** Text of a number to the same with its sign, also where it is a plus. */
export const signOp: Op = callOp(signHelper, {
  gives: "text",
  cost: 1,
  apply: (text: string) => (/^[\d.,]*[1-9]/.test(text) ? `+${text}` : text),
  say: (text) => `${text}, with its sign`,
});

const bracketHelper = helper(
  "inBrackets",
  [
    "/** (75.10) for -75.10. */",
    "function inBrackets(text) {",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source of a program
    '  return text.startsWith("-") ? `(${text.slice(1)})` : text;',
    "}",
  ],
  [
    "def in_brackets(text):",
    '    """(75.10) for -75.10."""',
    '    return f"({text[1:]})" if text.startswith("-") else text',
  ],
);

/** Text of a number to the same, in brackets instead of a minus. */
export const bracketOp: Op = callOp(bracketHelper, {
  gives: "text",
  cost: 1.6,
  apply: (text: string) => (text.startsWith("-") ? `(${text.slice(1)})` : text),
  say: (text) => `${text}, in brackets where it is negative`,
});

const endings = ["th", "st", "nd", "rd"];

function ordinal(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 0 || number >= 1e15) return undefined;
  const teen = number % 100 > 10 && number % 100 < 14;
  return `${number}${teen ? "th" : (endings[number % 10] ?? "th")}`;
}

const ordinalHelper = helper(
  "ordinal",
  [
    "/** 1st, 2nd, 3rd, 11th. */",
    "function ordinal(number) {",
    '  if (!Number.isInteger(number) || number < 0 || number >= 1e15) throw new TypeError("expected a whole number");',
    "  const teen = number % 100 > 10 && number % 100 < 14;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source of a program
    '  return `${number}${(!teen && ["th", "st", "nd", "rd"][number % 10]) || "th"}`;',
    "}",
  ],
  [
    "def ordinal(number):",
    '    """1st, 2nd, 3rd, 11th."""',
    "    if number != int(number) or not 0 <= number < 1e15:",
    '        raise TypeError("expected a whole number")',
    "    number = int(number)",
    '    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")',
    '    return f"{number}{ending}"',
  ],
);

/** Number to its English ordinal. */
export const ordinalOp: Op = callOp(ordinalHelper, {
  gives: "text",
  cost: 1,
  apply: ordinal,
  say: (x) => `${x} as an ordinal`,
});

/** How an abbreviated number ends below and from each power of the base on. */
export interface Scale {
  readonly base: number;
  readonly units: readonly string[];
}

function abbreviate(number: number, digits: number, base: number, units: readonly string[]): string | undefined {
  let [rest, power] = [number, 0];
  for (; Math.abs(rest) >= base && power < units.length - 1; power++) rest /= base;
  const text = power === 0 || digits < 0 ? plain(rest) : fixed(rest, digits);
  return text === undefined ? undefined : text + units[power];
}

const abbreviateHelper = helper(
  "abbreviate",
  [
    "/** 1.2K for 1234: from the base on with so many decimals and the next unit. */",
    "function abbreviate(number, digits, base, units) {",
    "  let [rest, power] = [number, 0];",
    "  for (; Math.abs(rest) >= base && power < units.length - 1; power++) rest /= base;",
    "  return (power === 0 || digits < 0 ? plain(rest) : fixed(rest, digits)) + units[power];",
    "}",
  ],
  [
    "def abbreviate(number, digits, base, units):",
    '    """1.2K for 1234: from the base on with so many decimals and the next unit."""',
    "    rest, power = number, 0",
    "    while abs(rest) >= base and power < len(units) - 1:",
    "        rest, power = rest / base, power + 1",
    "    return (plain(rest) if power == 0 or digits < 0 else fixed(rest, digits)) + units[power]",
  ],
  [plainHelper, fixedHelper],
);

/** Number to a short text with a unit; digits -1 for as many decimals as there are. */
export const abbreviateOp = (digits: number, { base, units }: Scale): Op =>
  callOp(abbreviateHelper, {
    gives: "text",
    cost: 2.2,
    extra: [digits, base, units],
    apply: (x: number) => abbreviate(x, digits, base, units),
    say: (x) => `${x}, abbreviated`,
  });
