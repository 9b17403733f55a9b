/** Which learner it is to be: a decision list where it is as good as the linear model, because it can be read. */
import type { Deadline } from "../deadline.ts";
import { type Held, heldOf, thresholdFor } from "./calibrate.ts";
import type { Cases } from "./cases.ts";
import type { ReadingOptions } from "./features.ts";
import { foldCount, foldsOf } from "./folds.ts";
import type { Field } from "./inputs.ts";
import { type Linear, learnLinear } from "./linear.ts";
import { conditionsOf, learnRules, type Rule, rulesAreAsGood, suitsRules, testRules } from "./rules.ts";
import type { Bags } from "./vectorise.ts";

export type Choice =
  | {
      readonly learner: "rules";
      readonly rules: readonly Rule[];
      readonly held: readonly Held[];
      readonly folds: number;
    }
  | { readonly learner: "linear"; readonly linear: Linear; readonly held: readonly Held[]; readonly folds: number };

/** Of the time, what decision lists may take at most. */
const rulesShare = 0.2;

/** Learns both from the cases that were read, and compares them on the same held-out cases. */
export function chooseLearner(
  cases: Cases,
  fields: readonly Field[],
  bags: Bags,
  reading: ReadingOptions,
  accuracyTarget: number | undefined,
  deadline: Deadline,
  onProgress: (share: number) => void,
): Choice {
  const classes = Int32Array.from(bags.read, (i) => cases.classes[i] ?? 0);
  const list = rulesFor(cases, fields, bags, classes, reading, deadline.share(rulesShare));
  const linear = learnLinear(bags, classes, cases.labels, deadline, onProgress);
  const held = heldOf(linear.held, linear.temperature);
  if (list && rulesAreAsGood(list.held, held) && answered(list.held, accuracyTarget) >= answered(held, accuracyTarget))
    return { learner: "rules", ...list };
  return { learner: "linear", linear, held, folds: linear.folds };
}

/** The share of held-out cases that may be answered so that the answers are as accurate as asked; 0 where none may. */
function answered(held: readonly Held[], accuracyTarget: number | undefined): number {
  if (accuracyTarget === undefined) return 1;
  const threshold = thresholdFor(held, accuracyTarget);
  const answers = held.filter(({ confidence }) => confidence >= threshold);
  const right = answers.filter(({ label, got }) => label === got).length;
  return right < accuracyTarget * answers.length ? 0 : answers.length / Math.max(1, held.length);
}

function rulesFor(
  cases: Cases,
  fields: readonly Field[],
  bags: Bags,
  classes: Int32Array,
  reading: ReadingOptions,
  deadline: Deadline,
): { rules: Rule[]; held: Held[]; folds: number } | undefined {
  const labels = cases.labels.length;
  if (!suitsRules(bags.read.length, labels)) return undefined;
  const inputs = bags.read.map((i) => cases.inputs[i] ?? null);
  const conditions = conditionsOf(inputs, fields, classes, reading.maxLength);
  const divided = foldCount(classes.length);
  const fold = foldsOf(classes, divided);
  const held = testRules(conditions, classes, labels, fold, divided, deadline);
  if (!held) return undefined;
  const rules = learnRules(conditions, classes, labels, new Uint8Array(classes.length).fill(1));
  return { rules, held, folds: divided };
}
