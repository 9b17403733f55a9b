/**
 * Texts as bags of features: words, pairs of neighbouring words, and runs of characters. All are slices of one
 * normalized line (` where is my order ? `), so that the emitted program looks them up without building keys, and so
 * that none can be the name of something every object has (`constructor`): words stand between spaces, runs are short.
 */

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

/** Fits the features to the texts and to the characters that can be read in the time there is. */
export function chooseFeatures(texts: readonly string[], readable: number): FeatureOptions {
  const sample = texts
    .slice(0, 500)
    .map((text) => text.slice(0, 200))
    .join(" ");
  const share = (sample.match(dense)?.length ?? 0) / Math.max(1, sample.replace(/\s/g, "").length);
  const maxLength = Math.round(Math.min(2_000, Math.max(100, readable / Math.max(1, texts.length))));
  return { sizes: share > 0.3 ? [1, 2, 3] : [2, 3], maxLength };
}

/** Calls `use` with each feature of a text, repeats included. */
export function eachFeature(text: string, { sizes, maxLength }: FeatureOptions, use: (feature: string) => void): void {
  const words = text.slice(0, maxLength).toLowerCase().match(wordPattern) ?? [];
  const line = ` ${words.join(" ")} `;
  let start = 0;
  let previous = -1;
  for (const word of words) {
    const end = start + word.length + 2;
    use(line.slice(start, end));
    if (previous >= 0) use(line.slice(previous, end));
    previous = start;
    start = end - 1;
  }
  for (const size of sizes) for (let i = 0; i + size <= line.length; i++) use(line.slice(i, i + size));
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
}

const bias = 1.2;

/**
 * TF-IDF vectors of rows of texts (one text a field). Feature 0 is the constant one.
 * Where rows are many, features seen in one row only are left out.
 */
export function vectorize(
  rows: readonly (readonly string[])[],
  options: FeatureOptions,
  expired: () => boolean,
): Vectors {
  const ids = new Map<string, number>();
  const names = [{ field: 0, text: "" }];
  const documents: number[] = [rows.length];
  const counted = rows.map((fields) => {
    const counts = new Map<number, number>();
    if (expired()) return counts;
    fields.forEach((text, field) => {
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
    return counts;
  });
  const rare = rows.length >= 300 ? 2 : 1;
  const scale = Float32Array.from(documents, (n, id) => {
    if (id === 0) return bias;
    if (n < rare) return 0;
    return Math.log((1 + rows.length) / (1 + n)) + 1;
  });
  return { names, scale, rows: counted.map((counts) => unitRow(counts, scale)) };
}

function unitRow(counts: ReadonlyMap<number, number>, scale: Float32Array): Row {
  const kept = [[0, 1] as [number, number], ...counts].filter(([id]) => (scale[id] ?? 0) > 0);
  const values = Float32Array.from(kept, ([id, count]) => count * (scale[id] ?? 0));
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return { indexes: Int32Array.from(kept, ([id]) => id), values: values.map((value) => value / length) };
}
