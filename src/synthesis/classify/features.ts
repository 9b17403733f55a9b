/**
 * Texts as bags of features: words, pairs of neighbouring words, and runs of characters within a word and the blanks
 * around it. No feature can be the name of something every object has (`constructor`), so that the emitted program may
 * look them up in a plain object: words stand between spaces, runs are short.
 */

import type { Deadline } from "../deadline.ts";

export interface FeatureOptions {
  /** Lengths of the character runs, in UTF-16 units. */
  readonly sizes: readonly number[];
  /** Characters of a text that are read. */
  readonly maxLength: number;
}

/** Letters, digits and apostrophes make words; every other visible character is a word of its own. */
export const wordPattern = /[\p{L}\p{M}\p{N}']+|[^\s\p{L}\p{M}\p{N}']/gu;

/** Scripts written without spaces, or with many letters in one character, need shorter runs. */
const dense = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Fits the features to some of the `count` texts, and to the characters that can be read in the time there is. */
export function chooseFeatures(texts: readonly string[], count: number, readable: number): FeatureOptions {
  const sample = texts.map((text) => text.slice(0, 200)).join(" ");
  const share = (sample.match(dense)?.length ?? 0) / Math.max(1, sample.replace(/\s/g, "").length);
  const maxLength = Math.round(Math.min(2_000, Math.max(100, readable / Math.max(1, count))));
  return { sizes: share > 0.3 ? [1, 2, 3] : [2, 3, 4], maxLength };
}

/** Calls `use` with each feature of a text, repeats included. */
export function eachFeature(text: string, { sizes, maxLength }: FeatureOptions, use: (feature: string) => void): void {
  const words = text.slice(0, maxLength).toLowerCase().match(wordPattern) ?? [];
  let previous = "";
  for (const word of words) {
    const padded = ` ${word} `;
    use(padded);
    if (previous !== "") use(`${previous}${word} `);
    for (const size of sizes) for (let i = 0; i + size <= padded.length; i++) use(padded.slice(i, i + size));
    previous = padded;
  }
}

/** One training row: feature numbers and their values, of length 1 as a vector. */
export interface Row {
  readonly indexes: Int32Array;
  readonly values: Float32Array;
}

export interface Vectors {
  /** Name of each feature, and the field it is of. */
  readonly names: readonly { readonly field: number; readonly text: string }[];
  /** What one occurrence of a feature adds to the vector before it is scaled: its inverse document frequency. */
  readonly scale: Float32Array;
  readonly rows: readonly Row[];
  /** Which of the given rows these are, in their order: fewer where the time ran out. */
  readonly read: readonly number[];
}

const bias = 1.2;

/** More features than this are not weighed: the commonest stay. */
const maxFeatures = 150_000;
/** Of the time for reading, what counting takes; the rest is for making vectors of the counts. */
const countingShare = 0.7;

/**
 * TF-IDF vectors of rows of texts (one text a field), read in the given order for as long as there is time.
 * Feature 0 is the constant one. Where rows are many, features seen in one row only are left out.
 */
export function vectorize(
  rows: readonly (readonly string[])[],
  order: Iterable<number>,
  options: FeatureOptions,
  deadline: Deadline,
): Vectors {
  const ids = new Map<string, number>();
  const names = [{ field: 0, text: "" }];
  const documents: number[] = [0];
  const read: number[] = [];
  const counted: ReadonlyMap<number, number>[] = [];
  const counting = deadline.share(countingShare);
  for (const i of order) {
    if (read.length > 0 && counting.expired()) break;
    const counts = new Map<number, number>();
    (rows[i] ?? []).forEach((text, field) => {
      eachFeature(text, options, (feature) => {
        const key = field === 0 ? feature : `${field}\u0001${feature}`;
        let id = ids.get(key);
        if (id === undefined) {
          id = names.length;
          ids.set(key, id);
          names.push({ field, text: feature });
          documents.push(0);
        }
        const count = counts.get(id);
        if (count === undefined) documents[id] = (documents[id] ?? 0) + 1;
        counts.set(id, (count ?? 0) + 1);
      });
    });
    read.push(i);
    counted.push(counts);
  }
  const rare = rareBelow(documents, read.length);
  const scale = Float32Array.from(documents, (n, id) => {
    if (id === 0) return bias;
    return n < rare ? 0 : Math.log((1 + read.length) / (1 + n)) + 1;
  });
  const vectors: Row[] = [];
  for (const counts of counted) {
    if (vectors.length > 0 && deadline.expired()) break;
    vectors.push(unitRow(counts, scale));
  }
  return { names, scale, rows: vectors, read: read.slice(0, vectors.length) };
}

/** In how many rows a feature must be seen to count. */
function rareBelow(documents: readonly number[], rows: number): number {
  const least = rows >= 300 ? 2 : 1;
  if (documents.length <= maxFeatures) return least;
  const nth = Float64Array.from(documents).sort().at(-maxFeatures) ?? least;
  return Math.max(least, nth);
}

function unitRow(counts: ReadonlyMap<number, number>, scale: Float32Array): Row {
  const indexes = [0];
  const values = [bias];
  let squares = bias * bias;
  for (const [id, count] of counts) {
    const value = count * (scale[id] ?? 0);
    if (value === 0) continue;
    indexes.push(id);
    values.push(value);
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  return { indexes: Int32Array.from(indexes), values: Float32Array.from(values, (value) => value / length) };
}
