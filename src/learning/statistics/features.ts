/** What an input looks like, as a few small numbers: cheap enough for every input, and its text is not kept. */
import { mix32 } from "./hash.ts";

/** Shapes, lengths and words are told apart as far as so many bins go. */
export const binCount = 256;

export interface Features {
  /** The run of kinds of characters: "2024-01-31" and "1999-12-24" are alike, "31.01.2024" is not. */
  readonly shape: number;
  /** The length on a logarithmic scale, four steps to a doubling. */
  readonly length: number;
  /** One word of it; figures by their length only. */
  readonly word: number;
}

/** More of a text is not looked at, so that a long one costs no more than a microsecond. */
const most = 256;
/** A longer run of kinds is a text: which kinds occur tells more there than their order. */
const longestShape = 16;

const digit = 1;
const space = 2;
const letter = 3;

/** The kind of each ASCII character: a digit, a space, a letter, or itself. */
const ascii = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 48 && code <= 57) return digit;
  if (code <= 32) return space;
  const lower = code | 32;
  return lower >= 97 && lower <= 122 ? letter : code;
});

/**
 * @param text the input as JSON
 * @param pick any number from 0 to 2³² - 1, another for each input: it chooses the word
 */
export function featuresOf(text: string, pick: number): Features {
  const length = Math.min(text.length, most);
  let sequence = 0;
  let kinds = 0;
  let runs = 0;
  let run = 0;
  let last = 0;
  let words = 0;
  let word = 0;
  let chosen = 0;
  let dice = pick >>> 0;
  for (let i = 0; i <= length; i++) {
    const code = i < length ? text.charCodeAt(i) : 32;
    const kind = code < 128 ? (ascii[code] ?? 0) : script(code);
    const inWord = kind === letter || kind > 128;
    if (kind !== last) {
      // A word ends: of all words so far each is the chosen one with the same chance (reservoir of one, Vitter 1985).
      if (word !== 0) {
        words++;
        dice = (Math.imul(dice, 1664525) + 1013904223) >>> 0;
        if (dice / 2 ** 32 < 1 / words) chosen = word;
        word = 0;
      }
      // Spaces between words are part of the text, not of its shape.
      if (kind !== space && !(inWord && last === space && run === kind)) {
        sequence = Math.imul(sequence ^ kind, 0x01000193) + 0x9e37;
        kinds |= 1 << (kind & 31);
        runs++;
        run = kind;
      }
      last = kind;
    }
    if (kind === digit) {
      // Up to four figures are told apart: years from days, not prices from each other.
      if (word < 4) word++;
    } else if (inWord) word = Math.imul(word ^ code, 0x01000193) ^ 0x811c9dc5;
  }
  const shape = runs <= longestShape ? sequence : kinds;
  return {
    shape: mix32(shape) % binCount,
    length: Math.min(binCount - 1, Math.floor(4 * Math.log2(text.length + 1))),
    word: mix32(chosen) % binCount,
  };
}

/** The writing a letter is from, as one of some numbers above 128. */
function script(code: number): number {
  if (code < 0x250) return 129; // Latin beyond ASCII
  if (code < 0x400) return 130; // Greek
  if (code < 0x530) return 131; // Cyrillic
  if (code < 0x700) return 132; // Hebrew, Arabic
  if (code < 0x1100) return 133; // of India and South-East Asia
  if (code >= 0x3040 && code < 0x3100) return 134; // Kana
  if (code >= 0x3400 && code < 0xa000) return 135; // Han
  if ((code >= 0xac00 && code < 0xd7b0) || code < 0x1200) return 136; // Hangul
  return 137;
}
