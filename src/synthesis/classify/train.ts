/**
 * One-against-the-rest linear support vector machines with squared hinge loss, by dual coordinate descent
 * (Hsieh, Chang, Lin, Keerthi, Sundararajan, "A dual coordinate descent method for large-scale linear SVM", ICML 2008,
 * algorithm 1). All machines step through the rows together, so that a feature's weights for all labels lie side by
 * side in memory; rows on which no machine moves are left out of most passes. Deterministic but for the time limit.
 */
import type { Deadline } from "../deadline.ts";
import type { Row } from "./features.ts";

const penalty = 1;
const maxPasses = 24;
const tolerance = 0.03;
/** A row that did not move is looked at again only every this many passes. */
const recheckEvery = 4;

export interface Trained {
  /** Feature by feature: those of feature `f` stand from `f * classes`. */
  readonly weights: Float32Array;
  /** False where the time ran out before the passes did. */
  readonly finished: boolean;
}

/** Trains one machine a class; `labels` are class numbers of the rows. */
export function trainClasses(
  rows: readonly Row[],
  labels: Int32Array,
  classes: number,
  features: number,
  deadline: Deadline,
  onPass: (share: number) => void,
): Trained {
  const weights = new Float32Array(features * classes);
  const alpha = new Float32Array(rows.length * classes);
  const settled = new Uint8Array(rows.length);
  const scores = new Float64Array(classes);
  const changes = new Float64Array(classes);
  const order = shuffled(rows.length);
  const diagonal = 1 / (2 * penalty);
  for (let pass = 0; pass < maxPasses; pass++) {
    let largest = 0;
    const all = pass % recheckEvery === 0;
    for (let k = 0; k < order.length; k++) {
      if ((k & 7) === 0 && deadline.expired()) return { weights, finished: false };
      const i = order[k] ?? 0;
      const row = rows[i];
      if (!row || (settled[i] === 1 && !all)) continue;
      addScores(row, weights, classes, scores);
      let moved = 0;
      for (let label = 0; label < classes; label++) {
        const y = labels[i] === label ? 1 : -1;
        const before = alpha[i * classes + label] ?? 0;
        const gradient = y * (scores[label] ?? 0) - 1 + diagonal * before;
        const projected = before === 0 ? Math.min(gradient, 0) : gradient;
        const after = projected === 0 ? before : Math.max(0, before - gradient / (1 + diagonal));
        moved = Math.max(moved, Math.abs(projected));
        alpha[i * classes + label] = after;
        changes[label] = (after - before) * y;
      }
      settled[i] = moved < tolerance ? 1 : 0;
      largest = Math.max(largest, moved);
      if (moved > 0) applyChanges(row, weights, classes, changes);
    }
    onPass((pass + 1) / maxPasses);
    if (all && largest < tolerance) break;
  }
  return { weights, finished: true };
}

function addScores({ indexes, values }: Row, weights: Float32Array, classes: number, scores: Float64Array): void {
  scores.fill(0);
  for (let j = 0; j < indexes.length; j++) {
    const value = values[j] ?? 0;
    const from = (indexes[j] ?? 0) * classes;
    for (let label = 0; label < classes; label++)
      scores[label] = (scores[label] ?? 0) + (weights[from + label] ?? 0) * value;
  }
}

function applyChanges({ indexes, values }: Row, weights: Float32Array, classes: number, changes: Float64Array): void {
  for (let label = 0; label < classes; label++) {
    const change = changes[label] ?? 0;
    if (change === 0) continue;
    for (let j = 0; j < indexes.length; j++) {
      const at = (indexes[j] ?? 0) * classes + label;
      weights[at] = (weights[at] ?? 0) + change * (values[j] ?? 0);
    }
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
