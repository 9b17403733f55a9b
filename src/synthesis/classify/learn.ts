/** The door of the classify room: labelled texts in, a program that labels texts like them out. */
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { spread } from "../spread.ts";
import { fieldsOf, type Shape, shapeOf } from "../transform/fields.ts";
import { emitModel } from "./emit.ts";
import { chooseFeatures, vectorize } from "./features.ts";
import { shuffled, trainClasses } from "./train.ts";

export interface Classifier {
  readonly code: string;
  readonly explanation: string;
  /** Whether the time ran out: then the explanation says so too. */
  readonly cutShort: boolean;
}

const maxLabelLength = 100;
const maxLabels = 200;
const minExamples = 6;
/** Characters of a field that are read in a millisecond, cautiously. */
const charactersPerMs = 400;
/** Of the time, what reading takes at most. */
const readingShare = 0.4;
/** Weights that are rounded and written in a millisecond, cautiously. */
const weightsPerMs = 12_000;
/** Of the program, with few labels and with many. */
const maxBytes = { few: 240_000, many: 900_000 };
const fewLabels = 10;

/** Whether the outputs look like labels: a few short texts, numbers or yes/no that repeat. */
export function looksLikeLabels(examples: readonly Example[]): boolean {
  if (examples.length < minExamples) return false;
  const labels = new Set<string>();
  for (const { output } of examples) {
    if (typeof output === "object" && output !== null) return false;
    const text = JSON.stringify(output);
    if (text.length > maxLabelLength) return false;
    labels.add(text);
  }
  return labels.size >= 2 && labels.size <= maxLabels && examples.length / labels.size >= 2;
}

/** Undefined where the inputs are not texts (or flat records of texts), or hold nothing to tell labels apart. */
export function learnClassifier(
  examples: readonly Example[],
  deadline: Deadline,
  onProgress: (message: string, fraction: number) => void,
): Classifier | undefined {
  const shape = shapeOf(examples.map((example) => example.input));
  if (!shape) return undefined;
  const { inputs, labels, numbers } = oneLabelEach(examples);
  const rows = inputs.map((input) => fieldsOf(input, shape));
  if (rows.every((fields) => fields.every((text) => text.trim() === ""))) return undefined;

  onProgress(`Reading ${rows.length} labelled texts`, 0.1);
  const texts = spread(rows.length, 500).map((i) => (rows[i] ?? []).join(" "));
  const readable = (deadline.left() * charactersPerMs) / Math.max(1, shape.labels.length);
  const options = chooseFeatures(texts, rows.length, readable);
  const vectors = vectorize(rows, shuffled(rows.length), options, deadline.share(readingShare));
  const classes = Int32Array.from(vectors.read, (i) => numbers[i] ?? 0);
  const { weights, finished } = trainClasses(
    vectors.rows,
    classes,
    labels.length,
    vectors.scale.length,
    deadline.share(trainingShare(vectors.scale.length * labels.length, deadline)),
    (share) => onProgress(`Weighing words for ${labels.length} labels`, 0.3 + 0.6 * share),
  );
  const cut = vectors.read.length < rows.length || !finished;
  const explanation =
    explain(labels, vectors.read.length, shape) + (cut ? ` ${cutWords(vectors.read.length, rows.length)}` : "");
  const bytes = labels.length <= fewLabels ? maxBytes.few : maxBytes.many;
  const optional = inputs.some((input) => input === null);
  const code = emitModel({ labels, vectors, weights, options, optional }, shape, explanation, bytes);
  return { code, explanation, cutShort: cut };
}

/** Of the time left, what training may take: writing the program needs its part, more for more weights. */
function trainingShare(weights: number, deadline: Deadline): number {
  return Math.max(0.3, 1 - weights / weightsPerMs / Math.max(1, deadline.left()) - 0.05);
}

function cutWords(read: number, all: number): string {
  return read < all
    ? `The time ran out: it read ${read} of ${all} examples; with more time it may get better.`
    : "The time ran out before training ended; with more time it may get better.";
}

const keyOf = (input: JsonValue): string => (typeof input === "string" ? `"${input}` : JSON.stringify(input));

/** Rows with the same input count once for each time they occur, with the label most of them have. */
function oneLabelEach(examples: readonly Example[]): { inputs: JsonValue[]; labels: JsonValue[]; numbers: Int32Array } {
  const votes = new Map<string, Map<string, number>>();
  for (const { input, output } of examples) {
    const key = keyOf(input);
    const counts = votes.get(key) ?? new Map<string, number>();
    const label = JSON.stringify(output);
    counts.set(label, (counts.get(label) ?? 0) + 1);
    votes.set(key, counts);
  }
  const winners = new Map(
    [...votes].map(([key, counts]) => [key, [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0]]),
  );
  const seen = new Map<string, number>();
  for (const label of winners.values()) if (!seen.has(label)) seen.set(label, seen.size);
  const chosen = examples.map(({ input }) => seen.get(winners.get(keyOf(input)) ?? "") ?? 0);
  return {
    inputs: examples.map((example) => example.input),
    labels: [...seen.keys()].map((label) => JSON.parse(label) as JsonValue),
    numbers: Int32Array.from(chosen),
  };
}

function explain(labels: readonly JsonValue[], count: number, shape: Shape): string {
  const names = labels.slice(0, 4).map((label) => JSON.stringify(label));
  const listed = labels.length > 4 ? `${names.join(", ")} and ${labels.length - 4} more` : names.join(" or ");
  const what = shape.keys ? "a record" : "a text";
  return `Labels ${what} as ${listed}, by its words and character runs as weighed on ${count} examples.`;
}
