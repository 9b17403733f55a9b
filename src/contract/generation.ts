/** Asking for code or for a program, and what comes back, at once or as a stream. */
import { z } from "zod";
import { Ambiguity, Artifact, Usage, Verification } from "./artifacts.ts";
import { Example, Language, maxExamples, ProgramLanguage } from "./tasks.ts";
import { CodeVerdict } from "./validation.ts";
import { answer, jsonValue, request } from "./wire.ts";

export const Strategy = z.enum(["auto", "offline", "model"]);
export type Strategy = z.infer<typeof Strategy>;

const Inputs = z.array(jsonValue).max(10_000);

export const GenerateRequest = request({
  userQuestion: z.string().trim().min(1).max(20_000),
  codeContext: z.string().max(200_000).optional(),
  language: Language,
  filePath: z.string().max(4_000).optional(),
  examples: z.array(Example).max(maxExamples).optional(),
  strategy: Strategy.default("auto"),
  /**
   * Unlabelled inputs at hand (the other selected lines): candidates are rehearsed on them. They are not sent to a model,
   * and not kept, but for the few that the verification names as ambiguous.
   */
  inputs: Inputs.optional(),
});
export type GenerateRequest = z.output<typeof GenerateRequest>;

export const GenerateAnswer = answer({
  generatedCode: z.string(),
  explanation: z.string().optional(),
  status: z.enum(["success", "error"]),
  errorMessage: z.string().optional(),
  verification: Verification.optional(),
  artifact: Artifact.optional(),
  /** As in the verification: inputs to ask the person about, and positions of examples that look like slips. */
  ambiguous: z.array(Ambiguity).optional(),
  oddExamples: z.array(z.number().int()).optional(),
  /** What a look at the code as a text says, where it was not proven by running; absent where it could not be checked. */
  validation: CodeVerdict.optional(),
  /** The model's name, or "offline". */
  model: z.string(),
  /** Null where the provider did not say. Zeros: no model was asked, or the answer was kept. */
  usage: Usage.nullable(),
  cached: z.boolean(),
});
export type GenerateAnswer = z.output<typeof GenerateAnswer>;

export const TaskGenerateRequest = request({
  strategy: Strategy.default("auto"),
  inputs: Inputs.optional(),
  /** Of this version; the task's own unless told. */
  language: ProgramLanguage.optional(),
  /** `false` keeps a version that passed as "verified", without making it the one that runs. */
  activate: z.boolean().optional(),
});
export type TaskGenerateRequest = z.output<typeof TaskGenerateRequest>;

export const stages = ["fetching", "loading", "learning", "asking", "verifying", "repairing", "storing"] as const;

/** A `progress` event: where the work stands, in words, and how far where that is known (0 to 1). */
export const Progress = answer({
  stage: z.enum(stages),
  message: z.string(),
  fraction: z.number().optional(),
});
export type Progress = z.output<typeof Progress>;

/** A `delta` event: text of the model's answer as it arrives. */
export const Delta = answer({ text: z.string() });
