/** Letters and marks written in another way: without accents, spelled out, decoded. */
import type { Helper, Op } from "../language/expr.ts";
import { helped } from "./define.ts";

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

const withoutAccents = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
const umlauts: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue", ß: "ss" };
const entities: Readonly<Record<string, string>> = {
  ...{ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&nbsp;": " " },
};

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

/** What people do to letters, in the order of how often. */
export const letterOps: readonly Op[] = [
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
