/** What judging may cost in a day (UTC): verdicts and money. Pure accounts; who keeps them writes them down. */

export interface DailyCaps {
  readonly verdicts: number;
  readonly costUsd: number;
}

/** What was used on one day. */
export interface DailyUse {
  /** YYYY-MM-DD in UTC. */
  readonly day: string;
  readonly verdicts: number;
  readonly costUsd: number;
}

type Spent = Omit<DailyUse, "day">;

/** The use of today: what an earlier day used does not count any more. */
export function todaysUse(use: DailyUse | null, now: Date): DailyUse {
  const day = now.toISOString().slice(0, 10);
  // A clock that was put back does not give a second day's money.
  return use && use.day >= day ? use : { day, verdicts: 0, costUsd: 0 };
}

/**
 * The account after one more expense, or null where the day's caps do not allow it. Take the expected cost before asking
 * and `settle` what it really was, so that questions asked at the same time cannot pass the cap together.
 */
export function spend(use: DailyUse | null, caps: DailyCaps, now: Date, expected: Spent): DailyUse | null {
  const today = todaysUse(use, now);
  const verdicts = today.verdicts + expected.verdicts;
  const costUsd = today.costUsd + expected.costUsd;
  // Money is added up in fractions: a millionth of a dollar is rounding.
  return verdicts > caps.verdicts || costUsd > caps.costUsd + 1e-6 ? null : { day: today.day, verdicts, costUsd };
}

/** Corrects an expense to what it really was; of an earlier day there is nothing left to correct. */
export function settle(use: DailyUse, day: string, expected: Spent, actual: Spent): DailyUse {
  if (use.day !== day) return use;
  return {
    day,
    verdicts: Math.max(0, use.verdicts + actual.verdicts - expected.verdicts),
    costUsd: Math.max(0, use.costUsd + actual.costUsd - expected.costUsd),
  };
}
