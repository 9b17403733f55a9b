/** Operations that keep or rewrite a text as a whole: case, trimming, naming styles, marks, accents, encodings. */
import { quote } from "../../javascript.ts";
import type { Helper, Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { helped, patternOp, textOp } from "./define.ts";

const capitalizeHelper: Helper = {
  name: "capitalize",
  js: "function capitalize(text) {\n  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();\n}",
  py: "def capitalize(text):\n    return text[:1].upper() + text[1:].lower()",
};
const upperFirstHelper: Helper = {
  name: "upperFirst",
  js: "function upperFirst(text) {\n  return text.charAt(0).toUpperCase() + text.slice(1);\n}",
  py: "def upper_first(text):\n    return text[:1].upper() + text[1:]",
};
const lowerFirstHelper: Helper = {
  name: "lowerFirst",
  js: "function lowerFirst(text) {\n  return text.charAt(0).toLowerCase() + text.slice(1);\n}",
  py: "def lower_first(text):\n    return text[:1].lower() + text[1:]",
};
const titleHelper: Helper = {
  name: "titleCase",
  js: [
    "function titleCase(text) {",
    "  return text",
    "    .toLowerCase()",
    "    .replace(/[\\p{L}\\p{N}][\\p{L}\\p{N}'’]*/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1));",
    "}",
  ].join("\n"),
  py: [
    "import re",
    "def title_case(text):",
    "    return re.sub(r\"[^\\W_][^\\W_'’]*(?:['’][^\\W_'’]*)*\", lambda m: m.group()[:1].upper() + m.group()[1:], text.lower())",
  ].join("\n"),
};
const wordsHelper: Helper = {
  name: "wordsOf",
  js: "function wordsOf(text) {\n  return text.match(/\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}+|[\\p{Lo}\\p{Lm}]+|\\p{N}+/gu) ?? [];\n}",
  py: [
    "import re",
    "def words_of(text):",
    '    capital, small = "A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я", "a-zß-öø-ÿα-ωа-џ"',
    '    pattern = f"[{capital}]+(?![{small}])|[{capital}]?[{small}]+|[^\\\\W\\\\d_{capital}{small}]+|\\\\d+"',
    "    return re.findall(pattern, text)",
  ].join("\n"),
};
const accentsHelper: Helper = {
  name: "withoutAccents",
  js: 'function withoutAccents(text) {\n  return text.normalize("NFD").replace(/\\p{M}/gu, "").replace(/ß/g, "ss");\n}',
  py: [
    "import unicodedata",
    "def without_accents(text):",
    '    parts = unicodedata.normalize("NFD", text)',
    '    return "".join(c for c in parts if not unicodedata.category(c).startswith("M")).replace("ß", "ss")',
  ].join("\n"),
};
const germanHelper: Helper = {
  name: "spellUmlauts",
  js: [
    "function spellUmlauts(text) {",
    '  const spelled = { ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue", ß: "ss" };',
    "  return text.replace(/[äöüÄÖÜß]/g, (letter) => spelled[letter]);",
    "}",
  ].join("\n"),
  py: [
    "def spell_umlauts(text):",
    '    spelled = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}',
    '    return "".join(spelled.get(letter, letter) for letter in text)',
  ].join("\n"),
};
const entitiesHelper: Helper = {
  name: "decodeEntities",
  js: [
    "function decodeEntities(text) {",
    '  const known = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": \'"\', "&#39;": "\'", "&apos;": "\'", "&nbsp;": " " };',
    "  return text.replace(/&(?:amp|lt|gt|quot|#39|apos|nbsp);/g, (entity) => known[entity]);",
    "}",
  ].join("\n"),
  py: [
    "import re",
    "def decode_entities(text):",
    '    known = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": \'"\', "&#39;": "\'", "&apos;": "\'", "&nbsp;": " "}',
    '    return re.sub(r"&(?:amp|lt|gt|quot|#39|apos|nbsp);", lambda m: known[m.group()], text)',
  ].join("\n"),
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
const titleCase = (text: string): string =>
  text.toLowerCase().replace(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu, (word) => upperFirst(word));
const wordsOf = (text: string): string[] =>
  text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+|\p{N}+/gu) ?? [];
const withoutAccents = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
const umlauts: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue", ß: "ss" };
const entities: Readonly<Record<string, string>> = {
  ...{ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&nbsp;": " " },
};

/** A call without arguments of the person's data: `.trim()`. */
function method(cost: number, js: string, py: string, apply: (text: string) => string, adjective: string): Op {
  return textOp({
    ...{ cost, apply, traits: { keepsMarks: true } },
    js: (r) => `${r}.${js}`,
    py: (r) => `${r}.${py}`,
    say: (what) => `${what} ${adjective}`,
  });
}

/** Letter case of a piece, and its first letter. */
export const caseOps: readonly Op[] = [
  method(1, "toUpperCase()", "upper()", (t) => t.toUpperCase(), "in upper case"),
  method(1, "toLowerCase()", "lower()", (t) => t.toLowerCase(), "in lower case"),
  helped(1.2, capitalizeHelper, capitalize, (w) => `${w} capitalized`),
  helped(1.4, upperFirstHelper, upperFirst, (w) => `${w} with its first letter in upper case`),
  helped(1.6, lowerFirstHelper, lowerFirst, (w) => `${w} with its first letter in lower case`),
  helped(1.4, titleHelper, titleCase, (w) => `${w} in title case`),
];

export const trimOp: Op = method(0.8, "trim()", "strip()", (t) => t.trim(), "without spaces around it");

type WordForm = "lower" | "upper" | "capital" | "camel";
const forms: Readonly<Record<WordForm, { apply: (word: string, i: number) => string; js: string; py: string }>> = {
  lower: {
    apply: (w) => w.toLowerCase(),
    js: ".map((word) => word.toLowerCase())",
    py: "word.lower() for word in @",
  },
  upper: {
    apply: (w) => w.toUpperCase(),
    js: ".map((word) => word.toUpperCase())",
    py: "word.upper() for word in @",
  },
  capital: {
    apply: capitalize,
    js: ".map((word) => capitalize(word))",
    py: "capitalize(word) for word in @",
  },
  camel: {
    apply: (w, i) => (i === 0 ? w.toLowerCase() : capitalize(w)),
    js: ".map((word, i) => (i === 0 ? word.toLowerCase() : capitalize(word)))",
    py: "word.lower() if i == 0 else capitalize(word) for i, word in enumerate(@)",
  },
};

function styled(cost: number, form: WordForm, glue: string, say: string): Op {
  const { apply, js, py } = forms[form];
  return textOp({
    cost,
    apply: (text) => wordsOf(text).map(apply).join(glue),
    js: (r) => `wordsOf(${r})${js}.join(${quote(glue)})`,
    py: (r) => `${pyQuote(glue)}.join(${py.replace("@", `words_of(${r})`)})`,
    say: (what) => `${what} ${say}`,
    helpers: js.includes("capitalize") ? [wordsHelper, capitalizeHelper] : [wordsHelper],
  });
}

const slugHelper: Helper = {
  name: "slug",
  js: [
    "function slug(text, glue) {",
    "  const words = text.toLowerCase().match(/[\\p{L}\\p{N}]+/gu) ?? [];",
    "  return words.join(glue);",
    "}",
  ].join("\n"),
  py: ["import re", "def slug(text, glue):", '    return glue.join(re.findall(r"[^\\W_]+", text.lower()))'].join("\n"),
};

/** Letters and digits in lower case, with one mark for everything between. */
function slug(glue: string): Op {
  return {
    ...{ key: `slug ${glue}`, gives: "text", cost: 2, helpers: [slugHelper] },
    apply: (text: string) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(glue),
    js: (text) => `slug(${text?.bare}, ${quote(glue)})`,
    py: (text) => `slug(${text?.bare}, ${pyQuote(glue)})`,
    say: (what) => `the words of ${what} in lower case with ${quote(glue)} between`,
  };
}

/** Clean-ups and changes of naming style that need nothing from the data. */
export function wholeOps(unicode: boolean): Op[] {
  const other = unicode ? /[^\p{L}\p{N}]+/gu : /[^A-Za-z0-9]+/g;
  const notLetters = unicode ? /[^\p{L}]+/gu : /[^A-Za-z]+/g;
  const letters = unicode ? /\p{L}+/gu : /[A-Za-z]+/g;
  return [
    trimOp,
    patternOp(1.6, /\s+/g, " ", (w) => `${w} with single spaces`),
    patternOp(1.6, /\s+/g, "", (w) => `${w} without spaces`, { cleans: true }),
    patternOp(1.8, /\s+/g, "-", (w) => `${w} with dashes for spaces`),
    patternOp(1.8, /\s+/g, "_", (w) => `${w} with underscores for spaces`),
    patternOp(1.6, /\D+/g, "", (w) => `the digits of ${w}`, { cleans: true }),
    patternOp(1.7, /\d+/g, "", (w) => `${w} without digits`),
    patternOp(1.4, /^0+(?=.)/, "", (w) => `${w} without leading zeros`),
    patternOp(1.7, notLetters, "", (w) => `the letters of ${w}`),
    patternOp(1.9, letters, "", (w) => `${w} without letters`),
    ...["", " ", "-", "_"].map((by) =>
      patternOp(
        1.9,
        other,
        by,
        (w) => `${w} with ${by === "" ? "nothing" : quote(by)} for everything but letters and digits`,
        by === "" ? { cleans: true } : undefined,
      ),
    ),
    patternOp(2.2, unicode ? /[^\p{L}\p{N}\s]+/gu : /[^A-Za-z0-9\s]+/g, "", (w) => `${w} without punctuation`),
    patternOp(2.2, /[^\d.]+/g, "", (w) => `the digits and points of ${w}`),
    patternOp(2.4, /[^\d.-]+/g, "", (w) => `the digits, points and signs of ${w}`),
    patternOp(2.4, /[aeiou]/gi, "", (w) => `${w} without vowels`),
    patternOp(2.4, /<[^<>]*>/g, "", (w) => `${w} without tags`),
    patternOp(2.4, /\([^()]*\)/g, "", (w) => `${w} without what is in parentheses`),
    patternOp(2.4, /\s?\([^()]*\)/g, "", (w) => `${w} without what is in parentheses and the space before`),
    patternOp(2.4, /\[[^[\]]*\]/g, "", (w) => `${w} without what is in brackets`),
    patternOp(2.2, /([a-z0-9])([A-Z])/g, "$1 $2", (w) => `${w} with a space before each capital`),
    patternOp(2.4, /\d(?=(?:\D*\d){4})/g, "*", (w) => `${w} with stars for all digits but the last four`),
    patternOp(2.8, /\d/g, "*", (w) => `${w} with stars for its digits`),
    patternOp(3, /\d/g, "X", (w) => `${w} with X for its digits`),
    patternOp(3, /\S/g, "*", (w) => `${w} with stars for its characters`),
    patternOp(2.8, /(.)/g, "$1$1", (w) => `${w} with each character twice`),
    helped(2, accentsHelper, withoutAccents, (w) => `${w} without accents`),
    helped(
      2.4,
      germanHelper,
      (t) => t.replace(/[äöüÄÖÜß]/g, (l) => umlauts[l] ?? l),
      (w) => `${w} with umlauts spelled out`,
    ),
    helped(
      2.6,
      entitiesHelper,
      (t) => t.replace(/&(?:amp|lt|gt|quot|#39|apos|nbsp);/g, (e) => entities[e] ?? e),
      (w) => `${w} with HTML entities decoded`,
    ),
    ...codings,
    textOp({
      cost: 4,
      apply: (t) => [...t].reverse().join(""),
      js: (r) => `[...${r}].reverse().join("")`,
      py: (r) => `${r}[::-1]`,
      say: (w) => `${w} backwards`,
    }),
    slug("-"),
    slug("_"),
    styled(2.4, "lower", "-", "in kebab-case"),
    styled(2.4, "lower", "_", "in snake_case"),
    styled(2.4, "upper", "_", "in CONSTANT_CASE"),
    styled(3, "lower", " ", "as small words"),
    styled(2.3, "capital", "", "in PascalCase"),
    styled(2.3, "capital", " ", "as capitalized words"),
    styled(2.4, "camel", "", "in camelCase"),
    patternOp(
      2.6,
      unicode ? /^.*?(?<!\p{L})(?=\p{Ll}+(?:\s|$))/su : /^.*?(?=\b[a-z]+(?:\s|$))/s,
      "",
      (w) => `${w} from its first small word on`,
    ),
    patternOp(2.4, /[^\w.-].*$/s, "", (w) => `what ${w} begins with, up to the first other mark`),
    patternOp(2.4, /^[^\d]*/, "", (w) => `${w} from its first digit on`),
    patternOp(2.4, /\d.*$/s, "", (w) => `${w} up to its first digit`),
  ];
}

const decodeHelper: Helper = {
  name: "decodeUrl",
  js: [
    "function decodeUrl(text) {",
    "  try {",
    "    return decodeURIComponent(text);",
    "  } catch {",
    '    throw new TypeError("expected text with %-escapes");',
    "  }",
    "}",
  ].join("\n"),
  py: [
    "import urllib.parse",
    "def decode_url(text):",
    "    try:",
    '        return urllib.parse.unquote(text, errors="strict")',
    "    except UnicodeDecodeError:",
    '        raise TypeError("expected text with %-escapes")',
  ].join("\n"),
};

const codings: readonly Op[] = [
  helped(
    2.6,
    decodeHelper,
    (text) => {
      try {
        return decodeURIComponent(text);
      } catch {
        return undefined;
      }
    },
    (w) => `${w} with %-escapes decoded`,
  ),
  {
    ...{ key: "encodeURIComponent", gives: "text", cost: 2.6, helpers: [] },
    apply: (text: string) => encodeURIComponent(text.toWellFormed()),
    js: (text) => `encodeURIComponent(${text?.bare})`,
    py: (text) => `urllib.parse.quote(${text?.bare}, safe="!~*'()")`,
    say: (w) => `${w} with %-escapes`,
  },
];

/** Replaces every `from` with `to`, and (dearer) only the first one. */
export function replacements(from: string, to: string, cost: number): Op[] {
  const what = to === "" ? `without ${quote(from)}` : `with ${quote(to)} for ${quote(from)}`;
  // A function as replacement keeps `$` in the person's text from being a pattern.
  const by = to.includes("$") ? `() => ${quote(to)}` : quote(to);
  return [
    textOp({
      cost,
      apply: (t) => t.replaceAll(from, () => to),
      js: (r) => `${r}.replaceAll(${quote(from)}, ${by})`,
      py: (r) => `${r}.replace(${pyQuote(from)}, ${pyQuote(to)})`,
      say: (w) => `${w} ${what}`,
      traits: { replaces: true },
    }),
    textOp({
      cost: cost + 0.3,
      apply: (t) => t.replace(from, () => to),
      js: (r) => `${r}.replace(${quote(from)}, ${by})`,
      py: (r) => `${r}.replace(${pyQuote(from)}, ${pyQuote(to)}, 1)`,
      say: (w) => `${w} ${what} (the first one)`,
      traits: { replaces: true },
    }),
  ];
}
