/** A task: what is wanted, said by a description, examples, or both. */
import { z } from "zod";
import { Comparison } from "./comparison.ts";
import { PrivacyMode } from "./datasets.ts";
import { answer, jsonValue, request } from "./wire.ts";

export const Language = z.enum(["javascript", "typescript", "python"]);
export type Language = z.infer<typeof Language>;

export const maxExamples = 20_000;

export const Example = request({ input: jsonValue, output: jsonValue });
export type Example = z.output<typeof Example>;

const Examples = z.array(Example).max(maxExamples);
/** Languages the sandbox runs. */
export const ProgramLanguage = z.enum(["javascript", "typescript", "python"]);
export type ProgramLanguage = z.infer<typeof ProgramLanguage>;

/**
 * Which executions are judged: by chance alone (`random`), as many of each output (`stratified`), unusual ones (`edge`),
 * or ones like those that failed, and more after a change (`adaptive`). Half of the rate stays chance with each of them.
 */
export const SamplingStrategy = z.enum(["random", "stratified", "edge", "adaptive"]);
export type SamplingStrategy = z.infer<typeof SamplingStrategy>;

/** Whether better versions are made from corrected failures: by itself, only when the person asks, or never. */
export const Improve = z.enum(["auto", "ask", "off"]);
export type Improve = z.output<typeof Improve>;

const fields = {
  name: z.string().trim().min(1).max(200),
  description: z.string().max(20_000),
  language: ProgramLanguage,
  inputSchema: jsonValue,
  outputSchema: jsonValue,
  examples: Examples,
  /** Share of verification cases a program must get right to become active, 0 to 1. */
  accuracyTarget: z.number().min(0).max(1),
  /** Budget of one call, in ms. */
  latencyTargetMs: z.number().min(1).max(1_000),
  /** Share of executions that will be judged, 0 to 1. */
  samplingRate: z.number().min(0).max(1),
  /** When an output counts as the right one. */
  comparison: Comparison,
  /** So many sampled executions a model may judge in a day (UTC). 0, as it is unless told: none, and nothing is sent. */
  modelVerdictsPerDay: z.number().int().min(0).max(100_000),
  /** What that may cost in a day, in USD, where the model's prices are set. */
  modelUsdPerDay: z.number().min(0).max(10_000),
  /** What of its executions goes into its dataset. */
  privacyMode: PrivacyMode,
  samplingStrategy: SamplingStrategy,
  /** Whether a better version is made by itself from corrected failures; it runs only after a rollout. */
  improve: Improve,
};

/** Chosen by the caller, so that a task that is kept as a file is the same one everywhere. */
const TaskId = z.string().regex(/^task_[A-Za-z0-9_-]{1,60}$/, "must be task_ and up to 60 letters, digits, - or _");

export const NewTask = request({
  /** Made where none is given. */
  id: TaskId.optional(),
  name: fields.name,
  description: fields.description.default(""),
  language: fields.language.default("javascript"),
  inputSchema: fields.inputSchema.optional(),
  outputSchema: fields.outputSchema.optional(),
  examples: fields.examples.default([]),
  accuracyTarget: fields.accuracyTarget.default(0.9),
  latencyTargetMs: fields.latencyTargetMs.default(10),
  samplingRate: fields.samplingRate.default(0.05),
  /** `exact` unless told. */
  comparison: fields.comparison.optional(),
  /** 0 unless told. */
  modelVerdictsPerDay: fields.modelVerdictsPerDay.optional(),
  /** 1 unless told. */
  modelUsdPerDay: fields.modelUsdPerDay.optional(),
  /** `balanced` unless told. */
  privacyMode: fields.privacyMode.optional(),
  /** `random` unless told. */
  samplingStrategy: fields.samplingStrategy.optional(),
  /** `auto` unless told. */
  improve: fields.improve.optional(),
});
export type NewTask = z.output<typeof NewTask>;

export const TaskChange = request({
  name: fields.name.optional(),
  description: fields.description.optional(),
  /** Of the programs made from now on. */
  language: fields.language.optional(),
  inputSchema: fields.inputSchema.optional(),
  outputSchema: fields.outputSchema.optional(),
  examples: fields.examples.optional(),
  accuracyTarget: fields.accuracyTarget.optional(),
  latencyTargetMs: fields.latencyTargetMs.optional(),
  samplingRate: fields.samplingRate.optional(),
  comparison: fields.comparison.optional(),
  modelVerdictsPerDay: fields.modelVerdictsPerDay.optional(),
  modelUsdPerDay: fields.modelUsdPerDay.optional(),
  privacyMode: fields.privacyMode.optional(),
  samplingStrategy: fields.samplingStrategy.optional(),
  improve: fields.improve.optional(),
  /** `false` keeps a task that `/code/generate` made on the way ("Save as task"). */
  draft: z.literal(false).optional(),
  /** `false` brings back, within a day, a task that was deleted. */
  deleted: z.literal(false).optional(),
});
export type TaskChange = z.output<typeof TaskChange>;

export const Task = answer({
  ...fields,
  id: z.string(),
  inputSchema: fields.inputSchema.nullable(),
  outputSchema: fields.outputSchema.nullable(),
  /** A draft came out of `/code/generate` and is not listed; it goes after a day unless it is kept. */
  draft: z.boolean(),
  activeVersion: z.number().int().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Task = z.output<typeof Task>;

/** A page of a list: newest first; `cursor` of one page asks for the next, null where there is none. */
export const PageQuery = request({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type PageQuery = z.output<typeof PageQuery>;

export const TaskPage = answer({ items: z.array(Task), cursor: z.string().nullable() });
