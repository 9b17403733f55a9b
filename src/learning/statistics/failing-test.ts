/**
 * Does the candidate fail (crash, time out, give an invalid output) more often than the incumbent? No oracle is needed,
 * and it must be seen within a handful of requests.
 */
import { type Bettor, logSum, logWealth } from "./wealth.ts";
import { wilson } from "./wilson.ts";

export interface FailureCounts {
  /** Requests that both ran. */
  readonly requests: number;
  readonly candidateOnly: number;
  readonly incumbentOnly: number;
}

/** Shares of requests that a failing candidate may lose; one bettor each. */
const suspected = [0.9, 0.5, 0.2, 0.05];

const onPairs: readonly Bettor[] = [
  [0.5, 0.5],
  [0.95, 0.5],
];

/**
 * Log evidence against "the candidate fails no more often than the incumbent, and the incumbent fails in at most the
 * share `incumbentRate` of requests". Half of the money bets on who of the two failed alone (the sign test, strong where
 * failures are common); the other half that a lone failure of the candidate is rarer than `incumbentRate` (Wald's
 * likelihood ratio, 1945; strong where they are not: each such failure multiplies it by up to 0.9 / incumbentRate).
 */
export function evidenceFailing(counts: FailureCounts, incumbentRate: number): number {
  const { requests, candidateOnly, incumbentOnly } = counts;
  const pairs = logWealth(onPairs, 1, [
    [1, candidateOnly],
    [-1, incumbentOnly],
  ]);
  // On a day on which both fail more often than the record says the bar is what the incumbent does now: the smaller
  // evidence of the two is still no more than the bet on the record alone.
  const alone = Math.min(
    evidenceAlone(requests, candidateOnly, incumbentRate),
    evidenceAlone(requests, candidateOnly, Math.max(incumbentRate, incumbentOnly / Math.max(1, requests))),
  );
  return logSum([pairs, alone]) - Math.LN2;
}

function evidenceAlone(requests: number, failures: number, rate: number): number {
  const logs = suspected.map((share) => {
    // Below the bar there is nothing to suspect: that bettor keeps its money.
    if (share <= rate) return 0;
    return failures * Math.log(share / rate) + (requests - failures) * Math.log((1 - share) / (1 - rate));
  });
  return logSum(logs) - Math.log(suspected.length);
}

/** Less is not claimed of an incumbent, so that inputs that are new to both do not look like the candidate's fault. */
const leastRate = 0.01;

/**
 * What to take as the incumbent's failure rate: the upper end of the Wilson interval (99.9%, one-sided) of its record.
 * Without a record that is 1: then only who failed alone counts.
 *
 * @param failures of the incumbent's last `executions`
 */
export function failureBound(failures: number, executions: number): number {
  return Math.max(leastRate, wilson(failures, executions, 3.0902).high);
}
