/**
 * Has the accuracy fallen? A Shiryaev–Roberts e-detector on a stream of verdicts (Shin, Ramdas & Rinaldo 2024,
 * "E-detectors: a nonparametric framework for sequential change detection", SR e-detectors and their mixtures): the sum of
 * the wealths of bettors who start at every verdict. While the accuracy stays at or above the baseline, each of them has
 * a mean of at most 1, so the mean of the sum after n verdicts is at most n: a false alarm comes on average no sooner
 * than after `falseAlarmEvery` verdicts, and within n verdicts with a chance of at most n / falseAlarmEvery.
 */
import { wilson } from "./wilson.ts";

export interface ChangePlan {
  /** The accuracy that is held to be normal, 0 to 1: `baseline` of what was judged before. */
  readonly baseline: number;
  /** Verdicts. */
  readonly falseAlarmEvery: number;
}

export interface ChangeState {
  readonly plan: ChangePlan;
  readonly verdicts: number;
  /** The Shiryaev–Roberts sums, one for each suspected error rate. */
  readonly sums: readonly number[];
  /** The verdict at which the alarm came; it stays until one begins anew. */
  readonly alarmAt: number | null;
}

/** What is suspected: that so much of what was right goes wrong. */
const suspected = [0.03, 0.1, 0.25, 0.6];

/** With this much the detector misses nothing a person would act on, and 2,500 verdicts raise it falsely in 1 of 40. */
export const defaultFalseAlarmEvery = 100_000;

/**
 * The accuracy to take for normal: the lower end of a one-sided 95% interval of the verdicts so far, so that a lucky
 * start is not taken for the truth. Below 30 verdicts there is nothing to compare with: null.
 */
export function baseline(right: number, n: number): number | null {
  return n < 30 ? null : wilson(right, n, 1.6449).low;
}

export function watchAccuracy(baselineAccuracy: number, falseAlarmEvery = defaultFalseAlarmEvery): ChangeState {
  // Where nothing may be wrong a single error would be proof.
  const plan = { baseline: Math.min(0.999, Math.max(0.001, baselineAccuracy)), falseAlarmEvery };
  return { plan, verdicts: 0, sums: suspected.map(() => 0), alarmAt: null };
}

/** The state after one more verdict, of an execution that was chosen by chance alone. */
export function stepAccuracy(state: ChangeState, right: boolean): ChangeState {
  const { plan } = state;
  const normal = 1 - plan.baseline;
  const sums = state.sums.map((sum, k) => {
    const error = normal + (suspected[k] ?? 0) * plan.baseline;
    // The likelihood ratio of the two error rates; capped where an alarm stands already.
    const factor = right ? (1 - error) / (1 - normal) : error / normal;
    return Math.min(1e300, (1 + sum) * factor);
  });
  const verdicts = state.verdicts + 1;
  const mean = sums.reduce((total, sum) => total + sum / sums.length, 0);
  return { plan, verdicts, sums, alarmAt: state.alarmAt ?? (mean >= plan.falseAlarmEvery ? verdicts : null) };
}
