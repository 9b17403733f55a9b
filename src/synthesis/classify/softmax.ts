/**
 * Multinomial logistic regression over sparse rows, by stochastic dual coordinate ascent: Shalev-Shwartz & Zhang,
 * "Accelerated proximal stochastic dual coordinate ascent", 2014 (section 5, multiclass), with the step found by
 * bisection. Per row the dual variables are a distribution over the classes. All classes step
 * together, so that a feature's weights for all of them lie side by side in memory; rows whose distribution hardly
 * moves are left out of most passes. Deterministic but for the time limit.
 */
import type { Deadline } from "../deadline.ts";
import type { Row } from "./vectorise.ts";

export interface Training {
  /** Weight of the squared-length penalty against the summed loss of the rows. */
  readonly penalty: number;
  /** How much a step for one class moves each other one, classes × classes; undefined: not at all. */
  readonly kinship?: Float32Array | undefined;
  readonly deadline: Deadline;
  /** Called after each pass, with the share of passes done. */
  readonly onPass?: (share: number) => void;
}

/** What training has come to: it can go on from there, with more rows. */
export interface Machine {
  /** Feature by feature: those of feature `f` stand from `f * classes`. */
  readonly weights: Float32Array;
  /** A distribution over the classes for each row. */
  readonly duals: Float32Array;
  readonly classes: number;
}

export interface Trained {
  readonly machine: Machine;
  /** False where the time ran out before the passes did. */
  readonly finished: boolean;
}

const maxPasses = 12;
/** A row counts as settled when no class's share moves by more than this. */
const tolerance = 0.02;
const recheckEvery = 4;
const smallestMove = 1e-4;
const tiny = 1e-12;

/** A machine that knows nothing yet of rows with these class numbers. */
export function newMachine(labels: Int32Array, classes: number, features: number): Machine {
  const duals = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) duals[i * classes + (labels[i] ?? 0)] = 1;
  return { weights: new Float32Array(features * classes), duals, classes };
}

/** Trains the machine, in place, on those of the rows whose numbers are given. */
export function trainSoftmax(
  machine: Machine,
  rows: readonly Row[],
  numbers: Int32Array,
  { penalty, kinship, deadline, onPass }: Training,
): Trained {
  const { weights, duals, classes } = machine;
  const settled = new Uint8Array(rows.length);
  const scores = new Float32Array(classes);
  const moves = new Float64Array(classes);
  const effects = new Float64Array(classes);
  const order = shuffled(numbers.length).map((k) => numbers[k] ?? 0);
  for (let pass = 0; pass < maxPasses; pass++) {
    const all = pass % recheckEvery === 0;
    let largest = 0;
    for (let k = 0; k < order.length; k++) {
      if ((k & 7) === 0 && deadline.expired()) return { machine, finished: false };
      const i = order[k] ?? 0;
      const row = rows[i];
      if (!row || (settled[i] === 1 && !all)) continue;
      addScores(row, weights, classes, scores);
      const dual = duals.subarray(i * classes, (i + 1) * classes);
      const moved = direction(scores, dual, moves);
      settled[i] = moved < tolerance ? 1 : 0;
      if (moved < tolerance) continue;
      largest = Math.max(largest, moved);
      spread(moves, kinship, effects);
      const step = searchStep(scores, dual, moves, effects, row.squares / penalty);
      for (let c = 0; c < classes; c++) dual[c] = (dual[c] ?? 0) + step * (moves[c] ?? 0);
      addToWeights(row, weights, effects, -step / penalty);
    }
    onPass?.((pass + 1) / maxPasses);
    if (all && largest < tolerance) break;
  }
  return { machine, finished: true };
}

/** The scores of all classes for a row, into `scores`. */
export function addScores(
  { indexes, values }: Row,
  weights: Float32Array,
  classes: number,
  scores: Float32Array,
): void {
  scores.fill(0);
  for (let j = 0; j < indexes.length; j++) {
    const value = values[j] ?? 0;
    const from = (indexes[j] ?? 0) * classes;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + (weights[from + c] ?? 0) * value;
  }
}

/** From the row's dual distribution to the one its scores say, into `moves`; the largest of them. */
function direction(scores: Float32Array, dual: Float32Array, moves: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const share = Math.exp((scores[c] ?? 0) - highest);
    moves[c] = share;
    sum += share;
  }
  let largest = 0;
  for (let c = 0; c < scores.length; c++) {
    const move = (moves[c] ?? 0) / sum - (dual[c] ?? 0);
    moves[c] = move;
    const size = move < 0 ? -move : move;
    if (size > largest) largest = size;
  }
  return largest;
}

/** What the moves do to the scores of each class, its kin's moves included. */
function spread(moves: Float64Array, kinship: Float32Array | undefined, effects: Float64Array): void {
  if (!kinship) {
    effects.set(moves);
    return;
  }
  const classes = moves.length;
  for (let c = 0; c < classes; c++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += (kinship[c * classes + k] ?? 0) * (moves[k] ?? 0);
    effects[c] = sum;
  }
}

/** How far to go, 0 to 1: where the dual objective's slope along the moves crosses zero. */
function searchStep(
  scores: Float32Array,
  dual: Float32Array,
  moves: Float64Array,
  effects: Float64Array,
  curvature: number,
): number {
  let squares = 0;
  for (let c = 0; c < moves.length; c++) squares += (moves[c] ?? 0) * (effects[c] ?? 0);
  let [low, high] = [0, 1];
  let step = 1 / (1 + 0.3 * curvature);
  for (let round = 0; round < 6; round++) {
    let slope = -curvature * step * squares;
    for (let c = 0; c < moves.length; c++) {
      const move = moves[c] ?? 0;
      slope += move * ((scores[c] ?? 0) - Math.log(Math.max(tiny, (dual[c] ?? 0) + step * move)));
    }
    if (slope > 0) low = step;
    else high = step;
    step = (low + high) / 2;
  }
  return step;
}

/** Adds the effects, each times the factor; where few classes are moved, only those. */
function addToWeights({ indexes, values }: Row, weights: Float32Array, effects: Float64Array, factor: number): void {
  const classes = effects.length;
  let active = 0;
  for (let c = 0; c < classes; c++) {
    const effect = effects[c] ?? 0;
    if (effect > smallestMove || effect < -smallestMove) active++;
    else effects[c] = 0;
  }
  if (active * 3 < classes) {
    for (let c = 0; c < classes; c++) {
      const change = (effects[c] ?? 0) * factor;
      if (change === 0) continue;
      for (let j = 0; j < indexes.length; j++) {
        const at = (indexes[j] ?? 0) * classes + c;
        weights[at] = (weights[at] ?? 0) + change * (values[j] ?? 0);
      }
    }
    return;
  }
  for (let j = 0; j < indexes.length; j++) {
    const value = (values[j] ?? 0) * factor;
    const from = (indexes[j] ?? 0) * classes;
    for (let c = 0; c < classes; c++) weights[from + c] = (weights[from + c] ?? 0) + (effects[c] ?? 0) * value;
  }
}

/** The same shuffle every time (Fisher–Yates with mulberry32). */
export function shuffled(n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let state = 0x9e3779b9;
  for (let i = n - 1; i > 0; i--) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    const j = ((t ^ (t >>> 14)) >>> 0) % (i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
