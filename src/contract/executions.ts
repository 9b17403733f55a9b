/** Running a task's program on inputs. */
import { z } from "zod";
import { ExecutionStatus } from "./artifacts.ts";
import { answer, jsonValue, request } from "./wire.ts";

export const maxBatchItems = 100_000;
const Version = z.number().int().min(1);

export const ExecuteRequest = request({
  input: jsonValue,
  version: Version.optional(),
  timeoutMs: z.number().min(1).max(1_000).optional(),
  forceValidation: z.boolean().optional(),
});
export type ExecuteRequest = z.output<typeof ExecuteRequest>;

const run = {
  executionId: z.string(),
  taskId: z.string(),
  artifactId: z.string(),
  version: z.number().int(),
  status: ExecutionStatus,
  /** Null where the call did not succeed. */
  output: jsonValue,
  errorMessage: z.string().optional(),
  /** Time inside the sandbox child, in ms. */
  latencyMs: z.number(),
  sampledForValidation: z.boolean(),
  executedAt: z.string(),
};

export const Execution = answer({
  ...run,
  /** What the program printed (`console.log`, `print`), cut at 10,000 characters; not kept, and absent where nothing. */
  logs: z.string().optional(),
});
export type Execution = z.output<typeof Execution>;

/** An execution as it is kept: with its input. */
export const StoredExecution = answer({ ...run, input: jsonValue });
export type StoredExecution = z.output<typeof StoredExecution>;

export const ExecutionPage = answer({ items: z.array(StoredExecution), cursor: z.string().nullable() });

export const BatchItem = request({ id: z.string().max(200).optional(), input: jsonValue });

export const BatchRequest = request({
  taskId: z.string(),
  version: Version.optional(),
  items: z.array(BatchItem).min(1).max(maxBatchItems),
  timeoutMs: z.number().min(1).max(1_000).optional(),
  stopOnFirstError: z.boolean().default(false),
  /**
   * `false` runs without keeping the executions (a preview on text that is not accepted yet). `"sampled"` counts all of
   * them and keeps those that the task's sampling rate chooses, with the first failures: for files of many rows.
   */
  log: z.union([z.boolean(), z.literal("sampled")]).default(true),
  /** Answers with `outputs` and `failures` in place of `results`: a third of their size. */
  compact: z.boolean().optional(),
});
export type BatchRequest = z.output<typeof BatchRequest>;

export const BatchResult = answer({
  /** The item's own id, else its position. */
  id: z.string(),
  executionId: z.string().nullable(),
  status: ExecutionStatus,
  output: jsonValue,
  errorMessage: z.string().optional(),
  latencyMs: z.number(),
});
export type BatchResult = z.output<typeof BatchResult>;

export const BatchFailure = answer({
  /** Of the item in the batch, from 0. */
  position: z.number().int(),
  status: ExecutionStatus,
  errorMessage: z.string().optional(),
});
export type BatchFailure = z.output<typeof BatchFailure>;

export const BatchAnswer = answer({
  taskId: z.string(),
  artifactId: z.string(),
  version: z.number().int(),
  total: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  avgLatencyMs: z.number(),
  totalMs: z.number(),
  /** In the order of the items; shorter than them where `stop_on_first_error` stopped it. Empty where `compact` was asked. */
  results: z.array(BatchResult),
  /** The items that did not succeed, where `compact` was asked. */
  failures: z.array(BatchFailure).optional(),
  /** Each item's output, null where it did not succeed, where `compact` was asked. */
  outputs: z.array(jsonValue).optional(),
});
export type BatchAnswer = z.output<typeof BatchAnswer>;
