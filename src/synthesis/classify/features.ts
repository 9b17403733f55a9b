/**
 * A text as sets of features: the first letters of its words (which stand for their forms in any language that inflects
 * at the end), neighbouring pairs of those, and runs of characters within a word and the blanks around it. None can be
 * the name of something every object has (`constructor`), so that emitted programs may look them up in plain objects:
 * stems and runs are short, pairs have a blank.
 */

/** Letters, digits and apostrophes make words; every other visible character is a word of its own. */
export const wordPattern = /[\p{L}\p{M}\p{N}']+|[^\s\p{L}\p{M}\p{N}']/gu;

export const stemLength = 5;

export interface ReadingOptions {
  /** Shortest and longest run of characters, in UTF-16 units. */
  readonly runs: readonly [number, number];
  /** Characters of a text that are read. */
  readonly maxLength: number;
}

export interface TextFeatures {
  readonly stems: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
  readonly runs: ReadonlySet<string>;
}

/** Scripts written without spaces, or with many letters in one character, need shorter runs. */
const dense = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const denseShare = 0.15;

/** Fits the reading to some of the `count` texts, and to the characters that can be read in the time there is. */
export function chooseReading(texts: readonly string[], count: number, readable: number): ReadingOptions {
  const sample = texts.map((text) => text.slice(0, 200)).join(" ");
  const share = (sample.match(dense)?.length ?? 0) / Math.max(1, sample.replace(/\s/g, "").length);
  const maxLength = Math.round(Math.min(2_000, Math.max(100, readable / Math.max(1, count))));
  return { runs: share > denseShare ? [1, 3] : [3, 5], maxLength };
}

/** The words of a text's beginning, in small letters. */
export function wordsOf(text: string, maxLength: number): readonly string[] {
  return text.slice(0, maxLength).toLowerCase().match(wordPattern) ?? [];
}

export function textFeatures(words: readonly string[], [shortest, longest]: ReadingOptions["runs"]): TextFeatures {
  const stems = new Set<string>();
  const pairs = new Set<string>();
  const runs = new Set<string>();
  let previous = "^";
  for (const word of words) {
    const stem = word.slice(0, stemLength);
    stems.add(stem);
    pairs.add(`${previous} ${stem}`);
    previous = stem;
    if (/[\ud800-\udfff]/.test(word)) continue;
    const padded = ` ${word} `;
    for (let size = shortest; size <= longest; size++)
      for (let i = 0; i + size <= padded.length; i++) runs.add(padded.slice(i, i + size));
  }
  return { stems, pairs, runs };
}

/** The words a label is made of: `cardArrival`, `card_arrival` and `Card arrival?` name the same. */
export function labelWords(label: string): string {
  return label.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/[^\p{L}\p{M}\p{N}']+/gu, " ");
}
