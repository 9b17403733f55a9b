/**
 * Decision lists: "if the text … then this label, else …". Learned by sequential covering, the rule first that sets
 * most cases right together with the commonest label of the rest; its precision is Laplace's estimate (Clark & Boswell,
 * "Rule induction with CN2: some recent improvements", 1991).
 */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import type { Held } from "./calibrate.ts";
import { allCues, cuesOf } from "./cues.ts";
import { wordsOf } from "./features.ts";
import { type Field, fieldValue, numberOf, textOf } from "./inputs.ts";
import { thresholdsOf } from "./thresholds.ts";

interface About<Kind, Value> {
  readonly field: number;
  readonly kind: Kind;
  readonly value: Value;
}

export type Condition =
  | About<"word", string>
  | About<"cue", string>
  | About<"category", string>
  | About<"atLeast", number>
  | About<"below", number>;

export interface Rule {
  /** Undefined in the last rule, which takes what is left. */
  readonly condition: Condition | undefined;
  readonly label: number;
  /** Laplace's estimate of how often it is right. */
  readonly confidence: number;
}

/** Conditions, and the cases in which each holds. */
export interface Conditions {
  readonly conditions: readonly Condition[];
  readonly cases: readonly Int32Array[];
}

const maxRules = 16;
/** A condition must hold in so many cases. */
const leastCases = 2;
/** A rule must set so many more cases right. */
const leastGain = 2;
/** Longer lists of cases or labels are not for rules a person reads. */
const maxCases = 4_000;
const maxLabels = 12;

export function suitsRules(cases: number, labels: number): boolean {
  return cases <= maxCases && labels <= maxLabels;
}

/** Every condition that holds in two cases or more and not in all. */
export function conditionsOf(
  inputs: readonly JsonValue[],
  fields: readonly Field[],
  classes: Int32Array,
  maxLength: number,
): Conditions {
  const found = new Map<string, { condition: Condition; cases: number[] }>();
  const note = (condition: Condition, i: number): void => {
    const key = `${condition.field} ${condition.kind} ${condition.value}`;
    const entry = found.get(key);
    if (entry) entry.cases.push(i);
    else found.set(key, { condition, cases: [i] });
  };
  fields.forEach((field, f) => {
    const values = inputs.map((input) => fieldValue(input, field));
    if (field.kind === "number") {
      const numbers = values.map(numberOf);
      for (const limit of thresholdsOf(numbers, classes))
        numbers.forEach((number, i) => {
          if (number !== undefined) note({ field: f, kind: number >= limit ? "atLeast" : "below", value: limit }, i);
        });
      return;
    }
    values.forEach((value, i) => {
      const text = textOf(value);
      if (field.kind === "category") {
        note({ field: f, kind: "category", value: text }, i);
        return;
      }
      const words = wordsOf(text, maxLength);
      for (const word of new Set(words))
        if (/[\p{L}\p{N}]/u.test(word)) note({ field: f, kind: "word", value: word }, i);
      for (const cue of cuesOf(text.slice(0, maxLength).trim(), words))
        note({ field: f, kind: "cue", value: allCues[cue]?.name ?? "" }, i);
    });
  });
  const useful = [...found.values()].filter(({ cases }) => cases.length >= leastCases && cases.length < inputs.length);
  return {
    conditions: useful.map(({ condition }) => condition),
    cases: useful.map(({ cases }) => Int32Array.from(cases)),
  };
}

/** A list learned from those of the cases whose `members` entry is 1; the last rule has no condition. */
export function learnRules(
  { conditions, cases }: Conditions,
  classes: Int32Array,
  labels: number,
  members: Uint8Array,
): Rule[] {
  const left = members.slice();
  const rules: Rule[] = [];
  const laplace = (right: number, all: number): number => (right + 1) / (all + labels);
  const counts = new Int32Array(labels);
  for (;;) {
    counts.fill(0);
    left.forEach((is, i) => {
      if (is) counts[classes[i] ?? 0] = (counts[classes[i] ?? 0] ?? 0) + 1;
    });
    const usual = largestOf(counts);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const last = { condition: undefined, label: usual, confidence: laplace(counts[usual] ?? 0, all) };
    let best: Rule | undefined;
    let bestGain = 0;
    for (let k = 0; k < conditions.length && rules.length < maxRules && (counts[usual] ?? 0) < all; k++) {
      const own = new Int32Array(labels);
      let covered = 0;
      for (const i of cases[k] ?? []) {
        if (!left[i]) continue;
        own[classes[i] ?? 0] = (own[classes[i] ?? 0] ?? 0) + 1;
        covered++;
      }
      if (covered < leastCases || covered === all) continue;
      const label = largestOf(own);
      let rest = 0;
      for (let c = 0; c < labels; c++) rest = Math.max(rest, (counts[c] ?? 0) - (own[c] ?? 0));
      // Right by the rule and, of the rest, by their commonest label; others that the rule takes are lost to later rules.
      const others = covered - (own[label] ?? 0) - (label === usual ? 0 : (own[usual] ?? 0));
      const gain = (own[label] ?? 0) + rest - (counts[usual] ?? 0) - others / 2;
      const confidence = laplace(own[label] ?? 0, covered);
      if (gain < leastGain || gain < bestGain || (gain === bestGain && best && confidence <= best.confidence)) continue;
      best = { condition: conditions[k], label, confidence };
      bestGain = gain;
    }
    if (!best) return [...rules, last];
    rules.push(best);
    for (const i of cases[conditions.indexOf(best.condition as Condition)] ?? []) left[i] = 0;
  }
}

function largestOf(counts: Int32Array): number {
  let best = 0;
  for (let c = 1; c < counts.length; c++) if ((counts[c] ?? 0) > (counts[best] ?? 0)) best = c;
  return best;
}

/** What lists learned without each fold say of its cases; undefined where the time ran out. */
export function testRules(
  conditions: Conditions,
  classes: Int32Array,
  labels: number,
  fold: Int32Array,
  folds: number,
  deadline: Deadline,
): Held[] | undefined {
  const holds = conditions.cases.map((cases) => new Set(cases));
  const at = new Map(conditions.conditions.map((condition, k) => [condition, k]));
  const held: Held[] = [];
  for (let f = 0; f < folds; f++) {
    if (deadline.expired()) return undefined;
    const rules = learnRules(
      conditions,
      classes,
      labels,
      Uint8Array.from(fold, (own) => (own === f ? 0 : 1)),
    );
    fold.forEach((own, row) => {
      if (own !== f) return;
      const rule = rules.find(({ condition }) => !condition || holds[at.get(condition) ?? -1]?.has(row));
      held.push({ row, label: classes[row] ?? 0, got: rule?.label ?? 0, confidence: rule?.confidence ?? 0 });
    });
  }
  return held;
}

/** With fewer cases than this a tie says little: rules must then get right all that the linear model gets right. */
const tieCases = 40;

/** Whether what rules lose is within half a standard error of the difference (McNemar): then they are preferred. */
export function rulesAreAsGood(rules: readonly Held[], linear: readonly Held[]): boolean {
  const other = new Map(linear.map((held) => [held.row, held.label === held.got]));
  let [lost, won] = [0, 0];
  for (const { row, label, got } of rules) {
    const right = other.get(row);
    if (right === undefined) continue;
    if (right && label !== got) lost++;
    if (!right && label === got) won++;
  }
  if (linear.length < tieCases) return lost === 0;
  return lost - won <= Math.sqrt(lost + won) / 2;
}
