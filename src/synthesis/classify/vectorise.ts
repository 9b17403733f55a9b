/** Cases as sparse vectors: what each shows, weighed by how rare it is (TF-IDF) and by how much its kind may say. */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { allCues, cuesOf } from "./cues.ts";
import { labelWords, type ReadingOptions, textFeatures, wordsOf } from "./features.ts";
import { type Field, fieldValue, numberOf, textOf } from "./inputs.ts";
import { thresholdsOf } from "./thresholds.ts";

export type BlockKind = "stems" | "pairs" | "runs" | "cues" | "category" | "number";

/** Features of one kind that one field has; the constant feature 0 is of none. */
export interface Block {
  readonly field: number;
  readonly kind: BlockKind;
}

/** Feature numbers and values of a case. */
export interface Row {
  readonly indexes: Int32Array;
  readonly values: Float32Array;
  /** Sum of the squared values. */
  readonly squares: number;
}

export interface Feature {
  readonly text: string;
  /** Number of its block; -1 for the constant. */
  readonly block: number;
}

/** What the cases show, before it is weighed: every feature of a block has the block's share in each case. */
export interface Bags {
  readonly blocks: readonly Block[];
  readonly features: readonly Feature[];
  /** In how many cases each feature is. */
  readonly documents: readonly number[];
  /** `values`: 1 / √(features of the block the case has, known or not). */
  readonly bags: readonly Pick<Row, "indexes" | "values">[];
  /** One for each label whose name has words: its class, and its name read as a text. */
  readonly names: readonly (Pick<Row, "indexes" | "values"> & { readonly label: number })[];
  /** Which of the given inputs the bags are of: fewer where the time ran out. */
  readonly read: readonly number[];
}

export interface Weighing {
  /** Power of the inverse document frequency: with few cases rarity is known less well. */
  readonly rarity: number;
  /** Length of the cues' part of a vector; that of words and runs is 1. */
  readonly cues: number;
}

const textBlocks: readonly BlockKind[] = ["stems", "pairs", "runs", "cues"];
const shares: Readonly<Record<BlockKind, number>> = { stems: 1, pairs: 1, runs: 3, cues: 0, category: 2, number: 2 };
const constant = 0.2;
/** More features than this are not weighed: the commonest stay. */
const maxFeatures = 150_000;
/** Nor more than can be weighed and written in the time: features times labels, in a millisecond of the time for reading. */
const featureLabelsPerMs = 1_500;
const fewestFeatures = 1_000;
/** From so many cases on, what only one of them has is left out. */
const manyCases = 300;

/** Reads the inputs in the given order for as long as there is time. */
export function readBags(
  inputs: readonly JsonValue[],
  fields: readonly Field[],
  classes: Int32Array,
  labels: readonly JsonValue[],
  order: Iterable<number>,
  options: ReadingOptions,
  deadline: Deadline,
): Bags {
  const affordable = Math.max(fewestFeatures, (deadline.left() * featureLabelsPerMs) / labels.length);
  const thresholds = fields.map((field) =>
    field.kind === "number"
      ? thresholdsOf(
          inputs.map((input) => numberOf(fieldValue(input, field))),
          classes,
        )
      : [],
  );
  const blocks = fields.flatMap(({ kind }, field): Block[] =>
    kind === "text" ? textBlocks.map((block) => ({ field, kind: block })) : [{ field, kind }],
  );
  const ids = blocks.map(() => new Map<string, number>());
  const features: Feature[] = [{ text: "", block: -1 }];
  const documents = [0];
  const bagOf = (input: JsonValue) => {
    const indexes = [0];
    const values = [constant];
    blocks.forEach(({ field, kind }, block) => {
      const shape = fields[field];
      if (!shape || (kind !== "stems" && textBlocks.includes(kind))) return;
      const value = fieldValue(input, shape);
      const sets =
        kind === "stems" ? textSets(textOf(value), options) : [fieldSet(value, kind, thresholds[field] ?? [])];
      sets.forEach((set, k) => {
        const share = kind === "stems" && k < 3 ? 1 / Math.sqrt(set.size || 1) : 1;
        for (const text of set) {
          const known = ids[block + k];
          let id = known?.get(text);
          if (id === undefined) {
            id = features.length;
            known?.set(text, id);
            features.push({ text, block: block + k });
            documents.push(0);
          }
          indexes.push(id);
          values.push(share);
        }
      });
    });
    return { indexes: Int32Array.from(indexes), values: Float32Array.from(values) };
  };
  const bags: Pick<Row, "indexes" | "values">[] = [];
  const read: number[] = [];
  for (const i of order) {
    if (read.length > 0 && deadline.expired()) break;
    const bag = bagOf(inputs[i] ?? null);
    for (const id of bag.indexes) documents[id] = (documents[id] ?? 0) + 1;
    bags.push(bag);
    read.push(i);
  }
  const names = nameBags(labels, fields, bagOf, features, blocks);
  return withoutRare({ blocks, features, documents, bags, names, read }, Math.min(maxFeatures, affordable));
}

function textSets(text: string, options: ReadingOptions): ReadonlySet<string>[] {
  const words = wordsOf(text, options.maxLength);
  const { stems, pairs, runs } = textFeatures(words, options.runs);
  const cues = new Set(cuesOf(text.slice(0, options.maxLength).trim(), words).map((cue) => allCues[cue]?.name ?? ""));
  return [stems, pairs, runs, cues];
}

function fieldSet(value: ReturnType<typeof fieldValue>, kind: BlockKind, thresholds: readonly number[]): Set<string> {
  if (kind === "category") return new Set([`is ${textOf(value)}`]);
  const number = numberOf(value);
  if (number === undefined) return new Set(["missing"]);
  return new Set(thresholds.filter((threshold) => number >= threshold).map(String));
}

/** Label names as cases of their class: what `card_arrival` is about can be read from its name. Without cues. */
function nameBags(
  labels: readonly JsonValue[],
  fields: readonly Field[],
  bagOf: (input: JsonValue) => Pick<Row, "indexes" | "values">,
  features: readonly Feature[],
  blocks: readonly Block[],
): (Pick<Row, "indexes" | "values"> & { label: number })[] {
  return labels.flatMap((name, label) => {
    const words = typeof name === "string" ? labelWords(name).trim() : "";
    const texts = fields.filter(({ kind }) => kind === "text");
    if (words.length < 3 || texts.length === 0) return [];
    const bag = bagOf(
      texts[0]?.key === undefined ? words : Object.fromEntries(texts.map(({ key }) => [String(key), words])),
    );
    const kept = [...bag.indexes.keys()].filter((j) => {
      const kind = blocks[features[bag.indexes[j] ?? 0]?.block ?? -1]?.kind;
      return kind === undefined || kind === "stems" || kind === "pairs" || kind === "runs";
    });
    return [
      {
        label,
        indexes: Int32Array.from(kept, (j) => bag.indexes[j] ?? 0),
        values: Float32Array.from(kept, (j) => bag.values[j] ?? 0),
      },
    ];
  });
}

/** What each feature's share in a bag is multiplied by; 0 for what is left out. */
export function scaleOf({ blocks, features, documents, bags }: Bags, { rarity, cues }: Weighing): Float32Array {
  const scale = Float32Array.from(features, ({ block }, id) => {
    const kind = blocks[block]?.kind;
    if (kind === undefined || kind === "category" || kind === "number" || kind === "cues") return 1;
    const n = Math.max(1, documents[id] ?? 0);
    return (Math.log((1 + bags.length) / (1 + n)) + 1) ** rarity;
  });
  const squares = new Float64Array(blocks.length);
  for (const { indexes, values } of bags)
    for (let j = 0; j < indexes.length; j++) {
      const id = indexes[j] ?? 0;
      const block = features[id]?.block ?? -1;
      if (block >= 0) squares[block] = (squares[block] ?? 0) + ((values[j] ?? 0) * (scale[id] ?? 0)) ** 2;
    }
  const all = blocks.reduce((sum, { kind }) => sum + shares[kind], 0);
  const factors = blocks.map(({ kind }, block) => {
    const length = kind === "cues" ? cues : Math.sqrt(shares[kind] / all);
    return length / Math.sqrt((squares[block] ?? 0) / Math.max(1, bags.length) || 1);
  });
  return scale.map((value, id) => value * (factors[features[id]?.block ?? -1] ?? 1));
}

/** Leaves out features that are in too few cases to count, and the rarest where there are more than can be weighed. */
function withoutRare(all: Bags, most: number): Bags {
  const least = leastDocuments(all.documents, all.bags.length, most);
  const kept: number[] = [];
  const renumbered = Int32Array.from(all.documents, (n, id) => {
    if (id > 0 && n < least && !(least <= 1 && n === 0)) return -1;
    kept.push(id);
    return kept.length - 1;
  });
  const without = <Bag extends Pick<Row, "indexes" | "values">>(bag: Bag): Bag => {
    const places = [...bag.indexes.keys()].filter((j) => (renumbered[bag.indexes[j] ?? 0] ?? -1) >= 0);
    return {
      ...bag,
      indexes: Int32Array.from(places, (j) => renumbered[bag.indexes[j] ?? 0] ?? 0),
      values: Float32Array.from(places, (j) => bag.values[j] ?? 0),
    };
  };
  return {
    ...all,
    features: kept.flatMap((id) => all.features[id] ?? []),
    documents: kept.map((id) => all.documents[id] ?? 0),
    bags: all.bags.map(without),
    names: all.names.map(without),
  };
}

/** In how many cases a feature must be to count. */
function leastDocuments(documents: readonly number[], cases: number, most: number): number {
  const least = cases >= manyCases ? 2 : 1;
  if (documents.length <= most) return least;
  const nth = Float64Array.from(documents).sort().at(-Math.floor(most)) ?? least;
  return Math.max(least, nth + (documents.filter((n) => n >= nth).length > 1.5 * most ? 1 : 0));
}

/** The weighed vector of a bag. */
export function weigh({ indexes, values }: Pick<Row, "indexes" | "values">, scale: Float32Array): Row {
  const kept: number[] = [];
  const weighed: number[] = [];
  let squares = 0;
  for (let j = 0; j < indexes.length; j++) {
    const value = (values[j] ?? 0) * (scale[indexes[j] ?? 0] ?? 0);
    if (value === 0) continue;
    kept.push(indexes[j] ?? 0);
    weighed.push(value);
    squares += value * value;
  }
  return { indexes: Int32Array.from(kept), values: Float32Array.from(weighed), squares };
}
