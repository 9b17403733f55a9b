/** The linear model: its settings chosen by cross-validation in the time there is, then trained on all cases. */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { type HeldScores, temperatureOf } from "./calibrate.ts";
import { foldCount, foldsOf } from "./folds.ts";
import { kinshipOf } from "./kinship.ts";
import { addScores, type Machine, newMachine, trainSoftmax } from "./softmax.ts";
import { type Bags, type Row, scaleOf, type Weighing, weigh } from "./vectorise.ts";

interface Setting extends Weighing {
  readonly penalty: number;
  /** Whether the labels' names are read as cases. */
  readonly names: boolean;
  /** How much labels with names alike learn from each other's cases, 0 to 1. */
  readonly sharing: number;
}

export interface Linear {
  readonly machine: Machine;
  /** What a feature's share in a case is multiplied by. */
  readonly scale: Float32Array;
  readonly temperature: number;
  readonly held: HeldScores;
  /** Folds that were held out, and into how many the cases were divided. */
  readonly folds: number;
  readonly divided: number;
  /** False where the time ran out before training did. */
  readonly finished: boolean;
}

/** With few cases for each label rarity is known less well and label names say more: these come first then. */
const forFew: readonly Setting[] = [
  { rarity: 0.5, cues: 0.4, penalty: 0.05, names: true, sharing: 0.75 },
  { rarity: 0.5, cues: 1, penalty: 0.06, names: true, sharing: 0.75 },
  { rarity: 1, cues: 0.4, penalty: 0.05, names: true, sharing: 0.3 },
  { rarity: 0.5, cues: 0, penalty: 0.06, names: true, sharing: 0.75 },
  { rarity: 0.5, cues: 1.5, penalty: 0.15, names: false, sharing: 0 },
];
/** With very few cases what any text shows says more than its words: cues first, and much restraint. */
const forVeryFew: readonly Setting[] = [
  { rarity: 0.5, cues: 2.5, penalty: 0.3, names: false, sharing: 0 },
  { rarity: 0.5, cues: 1, penalty: 0.06, names: true, sharing: 0.75 },
  { rarity: 0.5, cues: 0.4, penalty: 0.05, names: true, sharing: 0.75 },
  { rarity: 1, cues: 0.2, penalty: 0.05, names: true, sharing: 0.3 },
];
const first: Setting = { rarity: 1, cues: 0.15, penalty: 0.03, names: true, sharing: 0.6 };
const forMany: readonly Setting[] = [
  first,
  { rarity: 1, cues: 0.5, penalty: 0.03, names: true, sharing: 0.3 },
  { rarity: 0.5, cues: 0.5, penalty: 0.06, names: false, sharing: 0 },
];
const manyPerLabel = 25;
const veryFew = 200;

/** Multiplications that training does for each value of each case and class, and in a millisecond; cautiously. */
const passesInAll = 8;
const multiplicationsPerMs = 400_000;
/** Weights that are rounded and written in a millisecond, cautiously. */
const weightsPerMs = 4_000;

export function learnLinear(
  bags: Bags,
  classes: Int32Array,
  names: readonly JsonValue[],
  deadline: Deadline,
  onProgress: (share: number) => void,
): Linear {
  const cases = bags.bags.length;
  const labels = names.length;
  const all = Int32Array.from({ length: cases + bags.names.length }, (_, i) => i);
  const owners = Int32Array.from(all, (i) => classes[i] ?? bags.names[i - cases]?.label ?? 0);
  const divided = foldCount(cases);
  const fold = foldsOf(classes, divided);
  const values = bags.bags.reduce((sum, bag) => sum + bag.indexes.length, 0);
  const plan = planOf(values * labels, bags.features.length * labels, divided, deadline);
  const list = cases <= veryFew ? forVeryFew : cases / labels < manyPerLabel ? forFew : forMany;
  const tried = list.slice(0, plan.settings);

  const kinships = new Map(tried.map((setting) => [setting, kinshipOf(names, setting.sharing)]));
  const machineFor = (): Machine => newMachine(owners, labels, bags.features.length);
  const membersOf = (setting: Setting, part: (i: number) => boolean): Int32Array =>
    all.filter((i) => (i < cases ? part(i) : setting.names));
  const prepare = (setting: Setting): { scale: Float32Array; rows: readonly Row[] } => {
    const scale = scaleOf(bags, setting);
    return { scale, rows: [...bags.bags, ...bags.names].map((bag) => weigh(bag, scale)) };
  };

  let best: { setting: Setting; held: HeldScores; temperature: number; right: number } | undefined;
  let last: { setting: Setting; machine: Machine } | undefined;
  // Training on all cases and writing the program keep their time.
  const testing = deadline.share(plan.testingShare);
  tried.forEach((setting, k) => {
    if (best && testing.expired()) return;
    const { rows } = prepare(setting);
    const held: { rows: number[]; labels: number[]; scores: number[] } = { rows: [], labels: [], scores: [] };
    const scores = new Float32Array(labels);
    for (let f = 0; f < plan.folds; f++) {
      if (held.rows.length > 0 && testing.expired()) break;
      const machine = machineFor();
      const members = membersOf(setting, (i) => fold[i] !== f);
      trainSoftmax(machine, rows, members, {
        penalty: setting.penalty,
        kinship: kinships.get(setting),
        deadline: testing,
      });
      last = { setting, machine };
      for (let i = 0; i < cases; i++) {
        if (fold[i] !== f) continue;
        addScores(rows[i] ?? noRow, machine.weights, labels, scores);
        held.rows.push(i);
        held.labels.push(classes[i] ?? 0);
        for (const score of scores) held.scores.push(score);
      }
      onProgress((0.7 * (k + (f + 1) / plan.folds)) / tried.length);
    }
    // Settings are compared on the same cases only.
    if (best && held.rows.length < best.held.rows.length) return;
    const tested = { ...held, scores: Float32Array.from(held.scores), classes: labels };
    const temperature = temperatureOf(tested);
    const right = rightOf(tested);
    // The first are likelier to be good: another must be better by more than chance would have it.
    if (!best || right > best.right + Math.sqrt(held.rows.length) / 4)
      best = { setting, held: tested, temperature, right };
  });
  const chosen = best?.setting ?? first;
  const { scale, rows } = prepare(chosen);
  // Where time is short, training goes on from what the last fold came to.
  const start = plan.tight && last?.setting === chosen ? last.machine : machineFor();
  const { machine, finished } = trainSoftmax(
    start,
    rows,
    membersOf(chosen, () => true),
    {
      penalty: chosen.penalty,
      kinship: kinshipOf(names, chosen.sharing),
      deadline: deadline.share(1 - Math.min(0.5, plan.writingMs / Math.max(1, deadline.left()))),
      onPass: (share) => onProgress(0.7 + 0.3 * share),
    },
  );
  return {
    machine,
    scale,
    temperature: best?.temperature ?? 1,
    held: best?.held ?? { rows: [], labels: [], scores: new Float32Array(), classes: labels },
    folds: Math.max(1, new Set(best?.held.rows.map((i) => fold[i])).size),
    divided,
    finished,
  };
}

const noRow: Row = { indexes: new Int32Array(), values: new Float32Array(), squares: 0 };

/** What the time allows by a cautious estimate (not by the clock, so that the same examples give the same program). */
function planOf(
  values: number,
  weights: number,
  divided: number,
  deadline: Deadline,
): { folds: number; settings: number; tight: boolean; testingShare: number; writingMs: number } {
  const writingMs = weights / weightsPerMs + 20;
  const trainingMs = (values * passesInAll) / multiplicationsPerMs + 5;
  const spare = 0.9 * deadline.left() - writingMs - trainingMs;
  const perFold = trainingMs * (1 - 1 / divided) + weights / 200_000;
  const folds = Math.min(divided, Math.max(1, Math.floor(spare / perFold)));
  const settings = folds < divided ? 1 : Math.max(1, Math.floor(spare / (perFold * divided)));
  const kept = (writingMs + 1.6 * trainingMs) / Math.max(1, deadline.left());
  return { folds, settings, tight: folds < divided, writingMs, testingShare: Math.max(0.45, 0.95 - kept) };
}

function rightOf({ labels, scores, classes }: HeldScores): number {
  let right = 0;
  labels.forEach((label, k) => {
    let got = 0;
    for (let c = 1; c < classes; c++) if ((scores[k * classes + c] ?? 0) > (scores[k * classes + got] ?? 0)) got = c;
    if (got === label) right++;
  });
  return right;
}
