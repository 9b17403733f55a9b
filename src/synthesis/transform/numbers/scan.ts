/** Operations that read the numbers of a text as a list, in the many ways of writing them. */
import type { Helper, Op } from "../language/expr.ts";
import { pyPattern } from "../language/python.ts";
import { callOp, helper } from "./call.ts";

/** Digits and separators that are looked at: longer texts are cut by the search's callers, not by the programs. */
const found = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];

interface Reader {
  readonly name: string;
  readonly about: string;
  readonly pattern: RegExp;
  /** From a match to what the languages read as a number: pairs of what goes and what comes. */
  readonly changes: readonly (readonly [string, string])[];
  readonly cost: number;
  readonly say: string;
  /** Without this in any text, the reader gives nothing of its own. */
  readonly hint?: RegExp;
}

const wholeNumbers: Reader = {
  name: "wholeNumbersIn",
  about: "Numbers without sign and decimals.",
  pattern: /\d+/g,
  changes: [],
  cost: 1.3,
  say: "run of digits",
};

// A minus behind a letter, a digit or a bracket is a dash.
const readers: readonly Reader[] = [
  {
    name: "numbersIn",
    about: "Numbers like -12 and 3.5.",
    pattern: /(?:(?<![\w)])-)?\d+(?:\.\d+)?/g,
    changes: [],
    cost: 1.1,
    say: "number",
  },
  {
    name: "amountsIn",
    about: "Numbers like 1,234.50.",
    pattern: /(?:(?<![\w)])-)?(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d+)(?:\.\d+)?/g,
    changes: [[",", ""]],
    cost: 1.2,
    say: "number",
    hint: /\d,\d/,
  },
  wholeNumbers,
  {
    name: "decimalsIn",
    about: "Numbers like 3.5, without a sign.",
    pattern: /\d+(?:\.\d+)?/g,
    changes: [],
    cost: 1.6,
    say: "unsigned number",
  },
  {
    name: "commaNumbersIn",
    about: "Numbers like 1.234,50.",
    pattern: /(?:(?<![\w)])-)?(?:\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:,\d+)?/g,
    changes: [
      [".", ""],
      [" ", ""],
      ["\u00a0", ""],
      ["\u202f", ""],
      [",", "."],
    ],
    cost: 1.5,
    say: "number",
    hint: /\d[., \u00a0\u202f]\d/,
  },
  {
    name: "swissNumbersIn",
    about: "Numbers like 1'234.50.",
    pattern: /(?:(?<![\w)])-)?(?:\d{1,3}(?:['’]\d{3})+(?!\d)|\d+)(?:\.\d+)?/g,
    changes: [
      ["'", ""],
      ["’", ""],
    ],
    cost: 1.7,
    say: "number",
    hint: /\d['’]\d/,
  },
];

const change = (text: string, changes: Reader["changes"]): number =>
  Number(changes.reduce((rest, [from, to]) => rest.replaceAll(from, to), text));

const quoted = (text: string): string =>
  /[\u0080-\uffff]/.test(text) ? `"\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}"` : JSON.stringify(text);

function readerHelper({ name, about, pattern, changes }: Reader): Helper {
  const js = changes.map(([from, to]) => `.replaceAll(${quoted(from)}, "${to}")`).join("");
  const py = changes.map(([from, to]) => `.replace(${quoted(from)}, "${to}")`).join("");
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const every = js === "" ? "Number" : `(number) => Number(number${js})`;
  return helper(
    name,
    [`/** ${about} */`, `function ${name}(text) {`, `  return (text.match(${pattern}) ?? []).map(${every});`, "}"],
    [
      "import re",
      `def ${snake}(text):`,
      `    """${about}"""`,
      `    return [float(number${py}) for number in re.findall(${pyPattern(pattern)}, text, re.ASCII)]`,
    ],
  );
}

const sources: readonly Helper[] = readers.map(readerHelper);

const readerOp = (reader: Reader, source: Helper, extra: number): Op =>
  callOp(source, {
    gives: "list",
    cost: reader.cost + extra,
    apply: (text: string) => found(text, reader.pattern).map((match) => change(match, reader.changes)),
    say: (text) => `the ${reader.say}s in ${text}`,
    name: "numbers",
    traits: { noun: reader.say },
  });

/** Text to the list of its runs of digits as numbers. */
export const wholeNumbersOp: Op = readerOp(wholeNumbers, readerHelper(wholeNumbers), 0);

/** What a reader that the marks between digits speak against costs more. */
const unlikely = 0.6;

/** Text to the list of its numbers, in each way of writing them; the ways that the texts at hand speak for are cheap. */
export function listOps(texts: readonly string[]): Op[] {
  const some = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  // 1.10.2 is no number with decimals.
  const dotted = texts.every((text) => /\d\.\d+\.\d/.test(text));
  const decimalPoints = some(/\d\.\d{1,2}(?!\d|\.)/) && !some(/\d\.\d+\.\d/);
  const amounts = texts.every((text) => /^[-+]?\d*[.,]?\d*$/.test(text.trim()));
  const decimalCommas = some(/\d,\d{1,2}(?![\d,])/);
  const commaThousands = some(/\d,\d{3}(?!\d)/) && !some(/\d,\d{1,2}(?![\d,])/);
  return readers.flatMap((reader, i) => {
    const source = sources[i];
    if (!source || (reader.hint && !some(reader.hint))) return [];
    if (reader.name === "commaNumbersIn" && decimalPoints && !decimalCommas) return [];
    const wholes = reader.name === wholeNumbers.name;
    const cuts = wholes && (decimalPoints || decimalCommas) ? (amounts ? 2 : 0.8) : !wholes && dotted ? 1 : 0;
    const against = !commaThousands ? 0 : reader.pattern.source.includes(",") ? -unlikely : unlikely;
    return readerOp(reader, source, cuts + against);
  });
}

const pairsHelper = helper(
  "hexPairsIn",
  [
    "/** 255, 136, 0 for #ff8800. */",
    "function hexPairsIn(text) {",
    "  return (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16));",
    "}",
  ],
  [
    "import re",
    "def hex_pairs_in(text):",
    '    """255, 136, 0 for #ff8800."""',
    '    return [int(pair, 16) for pair in re.findall(r"[0-9a-fA-F]{2}", text)]',
  ],
);

/** Text to the list of its pairs of hexadecimal digits. */
export const hexPairsOp: Op = callOp(pairsHelper, {
  gives: "list",
  cost: 2.6,
  apply: (text: string) => found(text, /[0-9a-f]{2}/gi).map((pair) => Number.parseInt(pair, 16)),
  say: (text) => `the hexadecimal pairs in ${text}`,
  name: "bytes",
  traits: { noun: "pair" },
});

const digitRunsHelper = helper(
  "digitRuns",
  ["function digitRuns(text) {", "  return text.match(/\\d+/g) ?? [];", "}"],
  ["import re", "def digit_runs(text):", '    return re.findall(r"[0-9]+", text)'],
);

/** Text to the list of its runs of digits, as they are written. */
export const digitRunsOp: Op = callOp(digitRunsHelper, {
  gives: "list",
  cost: 1.3,
  apply: (text: string) => found(text, /\d+/g),
  say: (text) => `the runs of digits in ${text}`,
  name: "digits",
  traits: { noun: "run of digits" },
});
