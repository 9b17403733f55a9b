/** What can be said of an input by looking at it, for telling inputs apart and for saying so to a person. */
import type { JsonValue } from "../../contract/wire.ts";

/**
 * One thing that is so of an input, as `kind`, the field it is said of ("" for the input itself) and what: `word`, "",
 * "refund". Kinds: `form` (runs of digits and letters with what is between them), `sign` (a character that is neither),
 * `word`, `script` (a writing beyond ASCII), `length` (of a text or list, in powers of two), `type`, `value` (true,
 * false), `size` (of a number, in powers of ten).
 */
export type Trait = string;
export const traitKinds = ["form", "sign", "script", "word", "type", "value", "size", "length"] as const;
export type TraitKind = (typeof traitKinds)[number];

const between = "\u0000";

export function traitParts(trait: Trait): { readonly kind: TraitKind; readonly path: string; readonly what: string } {
  const [kind, path, what] = trait.split(between);
  return { kind: kind as TraitKind, path: path ?? "", what: what ?? "" };
}

/** More of a text is not looked at. */
const textMost = 2_000;
/** A form with more runs is that of no other text. */
const longestForm = 15;
const traitsMost = 150;
const deepest = 4;

/** Each once. */
export function traitsOf(input: JsonValue): Set<Trait> {
  const found = new Set<Trait>();
  look(input, "", 0, (kind, path, what) => {
    if (found.size < traitsMost) found.add([kind, path, what].join(between));
  });
  return found;
}

type Add = (kind: TraitKind, path: string, what: string) => void;

function look(value: JsonValue, path: string, depth: number, add: Add): void {
  add("type", path, typeOf(value));
  if (typeof value === "string") lookAtText(value, path, add);
  else if (typeof value === "number") lookAtNumber(value, path, add);
  else if (typeof value === "boolean") add("value", path, String(value));
  else if (value !== null && depth < deepest) {
    const isList = Array.isArray(value);
    if (isList) add("length", path, power(value.length));
    for (const [key, part] of Object.entries(value)) {
      const name = isList ? "[]" : key;
      look(part, path === "" ? name : `${path}.${name}`, depth + 1, add);
    }
  }
}

function typeOf(value: JsonValue): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value === "string" ? "text" : typeof value;
}

function lookAtNumber(value: number, path: string, add: Add): void {
  const size = Math.abs(value);
  add("size", path, String(size < 1 ? 0 : 10 ** Math.floor(Math.log10(size))));
  if (value < 0) add("form", path, "negative");
  if (!Number.isInteger(value)) add("form", path, "decimals");
}

const pieces = /\p{N}+|[\p{L}\p{M}]+|\s+|[^\p{N}\p{L}\p{M}\s]/gu;
const scripts: readonly (readonly [name: string, letters: RegExp])[] = [
  ["accented Latin", /[\u00C0-\u024F]/],
  ["Greek", /\p{Script=Greek}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  ["Arabic", /\p{Script=Arabic}/u],
  ["Devanagari", /\p{Script=Devanagari}/u],
  ["Thai", /\p{Script=Thai}/u],
  ["Japanese", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["Korean", /\p{Script=Hangul}/u],
  ["Chinese", /\p{Script=Han}/u],
];

function lookAtText(whole: string, path: string, add: Add): void {
  const text = whole.slice(0, textMost);
  add("length", path, power(whole.length));
  for (const [name, letters] of scripts) if (letters.test(text)) add("script", path, name);
  const form: string[] = [];
  const sized: string[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    const first = piece[0] ?? "";
    if (/\p{N}/u.test(first)) {
      form.push("digits");
      sized.push(piece.length > 4 ? "digits" : `${piece.length} digits`);
    } else if (/[\p{L}\p{M}]/u.test(first)) {
      if (piece.length > 1) add("word", path, piece.toLowerCase());
      // "Ada Byron Lovelace" has the form of "Ada Lovelace".
      if (form.at(-1) === " " && form.at(-2) === "letters") {
        form.pop();
        sized.pop();
      } else {
        form.push("letters");
        sized.push("letters");
      }
    } else if (/\s/.test(first)) {
      const space = first === "\t" ? "\t" : " ";
      if (space === "\t") add("sign", path, space);
      form.push(space);
      sized.push(space);
    } else {
      add("sign", path, first);
      form.push(first);
      sized.push(first);
    }
  }
  if (form.length === 0 || form.length > longestForm) return;
  add("form", path, form.join(""));
  // Days before years, or years before days.
  if (sized.join("") !== form.join("")) add("form", path, sized.join(""));
}

function power(length: number): string {
  return length === 0 ? "0" : String(2 ** Math.floor(Math.log2(length)));
}
