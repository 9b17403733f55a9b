/** Intervals of a share, from verdicts that can be trusted and from verdicts of an oracle that errs itself. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal's 97.5% point: two-sided 95%. */
const z95 = 1.959963984540054;

/**
 * The Wilson score interval of a share (E. B. Wilson 1927; Brown, Cai & DasGupta 2001, section 3.1.1).
 *
 * @param z how many standard errors; 95% unless told
 */
export function wilson(successes: number, n: number, z = z95): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const share = successes / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/** How an oracle did on rows whose right answer was known: of how many it said what is so. */
export interface OracleRecord {
  /** Rows that were right: how many it called right. */
  readonly right: { readonly agreed: number; readonly n: number };
  /** Rows that were wrong: how many it called wrong. */
  readonly wrong: { readonly agreed: number; readonly n: number };
}

/**
 * The accuracy behind the verdicts of an oracle that errs: the Rogan–Gladen estimate (Rogan & Gladen 1978) with the 95%
 * interval of Lang & Reiczigel (2014), which also carries how little is known of the oracle. Of an oracle that was tried
 * on no row of one kind the estimate takes its word there, and the interval takes it for a coin: of one never tried at
 * all the interval is 0 to 1.
 *
 * @param right verdicts "right" among the `n` asked for
 */
export function accuracyBehind(right: number, n: number, oracle: OracleRecord): Interval & { readonly value: number } {
  const seenAs = (count: number, of: number): number => (of === 0 ? 1 : count / of);
  const youden = seenAs(oracle.right.agreed, oracle.right.n) + seenAs(oracle.wrong.agreed, oracle.wrong.n) - 1;
  const sensitivity = (oracle.right.agreed + 1) / (oracle.right.n + 2);
  const specificity = (oracle.wrong.agreed + 1) / (oracle.wrong.n + 2);
  const known = sensitivity + specificity - 1;
  const share = n === 0 ? 0.5 : right / n;
  // An oracle no better than a coin says nothing.
  if (n === 0 || youden <= 0 || known <= 0) return { value: share, low: 0, high: 1 };
  const value = clip((share + seenAs(oracle.wrong.agreed, oracle.wrong.n) - 1) / youden);
  const z2 = z95 * z95;
  const apparent = (right + z2 / 2) / (n + z2);
  const centre = (apparent + specificity - 1) / known;
  const ofSensitivity = (sensitivity * (1 - sensitivity)) / (oracle.right.n + 2);
  const ofSpecificity = (specificity * (1 - specificity)) / (oracle.wrong.n + 2);
  const shift = 2 * z2 * (centre * ofSensitivity - (1 - centre) * ofSpecificity);
  const variance =
    (apparent * (1 - apparent)) / (n + z2) + centre ** 2 * ofSensitivity + (1 - centre) ** 2 * ofSpecificity;
  const spread = (z95 * Math.sqrt(variance)) / known;
  return {
    value,
    low: Math.min(value, clip(centre + shift - spread)),
    high: Math.max(value, clip(centre + shift + spread)),
  };
}

/** Verdicts of one kind of oracle: how many there are, and how many said "right". */
export interface Verdicts {
  readonly right: number;
  readonly n: number;
}

export interface Accuracy extends Interval {
  readonly value: number;
  readonly n: number;
}

/**
 * The share that is right, of executions that were judged for sure (a person, labelled rows) and others of which only a
 * model's word is known. Each part has its own interval, Wilson's and that of `accuracyBehind`; the two are put together
 * as the weighted sum of independent estimates (square-and-add: Newcombe 1998; MOVER: Zou & Donner 2008, section 2).
 *
 * @param oracle how the model did where the right answer was known
 * @returns null where there are no verdicts
 */
export function accuracyOf(sure: Verdicts, byModel: Verdicts, oracle: OracleRecord): Accuracy | null {
  const n = sure.n + byModel.n;
  if (n === 0) return null;
  const known = { value: sure.right / sure.n, ...wilson(sure.right, sure.n), n };
  if (byModel.n === 0) return known;
  const behind = { ...accuracyBehind(byModel.right, byModel.n, oracle), n };
  if (sure.n === 0) return behind;
  const ofSure = sure.n / n;
  const sum = (a: number, b: number): number => ofSure * a + (1 - ofSure) * b;
  const reach = (a: number, b: number): number => Math.hypot(ofSure * a, (1 - ofSure) * b);
  const value = sum(known.value, behind.value);
  return {
    value,
    low: clip(value - reach(known.value - known.low, behind.value - behind.low)),
    high: clip(value + reach(known.high - known.value, behind.high - behind.value)),
    n,
  };
}

function clip(share: number): number {
  return Math.min(1, Math.max(0, share));
}
