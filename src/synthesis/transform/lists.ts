/** Steps that cut text into a list, at a delimiter or by matching a kind of token, and take one element. */
import { ordinal, quote } from "../javascript.ts";
import type { Lister, Step } from "./step.ts";

const rememberedTexts = 40;
const rememberedLength = 2_000;

/** A search cuts the same few texts again and again: the last lists are kept. */
function remembered(cut: Lister["cut"]): Lister["cut"] {
  const known = new Map<string, readonly string[]>();
  return (text) => {
    if (text.length > rememberedLength) return cut(text);
    const list = known.get(text) ?? cut(text);
    if (known.size >= rememberedTexts) known.clear();
    known.set(text, list);
    return list;
  };
}

/** Cuts at a fixed text. */
export function splitter(delimiter: string, cost: number): Lister {
  const spaces = delimiter === " ";
  return {
    key: `split ${delimiter}`,
    cost,
    cut: remembered((text) => text.split(delimiter)),
    js: (r) => `${r}.split(${quote(delimiter)})`,
    nullable: false,
    noun: spaces ? "word" : delimiter === "\n" ? "line" : "part",
    where: spaces || delimiter === "\n" ? "" : ` at ${quote(delimiter)}`,
    delimiter,
  };
}

/** Cuts at a mark and the spaces after it, however many. */
export function spacedSplitter(mark: string, cost: number): Lister {
  const pattern = new RegExp(`${mark === "|" ? "\\|" : mark}\\s*`);
  return {
    ...splitter(mark, cost),
    key: `split ${pattern}`,
    cut: remembered((text) => text.split(pattern)),
    js: (r) => `${r}.split(${pattern})`,
    delimiter: `${mark} `,
  };
}

export const blankKey = "split blanks";

/** Words, whatever blanks are between and around them. */
const blankSplitter = (): Lister => ({
  key: blankKey,
  cost: 1.5,
  cut: remembered((text) => text.trim().split(/\s+/)),
  js: (r) => `${r}.trim().split(/\\s+/)`,
  nullable: false,
  noun: "word",
  where: "",
  delimiter: " ",
});

function matcher(pattern: RegExp, noun: string, cost: number): Lister {
  return {
    key: `match ${pattern}`,
    cost,
    cut: remembered((text) => text.match(pattern) ?? []),
    js: (r) => `${r}.match(${pattern})`,
    nullable: true,
    noun,
    where: "",
  };
}

/**
 * Kinds of token. Every pattern runs in linear time on any text (no unbounded repeat that a failed match starts over).
 * @param unicode whether letters beyond A–Z occur in the data
 */
export function matchers(unicode: boolean): Lister[] {
  const always = [
    blankSplitter(),
    matcher(/\S+/g, "word", 2.4),
    matcher(/\d+/g, "number", 1.7),
    matcher(/-?\d+(?:\.\d+)?/g, "decimal number", 2.3),
    matcher(/\d[\d,]*(?:\.\d+)?/g, "amount", 2.5),
    matcher(/\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/g, "date", 2.3),
    matcher(/\d{1,2}:\d{2}/g, "clock time", 2.3),
  ];
  return unicode
    ? [
        ...always,
        matcher(/\p{L}+/gu, "run of letters", 2.7),
        matcher(/[\p{L}\d]+/gu, "run of letters and digits", 2.7),
        matcher(/\p{Lu}\p{Ll}+/gu, "capitalized word", 2.3),
        matcher(/\p{Lu}+/gu, "run of capitals", 2.7),
        matcher(/\p{Lu}/gu, "capital letter", 3.4),
        matcher(/\p{Ll}+/gu, "run of small letters", 2.5),
      ]
    : [
        ...always,
        matcher(/[A-Za-z]+/g, "run of letters", 2.7),
        matcher(/[A-Za-z0-9]+/g, "run of letters and digits", 2.7),
        matcher(/[A-Z][a-z]+/g, "capitalized word", 2.3),
        matcher(/[A-Z]+/g, "run of capitals", 2.7),
        matcher(/[A-Z]/g, "capital letter", 3.4),
        matcher(/[a-z]+/g, "run of small letters", 2.5),
      ];
}

/** What several elements are called. */
export function plural({ noun }: Lister): string {
  return noun.startsWith("run ") ? noun.replace("run", "runs") : `${noun}s`;
}

/** The element at `index`, from the end where it is negative; empty text where there is none. */
export function picked(lister: Lister, index: number): Step {
  const far = index < 0 ? -index - 1 : index;
  // `split` always gives at least one element, so its first and last need no fallback.
  const sure = !lister.nullable && (index === 0 || index === -1);
  const access = index < 0 ? `.at(${index})` : `[${index}]`;
  const optional = lister.nullable ? (index < 0 ? `?${access}` : `?.${access}`) : access;
  return {
    cost:
      lister.cost +
      (Math.min(far, 3) * (lister.nullable ? 0.8 : 0.5) + Math.max(far - 3, 0) * 0.2) +
      (index === -1 ? 0.1 : index < 0 ? 0.3 : 0),
    apply: (text) => lister.cut(text).at(index) ?? "",
    js: (r) => `${lister.js(r)}${optional}${sure ? "" : ' ?? ""'}`,
    loose: !sure,
    say: (what) => `the ${ordinal(index)} ${lister.noun} of ${what}${lister.where && ` (cut${lister.where})`}`,
    pick: { lister, index },
  };
}

/** One element, counted from either end. */
export function picks(lister: Lister, depth: number): Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < depth; index++) steps.push(picked(lister, index));
  for (let index = -1; index >= -depth; index--) steps.push(picked(lister, index));
  return steps;
}

export const listJs =
  (lister: Lister) =>
  (receiver: string): string =>
    lister.nullable ? `(${lister.js(receiver)} ?? [])` : lister.js(receiver);

/** The first word that contains, or starts with, a fixed text: `@name`, `#tag`, an address. */
export function finders(mark: string, cost: number): Step[] {
  const kinds = [
    ["includes", (word: string) => word.includes(mark), "contains"],
    ["startsWith", (word: string) => word.startsWith(mark), "starts with"],
  ] as const;
  return kinds.map(([name, test, verb]) => ({
    cost: cost + 1.4,
    apply: (text) => text.split(/\s+/).find(test) ?? "",
    js: (r) => `${r}.split(/\\s+/).find((word) => word.${name}(${quote(mark)})) ?? ""`,
    loose: true,
    say: (what) => `the first word of ${what} that ${verb} ${quote(mark)}`,
  }));
}
