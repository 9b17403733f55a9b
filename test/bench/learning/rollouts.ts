/** Simulated rollouts with known truth: how often the decision is wrong, and how soon it falls. */
import { seededRandom } from "../../../src/learning/statistics/hash.ts";
import type { Verdict } from "../../../src/learning/statistics/paired-test.ts";
import { begin, type Decision, decision, type RolloutPlan, step } from "../../../src/learning/statistics/rollout.ts";

/** What a request shows: who is right, as shares of all requests. */
export interface Truth {
  readonly candidateRight: number;
  readonly incumbentRight: number;
  readonly bothWrong: number;
}

/** How the two versions' errors lie to each other. */
export const pairings = {
  "nested: the errors of one contain the other's": (incumbent: number, candidate: number): Truth => ({
    candidateRight: Math.max(0, candidate - incumbent),
    incumbentRight: Math.max(0, incumbent - candidate),
    bothWrong: 1 - Math.max(incumbent, candidate),
  }),
  "nested, and one point of others each way": (incumbent: number, candidate: number): Truth => ({
    candidateRight: Math.max(0, candidate - incumbent) + 0.01,
    incumbentRight: Math.max(0, incumbent - candidate) + 0.01,
    bothWrong: 1 - Math.max(incumbent, candidate) - 0.01,
  }),
  "independent: as of two strangers": (incumbent: number, candidate: number): Truth => ({
    candidateRight: candidate * (1 - incumbent),
    incumbentRight: incumbent * (1 - candidate),
    bothWrong: (1 - incumbent) * (1 - candidate),
  }),
} as const;
export type Pairing = keyof typeof pairings;

/** Two wrong outputs are the same one half of the time; then nobody asks. */
const sameWrong = 0.5;

export interface Oracle {
  readonly errs: number;
  /** When it errs: for either side, or always for the candidate. */
  readonly bias: "either" | "candidate";
}

export interface Outcome {
  readonly decision: Decision;
  readonly requests: number;
  readonly verdicts: number;
}

/** One rollout from its first request to its decision, looked at after each request and each verdict. */
export function rollOut(truth: Truth, oracle: Oracle, plan: Partial<RolloutPlan>, random: () => number): Outcome {
  let state = begin(plan);
  while (!state.decided) {
    const draw = random();
    const { candidateRight, incumbentRight, bothWrong } = truth;
    let verdict: Verdict | undefined;
    if (draw < candidateRight) verdict = "candidate_right";
    else if (draw < candidateRight + incumbentRight) verdict = "incumbent_right";
    else if (draw < candidateRight + incumbentRight + bothWrong * (1 - sameWrong)) verdict = "both_wrong";
    const request = { kind: "request", candidateFailed: false, incumbentFailed: false } as const;
    state = step(state, { ...request, differ: verdict !== undefined });
    if (verdict && !state.decided) state = step(state, { kind: "verdict", verdict: said(verdict, oracle, random) });
  }
  return { decision: decision(state), requests: state.decided.requests, verdicts: state.decided.verdicts };
}

function said(truth: Verdict, oracle: Oracle, random: () => number): Verdict {
  if (random() >= oracle.errs) return truth;
  if (oracle.bias === "candidate") return "candidate_right";
  if (truth === "both_wrong") return random() < 0.5 ? "candidate_right" : "incumbent_right";
  return truth === "candidate_right" ? "incumbent_right" : "candidate_right";
}

export interface Summary {
  readonly promoted: number;
  readonly rolledBack: number;
  readonly undecided: number;
  /** Of all rollouts, those that never end this way counted as endless; null where less than half do. */
  readonly toRollBack: Median | null;
  readonly toPromote: Median | null;
}
interface Median {
  readonly requests: number;
  readonly verdicts: number;
}

/** Shares of the decisions of `rollouts` simulated ones. */
export function simulate(
  rollouts: number,
  truth: Truth,
  oracle: Oracle,
  plan: Partial<RolloutPlan>,
  seed: number,
): Summary {
  const random = seededRandom(seed);
  const outcomes = Array.from({ length: rollouts }, () => rollOut(truth, oracle, plan, random));
  const ended = (how: Decision): Outcome[] => outcomes.filter((outcome) => outcome.decision === how);
  return {
    promoted: ended("promote").length / rollouts,
    rolledBack: ended("roll_back").length / rollouts,
    undecided: ended("no_difference").length / rollouts,
    toRollBack: median(ended("roll_back"), rollouts),
    toPromote: median(ended("promote"), rollouts),
  };
}

function median(outcomes: readonly Outcome[], of: number): Median | null {
  if (outcomes.length * 2 < of) return null;
  const middle = (numbers: readonly number[]): number =>
    numbers.toSorted((a, b) => a - b)[Math.ceil(of / 2) - 1] ?? Number.NaN;
  return {
    requests: middle(outcomes.map(({ requests }) => requests)),
    verdicts: middle(outcomes.map(({ verdicts }) => verdicts)),
  };
}
