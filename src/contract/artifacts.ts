/** An artifact ("program" to people): one immutable version of generated code, its provenance and its proof. */
import { z } from "zod";
import { ProgramLanguage } from "./tasks.ts";
import { answer, jsonValue, request } from "./wire.ts";

/** How one call of a program ended. */
export const ExecutionStatus = z.enum(["success", "error", "timeout", "memory", "invalid_output", "crashed"]);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

/** What a model call took, by the provider's own count. Where it did not say, there is none (null) instead of zeros. */
export const Usage = answer({
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** From the prices the person set; null where none are set. Never guessed. */
  costUsd: z.number().nullable(),
});
export type Usage = z.output<typeof Usage>;

/** One case a candidate got wrong. A held-out case is shown to the person, never to a generator. */
export const CaseFailure = answer({
  input: jsonValue,
  expected: jsonValue,
  /** Null where the call did not succeed. */
  actual: jsonValue.nullable(),
  status: ExecutionStatus,
  errorMessage: z.string().optional(),
  heldOut: z.boolean(),
});
export type CaseFailure = z.output<typeof CaseFailure>;

/**
 * How the cases were split.
 * `hold_out`: some were kept from the generator. `leave_one_out`: each case was predicted by a program learned from
 * the others. `cross_validation`: the same in folds. `shown_only`: too few examples to keep any back.
 */
export const VerificationMethod = z.enum(["hold_out", "leave_one_out", "cross_validation", "shown_only"]);
export type VerificationMethod = z.infer<typeof VerificationMethod>;

/** An input on which programs that fit the examples disagree: worth asking the person, whose answer is one more example. */
export const Ambiguity = answer({
  input: jsonValue,
  /** What they give, each once; the program's own output comes first. */
  outputs: z.array(jsonValue),
});
export type Ambiguity = z.output<typeof Ambiguity>;

export const maxAmbiguous = 10;
export const maxAmbiguousOutputs = 4;

const Score = answer({ passed: z.number().int(), total: z.number().int() });

export const Verification = answer({
  passed: z.boolean(),
  method: VerificationMethod,
  /** Cases the generator saw. */
  shown: Score,
  /** Cases it did not see (for leave-one-out and folds: each case, predicted without it). */
  heldOut: Score,
  /** The share that `passed` was decided on, 0 to 1, and what it had to reach. */
  accuracy: z.number(),
  accuracyTarget: z.number(),
  /** At most twenty. */
  failures: z.array(CaseFailure),
  latencyMeanMs: z.number(),
  latencyP99Ms: z.number(),
  /** The run over the unlabelled inputs the caller had at hand: how many, and on how many it did not succeed. */
  rehearsal: answer({ total: z.number().int(), failed: z.number().int() }).nullable(),
  /** In words, when something should be known before trusting it. */
  notes: z.array(z.string()),
  /** Of the unlabelled inputs at hand: at most ten, each with at most four outputs. */
  ambiguous: z.array(Ambiguity).default([]),
  /** Positions of examples that the program does not follow because all others say something else: probably slips. */
  oddExamples: z.array(z.number().int()).default([]),
});
export type Verification = z.output<typeof Verification>;

export const GeneratorName = z.enum(["offline", "model", "person"]);
export type GeneratorName = z.infer<typeof GeneratorName>;

export const ArtifactState = z.enum(["active", "verified", "rejected"]);
export type ArtifactState = z.infer<typeof ArtifactState>;

export const Artifact = answer({
  id: z.string(),
  taskId: z.string(),
  version: z.number().int(),
  language: ProgramLanguage,
  code: z.string(),
  state: ArtifactState,
  explanation: z.string().nullable(),
  generator: GeneratorName,
  model: z.string().nullable(),
  promptHash: z.string().nullable(),
  /** Null where the provider did not say. Zeros: no model was asked. */
  usage: Usage.nullable(),
  /** Time it took to make and prove, in ms. */
  durationMs: z.number(),
  verification: Verification,
  createdAt: z.string(),
});
export type Artifact = z.output<typeof Artifact>;

export const ArtifactList = answer({ items: z.array(Artifact) });

export const maxProgramBytes = 1_000_000;

export const NewArtifact = request({
  taskId: z.string(),
  code: z.string().min(1).max(maxProgramBytes),
  language: ProgramLanguage.default("javascript"),
});
export type NewArtifact = z.output<typeof NewArtifact>;
