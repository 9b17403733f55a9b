/**
 * Is the candidate better, worse, or not worse than the incumbent? Both run on every request; where they differ an oracle
 * says who was right. Evidence is the logarithm of an e-process (wealth.ts); the guarantee and its proof are in
 * docs/learning.md.
 */
import { type Bettor, logWealth } from "./wealth.ts";

/** What an oracle says of a request on which the two differ. */
export type Verdict = "candidate_right" | "incumbent_right" | "both_right" | "both_wrong" | "unsure";

/** All a paired test has to remember. */
export interface PairedCounts {
  /** Requests on which both gave the same. */
  readonly agreed: number;
  /** Requests on which they differ and no verdict has come yet. */
  readonly pending: number;
  readonly candidateRight: number;
  readonly incumbentRight: number;
  readonly bothRight: number;
  readonly bothWrong: number;
  readonly unsure: number;
}

/**
 * Three bettors: one bold, for a version that only breaks or only mends things (the errors of one contain the other's);
 * one for versions that err independently and lie ten points apart (0.385 would be best for 90% against 80%); one
 * careful, for half of that. Chosen by the medians that `npm run bench -- learning` prints.
 */
const onVerdicts: readonly Bettor[] = [
  [0.2, 0.1],
  [0.42, 0.6],
  [0.82, 0.3],
];

/** Agreement is worth little and comes often; one loss weighs as much as 1/margin agreements. */
const onRequests: readonly Bettor[] = [
  [0.1, 0.25],
  [0.35, 0.35],
  [0.95, 0.4],
];

/**
 * Log evidence against "the candidate is no better": among the requests that were judged it is right no more often than
 * the incumbent. With an oracle that errs in at most the share `oracleErrorRate` of its verdicts, whichever way, the mean
 * of +1 (candidate right), -1 (incumbent right) and 0 is at most that share under the hypothesis: the bar moves there.
 */
export function evidenceBetter(counts: PairedCounts, oracleErrorRate: number): number {
  return evidence(counts.candidateRight, counts.incumbentRight, counts, oracleErrorRate);
}

/** Log evidence against "the candidate is no worse": the same with the sides changed. */
export function evidenceWorse(counts: PairedCounts, oracleErrorRate: number): number {
  return evidence(counts.incumbentRight, counts.candidateRight, counts, oracleErrorRate);
}

function evidence(wins: number, losses: number, { bothRight, bothWrong }: PairedCounts, errs: number): number {
  return logWealth(onVerdicts, 1 + errs, [
    [1 - errs, wins],
    [-1 - errs, losses],
    [-errs, bothRight + bothWrong],
  ]);
}

/**
 * Log evidence against "the candidate loses `margin` or more of all requests": the non-inferiority test. Agreements count
 * for the candidate. A disagreement that is not judged yet, or that the oracle is unsure of, counts as lost.
 *
 * @param margin the accuracy one would give away, as a share of all requests, such as 0.02
 */
export function evidenceNotWorse(counts: PairedCounts, oracleErrorRate: number, margin: number): number {
  // Wrong verdicts hide a part of the loss, so that a smaller one has to be ruled out.
  const allowed = margin * (1 - oracleErrorRate);
  return logWealth(onRequests, 1 + oracleErrorRate - allowed, [
    [allowed, counts.agreed],
    [1 - oracleErrorRate + allowed, counts.candidateRight],
    [-oracleErrorRate + allowed, counts.bothRight + counts.bothWrong],
    [-1 - oracleErrorRate + allowed, counts.incumbentRight + counts.unsure + counts.pending],
  ]);
}
