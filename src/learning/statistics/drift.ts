/**
 * Do the inputs look different from what they were? The first inputs are the reference; each block of later ones is
 * compared with it by shape, length and words. Whether a distance is large is asked of the data: were all these inputs
 * mixed and dealt anew (a permutation test), how often would they lie as far apart? Exact for inputs in any distribution
 * that come independently of each other, and with any number of bins (Good 2005, "Permutation, Parametric and Bootstrap
 * Tests of Hypotheses").
 */
import { binCount, featuresOf } from "./features.ts";
import { mix32, seededRandom } from "./hash.ts";

const features = ["shape", "length", "word"] as const;
export type Feature = (typeof features)[number];

/** How often each bin of each feature came. */
export type Sketch = Record<Feature, number[]>;

export interface DriftPlan {
  /** Inputs that make up the reference. */
  readonly reference: number;
  /** Inputs of a block; drift is noticed at the end of one. */
  readonly block: number;
  /** While nothing changes there is on average one alarm in so many inputs, at most. */
  readonly falseAlarmEvery: number;
  /** A smaller share of inputs that moved is not worth a word, however sure it is. */
  readonly leastMoved: number;
  /** Where so large a share moved, one block is enough; a smaller change is told when the next block bears it out. */
  readonly clearlyMoved: number;
}

export const defaultDriftPlan: DriftPlan = {
  reference: 1_000,
  block: 500,
  falseAlarmEvery: 1_000_000,
  leastMoved: 0.02,
  clearlyMoved: 0.1,
};

/** Plain JSON of some kilobytes, whatever the inputs. `watchInput` changes it in place: it may come for each input. */
export interface DriftState {
  readonly plan: DriftPlan;
  readonly reference: Sketch;
  current: Sketch;
  /** Inputs so far, those of the reference too. */
  inputs: number;
  /** The last block made a change likely that was too small to be told at once. */
  suspected: boolean;
  /** Of the last block that was compared. */
  last: DriftReport | null;
  /** The input after which the first alarm came; it stays until one begins anew. */
  alarmAt: number | null;
}

export interface DriftReport {
  /** What moved most. */
  readonly feature: Feature;
  /** Jensen–Shannon distance of the two distributions of this feature, 0 (the same) to 1 (nothing in common). */
  readonly distance: number;
  /** The distance above which a block is called drift; estimated, the p-value decides. */
  readonly threshold: number;
  /** The chance of such a distance or a larger one if nothing had changed, for the worst of the three features. */
  readonly pValue: number;
  /** The share of inputs that lie elsewhere now: total variation, less what chance alone makes of it. */
  readonly moved: number;
  readonly drift: boolean;
}

export function watchInputs(plan: Partial<DriftPlan> = {}): DriftState {
  return {
    plan: { ...defaultDriftPlan, ...plan },
    reference: emptySketch(),
    current: emptySketch(),
    inputs: 0,
    suspected: false,
    last: null,
    alarmAt: null,
  };
}

function emptySketch(): Sketch {
  const bins = (): number[] => new Array<number>(binCount).fill(0);
  return { shape: bins(), length: bins(), word: bins() };
}

/**
 * Counts one more input, chosen by chance or all of them; at the end of a block gives what the comparison found.
 *
 * @param input as JSON
 */
export function watchInput(state: DriftState, input: string): DriftReport | undefined {
  const { plan } = state;
  const found = featuresOf(input, mix32(state.inputs));
  const sketch = state.inputs < plan.reference ? state.reference : state.current;
  for (const feature of features) sketch[feature][found[feature]] = (sketch[feature][found[feature]] ?? 0) + 1;
  state.inputs++;
  const inBlock = state.inputs - plan.reference;
  if (inBlock <= 0 || inBlock % plan.block !== 0) return undefined;
  // One of three features is enough, so that each has a third of the error (Bonferroni).
  const level = state.alarmAt === null ? plan.block / plan.falseAlarmEvery / features.length : levelAfterAlarm;
  const report = compare(state, level);
  state.last = report;
  state.suspected = report.pValue <= level * features.length && report.moved >= plan.leastMoved;
  if (report.drift) state.alarmAt ??= state.inputs;
  state.current = emptySketch();
  return report;
}

/** After so many deals that lie as far apart or farther it is clear that the real one is nothing special. */
const enoughExceeding = 2;
/** So many deals tell what chance makes of the distance, for people. */
const leastDeals = 12;
/** Once there is an alarm, the p-value is for people only. */
const levelAfterAlarm = 0.01;
/** The p-value that bears out what the block before made likely. */
const levelToConfirm = 0.01;

function compare({ reference, current, plan, inputs, suspected }: DriftState, level: number): DriftReport {
  const compared = features.map((feature, k) => {
    const random = seededRandom(inputs * features.length + k);
    const test = permutationTest(reference[feature], current[feature], level, random);
    const { pValue, moved } = test;
    // Either way there was a block with a p-value at the level, so that the false alarms are as rare as that.
    const clear = pValue <= level && moved >= plan.clearlyMoved;
    const borneOut = suspected && pValue <= levelToConfirm && moved >= plan.leastMoved;
    return { feature, ...test, drift: clear || borneOut };
  });
  const [worst] = compared.toSorted(
    (a, b) => Number(b.drift) - Number(a.drift) || a.pValue - b.pValue || b.moved - a.moved,
  );
  if (!worst) throw new Error("there are features");
  return { ...worst, pValue: Math.min(1, worst.pValue * features.length) };
}

/**
 * The p-value of the distance between two histograms by dealing their pool anew until `enoughExceeding` deals lie as far
 * apart, or a p-value at `level` is certain (Besag & Clifford 1991, "Sequential Monte Carlo p-values": exact).
 */
export function permutationTest(
  reference: readonly number[],
  current: readonly number[],
  level: number,
  random: () => number,
): { distance: number; threshold: number; pValue: number; moved: number } {
  // Only bins that occur, counted together; the pool holds the bin of every input.
  const used = [...reference.keys()].filter((bin) => (reference[bin] ?? 0) + (current[bin] ?? 0) > 0);
  const together = Int32Array.from(used, (bin) => (reference[bin] ?? 0) + (current[bin] ?? 0));
  const observed = Int32Array.from(used, (bin) => current[bin] ?? 0);
  const n = together.reduce((sum, count) => sum + count, 0);
  const dealt = observed.reduce((sum, count) => sum + count, 0);
  const pool = new Uint16Array(n);
  together.reduce((from, count, bin) => {
    pool.fill(bin, from, from + count);
    return from + count;
  }, 0);
  // x ln x is all the logarithms that are needed: the pool does not change.
  const xlogx = Float64Array.from({ length: n + 1 }, (_, x) => (x === 0 ? 0 : x * Math.log(x)));
  const constant = together.reduce((sum, count) => sum + (xlogx[count] ?? 0), 0);
  const statistic = (counts: Int32Array): number => {
    let sum = 0;
    for (let bin = 0; bin < counts.length; bin++) {
      const count = counts[bin] ?? 0;
      sum += (xlogx[count] ?? 0) + (xlogx[(together[bin] ?? 0) - count] ?? 0);
    }
    return sum;
  };
  const variation = (counts: Int32Array): number => {
    let sum = 0;
    for (let bin = 0; bin < counts.length; bin++) {
      const count = counts[bin] ?? 0;
      sum += Math.abs(count / dealt - ((together[bin] ?? 0) - count) / (n - dealt));
    }
    return sum / 2;
  };
  // Mutual information of window and bin over its most, the entropy of the window: the squared distance.
  const base = (xlogx[n] ?? 0) - (xlogx[dealt] ?? 0) - (xlogx[n - dealt] ?? 0);
  const distanceOf = (sum: number): number => Math.sqrt(Math.max(0, (sum - constant + base) / base));

  const seen = statistic(observed);
  const deals = Math.ceil(1 / level);
  const counts = new Int32Array(together.length);
  const sums: number[] = [];
  let byChance = 0;
  let exceeding = 0;
  let pValue: number | undefined;
  for (let done = 1; done <= leastDeals || (done <= deals && pValue === undefined); done++) {
    counts.fill(0);
    for (let i = 0; i < dealt; i++) {
      const j = i + Math.floor(random() * (n - i));
      const bin = pool[j] ?? 0;
      pool[j] = pool[i] ?? 0;
      pool[i] = bin;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const sum = statistic(counts);
    // A hair's breadth for rounding: the same counts in another order are as far apart.
    if (sum >= seen - 1e-9) exceeding++;
    if (exceeding === enoughExceeding) pValue ??= exceeding / done;
    if (sums.length < leastDeals) {
      sums.push(sum);
      byChance += variation(counts);
    }
  }
  return {
    distance: distanceOf(seen),
    threshold: distanceOf(quantile(sums, level)),
    pValue: pValue ?? (exceeding + 1) / (Math.max(deals, leastDeals) + 1),
    moved: Math.max(0, variation(observed) - byChance / sums.length),
  };
}

/** The value that chance exceeds in the share `level`: of a few draws by their mean and spread (a normal tail). */
function quantile(draws: readonly number[], level: number): number {
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, draws.length - 1);
  // The upper tail of the normal, near enough for a line in a chart: √(2 ln(1/level)).
  return mean + Math.sqrt(variance * 2 * Math.log(1 / level));
}
