/** Operations that keep or rewrite a text as a whole: trimming, leaving out kinds of character, replacing. */
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { namingOps, trimOp } from "./case-ops.ts";
import { patternOp, textOp } from "./define.ts";
import { letterOps } from "./letter-ops.ts";

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
    ...namingOps,
    ...letterOps,
    textOp({
      cost: 6,
      apply: (t) => [...t].reverse().join(""),
      js: (r) => `[...${r}].reverse().join("")`,
      py: (r) => `${r}[::-1]`,
      say: (w) => `${w} backwards`,
    }),
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
