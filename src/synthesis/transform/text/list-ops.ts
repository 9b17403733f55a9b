/** Operations that cut a text into a list, and those that take or join its elements. */
import { ordinal, quote } from "../../javascript.ts";
import type { Code, Helper, Op } from "../language/expr.ts";
import { pyPattern, pyQuote } from "../language/python.ts";
import { textOp } from "./define.ts";

/** Cuts text into a list. */
export interface Lister {
  readonly op: Op;
  readonly cut: (text: string) => readonly string[];
  /** Its JavaScript may give null: `text.match(…)`. */
  readonly nullable: boolean;
  /** What an element is called: "word", "number", "part". */
  readonly noun: string;
  /** What the elements stood between, where that was a fixed text. */
  readonly delimiter?: string;
}

const rememberedTexts = 60;
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

interface ListerSource {
  readonly cost: number;
  readonly cut: Lister["cut"];
  readonly js: (r: string) => string;
  readonly py: (r: string) => string;
  readonly noun: string;
  readonly nullable?: boolean;
  readonly delimiter?: string;
  readonly where?: string;
}

function lister({ cost, cut, js, py, noun, nullable = false, delimiter, where = "" }: ListerSource): Lister {
  const quick = remembered(cut);
  const op: Op = {
    ...{ key: js("@"), gives: "list", cost, name: `${(noun.match(/[a-z]+/i) ?? ["part"])[0]}s` },
    apply: (text: string) => quick(text),
    js: (text) => js((text as Code).tight),
    py: (text) => py((text as Code).tight),
    say: (what) => `the ${plural(noun)} of ${what}${where}`,
    traits: { noun, ...(delimiter === undefined ? {} : { delimiter }) },
  };
  return { op, cut: quick, nullable, noun, ...(delimiter === undefined ? {} : { delimiter }) };
}

/** What several elements are called. */
export const plural = (noun: string): string => (noun.startsWith("run ") ? noun.replace("run", "runs") : `${noun}s`);

/** Cuts at a fixed text. */
export function splitter(delimiter: string, cost: number): Lister {
  return lister({
    cost,
    cut: (text) => text.split(delimiter),
    js: (r) => `${r}.split(${quote(delimiter)})`,
    py: (r) => `${r}.split(${pyQuote(delimiter)})`,
    noun: delimiter === " " ? "word" : delimiter === "\n" ? "line" : "part",
    delimiter,
    where: delimiter === " " || delimiter === "\n" ? "" : ` (cut at ${quote(delimiter)})`,
  });
}

/** Cuts at a mark and the spaces around it, however many. */
export function spacedSplitter(mark: string, cost: number): Lister {
  const pattern = new RegExp(`${/[|.+*?()]/.test(mark) ? `\\${mark}` : mark}\\s*`);
  return lister({
    cost,
    cut: (text) => text.split(pattern),
    js: (r) => `${r}.split(${pattern})`,
    py: (r) => `re.split(${pyPattern(pattern)}, ${r})`,
    noun: "part",
    delimiter: `${mark} `,
    where: ` (cut at ${quote(mark)})`,
  });
}

export const blankKey = "@.trim().split(/\\s+/)";

/** Words, whatever blanks are between and around them. */
const blankSplitter = (): Lister =>
  lister({
    cost: 1.5,
    cut: (text) => text.trim().split(/\s+/),
    js: (r) => `${r}.trim().split(/\\s+/)`,
    py: (r) => `re.split(r"\\s+", ${r}.strip())`,
    noun: "word",
    delimiter: " ",
  });

function matcher(pattern: RegExp, noun: string, cost: number): Lister {
  return lister({
    ...{ cost, noun, nullable: true },
    cut: (text) => text.match(pattern) ?? [],
    js: (r) => `${r}.match(${pattern})`,
    py: (r) => `re.findall(${pyPattern(pattern)}, ${r})`,
  });
}

/** Groups of so many characters. */
export function chunks(length: number, cost: number): Lister {
  return matcher(new RegExp(`.{1,${length}}`, "gs"), `${length}-character group`, cost);
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
    matcher(/\d[\d.]*(?:,\d+)?/g, "amount with comma", 2.9),
    matcher(/\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/g, "date", 2.3),
    matcher(/\d{1,2}:\d{2}/g, "clock time", 2.3),
    matcher(/(?<!\d)\d+(?:\.\d+)+/g, "dotted number", 2.4),
    matcher(/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "e-mail address", 2.4),
    matcher(/(?<![A-Z])[A-Z]+-\d+/g, "key", 2.4),
    unicode ? matcher(/#[\p{L}\p{N}_]+/gu, "tag", 2.2) : matcher(/#\w+/g, "tag", 2.2),
    matcher(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "IP address", 2),
    matcher(/https?:\/\/[^\s"'<>]+/g, "link", 2.2),
    matcher(/(?:0|[1-9])\d{3,}/g, "long number", 3),
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
        matcher(/[A-Z]{2,}/g, "word in capitals", 2.6),
      ];
}

export const elementAtHelper: Helper = {
  name: "elementAt",
  js: "",
  py: 'def element_at(items, index):\n    return items[index] if -len(items) <= index < len(items) else ""',
};

/** The element at `index`, from the end where it is negative; empty text where there is none. */
export function picked(list: Lister, index: number): Op {
  const { nullable, noun, delimiter, op } = list;
  const far = index < 0 ? -index - 1 : index;
  // `split` always gives at least one element, so its first and last need no fallback.
  const sure = !nullable && (index === 0 || index === -1);
  const access = index < 0 ? `.at(${index})` : `[${index}]`;
  const optional = nullable ? (index < 0 ? `?${access}` : `?.${access}`) : access;
  const where = delimiter === undefined || noun === "word" || noun === "line" ? "" : ` (cut at ${quote(delimiter)})`;
  return {
    key: `at ${index} ${op.key}`,
    gives: "text",
    cost:
      Math.min(far, 3) * (nullable ? 0.8 : 0.5) +
      Math.max(far - 3, 0) * 0.2 +
      (index === -1 ? 0.1 : index < 0 ? 0.3 : 0),
    apply: (parts: readonly string[]) => parts.at(index) ?? "",
    js: (parts) => `${parts?.tight}${optional}${sure ? "" : ' ?? ""'}`,
    py: (parts) => (sure ? `${parts?.tight}[${index}]` : `element_at(${parts?.bare}, ${index})`),
    ...(sure ? {} : { loose: "js" as const, helpers: [elementAtHelper] }),
    say: (parts) =>
      `the ${ordinal(index)} ${noun} of ${parts.replace(/^the \S+(?: of (?:letters|letters and digits|capitals|small letters|\d+))? of /, "").replace(/ \(cut at .*\)$/, "")}${where}`,
    traits: { pick: index, noun, at: (other) => picked(list, other) },
  };
}

/** One element, counted from either end. */
export function picks(list: Lister, depth: number): Op[] {
  const ops: Op[] = [];
  for (let index = 0; index < depth; index++) ops.push(picked(list, index));
  for (let index = -1; index >= -depth; index--) ops.push(picked(list, index));
  return ops;
}

/** The first word that contains, or starts with, a fixed text: `@name`, `#tag`, an address. */
export function finders(mark: string, cost: number): Op[] {
  const kinds = [
    ["includes", (word: string) => word.includes(mark), "contains", `${pyQuote(mark)} in word`],
    ["startsWith", (word: string) => word.startsWith(mark), "starts with", `word.startswith(${pyQuote(mark)})`],
    ["endsWith", (word: string) => word.endsWith(mark), "ends with", `word.endswith(${pyQuote(mark)})`],
  ] as const;
  return kinds.map(([name, test, verb, py]) =>
    textOp({
      cost: cost + 1.4,
      apply: (text) => text.split(/\s+/).find(test) ?? "",
      js: (r) => `${r}.split(/\\s+/).find((word) => word.${name}(${quote(mark)})) ?? ""`,
      py: (r) => `next((word for word in re.split(r"\\s+", ${r}) if ${py}), "")`,
      loose: "js",
      say: (what) => `the first word of ${what} that ${verb} ${quote(mark)}`,
    }),
  );
}

/** JavaScript of a list that is never null. */
export const listJs = ({ nullable }: Lister, list: Code | undefined): string =>
  nullable ? `(${list?.bare} ?? [])` : (list?.tight ?? "");
