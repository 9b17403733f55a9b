/**
 * Cues: what a text shows beside its words. Most are regular expressions written so that JavaScript and Python read them
 * alike (no `\b`, `\w`, `\d`, no flags); the others count words of the lexicon.
 */
import { commonWords, complaint, lexiconStem, lures, negatedWords, negators, praise } from "./lexicon.ts";

export interface Cue {
  /** Its key in the emitted table. */
  readonly name: string;
  /** As it completes "a text that …". */
  readonly words: string;
}

export interface PatternCue extends Cue {
  readonly pattern: string;
}

/** Searched for in the text without blanks at its ends. */
export const patternCues: readonly PatternCue[] = [
  { name: "asks", words: "ends with “?”", pattern: "[?？]$" },
  { name: "exclaims", words: "ends with “!”", pattern: "[!！]$" },
  { name: "stops", words: "ends with a full stop", pattern: "[.。]$" },
  { name: "shouts", words: "has “!” twice", pattern: "[!！][^!！]*[!！]" },
  { name: "number", words: "has a digit", pattern: "[0-9]" },
  { name: "starts with number", words: "begins with a digit", pattern: "^[0-9]" },
  { name: "starts small", words: "begins with a small letter", pattern: "^[a-z]" },
  { name: "money", words: "has a currency sign", pattern: "[$€£¥₩₹₽]" },
  { name: "percent", words: "has a percentage", pattern: "[0-9] ?%" },
  { name: "link", words: "has a link", pattern: "https?://|www[.]" },
  { name: "mail", words: "has an e-mail address", pattern: "[A-Za-z0-9_]@[A-Za-z0-9]" },
  { name: "clock", words: "has a time of day", pattern: "[0-9]:[0-9][0-9]|[0-9] ?[ap]m" },
  { name: "phone", words: "has a phone number", pattern: "[0-9][0-9][0-9][-. ][0-9][0-9][0-9]" },
  { name: "capitals", words: "has a word in capitals", pattern: "(^|[^A-Za-z])[A-Z][A-Z][A-Z]+($|[^A-Za-z])" },
  { name: "quote", words: "has a quotation", pattern: '["“”«»„]' },
  { name: "code", words: "has signs of code", pattern: "[{};<>=]" },
  { name: "lines", words: "has several lines", pattern: "\\n" },
  { name: "dots", words: "trails off in dots", pattern: "[.][.]|…" },
  { name: "mark", words: "has a # or @ mark", pattern: "(^| )[#@][A-Za-z]" },
  { name: "han", words: "is written in Chinese characters", pattern: "[\\u4e00-\\u9fff]" },
  { name: "kana", words: "is written in Japanese kana", pattern: "[\\u3040-\\u30ff]" },
  { name: "hangul", words: "is written in Korean", pattern: "[\\uac00-\\ud7a3]" },
  { name: "cyrillic", words: "is written in Cyrillic", pattern: "[\\u0400-\\u04ff]" },
  { name: "greek", words: "is written in Greek", pattern: "[\\u0370-\\u03ff]" },
  { name: "arabic", words: "is written in Arabic script", pattern: "[\\u0600-\\u06ff]" },
  { name: "hebrew", words: "is written in Hebrew", pattern: "[\\u0590-\\u05ff]" },
  { name: "devanagari", words: "is written in Devanagari", pattern: "[\\u0900-\\u097f]" },
  { name: "thai", words: "is written in Thai", pattern: "[\\u0e00-\\u0e7f]" },
];

/** A text of at most so many words (signs included). */
export const lengthCues: readonly (Cue & { readonly most: number })[] = [1, 3, 6, 12, 24, 60].map((most) => ({
  name: `${most} words or fewer`,
  words: most === 1 ? "is one word" : `has at most ${most} words`,
  most,
}));

export const toneCues: readonly Cue[] = [
  { name: "praises", words: "praises more than it complains" },
  { name: "complains", words: "complains more than it praises" },
  { name: "neutral", words: "neither praises nor complains" },
];

export const lureCues: readonly Cue[] = [
  { name: "lures", words: "has a word of advertising" },
  { name: "lures more", words: "has two words of advertising" },
];

export const languageCues: readonly Cue[] = Object.keys(commonWords).map((language) => ({
  name: language,
  words: `reads like ${language.replace(/^./, (c) => c.toUpperCase())}`,
}));

/** Every cue there is, in the order of the numbers `cuesOf` gives. */
export const allCues: readonly Cue[] = [...patternCues, ...lengthCues, ...toneCues, ...lureCues, ...languageCues];

const patterns = patternCues.map((cue) => new RegExp(cue.pattern));
const [praised, complained, negating, luring] = [praise, complaint, negators, lures].map((words) => new Set(words));
const languages = Object.entries(commonWords).map(([name, words]) => [name, new Set(words)] as const);
const numberOf = new Map(allCues.map((cue, i) => [cue.name, i]));

/** Numbers of the cues a text shows; `words` as `wordsOf` gives them, `trimmed` without blanks at its ends. */
export function cuesOf(trimmed: string, words: readonly string[]): number[] {
  const found: number[] = [];
  patterns.forEach((pattern, i) => {
    if (pattern.test(trimmed)) found.push(i);
  });
  lengthCues.forEach(({ most }, i) => {
    if (words.length <= most) found.push(patterns.length + i);
  });
  const lured = words.filter((word) => luring?.has(word.slice(0, lexiconStem))).length;
  const names = [toneOf(words), lured >= 1 ? "lures" : "", lured >= 2 ? "lures more" : "", languageOf(words)];
  for (const name of names) {
    const number = numberOf.get(name);
    if (number !== undefined) found.push(number);
  }
  return found;
}

/** A negated word of praise complains; a negated word of complaint says nothing. */
function toneOf(words: readonly string[]): string {
  let tone = 0;
  let turned = 0;
  for (const word of words) {
    const start = word.slice(0, lexiconStem);
    if (praised?.has(start)) tone += turned > 0 ? -1 : 1;
    else if (complained?.has(start) && turned <= 0) tone -= 1;
    turned = negating?.has(start) ? negatedWords : turned - 1;
  }
  return tone > 0 ? "praises" : tone < 0 ? "complains" : "neutral";
}

/** The language most of whose commonest words occur; the first of equals, none where none does. */
function languageOf(words: readonly string[]): string {
  let best = "";
  let most = 0;
  for (const [name, common] of languages) {
    const count = words.filter((word) => common.has(word)).length;
    if (count > most) {
      best = name;
      most = count;
    }
  }
  return best;
}

const formNames = new Set([
  ...["asks", "exclaims", "stops", "shouts", "number", "starts with number", "starts small", "quote", "lines", "dots"],
  ...lengthCues.map(({ name }) => name),
  "neutral",
]);

/** Whether a cue is only about how a text is written: a program that knows nothing else of a text abstains. */
export function isForm(name: string): boolean {
  return formNames.has(name);
}
