/** What no test at all could do better: so that a limit that is missed is not blamed on the wrong thing. */
import type { Oracle, Truth } from "./rollouts.ts";

/** Shares of what is seen of a draw: candidate right, incumbent right, neither. They sum to at most 1. */
type Seen = readonly [candidate: number, incumbent: number, tie: number];

/** A disagreement, as the oracle tells it, when half of what both get wrong is the same wrong. */
export function seenThrough({ candidateRight, incumbentRight, bothWrong }: Truth, { errs, bias }: Oracle): Seen {
  const ties = bothWrong / 2;
  const toCandidate = bias === "candidate" ? errs : errs / 2;
  const toIncumbent = bias === "candidate" ? 0 : errs / 2;
  return [
    candidateRight * (bias === "candidate" ? 1 : 1 - errs) + incumbentRight * errs + ties * toCandidate,
    incumbentRight * (1 - errs) + (bias === "candidate" ? 0 : candidateRight * errs) + ties * toIncumbent,
    ties * (1 - errs),
  ];
}

/** An equal candidate that looks worst: as many disagreements, and all errors of the oracle against it. */
export function leastFavourable({ candidateRight, incumbentRight, bothWrong }: Truth, errs: number): Seen {
  const side = (candidateRight + incumbentRight) / 2;
  const ties = bothWrong / 2;
  return [side * (1 - errs), side * (1 + errs) + ties * errs, ties * (1 - errs)];
}

/** Per verdict, for a test of power one: its mean number of verdicts is at least ln(1/α) / KL (Wald 1945). */
export function fewestVerdicts(truth: Seen, equal: Seen, alpha: number): number {
  const all = truth.reduce((sum, share) => sum + share, 0);
  const of = equal.reduce((sum, share) => sum + share, 0);
  const divergence = truth.reduce((sum, share, k) => {
    return share === 0 ? sum : sum + (share / all) * Math.log(share / all / ((equal[k] ?? 0) / of));
  }, 0);
  return Math.log(1 / alpha) / divergence;
}

/**
 * The best chance that a test of level `alpha` has decided within `n` draws, whenever it looks: that it decided by then is
 * itself a test of that level on n draws, and of those the likelihood ratio is the strongest (Neyman & Pearson 1933).
 */
export function bestChance(n: number, truth: Seen, equal: Seen, alpha: number): number {
  const logs = (seen: Seen): readonly number[] =>
    [...seen, Math.max(0, 1 - seen[0] - seen[1] - seen[2])].map((share) => Math.log(share));
  const [under, above] = [logs(equal), logs(truth)];
  const factorials = [0];
  for (let i = 1; i <= n; i++) factorials.push((factorials[i - 1] ?? 0) + Math.log(i));
  const cells: { ratio: number; p0: number; p1: number }[] = [];
  const times = (count: number, log: number): number => (count === 0 ? 0 : count * log);
  for (let a = 0; a <= n; a++) {
    for (let b = 0; a + b <= n; b++) {
      for (let c = 0; a + b + c <= n; c++) {
        const counts = [a, b, c, n - a - b - c];
        let log0 = factorials[n] ?? 0;
        let log1 = log0;
        for (const [k, count] of counts.entries()) {
          log0 += times(count, under[k] ?? 0) - (factorials[count] ?? 0);
          log1 += times(count, above[k] ?? 0) - (factorials[count] ?? 0);
        }
        if (log1 > -40) cells.push({ ratio: log1 - log0, p0: Math.exp(log0), p1: Math.exp(log1) });
      }
    }
  }
  cells.sort((x, y) => y.ratio - x.ratio);
  let spent = 0;
  let chance = 0;
  for (const { p0, p1 } of cells) {
    if (spent + p0 > alpha) return chance + ((alpha - spent) / p0) * p1;
    spent += p0;
    chance += p1;
  }
  return chance;
}

/** The same shares among verdicts only. */
export function perVerdict([candidate, incumbent, tie]: Seen): Seen {
  const all = candidate + incumbent + tie;
  return [candidate / all, incumbent / all, tie / all];
}
