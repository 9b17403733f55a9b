/** How much of the traffic the candidate answers: shadow → 10% → 50% → 100%, by the evidence so far. */
import { fraction } from "./hash.ts";
import { evidenceWorse } from "./paired-test.ts";
import { decision, type RolloutState } from "./rollout.ts";

export type Stage = "shadow" | "tenth" | "half" | "full" | "stopped";

/** What the candidate answers for real. Both versions run on every request in every stage but the last two. */
export const shareOf: Readonly<Record<Stage, number>> = { shadow: 0, tenth: 0.1, half: 0.5, full: 1, stopped: 0 };

/**
 * The evidence for the goal (an e-value) and the requests that a stage needs. By Ville's inequality a candidate that does
 * not meet the goal gets a tenth of the traffic with a chance of at most 1/√10, a half with 1/20, and all of it with the
 * plan's `promote`.
 */
const needed = [
  { stage: "half", evidence: 20, requests: 50 },
  { stage: "tenth", evidence: Math.sqrt(10), requests: 20 },
] as const;

/** So much evidence of harm and the candidate answers nobody until it is gone. */
const harm = Math.sqrt(10);

/** By the state alone: an instance that takes over continues in the same stage. */
export function stage(state: RolloutState): Stage {
  const decided = decision(state);
  if (decided === "promote") return "full";
  if (decided !== "go_on") return "stopped";
  if (evidenceWorse(state.counts, state.plan.oracleErrorRate) >= Math.log(harm)) return "shadow";
  const met = needed.find(
    ({ evidence, requests }) => state.peak >= Math.log(evidence) && state.failures.requests >= requests,
  );
  return met?.stage ?? "shadow";
}

/**
 * Whether the candidate answers this input: the same input always gets the same version within a stage, and whoever got
 * the candidate at 10% keeps it at 50%.
 *
 * @param inputHash any text that stands for the input; put the rollout's id in front, so that it is not always the same
 *   inputs that try what is new
 */
export function assign(inputHash: string, share: number): boolean {
  return fraction(inputHash) < share;
}
