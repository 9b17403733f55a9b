/** One thing after the other that a person says right or wrong to: in the dashboard, and in the panel. */
import type { Disagreement, Rollout } from "./rollouts.ts";
import type { Review } from "./validations.ts";
import type { JsonValue } from "./wire.ts";

interface About {
  /** Of the execution, or of the disagreement. */
  readonly id: string;
  readonly taskId: string;
  readonly taskName: string;
  readonly input: JsonValue;
  /** ISO 8601. */
  readonly at: string;
}

export interface ReviewExecution extends About {
  readonly kind: "execution";
  readonly version: number;
  /** Null where the program failed; `failure` then says why. */
  readonly output: JsonValue;
  readonly failure: string | null;
}

/** The two versions of a rollout gave different outputs; null: that one failed. */
export interface ReviewDisagreement extends About {
  readonly kind: "disagreement";
  readonly incumbentVersion: number;
  readonly candidateVersion: number;
  readonly incumbentOutput: JsonValue;
  readonly candidateOutput: JsonValue;
}

export type ReviewItem = ReviewExecution | ReviewDisagreement;

/** Whose output is right, where two versions differ. */
export const reviewSides = ["candidate", "incumbent", "both", "neither", "unsure"] as const;
export type ReviewSide = (typeof reviewSides)[number];

/** `expectedOutput`: what it should have been, where the person said so. */
export type ReviewVerdict =
  | { readonly right: boolean; readonly expectedOutput?: JsonValue }
  | { readonly side: ReviewSide };

/** Whose differences are looked for: the tasks with a program that were made last. */
export const rolloutsLookedAtMost = 30;

interface Named {
  readonly id: string;
  readonly name: string;
}

export function reviewExecution(execution: Review["items"][number], task: Named): ReviewExecution {
  const { executionId, version, input, output, status, errorMessage, executedAt } = execution;
  const about = { kind: "execution" as const, id: executionId, taskId: task.id, taskName: task.name, at: executedAt };
  return { ...about, version, input, output, failure: status === "success" ? null : (errorMessage ?? status) };
}

export function reviewDisagreement(
  { id, input, incumbentOutput, candidateOutput, createdAt }: Disagreement,
  task: Named,
  { incumbentVersion, candidateVersion }: Rollout,
): ReviewDisagreement {
  const about = { kind: "disagreement" as const, id, taskId: task.id, taskName: task.name, at: createdAt };
  return { ...about, input, incumbentVersion, candidateVersion, incumbentOutput, candidateOutput };
}

/** Whether a person's word on its differences still counts. */
export function isUnderReview(rollout: Rollout | null): rollout is Rollout {
  return rollout !== null && ["running", "paused", "undecided"].includes(rollout.state);
}
