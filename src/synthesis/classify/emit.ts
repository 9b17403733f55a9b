/** Writes a linear model as JavaScript: small whole-number weights in a literal, and the code that adds them up. */
import type { JsonValue } from "../../contract/wire.ts";
import { literal, member, quote } from "../javascript.ts";
import type { Shape } from "../transform/fields.ts";
import { type FeatureOptions, type Vectors, wordPattern } from "./features.ts";

/** Largest weight written. */
const steps = 99;

export interface Model {
  readonly labels: readonly JsonValue[];
  readonly vectors: Vectors;
  /** As `trainClasses` gives them. */
  readonly weights: Float32Array;
  readonly options: FeatureOptions;
  /** Whether an example's input is null, where inputs are plain texts: it is then read as empty text. */
  readonly optional: boolean;
}

/** The weights of one feature: pairs of label number and weight, those that are not zero. */
type Entry = readonly [feature: number, pairs: readonly number[]];

/** The source of the program; weights too small to matter are left out until it fits in `maxBytes`. */
export function emitModel(model: Model, shape: Shape, explanation: string, maxBytes: number): string {
  const entries = quantize(model, maxBytes);
  let floor = affordableFloor(model, entries, maxBytes);
  let source = write(model, shape, explanation, entries, floor);
  while (Buffer.byteLength(source) > maxBytes && floor < steps) {
    floor = Math.max(floor + 1, Math.ceil(floor * 1.25));
    source = write(model, shape, explanation, entries, floor);
  }
  return source;
}

/** The smallest weight that can be kept, by an estimate of the bytes that each weight and each feature's name take. */
function affordableFloor({ vectors, labels }: Model, entries: readonly Entry[], maxBytes: number): number {
  const bytes = new Float64Array(steps + 2);
  const perWeight = labels.length === 2 ? 3 : 7;
  for (const [feature, pairs] of entries) {
    let largest = 0;
    for (let i = 1; i < pairs.length; i += 2) {
      const size = Math.abs(pairs[i] ?? 0);
      largest = Math.max(largest, size);
      bytes[size] = (bytes[size] ?? 0) + perWeight;
    }
    bytes[largest] = (bytes[largest] ?? 0) + Buffer.byteLength(vectors.names[feature]?.text ?? "") + 9;
  }
  let floor = steps + 1;
  for (let sum = 2_000; floor > 1 && sum + (bytes[floor - 1] ?? 0) < maxBytes; floor--) sum += bytes[floor - 1] ?? 0;
  return floor;
}

/** No feature takes fewer bytes than this in the program. */
const minFeatureBytes = 12;

/**
 * What one occurrence adds to each label's score, for the features that tell labels apart most. Adding the same to all
 * labels changes nothing, so each feature's weights are moved by their median: most become zero.
 */
function quantize({ weights, vectors, labels }: Model, maxBytes: number): Entry[] {
  const { scale } = vectors;
  const classes = labels.length;
  const ranges = new Float64Array(scale.length);
  for (let feature = 0; feature < scale.length; feature++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = feature * classes; i < (feature + 1) * classes; i++) {
      const weight = weights[i] ?? 0;
      if (weight < low) low = weight;
      if (weight > high) high = weight;
    }
    ranges[feature] = (high - low) * (scale[feature] ?? 0);
  }
  const room = Math.floor(maxBytes / minFeatureBytes);
  const least = scale.length <= room ? 0 : (ranges.toSorted().at(-room) ?? 0);
  const exact: (readonly [number, Float64Array])[] = [];
  let largest = 0;
  for (let feature = 0; feature < scale.length; feature++) {
    const factor = scale[feature] ?? 0;
    if (feature > 0 && (factor === 0 || ranges[feature] === 0 || (ranges[feature] ?? 0) < least)) continue;
    const values = Float64Array.from(weights.subarray(feature * classes, (feature + 1) * classes));
    const base = (classes === 2 ? values[0] : values.toSorted()[classes >> 1]) ?? 0;
    for (let label = 0; label < classes; label++) {
      const value = ((values[label] ?? 0) - base) * factor;
      values[label] = value;
      largest = Math.max(largest, Math.abs(value));
    }
    exact.push([feature, values]);
  }
  return exact.map(([feature, values]) => {
    const pairs: number[] = [];
    values.forEach((value, label) => {
      const rounded = Math.round((value / (largest || 1)) * steps);
      if (rounded !== 0) pairs.push(label, rounded);
    });
    return [feature, pairs];
  });
}

function write(model: Model, shape: Shape, explanation: string, entries: readonly Entry[], floor: number): string {
  const { labels, vectors, options, optional } = model;
  const two = labels.length === 2;
  const fields = shape.keys ?? [undefined];
  const tables: string[][] = fields.map(() => []);
  const bias = labels.map(() => 0);
  for (const [feature, pairs] of entries) {
    if (feature === 0) {
      for (let i = 0; i < pairs.length; i += 2) bias[pairs[i] ?? 0] = pairs[i + 1] ?? 0;
      continue;
    }
    const kept: number[] = [];
    for (let i = 0; i < pairs.length; i += 2)
      if (Math.abs(pairs[i + 1] ?? 0) >= floor) kept.push(pairs[i] ?? 0, pairs[i + 1] ?? 0);
    const name = vectors.names[feature];
    if (kept.length === 0 || !name) continue;
    tables[name.field]?.push(`${quote(name.text)}: ${two ? kept[1] : `[${kept.join(", ")}]`}`);
  }
  const tableNames = fields.map((key) => (key === undefined ? "WEIGHTS" : `${constantName(String(key))}_WEIGHTS`));
  const unique = tableNames.map((name, i) => (tableNames.indexOf(name) === i ? name : `${name}_${i + 1}`));
  const tally = two
    ? "scores[1] += weights;"
    : "for (let i = 0; i < weights.length; i += 2) scores[weights[i]] += weights[i + 1];";
  const calls = fields.map((key, i) => {
    const value = key === undefined ? "input" : member("input", key);
    const text = key === undefined && !optional ? value : `${value} ?? ""`;
    return `  addScores(String(${text}), ${unique[i] ?? "WEIGHTS"}, scores);`;
  });
  const guard = shape.keys
    ? 'if (input === null || typeof input !== "object") throw new TypeError("expected a record");'
    : `if (typeof ${optional ? '(input ?? "")' : "input"} === "object") throw new TypeError("expected text");`;
  return `const LABELS = [${labels.map(literal).join(", ")}];

// Where each label starts from.
const START = [${bias.join(", ")}];

// ${two ? "Each text speaks for the second label (above zero) or the first (below zero)." : "What each text adds to labels: pairs of label number and weight."}
${unique.map((name, i) => `const ${name} = {\n${wrap(tables[i] ?? [])}};`).join("\n\n")}

// Words, pairs of words, and runs of ${options.sizes.join(", ")} characters of a word each add their weights.
function addScores(text, table, scores) {
  const words = text.slice(0, ${options.maxLength}).toLowerCase().match(${wordPattern}) ?? [];
  let previous = "";
  for (const word of words) {
    const padded = " " + word + " ";
    add(table[padded], scores);
    if (previous) add(table[previous + word + " "], scores);
    for (let size = ${options.sizes[0]}; size <= ${options.sizes.at(-1)}; size++) {
      for (let i = 0; i + size <= padded.length; i++) add(table[padded.slice(i, i + size)], scores);
    }
    previous = padded;
  }
}

function add(weights, scores) {
  if (weights === undefined) return;
  ${tally}
}

// ${explanation}
function run(input) {
  ${guard}
  const scores = START.slice();
${calls.join("\n")}
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
  return LABELS[best];
}
`;
}

/** Entries in lines of about 110 characters. */
function wrap(entries: readonly string[]): string {
  let lines = "";
  let line = " ";
  for (const entry of entries) {
    if (line.length + entry.length > 115 && line !== " ") {
      lines += `${line}\n`;
      line = " ";
    }
    line += ` ${entry},`;
  }
  return line === " " ? lines : `${lines}${line}\n`;
}

function constantName(key: string): string {
  const name = (key.match(/[A-Za-z0-9]+/g) ?? []).join("_").toUpperCase().slice(0, 30);
  return /^[A-Z]/.test(name) ? name : `FIELD_${name}`;
}
