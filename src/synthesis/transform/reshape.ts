/** Steps that keep or rewrite a text as a whole: case, trimming, replacing, naming styles. */
import { quote } from "../javascript.ts";
import { call, type Helper, method, pattern, type Step } from "./step.ts";

const capitalizeHelper: Helper = {
  name: "capitalize",
  source: "function capitalize(text) {\n  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();\n}",
};
const upperFirstHelper: Helper = {
  name: "upperFirst",
  source: "function upperFirst(text) {\n  return text.charAt(0).toUpperCase() + text.slice(1);\n}",
};
const lowerFirstHelper: Helper = {
  name: "lowerFirst",
  source: "function lowerFirst(text) {\n  return text.charAt(0).toLowerCase() + text.slice(1);\n}",
};
const titleHelper: Helper = {
  name: "titleCase",
  source:
    "function titleCase(text) {\n  return text.toLowerCase().replace(/[\\p{L}\\p{N}][\\p{L}\\p{N}'’]*/gu, (word) => " +
    "word.charAt(0).toUpperCase() + word.slice(1));\n}",
};
const wordsHelper: Helper = {
  name: "wordsOf",
  source:
    "function wordsOf(text) {\n  return text.match(/\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}+|[\\p{Lo}\\p{Lm}]+|\\p{N}+/gu) ?? [];\n}",
};
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
const titleCase = (text: string): string =>
  text.toLowerCase().replace(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu, (word) => upperFirst(word));
const wordsOf = (text: string): string[] =>
  text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+|\p{N}+/gu) ?? [];

/** Letter case of a piece, and its first letter. */
export const caseSteps: readonly Step[] = [
  method(1, "toUpperCase()", (t) => t.toUpperCase(), "in upper case"),
  method(1, "toLowerCase()", (t) => t.toLowerCase(), "in lower case"),
  call(1.2, capitalizeHelper, capitalize, "capitalized"),
  call(1.4, upperFirstHelper, upperFirst, "with its first letter in upper case"),
  call(1.6, lowerFirstHelper, lowerFirst, "with its first letter in lower case"),
  call(1.4, titleHelper, titleCase, "in title case"),
];

const wordJoin = (
  cost: number,
  map: ((word: string, i: number) => string) | null,
  js: string,
  glue: string,
  say: string,
): Step => ({
  cost,
  apply: (text) => (map ? wordsOf(text).map(map) : wordsOf(text)).join(glue),
  js: (r) => `wordsOf(${r})${js}.join(${quote(glue)})`,
  say: (what) => `${what} ${say}`,
  helpers: js.includes("capitalize") ? [wordsHelper, capitalizeHelper] : [wordsHelper],
});

const lower = (word: string): string => word.toLowerCase();
const lowerJs = ".map((word) => word.toLowerCase())";

/** Clean-ups and changes of naming style that need nothing from the data. */
export function wholeSteps(unicode: boolean): Step[] {
  const other = unicode ? /[^\p{L}\p{N}]+/gu : /[^A-Za-z0-9]+/g;
  const notLetters = unicode ? /[^\p{L}]+/gu : /[^A-Za-z]+/g;
  const letters = unicode ? /\p{L}+/gu : /[A-Za-z]+/g;
  return [
    method(0.8, "trim()", (t) => t.trim(), "without spaces around it"),
    pattern(1.6, /\s+/g, " ", (w) => `${w} with single spaces`),
    pattern(1.6, /\s+/g, "", (w) => `${w} without spaces`),
    pattern(1.8, /\s+/g, "-", (w) => `${w} with dashes for spaces`),
    pattern(1.8, /\s+/g, "_", (w) => `${w} with underscores for spaces`),
    pattern(1.6, /\D+/g, "", (w) => `the digits of ${w}`),
    pattern(1.7, /\d+/g, "", (w) => `${w} without digits`),
    pattern(1.7, notLetters, "", (w) => `the letters of ${w}`),
    pattern(1.9, letters, "", (w) => `${w} without letters`),
    ...["", " ", "-", "_"].map((by) =>
      pattern(
        1.9,
        other,
        by,
        (w) => `${w} with ${by === "" ? "nothing" : quote(by)} for everything but letters and digits`,
      ),
    ),
    pattern(2.2, unicode ? /[^\p{L}\p{N}\s]+/gu : /[^A-Za-z0-9\s]+/g, "", (w) => `${w} without punctuation`),
    pattern(2.2, /[^\d.]+/g, "", (w) => `the digits and points of ${w}`),
    pattern(2.4, /[^\d.-]+/g, "", (w) => `the digits, points and signs of ${w}`),
    pattern(2.4, /[aeiou]/gi, "", (w) => `${w} without vowels`),
    pattern(2.4, /<[^<>]*>/g, "", (w) => `${w} without tags`),
    pattern(2.4, /\([^()]*\)/g, "", (w) => `${w} without what is in parentheses`),
    pattern(2.4, /\[[^[\]]*\]/g, "", (w) => `${w} without what is in brackets`),
    pattern(2.2, /([a-z0-9])([A-Z])/g, "$1 $2", (w) => `${w} with a space before each capital`),
    {
      cost: 4,
      apply: (t) => [...t].reverse().join(""),
      js: (r) => `[...${r}].reverse().join("")`,
      say: (w) => `${w} backwards`,
    },
    wordJoin(2, lower, lowerJs, "-", "in kebab-case"),
    wordJoin(2, lower, lowerJs, "_", "in snake_case"),
    wordJoin(2.4, (w) => w.toUpperCase(), ".map((word) => word.toUpperCase())", "_", "in CONSTANT_CASE"),
    wordJoin(2.2, lower, lowerJs, " ", "as small words"),
    wordJoin(2.3, capitalize, ".map((word) => capitalize(word))", "", "in PascalCase"),
    wordJoin(2.3, capitalize, ".map((word) => capitalize(word))", " ", "as capitalized words"),
    wordJoin(
      2.4,
      (w, i) => (i === 0 ? w.toLowerCase() : capitalize(w)),
      ".map((word, i) => (i === 0 ? word.toLowerCase() : capitalize(word)))",
      "",
      "in camelCase",
    ),
    pattern(2.4, /^[^\d]*/, "", (w) => `${w} from its first digit on`),
    {
      cost: 2.2,
      apply: (t) => t.match(/^\D*/)?.[0] ?? "",
      js: (r) => `${r}.match(/^\\D*/)?.[0] ?? ""`,
      loose: true,
      say: (w) => `${w} up to its first digit`,
    },
  ];
}

/** Replaces every `from` with `to`, and (dearer) only the first one. */
export function replacements(from: string, to: string, cost: number): Step[] {
  const what = to === "" ? `without ${quote(from)}` : `with ${quote(to)} for ${quote(from)}`;
  // A function as replacement keeps `$` in the person's text from being a pattern.
  const by = to.includes("$") ? `() => ${quote(to)}` : quote(to);
  return [
    {
      cost,
      apply: (t) => t.replaceAll(from, () => to),
      js: (r) => `${r}.replaceAll(${quote(from)}, ${by})`,
      say: (w) => `${w} ${what}`,
      replaces: true,
    },
    {
      cost: cost + 0.3,
      apply: (t) => t.replace(from, () => to),
      js: (r) => `${r}.replace(${quote(from)}, ${by})`,
      say: (w) => `${w} ${what} (the first one)`,
      replaces: true,
    },
  ];
}
