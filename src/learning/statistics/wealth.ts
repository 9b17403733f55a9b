/**
 * Testing by betting: who bets against a hypothesis and grows rich has evidence against it. The wealth of a bettor who
 * starts with 1 and cannot profit on average while the hypothesis holds is an e-process: the chance that it ever reaches
 * 1/α is at most α, however often one looks (Ville's inequality 1939; Ramdas, Grünwald, Vovk & Shafer 2023, "Game-theoretic
 * statistics and safe anytime-valid inference", on test martingales and e-processes).
 */

/** A bettor: the part of the safe maximum that is always staked, and the part of the starting money it gets. */
export type Bettor = readonly [stake: number, weight: number];

/** So many times came an outcome that pays `x` per unit staked; on average `x` is at most 0 under the hypothesis. */
export type Outcomes = readonly (readonly [x: number, times: number])[];

/**
 * The natural logarithm of the wealth of bettors who share the money: Σ weight · Π (1 + stake/worst · x), the capital
 * process of Waudby-Smith & Ramdas (2024, "Estimating means of bounded random variables by betting", section 4) with a
 * discrete mixture of constant bets. It depends on how often each outcome came, not on the order.
 *
 * @param worst the most that can be lost per unit: x ≥ -worst always
 */
export function logWealth(bettors: readonly Bettor[], worst: number, outcomes: Outcomes): number {
  const logs = bettors.map(([stake, weight]) => {
    let log = Math.log(weight);
    // Nothing to the power of no times is 1, which 0 · log 0 is not.
    for (const [x, times] of outcomes) if (times > 0) log += times * Math.log1p((stake / worst) * x);
    return log;
  });
  return logSum(logs);
}

/** log Σ exp, without overflow. */
export function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  if (most === Number.NEGATIVE_INFINITY) return most;
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
