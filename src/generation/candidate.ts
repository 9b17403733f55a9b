/** What a generator is given, and what it gives back. */
import type { GeneratorName, Usage } from "../contract/artifacts.ts";
import type { Progress } from "../contract/generation.ts";
import type { Said } from "../contract/say.ts";
import type { ProgramLanguage } from "../contract/tasks.ts";

/** What is wanted, in the form a generator may see: never with held-out examples. */
export interface Wanted {
  readonly name: string;
  readonly description: string;
  readonly language: ProgramLanguage;
  readonly latencyTargetMs: number;
}

export interface Candidate {
  readonly code: string;
  readonly language: ProgramLanguage;
  readonly explanation: string | null;
  readonly generator: GeneratorName;
  readonly model: string | null;
  readonly promptHash: string | null;
  readonly usage: Usage;
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

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    costUsd: a.costUsd === null && b.costUsd === null ? null : (a.costUsd ?? 0) + (b.costUsd ?? 0),
  };
}
