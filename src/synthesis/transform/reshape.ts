/** Steps that keep or rewrite a text as a whole: case, trimming, replacing, padding, cutting at fixed positions. */
import { quote } from "../javascript.ts";
import { call, type Helper, method, type Step } from "./step.ts";

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
const groupHelper: Helper = {
  name: "groupThousands",
  source: [
    "function groupThousands(text) {",
    '  const [whole = "", ...rest] = text.split(".");',
    '  let grouped = "";',
    "  for (let i = 0; i < whole.length; i++) {",
    "    const left = whole.length - i;",
    '    grouped += i > 0 && left % 3 === 0 && whole.charAt(i - 1) !== "-" ? "," + whole.charAt(i) : whole.charAt(i);',
    "  }",
    '  return [grouped, ...rest].join(".");',
    "}",
  ].join("\n"),
};

const monthNames = "January February March April May June July August September October November December".split(" ");
const monthsHelper: Helper = {
  name: "MONTHS",
  source: `const MONTHS = [\n  ${monthNames.slice(0, 6).map(quote).join(", ")},\n  ${monthNames.slice(6).map(quote).join(", ")},\n];`,
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
const titleCase = (text: string): string =>
  text.toLowerCase().replace(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu, (word) => upperFirst(word));
const wordsOf = (text: string): string[] =>
  text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+|\p{N}+/gu) ?? [];

function groupThousands(text: string): string {
  const [whole = "", ...rest] = text.split(".");
  let grouped = "";
  for (let i = 0; i < whole.length; i++) {
    const left = whole.length - i;
    grouped += i > 0 && left % 3 === 0 && whole.charAt(i - 1) !== "-" ? `,${whole.charAt(i)}` : whole.charAt(i);
  }
  return [grouped, ...rest].join(".");
}

/** Letter case of a piece, and its first letter. */
export const caseSteps: readonly Step[] = [
  method(1, "toUpperCase()", (t) => t.toUpperCase(), "in upper case"),
  method(1, "toLowerCase()", (t) => t.toLowerCase(), "in lower case"),
  call(1.2, capitalizeHelper, capitalize, "capitalized"),
  call(1.4, upperFirstHelper, upperFirst, "with its first letter in upper case"),
  call(1.6, lowerFirstHelper, lowerFirst, "with its first letter in lower case"),
  call(1.4, titleHelper, titleCase, "in title case"),
];

const pattern = (cost: number, re: RegExp, by: string, say: (what: string) => string): Step => ({
  cost,
  apply: (text) => text.replace(re, by),
  js: (r) => `${r}.replace(${re}, ${quote(by)})`,
  say,
});

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
      cost: 2,
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

/** Steps for pieces that are numbers: zeros, padding, thousands, decimals, months. `widths` are lengths seen in outputs. */
export function numberSteps(widths: readonly number[]): Step[] {
  const steps: Step[] = [
    pattern(1.4, /^0+(?=.)/, "", (w) => `${w} without leading zeros`),
    call(2, groupHelper, groupThousands, "with thousands separators"),
    ...[0, 1, 2, 3].map(
      (digits): Step => ({
        cost: 2.2,
        apply: (t) => Number(t).toFixed(digits),
        js: (r) => `Number(${r}).toFixed(${digits})`,
        say: (w) => `${w} with ${digits} decimals`,
      }),
    ),
    {
      cost: 3,
      apply: (t) => groupThousands(Number(t).toFixed(2)),
      js: (r) => `groupThousands(Number(${r}).toFixed(2))`,
      say: (w) => `${w} with thousands separators and 2 decimals`,
      helpers: [groupHelper],
    },
    {
      cost: 2,
      apply: (t) => monthNames[Number(t) - 1] ?? "",
      js: (r) => `MONTHS[Number(${r}) - 1] ?? ""`,
      loose: true,
      say: (w) => `the name of month ${w}`,
      helpers: [monthsHelper],
    },
    {
      cost: 2.2,
      apply: (t) => (monthNames[Number(t) - 1] ?? "").slice(0, 3),
      js: (r) => `(MONTHS[Number(${r}) - 1] ?? "").slice(0, 3)`,
      say: (w) => `the short name of month ${w}`,
      helpers: [monthsHelper],
    },
    ...[0, 2].map((width): Step => {
      const index = (t: string): number =>
        monthNames.findIndex((m) => m.slice(0, 3).toLowerCase() === t.slice(0, 3).toLowerCase());
      return {
        cost: 2.4,
        apply: (t) => String(index(t) + 1).padStart(width, "0"),
        js: (r) => `monthNumber(${r})${width ? '.padStart(2, "0")' : ""}`,
        say: (w) => `the number of month ${w}`,
        helpers: [
          monthsHelper,
          {
            name: "monthNumber",
            source: [
              "function monthNumber(name) {",
              "  const start = name.slice(0, 3).toLowerCase();",
              "  return String(MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === start) + 1);",
              "}",
            ].join("\n"),
          },
        ],
      };
    }),
  ];
  for (const width of widths)
    steps.push({
      cost: width === 2 ? 1.3 : 1.6,
      apply: (t) => t.padStart(width, "0"),
      js: (r) => `${r}.padStart(${width}, "0")`,
      say: (w) => `${w} padded with zeros to ${width} digits`,
    });
  return steps;
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
    },
    {
      cost: cost + 0.3,
      apply: (t) => t.replace(from, () => to),
      js: (r) => `${r}.replace(${quote(from)}, ${by})`,
      say: (w) => `${w} ${what} (the first one)`,
    },
  ];
}

/** Cuts at fixed positions from either end, up to `reach` characters in. */
export function cuts(reach: number): Step[] {
  const cut = (from: number, to: number | undefined, cost: number, say: (what: string) => string): Step => ({
    cost,
    apply: (t) => t.slice(from, to),
    js: (r) =>
      from === 0 && to === 1 ? `${r}.charAt(0)` : `${r}.slice(${to === undefined ? from : `${from}, ${to}`})`,
    say,
  });
  const plural = (n: number): string => (n === 1 ? "character" : `${n} characters`);
  const steps: Step[] = [];
  for (let n = 1; n <= reach; n++) {
    const far = n * 0.08;
    steps.push(
      cut(0, n, (n === 1 ? 1.5 : 2.4) + far, (w) =>
        n === 1 ? `the first letter of ${w}` : `the first ${plural(n)} of ${w}`,
      ),
      cut(-n, undefined, 2.5 + far, (w) => `the last ${plural(n)} of ${w}`),
      cut(n, undefined, 2.6 + far, (w) => `${w} without its first ${plural(n)}`),
      cut(0, -n, 2.6 + far, (w) => `${w} without its last ${plural(n)}`),
    );
    if (n <= 3) steps.push(cut(n, -n, 2.8 + far, (w) => `${w} without ${plural(n)} at each end`));
  }
  return steps;
}

/** Cuts between two fixed positions. */
export function windows(reach: number, longest: number): Step[] {
  const steps: Step[] = [];
  for (let from = 1; from <= reach; from++)
    for (let length = 1; length <= longest; length++)
      steps.push({
        cost: 3.2 + from * 0.06 + length * 0.04,
        apply: (t) => t.slice(from, from + length),
        js: (r) => `${r}.slice(${from}, ${from + length})`,
        say: (w) => `characters ${from + 1} to ${from + length} of ${w}`,
      });
  return steps;
}
