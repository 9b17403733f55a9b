/** The offline generator as the pipeline sees it: learns from examples in a worker thread, no model, no network. */
import type { Ambiguity } from "../../contract/artifacts.ts";
import { HapaError } from "../../contract/errors.ts";
import type { Said } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Synthesis, SynthesisOptions } from "../../synthesis/synthesis.ts";
import { type Candidate, noUsage } from "../candidate.ts";

/** The part of the synthesizer this room uses (`synthesis/client.ts`). */
export interface Synthesizer {
  synthesize(examples: readonly Example[], options: SynthesisOptions): Promise<Synthesis>;
}

export interface OfflineOptions {
  readonly language: "javascript" | "python";
  readonly inputs: readonly JsonValue[];
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (message: Said, fraction: number | undefined) => void;
}

export type OfflineResult =
  | {
      readonly ok: true;
      readonly candidate: Candidate;
      readonly ambiguous: readonly Ambiguity[];
      /** Positions of examples that the program does not follow. */
      readonly odd: readonly number[];
    }
  | { readonly ok: false; readonly message: Said };

/** @throws HapaError("contradictory_examples") naming the pair. */
export async function learnOffline(
  synthesizer: Synthesizer,
  examples: readonly Example[],
  options: OfflineOptions,
): Promise<OfflineResult> {
  const { onProgress } = options;
  const result = await synthesizer.synthesize(examples, {
    inputs: options.inputs,
    budgetMs: options.budgetMs,
    signal: options.signal,
    language: options.language,
    ...(onProgress ? { onProgress: ({ message, fraction }) => onProgress(message, fraction) } : {}),
  });
  if ("reason" in result) {
    if (result.reason === "contradiction") {
      throw new HapaError("contradictory_examples", result.hint, result.pair ? { pair: [...result.pair] } : undefined);
    }
    return { ok: false, message: result.hint };
  }
  const { code, language } = result.program;
  const candidate: Candidate = {
    ...{ code, language },
    explanation: result.report.explanation,
    generator: "offline",
    model: null,
    promptHash: null,
    usage: noUsage,
    statistical: result.kind === "classify",
  };
  const ambiguous = result.ambiguous.map(({ input, outputs }) => ({ input, outputs: [...outputs] }));
  return { ok: true, candidate, ambiguous, odd: result.report.odd };
}
