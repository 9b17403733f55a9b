/** Sets of characters of a regular expression: how they are written, and which characters are in them. */

/** Code points, both ends included. */
export type Range = readonly [first: number, last: number];

/** A character class: named classes (`digit`, `upper` …) and single characters, all of them or all but them. */
export interface CharSet {
  readonly items: readonly string[];
  readonly negated: boolean;
  readonly ranges: readonly Range[];
}

interface NamedClass {
  readonly js: string;
  /** With re.ASCII, and without it. */
  readonly ascii: string;
  readonly py: string;
  readonly ranges: readonly Range[];
  /** Needs the u flag in JavaScript. */
  readonly unicode?: true;
}

const spaces: readonly Range[] = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const asciiLetters: readonly Range[] = [
  [65, 90],
  [97, 122],
];
export const lastCodePoint = 0x10ffff;
/** Letters beyond ASCII: for questions of overlap, every other character counts as one. */
const beyond: Range = [0xaa, lastCodePoint];

const named: Readonly<Record<string, NamedClass>> = {
  digit: { js: "\\d", ascii: "\\d", py: "0-9", ranges: [[48, 57]] },
  upper: { js: "A-Z", ascii: "A-Z", py: "A-Z", ranges: [[65, 90]] },
  lower: { js: "a-z", ascii: "a-z", py: "a-z", ranges: [[97, 122]] },
  word: { js: "\\w", ascii: "\\w", py: "A-Za-z0-9_", ranges: [[48, 57], ...asciiLetters, [95, 95]] },
  space: { js: "\\s", ascii: "\\s", py: "\\s", ranges: spaces },
  hangul: { js: "가-힣", ascii: "가-힣", py: "가-힣", ranges: [[0xac00, 0xd7a3]] },
  letter: { js: "\\p{L}", ascii: "", py: "", ranges: [...asciiLetters, beyond], unicode: true },
  alnum: { js: "\\p{L}\\p{N}", ascii: "", py: "", ranges: [[48, 57], ...asciiLetters, beyond], unicode: true },
  uword: {
    js: "\\p{L}\\p{N}_",
    ascii: "",
    py: "\\w",
    ranges: [[48, 57], ...asciiLetters, [95, 95], beyond],
    unicode: true,
  },
};

const merged = (ranges: readonly Range[]): Range[] => {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const result: Range[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range[0] <= last[1] + 1) result[result.length - 1] = [last[0], Math.max(last[1], range[1])];
    else result.push(range);
  }
  return result;
};

const complement = (ranges: readonly Range[]): Range[] => {
  const result: Range[] = [];
  let next = 0;
  for (const [first, last] of merged(ranges)) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCodePoint) result.push([next, lastCodePoint]);
  return result;
};

export const union = (...sets: (readonly Range[])[]): Range[] => merged(sets.flat());

export function overlap(a: readonly Range[], b: readonly Range[]): boolean {
  return a.some(([first, last]) => b.some((other) => first <= other[1] && other[0] <= last));
}

export const isSubset = (a: readonly Range[], b: readonly Range[]): boolean => !overlap(a, complement(b));

/** The characters of a text, each as a range of its own. */
export const rangesOf = (text: string): Range[] =>
  Array.from(text, (c): Range => [c.codePointAt(0) ?? 0, c.codePointAt(0) ?? 0]);

/** A set of named classes and single characters; `negated`: all but these. */
export function charset(items: readonly string[], negated = false): CharSet {
  const unique = [...new Set(items)];
  const ranges = merged(unique.flatMap((item) => named[item]?.ranges ?? rangesOf(item)));
  return { items: unique, negated, ranges: negated ? complement(ranges) : ranges };
}

export const wordRanges = charset(["word"]).ranges;
const lineEnds = ["\n", "\r", "\u2028", "\u2029"];
/** Every character but line ends: `.` in JavaScript. */
export const anyInLine = charset(lineEnds, true);
/** Every character. */
export const anything: CharSet = { items: ["space", "nonspace"], negated: false, ranges: [[0, lastCodePoint]] };

/** Whether JavaScript needs the u flag for it. */
export const needsUnicode = (set: CharSet): boolean =>
  set.items.some((item) => named[item]?.unicode || (!named[item] && item !== "nonspace" && item.length > 1));

/** Whether it means the same with re.ASCII as in JavaScript. */
export const isAscii = (set: CharSet): boolean => !needsUnicode(set) && !set.items.includes("space");

export type Dialect = "js" | "ascii" | "py";

const odd: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\v": "\\v" };

/** A character that would hide, break a line or not survive, as an escape. */
export function visible(character: string): string {
  const known = odd[character];
  if (known) return known;
  if (!/^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u205f\u3000]$/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? character : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Letters that follow each other in the alphabet, three or more, as a range. */
function joinRuns(items: readonly string[], item: string): string[] {
  const [a = "", b = ""] = items.slice(-2);
  const next = (from: string, to: string): boolean =>
    /^[A-Za-z]{2}$/.test(from + to) && to.charCodeAt(0) === from.charCodeAt(0) + 1;
  if (/^[a-zA-Z]-[a-zA-Z]$/.test(b) && next(b.charAt(2), item))
    return [...items.slice(0, -1), `${b.charAt(0)}-${item}`];
  return next(a, b) && next(b, item) ? [...items.slice(0, -2), `${a}-${item}`] : [...items, item];
}

/** How a set is written: `\d`, `[A-Z\d-]`, `[^"]`. */
export function printSet(set: CharSet, dialect: Dialect): string {
  if (set.items.includes("nonspace")) return "[\\s\\S]";
  if (set.negated && set.items.length === 4 && lineEnds.every((c) => set.items.includes(c)))
    return dialect === "js" ? "." : "[^\\n\\r\\u2028\\u2029]";
  const [only] = set.items;
  if (set.items.length === 1 && only !== undefined) {
    if (only === "space") return set.negated ? "\\S" : "\\s";
    if (dialect !== "js" && only === "letter" && !set.negated) return "[^\\W\\d_]";
    if (dialect !== "js" && only === "alnum" && !set.negated) return "[^\\W_]";
    if (["digit", "word"].includes(only) && !set.negated && dialect !== "py") return named[only]?.js ?? "";
    if (only === "letter" && !set.negated) return "\\p{L}";
  }
  const rank = (item: string): number =>
    item === "-" ? 9 : item === "^" ? 5 : named[item] ? ["upper", "lower", "digit"].indexOf(item) : 3;
  const inside = [...set.items]
    .sort((a, b) => rank(a) - rank(b))
    .reduce(joinRuns, [])
    .map((item, i) => {
      const known = named[item];
      if (known) return known[dialect];
      if (/^[a-zA-Z]-[a-zA-Z]$/.test(item)) return item;
      if (item === "\\" || item === "]" || (item === "^" && i === 0)) return `\\${item}`;
      // Python warns of a nested set.
      return item === "[" && dialect !== "js" ? "\\[" : visible(item);
    })
    .join("");
  return `[${set.negated ? "^" : ""}${inside}]`;
}
