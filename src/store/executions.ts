/** Executions in the database, and the numbers read from them. */
import { sql } from "kysely";
import type { TaskAnalytics } from "../contract/analytics.ts";
import type { StoredExecution } from "../contract/executions.ts";
import type { PageQuery } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Database } from "./database.ts";
import { type Page, readPage } from "./page.ts";
import type { ExecutionRow } from "./schema.ts";

/** Percentiles are read from at most this many of the newest executions. */
const latencySample = 10_000;

export type RunStats = Pick<TaskAnalytics, "total" | "succeeded" | "failed" | "successRate" | "latency">;

export interface ExecutionRepository {
  /** Acknowledged writes: kept when this resolves, also through `kill -9`. */
  insert(rows: readonly ExecutionRow[]): Promise<void>;
  /** Counts executions that are not kept. */
  countUnkept(taskId: string, version: number, counts: ReadonlyMap<ExecutionRow["status"], number>): Promise<void>;
  list(taskId: string, page: PageQuery): Promise<Page<StoredExecution>>;
  /** The inputs (JSON texts) of the newest executions, newest first. @param before an id; empty: from the newest on */
  inputs(taskId: string, before: string, limit: number): Promise<{ id: string; input: string }[]>;
  stats(taskId: string): Promise<RunStats & { byVersion: (RunStats & { version: number })[] }>;
  count(): Promise<number>;
}

export function createExecutionRepository({ kysely: db, insertExecutions }: Database): ExecutionRepository {
  return {
    insert: (rows) => insertExecutions(rows),
    async countUnkept(taskId, version, counts) {
      const rows = [...counts].map(([status, n]) => ({ task_id: taskId, version, status, n }));
      if (rows.length === 0) return;
      await db
        .insertInto("execution_counts")
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(["task_id", "version", "status"])
            .doUpdateSet((eb) => ({ n: eb("execution_counts.n", "+", eb.ref("excluded.n")) })),
        )
        .execute();
    },
    async list(taskId, { cursor, limit }) {
      let query = db.selectFrom("executions").where("task_id", "=", taskId).orderBy("id", "desc");
      if (cursor) query = query.where("id", "<", cursor);
      const bytes = sql<number>`octet_length(input) + coalesce(octet_length(output), 0)`.as("bytes");
      return readPage(
        await query
          .select(["id", bytes])
          .limit(limit + 1)
          .execute(),
        limit,
        (count) => query.selectAll().limit(count).execute(),
        toExecution,
      );
    },
    inputs(taskId, before, limit) {
      let query = db.selectFrom("executions").select(["id", "input"]).where("task_id", "=", taskId);
      if (before) query = query.where("id", "<", before);
      return query.orderBy("id", "desc").limit(limit).execute();
    },
    async stats(taskId) {
      const counts = await db
        .selectFrom("execution_counts")
        .select(["version", "status", "n"])
        .where("task_id", "=", taskId)
        .execute();
      const newest = await db
        .selectFrom("executions")
        .select(["version", "latency_ms"])
        .where("task_id", "=", taskId)
        .orderBy("id", "desc")
        .limit(latencySample)
        .execute();
      const summary = (version?: number): RunStats => {
        const here = (row: { version: number }) => version === undefined || row.version === version;
        return summarise(
          counts.filter(here),
          newest.filter(here).map((row) => row.latency_ms),
        );
      };
      const versions = [...new Set(counts.map((row) => row.version))].sort((a, b) => b - a);
      return { ...summary(), byVersion: versions.map((version) => ({ version, ...summary(version) })) };
    },
    async count() {
      const { n } = await db
        .selectFrom("execution_counts")
        .select((eb) => eb.fn.sum<number | null>("n").as("n"))
        .executeTakeFirstOrThrow();
      return Number(n ?? 0);
    },
  };
}

function summarise(counts: readonly { status: string; n: number }[], latencies: readonly number[]): RunStats {
  const sum = (rows: readonly { n: number }[]) => rows.reduce((total, row) => total + Number(row.n), 0);
  const total = sum(counts);
  const succeeded = sum(counts.filter((row) => row.status === "success"));
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    total,
    succeeded,
    failed: total - succeeded,
    successRate: total === 0 ? null : succeeded / total,
    latency:
      sorted.length === 0
        ? null
        : {
            avgMs: sorted.reduce((a, b) => a + b, 0) / sorted.length,
            p50Ms: at(0.5),
            p95Ms: at(0.95),
            p99Ms: at(0.99),
          },
  };
}

export function toExecution(row: ExecutionRow): StoredExecution {
  return {
    executionId: row.id,
    taskId: row.task_id,
    artifactId: row.artifact_id,
    version: row.version,
    status: row.status,
    input: JSON.parse(row.input) as JsonValue,
    output: row.output === null ? null : (JSON.parse(row.output) as JsonValue),
    errorMessage: row.error_message ?? undefined,
    latencyMs: row.latency_ms,
    sampledForValidation: row.sampled > 0,
    executedAt: row.executed_at,
  };
}
