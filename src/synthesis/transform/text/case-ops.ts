/** Letter case and naming styles: `Title Case`, `kebab-case`, `camelCase`. */
import { quote } from "../../javascript.ts";
import type { Helper, Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { helped, textOp } from "./define.ts";

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
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
const titleCase = (text: string): string =>
  text.toLowerCase().replace(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu, (word) => upperFirst(word));
const wordsOf = (text: string): string[] =>
  text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+|\p{N}+/gu) ?? [];
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

/** Words joined in the styles that people name things in. */
export const namingOps: readonly Op[] = [
  slug("-"),
  slug("_"),
  styled(2.4, "lower", "-", "in kebab-case"),
  styled(2.4, "lower", "_", "in snake_case"),
  styled(2.4, "upper", "_", "in CONSTANT_CASE"),
  styled(3, "lower", " ", "as small words"),
  styled(2.3, "capital", "", "in PascalCase"),
  styled(2.3, "capital", " ", "as capitalized words"),
  styled(2.4, "camel", "", "in camelCase"),
];
