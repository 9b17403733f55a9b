/** Steps that cut text into a list (at a delimiter, or by matching a kind of token) and take or rearrange elements. */
import { ordinal, quote } from "../javascript.ts";
import type { Lister, Step } from "./step.ts";

/** Cuts at a fixed text. */
export function splitter(delimiter: string, cost: number): Lister {
  const spaces = delimiter === " ";
  return {
    key: `split ${delimiter}`,
    cost,
    cut: (text) => text.split(delimiter),
    js: (r) => `${r}.split(${quote(delimiter)})`,
    nullable: false,
    noun: spaces ? "word" : delimiter === "\n" ? "line" : "part",
    where: spaces || delimiter === "\n" ? "" : ` at ${quote(delimiter)}`,
    delimiter,
  };
}

function matcher(pattern: RegExp, noun: string, cost: number): Lister {
  return {
    key: `match ${pattern}`,
    cost,
    cut: (text) => text.match(pattern) ?? [],
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
    matcher(/\S+/g, "word", 1.9),
    matcher(/\d+/g, "number", 1.7),
    matcher(/-?\d+(?:\.\d+)?/g, "decimal number", 2.3),
    matcher(/\d[\d,]*(?:\.\d+)?/g, "amount", 2.5),
    matcher(/\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/g, "date", 2.3),
    matcher(/\d{1,2}:\d{2}/g, "time", 2.3),
  ];
  return unicode
    ? [
        ...always,
        matcher(/\p{L}+/gu, "run of letters", 2.7),
        matcher(/[\p{L}\d]+/gu, "run of letters and digits", 2.7),
        matcher(/\p{Lu}\p{Ll}+/gu, "capitalized word", 2.3),
        matcher(/\p{Lu}+/gu, "run of capitals", 2.4),
        matcher(/\p{Lu}/gu, "capital letter", 2.4),
        matcher(/\p{Ll}+/gu, "run of small letters", 2.5),
      ]
    : [
        ...always,
        matcher(/[A-Za-z]+/g, "run of letters", 2.7),
        matcher(/[A-Za-z0-9]+/g, "run of letters and digits", 2.7),
        matcher(/[A-Z][a-z]+/g, "capitalized word", 2.3),
        matcher(/[A-Z]+/g, "run of capitals", 2.4),
        matcher(/[A-Z]/g, "capital letter", 2.4),
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
    cost: lister.cost + far * (lister.nullable ? 0.8 : 0.5) + (index === -1 ? 0.1 : index < 0 ? 0.3 : 0),
    apply: (text) => lister.cut(text).at(index) ?? "",
    js: (r) => `${lister.js(r)}${optional}${sure ? "" : ' ?? ""'}`,
    loose: !sure,
    say: (what) => `the ${ordinal(index)} ${lister.noun} of ${what}${lister.where && ` (cut${lister.where})`}`,
    pick: { lister, index },
  };
}

/** One element, counted from either end. */
export function picks(lister: Lister, depth = 4): Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < depth + 1; index++) steps.push(picked(lister, index));
  for (let index = -1; index >= -depth; index--) steps.push(picked(lister, index));
  return steps;
}

function joined(
  lister: Lister & { delimiter: string },
  extra: { cost: number; list: (list: readonly string[]) => readonly string[]; js: string; say: string },
  glue = lister.delimiter,
): Step {
  return {
    cost: lister.cost + extra.cost,
    rearranges: true,
    apply: (text) => extra.list(lister.cut(text)).join(glue),
    js: (r) => `${lister.js(r)}${extra.js}.join(${quote(glue)})`,
    say: (what) => `${extra.say.replace("#", plural(lister))} of ${what}${lister.where && ` (cut${lister.where})`}`,
  };
}

/** A run of elements, joined again by what stood between them. */
export function slices(lister: Lister): Step[] {
  const { delimiter } = lister;
  if (delimiter === undefined) return [];
  const base = { ...lister, delimiter };
  const ranges: [number, number | undefined, string][] = [
    [1, undefined, "all # but the first"],
    [0, -1, "all # but the last"],
    [1, -1, "all # but the first and the last"],
    [0, 2, "the first two #"],
    [-2, undefined, "the last two #"],
    [2, undefined, "all # but the first two"],
    [0, -2, "all # but the last two"],
    [1, 3, "the second and third #"],
    [0, 3, "the first three #"],
  ];
  return ranges.map(([from, to, say], i) =>
    joined(base, {
      cost: 0.8 + i * 0.15,
      list: (list) => list.slice(from, to),
      js: `.slice(${to === undefined ? from : `${from}, ${to}`})`,
      say,
    }),
  );
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The whole list in another order or form, joined by `glues`.
 * The patterns are those people meet: reversed, sorted, without repeats or gaps, initials, capitalized, trimmed.
 */
export function rearrangements(lister: Lister, glues: readonly string[]): Step[] {
  const base = { ...lister, delimiter: lister.delimiter ?? " ", js: listJs(lister) };
  const forms: Parameters<typeof joined>[1][] = [
    { cost: 1, list: (l) => [...l].reverse(), js: ".reverse()", say: "the # in reverse order" },
    { cost: 1.4, list: (l) => [...l].sort(compare), js: ".sort()", say: "the # in alphabetical order" },
    {
      cost: 1.6,
      list: (l) => l.filter((word, i) => l.indexOf(word) === i),
      js: ".filter((part, i, all) => all.indexOf(part) === i)",
      say: "the # without repeats",
    },
    { cost: 1, list: (l) => l.filter((w) => w !== ""), js: '.filter((part) => part !== "")', say: "the non-empty #" },
    {
      cost: 1,
      list: (l) => l.map((w) => w.charAt(0)),
      js: ".map((part) => part.charAt(0))",
      say: "the initials of the #",
    },
    {
      cost: 1.3,
      list: (l) => l.map((w) => w.charAt(0).toUpperCase()),
      js: ".map((part) => part.charAt(0).toUpperCase())",
      say: "the upper-case initials of the #",
    },
    {
      cost: 1.6,
      list: (l) => l.map(capitalize),
      js: ".map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())",
      say: "the capitalized #",
    },
    { cost: 1, list: (l) => l.map((w) => w.trim()), js: ".map((part) => part.trim())", say: "the trimmed #" },
    {
      cost: 1.7,
      list: (l) => l.map((w) => w.trim()).reverse(),
      js: ".map((part) => part.trim()).reverse()",
      say: "the trimmed # in reverse order",
    },
    {
      cost: 1.9,
      list: (l) => l.map((w) => w.trim()).sort(compare),
      js: ".map((part) => part.trim()).sort()",
      say: "the trimmed # in alphabetical order",
    },
    {
      cost: 1.5,
      list: (l) => l.map((w) => [...w].reverse().join("")),
      js: '.map((part) => [...part].reverse().join(""))',
      say: "the reversed #",
    },
  ];
  const steps = forms.flatMap((form) =>
    glues.map((glue) => joined(base, { ...form, cost: form.cost + glueCost(base, glue) }, glue)),
  );
  // Elements as they are, with something else between them: for a split this is a replacement, which is shorter.
  if (lister.nullable)
    for (const glue of glues)
      steps.push(joined(base, { cost: 0.8, list: (l) => l, js: "", say: `the # joined by ${quote(glue)}, out` }, glue));
  return steps;
}

const glueCost = (lister: { delimiter: string }, glue: string): number => (glue === lister.delimiter ? 0 : 0.4);
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
