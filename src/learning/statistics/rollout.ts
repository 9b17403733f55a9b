/**
 * A rollout's evidence: candidate and incumbent both run on every request, and after each one it is known whether to
 * promote, to roll back, or to go on. Looking after every request costs nothing: the evidence is an e-process. The state
 * is plain JSON that holds all there is to know; whoever drives it feeds each request and each verdict once.
 */
import { evidenceFailing, type FailureCounts } from "./failing-test.ts";
import { evidenceBetter, evidenceNotWorse, evidenceWorse, type PairedCounts, type Verdict } from "./paired-test.ts";

export interface RolloutPlan {
  /**
   * `better`: promoted when the candidate is right more often. `not_worse`: promoted when it does not lose `margin` or
   * more; for a candidate that mends confirmed rows and has to do no harm elsewhere.
   */
  readonly goal: "better" | "not_worse";
  /** For `not_worse`: the accuracy that would be given away, as a share of all requests. */
  readonly margin: number;
  /**
   * The most often that, with continuous looking, a candidate is promoted that does not meet the goal; is rolled back that
   * is no worse; is rolled back for failing though it fails no more often. Equal versions are decided wrongly in at most
   * the sum of them.
   */
  readonly errorRates: { readonly promote: number; readonly rollBack: number; readonly failing: number };
  /** The share of verdicts the oracle gets wrong at most, 0 to below 0.5, whichever way. */
  readonly oracleErrorRate: number;
  /** The share of requests that the incumbent fails at most: `failureBound` of its record. */
  readonly incumbentFailureRate: number;
  /** After so many requests or verdicts without a decision: no difference. */
  readonly horizon: { readonly requests: number; readonly verdicts: number };
}

export const defaultPlan: RolloutPlan = {
  goal: "better",
  margin: 0.02,
  // A wrong promotion is what the person pays for; a wrong rollback costs another try.
  errorRates: { promote: 0.0075, rollBack: 0.04, failing: 0.0025 },
  oracleErrorRate: 0,
  incumbentFailureRate: 0.01,
  horizon: { requests: 10_000, verdicts: 400 },
};

export type Decision = "go_on" | "promote" | "roll_back" | "no_difference";

export interface Decided {
  readonly decision: Exclude<Decision, "go_on">;
  readonly because: "goal_met" | "worse" | "failing" | "horizon";
  /** When it fell: after so many requests and verdicts. */
  readonly requests: number;
  readonly verdicts: number;
}

export interface RolloutState {
  readonly plan: RolloutPlan;
  readonly counts: PairedCounts;
  readonly failures: FailureCounts;
  /** The strongest log evidence for the goal so far. */
  readonly peak: number;
  /** The first decision stands. */
  readonly decided: Decided | null;
}

/**
 * A request that both ran (their outputs `differ`, or one of them failed and the other did not), or an oracle's verdict
 * on one that differed. Verdicts may come late, but neither their order nor which of them come may depend on what they
 * say. To save verdicts leave out whole requests, agreements too, chosen beforehand (by their hash).
 */
export type Observation =
  | {
      readonly kind: "request";
      readonly differ: boolean;
      readonly candidateFailed: boolean;
      readonly incumbentFailed: boolean;
    }
  | { readonly kind: "verdict"; readonly verdict: Verdict };

export function begin(plan: Partial<RolloutPlan> = {}): RolloutState {
  return {
    plan: { ...defaultPlan, ...plan },
    counts: { agreed: 0, pending: 0, candidateRight: 0, incumbentRight: 0, bothRight: 0, bothWrong: 0, unsure: 0 },
    failures: { requests: 0, candidateOnly: 0, incumbentOnly: 0 },
    peak: 0,
    decided: null,
  };
}

/** The state after one more observation; the given one stays as it is. */
export function step(state: RolloutState, observation: Observation): RolloutState {
  const { plan } = state;
  const counts = counted(state.counts, observation);
  const failures = observation.kind === "verdict" ? state.failures : failed(state.failures, observation);
  if (state.decided) return { ...state, counts, failures };
  // Only a request can show a failure, and agreement alone says nothing of who is better.
  const speaks = plan.goal === "not_worse" || observation.kind === "verdict";
  const peak = speaks ? Math.max(state.peak, goalEvidence(plan, counts)) : state.peak;
  return { plan, counts, failures, peak, decided: decide(plan, counts, failures, peak, observation) };
}

/**
 * Takes a verdict back that was counted, so that another can take its place. The strongest evidence so far may have come
 * from it: what counts is the evidence without it. A decision stands.
 */
export function retract(state: RolloutState, verdict: Verdict): RolloutState {
  const name = countOf[verdict];
  const { counts, plan } = state;
  const less = { ...counts, [name]: Math.max(0, counts[name] - 1), pending: counts.pending + 1 };
  return { ...state, counts: less, peak: goalEvidence(plan, less) };
}

export function decision(state: RolloutState): Decision {
  return state.decided?.decision ?? "go_on";
}

/** For people: each as an e-value (how often one's money is multiplied), and what it must reach. */
export function evidence(state: RolloutState): Record<"goal" | "worse" | "failing", { value: number; needed: number }> {
  const { plan, counts, failures } = state;
  const { promote, rollBack, failing } = plan.errorRates;
  // A number that JSON can write, however clear the case.
  const value = (log: number): number => Math.min(1e12, Math.exp(log));
  return {
    goal: { value: value(goalEvidence(plan, counts)), needed: 1 / promote },
    worse: { value: value(evidenceWorse(counts, plan.oracleErrorRate)), needed: 1 / rollBack },
    failing: { value: value(evidenceFailing(failures, plan.incumbentFailureRate)), needed: 1 / failing },
  };
}

function goalEvidence(plan: RolloutPlan, counts: PairedCounts): number {
  return plan.goal === "better"
    ? evidenceBetter(counts, plan.oracleErrorRate)
    : evidenceNotWorse(counts, plan.oracleErrorRate, plan.margin);
}

function decide(
  plan: RolloutPlan,
  counts: PairedCounts,
  failures: FailureCounts,
  peak: number,
  observation: Observation,
): Decided | null {
  const { errorRates, horizon } = plan;
  const { candidateRight, incumbentRight, bothRight, bothWrong, unsure } = counts;
  const verdicts = candidateRight + incumbentRight + bothRight + bothWrong + unsure;
  const { requests } = failures;
  const decided = (what: Decided["decision"], because: Decided["because"]): Decided => ({
    decision: what,
    because,
    requests,
    verdicts,
  });
  if (observation.kind === "request" && observation.candidateFailed && !observation.incumbentFailed) {
    const reached = evidenceFailing(failures, plan.incumbentFailureRate) >= -Math.log(errorRates.failing);
    if (reached) return decided("roll_back", "failing");
  }
  if (observation.kind === "verdict") {
    const reached = evidenceWorse(counts, plan.oracleErrorRate) >= -Math.log(errorRates.rollBack);
    if (reached) return decided("roll_back", "worse");
  }
  if (peak >= -Math.log(errorRates.promote)) return decided("promote", "goal_met");
  if (requests >= horizon.requests || verdicts >= horizon.verdicts) return decided("no_difference", "horizon");
  return null;
}

const countOf = {
  candidate_right: "candidateRight",
  incumbent_right: "incumbentRight",
  both_right: "bothRight",
  both_wrong: "bothWrong",
  unsure: "unsure",
} as const satisfies Record<Verdict, keyof PairedCounts>;

function counted(counts: PairedCounts, observation: Observation): PairedCounts {
  if (observation.kind === "request") {
    const name = observation.differ ? "pending" : "agreed";
    return { ...counts, [name]: counts[name] + 1 };
  }
  const name = countOf[observation.verdict];
  return { ...counts, pending: Math.max(0, counts.pending - 1), [name]: counts[name] + 1 };
}

function failed(
  counts: FailureCounts,
  { candidateFailed, incumbentFailed }: { candidateFailed: boolean; incumbentFailed: boolean },
): FailureCounts {
  return {
    requests: counts.requests + 1,
    candidateOnly: counts.candidateOnly + (candidateFailed && !incumbentFailed ? 1 : 0),
    incumbentOnly: counts.incumbentOnly + (incumbentFailed && !candidateFailed ? 1 : 0),
  };
}
