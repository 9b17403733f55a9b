/**
 * Has one kind of failure become more frequent? The verdicts at hand, in the order their executions ran, are split into
 * the newest and those before. If nothing changed their order says nothing: of `failures` failures among `n` verdicts as
 * many fall on the newest `m` as of balls drawn from an urn, and chance makes so many or more with the probability of
 * Fisher's exact test (1935; one-sided, the hypergeometric tail). Which kind of failures is looked at may be chosen by
 * the same verdicts, as long as nobody looked at when they came: given the verdicts, every order is as likely.
 *
 * It is looked at again and again, at several kinds and splits: each look has a level of its own, shared out among them
 * (Bonferroni), so that over a stream the chances of a false alarm sum up to no more than verdicts / falseAlarmEvery.
 */

export interface GrowthPlan {
  /** Verdicts between two looks, at least. */
  readonly every: number;
  /** The newest so many against those before; each a look of its own. */
  readonly windows: readonly number[];
  /** Verdicts before that say what was usual, at least. */
  readonly before: number;
  /** Fewer failures of the kind among the newest are not worth a word, however sure it is. */
  readonly failures: number;
  /** Nor is a share of the newest verdicts less than so many times what it was. */
  readonly times: number;
  /** While nothing changes there is one alarm in so many verdicts on average, at most. */
  readonly falseAlarmEvery: number;
}

/** 2,500 verdicts, those of 50,000 executions at the usual rate, give a false alarm in at most one of forty streams. */
export const defaultGrowthPlan: GrowthPlan = {
  every: 50,
  windows: [50, 100, 200, 400],
  before: 100,
  failures: 5,
  times: 2,
  falseAlarmEvery: 100_000,
};

/** One verdict on an input of its own. */
export interface Placed {
  /** Where it stands among all verdicts, from 0: an input that came often has one of its places, chosen by lot. */
  readonly at: number;
  /** Whether it is a failure of the kind that is looked at. */
  readonly failed: boolean;
}

export interface Growth {
  /** Of the newest `verdicts` so many were failures of this kind; of those `before` so many. */
  readonly failures: number;
  readonly verdicts: number;
  readonly failuresBefore: number;
  readonly before: number;
  /** Where the newest begin, among all verdicts. */
  readonly from: number;
  /** The chance of so many or more if nothing had changed, times the number of splits looked at. */
  readonly pValue: number;
}

/**
 * @param all how many verdicts there are, those on inputs that came again too
 * @param kinds how many kinds of failures are looked at, this one among them
 * @returns the split that chance explains least; undefined where none tells of growth
 */
export function grew(
  placed: readonly Placed[],
  all: number,
  kinds: number,
  plan: GrowthPlan = defaultGrowthPlan,
): Growth | undefined {
  const windows = plan.windows.filter((window) => all - window >= Math.max(plan.before, window));
  const level = plan.every / plan.falseAlarmEvery / Math.max(1, kinds);
  const failed = placed.filter((one) => one.failed);
  let best: Growth | undefined;
  for (const window of windows) {
    const from = all - window;
    const verdicts = placed.filter(({ at }) => at >= from).length;
    const failures = failed.filter(({ at }) => at >= from).length;
    const before = placed.length - verdicts;
    const failuresBefore = failed.length - failures;
    if (failures < plan.failures || before === 0) continue;
    if (failures / verdicts < (plan.times * failuresBefore) / before) continue;
    const pValue = windows.length * drawnByChance(failures, verdicts, failed.length, placed.length);
    if (pValue > level || pValue >= (best?.pValue ?? Infinity)) continue;
    best = { failures, verdicts, failuresBefore, before, from, pValue };
  }
  return best;
}

/** The chance that of `drawn` balls from an urn with `marked` ones among `n` so many or more are marked. */
export function drawnByChance(atLeast: number, drawn: number, marked: number, n: number): number {
  if (atLeast <= Math.max(0, drawn + marked - n)) return 1;
  const factorials = [0];
  for (let i = 1; i <= n; i++) factorials.push((factorials[i - 1] ?? 0) + Math.log(i));
  const ln = (i: number): number => factorials[i] ?? 0;
  const choose = (of: number, some: number): number => ln(of) - ln(some) - ln(of - some);
  let sum = 0;
  for (let some = atLeast; some <= Math.min(drawn, marked); some++)
    sum += Math.exp(choose(marked, some) + choose(n - marked, drawn - some) - choose(n, drawn));
  return Math.min(1, sum);
}
