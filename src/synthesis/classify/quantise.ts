/** A trained linear model as tables of whole numbers small enough to be written in a program: rounded and pruned. */
import type { JsonValue } from "../../contract/wire.ts";
import type { ReadingOptions } from "./features.ts";
import type { Field } from "./inputs.ts";
import type { Linear } from "./linear.ts";
import type { Bags, BlockKind } from "./vectorise.ts";

/** The weights of one kind of feature of one field. */
export interface Table {
  readonly field: number;
  readonly kind: BlockKind;
  /** What a unit of weight adds to a score. */
  readonly step: number;
  /** For each feature a whole number for each label; of two labels for the second alone. */
  readonly weights: ReadonlyMap<string, Int16Array>;
}

/** All that a linear program says. */
export interface LinearProgram {
  readonly labels: readonly JsonValue[];
  readonly fields: readonly Field[];
  readonly reading: ReadingOptions;
  /** Where each label's score starts. */
  readonly start: readonly number[];
  readonly tables: readonly Table[];
}

export type Encoding = "two" | "few" | "many";

/** Programs for more labels may be larger, and leave out the small weights of a feature. */
export const fewLabels = 10;
const maxBytes = { few: 215_000, many: 740_000 };
const largest = { two: 99, few: 45, many: 45 };
/** Cues that move no score by this share of what the strongest feature does are left out. */
const weakCue = 0.08;
/** Bytes around a feature's name. */
const around = 5;
/** Weights that are looked at to tell how many bytes all take. */
const countedWeights = 400_000;

export function encodingOf(labels: number): Encoding {
  return labels === 2 ? "two" : labels <= fewLabels ? "few" : "many";
}

interface Entry {
  readonly text: string;
  readonly block: number;
  readonly values: Float64Array;
  /** Largest of the values' sizes as they count in a text. */
  readonly weight: number;
}

export function quantise(
  linear: Linear,
  bags: Bags,
  labels: readonly JsonValue[],
  fields: readonly Field[],
  reading: ReadingOptions,
): LinearProgram {
  const classes = labels.length;
  const encoding = encodingOf(classes);
  const typical = typicalShares(bags);
  const start = Array.from(
    { length: classes },
    (_, c) => (at(linear, 0, c) * constantShare(bags)) / linear.temperature,
  );
  let entries: Entry[] = [];
  const ranges = rangesOf(linear, bags, typical);
  const room = roomFor(encoding, classes);
  const least = ranges.length <= room ? 0 : (ranges.slice().sort().at(-room) ?? 0);
  bags.features.forEach(({ text, block }, feature) => {
    if (block < 0 || (ranges[feature] ?? 0) <= 0 || (ranges[feature] ?? 0) < least) return;
    const values = centred(linear, feature, classes);
    const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (size > 0) entries.push({ text, block, values, weight: size * (typical[block] ?? 1) });
  });
  const strongest = entries.reduce((most, { weight }) => Math.max(most, weight), 0);
  entries = entries.filter(({ text, block, values, weight }) => {
    if (bags.blocks[block]?.kind !== "cues" || weight >= weakCue * strongest) return true;
    const share = cueShare(bags, text, block);
    values.forEach((value, c) => {
      start[c] = (start[c] ?? 0) + value * share;
    });
    return false;
  });
  const floor = affordableFloor(entries, typical, encoding, classes);
  const tables = bags.blocks.map(({ field, kind }, block): Table => {
    const own = entries.filter((entry) => entry.block === block && entry.weight >= floor);
    return { field, kind, ...rounded(own, floor / (typical[block] ?? 1), encoding) };
  });
  return { labels, fields, reading, start, tables: tables.filter(({ weights }) => weights.size > 0) };
}

/** By how much each feature's weights differ as they count in a text; cues are always among the largest. */
function rangesOf({ machine, scale }: Linear, { features, blocks }: Bags, typical: readonly number[]): Float32Array {
  const { weights, classes } = machine;
  return Float32Array.from(features, ({ block }, feature) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = feature * classes; i < (feature + 1) * classes; i++) {
      const weight = weights[i] ?? 0;
      if (weight < low) low = weight;
      if (weight > high) high = weight;
    }
    const range = (high - low) * (scale[feature] ?? 0) * (typical[block] ?? 1);
    return range > 0 && blocks[block]?.kind === "cues" ? 1e9 : range;
  });
}

/** No more features than this can fit in the program. */
function roomFor(encoding: Encoding, classes: number): number {
  if (encoding === "many") return Math.floor(maxBytes.many / 25);
  return Math.floor(maxBytes.few / (encoding === "two" ? 9 : 2 * classes + 8));
}

const at = ({ machine, scale }: Linear, feature: number, label: number): number =>
  (machine.weights[feature * machine.classes + label] ?? 0) * (scale[feature] ?? 0);

/**
 * A feature's weights with the temperature in them. Adding the same to all labels changes nothing, so they are moved
 * by their median, which makes most of them small; of two labels, by the first.
 */
function centred(linear: Linear, feature: number, classes: number): Float64Array {
  const values = new Float64Array(classes);
  for (let c = 0; c < classes; c++) values[c] = at(linear, feature, c) / linear.temperature;
  const base = (classes === 2 ? values[0] : values.slice().sort()[classes >> 1]) ?? 0;
  for (let c = 0; c < classes; c++) values[c] = (values[c] ?? 0) - base;
  return values;
}

/** The constant's value stands first in every bag. */
const constantShare = ({ bags }: Bags): number => bags[0]?.values[0] ?? 0;

/** What a feature of each block is multiplied by in an average case. */
function typicalShares({ bags, blocks, features }: Bags): number[] {
  const sums = blocks.map(() => 0);
  const counts = blocks.map(() => 0);
  for (const { indexes, values } of bags.slice(0, 1_000))
    for (let j = 1; j < indexes.length; j++) {
      const block = features[indexes[j] ?? 0]?.block ?? 0;
      sums[block] = (sums[block] ?? 0) + (values[j] ?? 0);
      counts[block] = (counts[block] ?? 0) + 1;
    }
  return sums.map((sum, block) => (counts[block] ? sum / (counts[block] ?? 1) : 1));
}

function cueShare({ features, documents, bags }: Bags, text: string, block: number): number {
  const feature = features.findIndex((other) => other.text === text && other.block === block);
  return (documents[feature] ?? 0) / Math.max(1, bags.length);
}

/** The smallest weight that can be kept so that the tables fit, by bisection over the bytes they take. */
function affordableFloor(
  entries: readonly Entry[],
  typical: readonly number[],
  encoding: Encoding,
  classes: number,
): number {
  const limit = encoding === "many" ? maxBytes.many : maxBytes.few;
  // Where there are very many weights, a part of them tells how many bytes all take.
  const every = Math.ceil((entries.length * classes) / countedWeights);
  const sampled = entries.filter((_, k) => k % every === 0);
  const perLabel = classes > 92 ? 3 : 2;
  const bytesAt = (floor: number): number => {
    let sum = 0;
    sampled.forEach(({ values, weight, block, text }) => {
      if (weight < floor) return;
      sum += Buffer.byteLength(text) + around;
      if (encoding === "many") {
        const own = floor / (typical[block] ?? 1);
        for (const value of values) if (value >= own || value <= -own) sum += perLabel;
      } else sum += encoding === "two" ? 3 : 2 * classes + 2;
    });
    return sum * every;
  };
  const strongest = entries.reduce((most, { weight }) => Math.max(most, weight), 0);
  let [low, high] = [strongest / 500, strongest];
  if (bytesAt(low) <= limit) return low;
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2;
    if (bytesAt(middle) > limit) low = middle;
    else high = middle;
  }
  return high;
}

function rounded(
  entries: readonly Entry[],
  floor: number,
  encoding: Encoding,
): { step: number; weights: Map<string, Int16Array> } {
  const sizes = entries
    .map(({ values }) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0))
    .sort((a, b) => a - b);
  // A few weights far above the rest would leave too few steps for the others.
  const top = Math.min(sizes.at(-1) ?? 1, 1.5 * (sizes[Math.floor(sizes.length * 0.995)] ?? 1)) || 1;
  const steps = largest[encoding];
  const step = Number((top / steps).toPrecision(4));
  const weights = new Map<string, Int16Array>();
  for (const { text, values } of entries) {
    const whole = new Int16Array(values.length);
    for (let c = 0; c < values.length; c++) {
      const value = values[c] ?? 0;
      if (encoding !== "many" || Math.abs(value) >= floor)
        whole[c] = Math.max(-steps, Math.min(steps, Math.round(value / step)));
    }
    if (whole.some((value) => value !== 0)) weights.set(text, encoding === "two" ? whole.subarray(1) : whole);
  }
  return { step, weights };
}
