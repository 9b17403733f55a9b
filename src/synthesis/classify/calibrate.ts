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

/** Powers of two between which the temperature is sought, and in how many steps of golden section. */
const lowest = -6;
const highest = 3;
const rounds = 12;
/** Scores that are looked at: more would hardly change it. */
const enoughScores = 60_000;

/** What scores are divided by so that their softmax fits the held-out labels best. The loss is convex in its inverse. */
export function temperatureOf(held: HeldScores): number {
  if (held.rows.length === 0) return 1;
  const step = Math.max(1, Math.ceil((held.rows.length * held.classes) / enoughScores));
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [lowest, highest];
  for (let round = 0; round < rounds; round++) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (logLoss(held, 2 ** left, step) < logLoss(held, 2 ** right, step)) high = right;
    else low = left;
  }
  return 2 ** ((low + high) / 2);
}

/** Over every `step`-th case. */
function logLoss({ labels, scores, classes }: HeldScores, temperature: number, step: number): number {
  let loss = 0;
  for (let k = 0; k < labels.length; k += step) {
    const own = scores.subarray(k * classes, (k + 1) * classes);
    loss -= Math.log(Math.max(1e-9, softmaxAt(own, labels[k] ?? 0, temperature)));
  }
  return loss;
}

/** The softmax of scores at one class. */
function softmaxAt(scores: Float32Array, at: number, temperature: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > top) top = score;
  let sum = 0;
  for (const score of scores) sum += Math.exp((score - top) / temperature);
  return Math.exp(((scores[at] ?? 0) - top) / temperature) / sum;
}

/** Labels and confidences that the scores say at a temperature. */
export function heldOf({ rows, labels, scores, classes }: HeldScores, temperature: number): Held[] {
  return rows.map((row, k) => {
    const own = scores.subarray(k * classes, (k + 1) * classes);
    let got = 0;
    for (let c = 1; c < classes; c++) if ((own[c] ?? 0) > (own[got] ?? 0)) got = c;
    return { row, label: labels[k] ?? 0, got, confidence: softmaxAt(own, got, temperature) };
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
