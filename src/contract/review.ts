/** One thing after the other that a person says right or wrong to: in the dashboard, and in the panel. */
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

/** `expectedOutput`: what it should have been, where the person said so. */
export type ReviewVerdict =
  | { readonly right: boolean; readonly expectedOutput?: JsonValue }
  | { readonly side: "candidate" | "incumbent" | "both" | "neither" | "unsure" };
