/** Confidence that means what it says: a temperature (Guo et al. 2017, section 4), a threshold, and Wilson's interval. */

/** What was said of a case that training had not seen. */
export interface Held {
  /** Number of the case. */
  readonly row: number;
  readonly label: number;
  readonly got: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Scores of held-out cases: `classes` numbers for each. */
export interface HeldScores {
  readonly rows: readonly number[];
  readonly labels: readonly number[];
  readonly scores: Float32Array;
  readonly classes: number;
}

const steps = 24;

/** What scores are divided by so that their softmax fits the held-out labels best. */
export function temperatureOf(held: HeldScores): number {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY };
  for (let k = -steps; k <= steps / 2; k++) {
    const temperature = 2 ** (k / 4);
    const loss = logLoss(held, temperature);
    if (loss < best.loss - 1e-9) best = { temperature, loss };
  }
  return best.temperature;
}

function logLoss({ labels, scores, classes }: HeldScores, temperature: number): number {
  let loss = 0;
  labels.forEach((label, k) => {
    const own = scores.subarray(k * classes, (k + 1) * classes);
    const { confidence } = softmaxAt(own, label, temperature);
    loss -= Math.log(Math.max(1e-9, confidence));
  });
  return loss / Math.max(1, labels.length);
}

/** The softmax of scores at one class. */
function softmaxAt(scores: Float32Array, at: number, temperature: number): { confidence: number } {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (const score of scores) sum += Math.exp((score - highest) / temperature);
  return { confidence: Math.exp(((scores[at] ?? 0) - highest) / temperature) / sum };
}

/** Labels and confidences that the scores say at a temperature. */
export function heldOf({ rows, labels, scores, classes }: HeldScores, temperature: number): Held[] {
  return rows.map((row, k) => {
    const own = scores.subarray(k * classes, (k + 1) * classes);
    let got = 0;
    for (let c = 1; c < classes; c++) if ((own[c] ?? 0) > (own[got] ?? 0)) got = c;
    return { row, label: labels[k] ?? 0, got, confidence: softmaxAt(own, got, temperature).confidence };
  });
}

/** A threshold must leave so many answers to be believed. */
const leastAnswered = 5;

/**
 * The lowest confidence from which on the held-out answers are right at least as often as the target says; where no
 * threshold gets there, the one that comes nearest. 0: every answer counts.
 */
export function thresholdFor(held: readonly Held[], target: number): number {
  const sorted = held.toSorted((a, b) => b.confidence - a.confidence);
  let right = 0;
  let lowest: number | undefined;
  let nearest = { share: -1, confidence: 0 };
  sorted.forEach(({ label, got, confidence }, k) => {
    if (label === got) right++;
    if (sorted[k + 1]?.confidence === confidence || k + 1 < leastAnswered) return;
    const share = right / (k + 1);
    if (share >= target) lowest = confidence;
    if (share >= nearest.share) nearest = { share, confidence };
  });
  if (right >= target * held.length) return 0;
  // A little lower, so that rounding in the program does not cut off the last of them.
  return Math.max(0, Math.floor((lowest ?? nearest.confidence) * 1_000) / 1_000);
}

/** Wilson's 95% interval of a share (Wilson 1927). */
export function wilson(right: number, all: number): [low: number, high: number] {
  if (all === 0) return [0, 1];
  const z = 1.959964;
  const share = right / all;
  const middle = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  const scale = 1 + (z * z) / all;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}
