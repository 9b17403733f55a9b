/** Numbers about a task's work, and about the server. */
import { z } from "zod";
import { answer } from "./wire.ts";

const Latency = answer({ avgMs: z.number(), p50Ms: z.number(), p95Ms: z.number(), p99Ms: z.number() });

/** Counts and latencies over the kept executions (p50 to p99 over the newest 10,000 of them). */
const RunStats = {
  total: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  successRate: z.number().nullable(),
  latency: Latency.nullable(),
};

/**
 * Share of judged executions that were right, with its 95% interval (Wilson's, wider where only a model judged: see
 * knowing.ts); null while none is judged.
 */
const Accuracy = answer({ value: z.number(), low: z.number(), high: z.number(), n: z.number().int() }).nullable();

export const TaskAnalytics = answer({
  taskId: z.string(),
  ...RunStats,
  accuracy: Accuracy,
  byVersion: z.array(answer({ version: z.number().int(), ...RunStats, accuracy: Accuracy })),
  /** Executions that needed no model call. */
  modelCallsAvoided: z.number().int(),
  /** Spent on making this task's programs; null where no prices are set. */
  costUsd: z.number().nullable(),
});
export type TaskAnalytics = z.output<typeof TaskAnalytics>;

const SandboxState = z.enum(["idle", "starting", "ready", "unavailable"]);

/** One engine's processes. */
const engine = {
  /** Null until one has been started. */
  engine: z.enum(["isolated-vm", "quickjs", "pyodide"]).nullable(),
  nodeVersion: z.string().nullable(),
  nodePath: z.string(),
  state: SandboxState,
  /** Children that were ended because of what a program did, and replaced. */
  restarts: z.number().int(),
  /** Children that took over from one that had run its number of calls or grown too large. */
  recycled: z.number().int(),
  /** Warm children that wait to take over. */
  spares: z.number().int(),
  /** Why it is unavailable, or not the one that was wanted first, or how its Node was found. */
  reason: z.string().optional(),
};
export const EngineInfo = answer(engine);
export type EngineInfo = z.output<typeof EngineInfo>;

/** Of JavaScript and TypeScript programs, and of Python ones. */
export const SandboxInfo = answer({ ...engine, python: EngineInfo });
export type SandboxInfo = z.output<typeof SandboxInfo>;

export const ModelInfo = answer({
  configured: z.boolean(),
  name: z.string().nullable(),
  baseUrl: z.string().nullable(),
});
export type ModelInfo = z.output<typeof ModelInfo>;

/** Public: says nothing about the person's data or settings; the home folder in a path is `~`. */
export const Health = answer({
  status: z.enum(["ok", "degraded", "stopping"]),
  version: z.string(),
  checks: answer({ database: z.enum(["ok", "failed"]), sandbox: SandboxState }),
  sandbox: answer({ engine: z.string().nullable(), nodeVersion: z.string().nullable(), nodePath: z.string() }),
});
export type Health = z.output<typeof Health>;

export const Stats = answer({
  version: z.string(),
  uptimeS: z.number(),
  sandbox: SandboxInfo,
  model: ModelInfo,
  cache: answer({
    l1Entries: z.number().int(),
    l1Hits: z.number().int(),
    l2Hits: z.number().int(),
    misses: z.number().int(),
  }),
  tasks: z.number().int(),
  executions: z.number().int(),
  memoryRssMb: z.number(),
});
export type Stats = z.output<typeof Stats>;
