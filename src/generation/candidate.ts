/** What a generator is given, and what it gives back. */
import type { GeneratorName, Usage } from "../contract/artifacts.ts";
import type { Progress } from "../contract/generation.ts";
import type { Said } from "../contract/say.ts";
import type { Example, ProgramLanguage } from "../contract/tasks.ts";

/** What is wanted, in the form a generator may see: never with held-out examples. */
export interface Wanted {
  readonly name: string;
  readonly description: string;
  readonly language: ProgramLanguage;
  readonly latencyTargetMs: number;
  readonly predecessor?: Predecessor | undefined;
}

/** A program for the same task that is to be bettered. */
export interface Predecessor {
  readonly code: string;
  /** Of the examples, those it gets wrong: they are shown before the others. */
  readonly wrong: readonly Example[];
}

export interface Candidate {
  readonly code: string;
  readonly language: ProgramLanguage;
  readonly explanation: string | null;
  readonly generator: GeneratorName;
  readonly model: string | null;
  readonly promptHash: string | null;
  /** Null where the model's provider did not say. */
  readonly usage: Usage | null;
  /** True for a statistical model: fitting the shown examples proves little, so held-out cases decide. */
  readonly statistical: boolean;
}

/** Where the work stands, before it is known in which language it is told. */
export type Step = Omit<Progress, "message"> & { readonly message: Said };

/** Where a generator says how far it is. */
export interface Listener {
  progress(step: Step): void;
  /** Text of a model's answer as it arrives. */
  delta(text: string): void;
}

export const noUsage: Usage = { promptTokens: 0, completionTokens: 0, costUsd: null };

/** Unknown as soon as one of them is. */
export function addUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (!a || !b) return null;
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    costUsd: a.costUsd === null && b.costUsd === null ? null : (a.costUsd ?? 0) + (b.costUsd ?? 0),
  };
}
