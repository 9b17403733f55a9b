/** Numbers over all tasks, read in a few statements and without the person's data: for the dashboard's first page. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Of the newest executions of a task that are kept. */
export interface RunSample {
  readonly latencyMs: readonly number[];
  /** Mean bytes of UTF-8; 0 where there is none. */
  readonly inputBytes: number;
  readonly outputBytes: number;
}

export interface TaskOutline {
  readonly taskId: string;
  readonly name: string;
  readonly descriptionBytes: number;
  readonly activeVersion: number | null;
  readonly accuracyTarget: number;
}

export interface OverviewRepository {
  /** Newest first; no drafts, no deleted ones. */
  tasks(limit: number): Promise<TaskOutline[]>;
  /** All executions ever, by task: how many there were and how many succeeded. */
  counts(): Promise<ReadonlyMap<string, { readonly total: number; readonly succeeded: number }>>;
  /** @param limit So many of the newest are looked at. */
  sample(taskId: string, limit: number): Promise<RunSample>;
  /** Sampled executions that nobody has judged. */
  waiting(taskId: string): Promise<number>;
  /** What models were asked and cost, in all months. */
  spent(): Promise<{ readonly calls: number; readonly usd: number }>;
}

export function createOverviewRepository({ kysely: db }: Database): OverviewRepository {
  return {
    async tasks(limit) {
      const rows = await db
        .selectFrom("tasks")
        .select(["id", "name", "active_version", "accuracy_target"])
        .select(sql<number>`octet_length(description)`.as("bytes"))
        .where("draft", "=", 0)
        .where("deleted_at", "is", null)
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        taskId: row.id,
        name: row.name,
        descriptionBytes: Number(row.bytes),
        activeVersion: row.active_version,
        accuracyTarget: row.accuracy_target,
      }));
    },
    async counts() {
      const rows = await db
        .selectFrom("execution_counts")
        .select((eb) => ["task_id", eb.fn.sum<number>("n").as("total")])
        .select(sql<number>`sum(case status when 'success' then n else 0 end)`.as("succeeded"))
        .groupBy("task_id")
        .execute();
      return new Map(
        rows.map((row) => [row.task_id, { total: Number(row.total), succeeded: Number(row.succeeded) }] as const),
      );
    },
    async sample(taskId, limit) {
      const rows = await db
        .selectFrom("executions")
        .select("latency_ms")
        .select(sql<number>`octet_length(input)`.as("input"))
        .select(sql<number>`coalesce(octet_length(output), 0)`.as("output"))
        .where("task_id", "=", taskId)
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      const mean = (of: (row: (typeof rows)[number]) => number) =>
        rows.reduce((sum, row) => sum + of(row), 0) / Math.max(1, rows.length);
      return {
        latencyMs: rows.map((row) => row.latency_ms),
        inputBytes: mean((row) => row.input),
        outputBytes: mean((row) => row.output),
      };
    },
    async waiting(taskId) {
      const { n } = await db
        .selectFrom("executions as e")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .where("e.task_id", "=", taskId)
        // As the index of sampled executions has it, which a parameter would not match.
        .where(sql<boolean>`e.sampled > 0`)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("validations as v")
                .select("v.id")
                .whereRef("v.task_id", "=", "e.task_id")
                .whereRef("v.execution_id", "=", "e.id"),
            ),
          ),
        )
        .executeTakeFirstOrThrow();
      return Number(n);
    },
    async spent() {
      const { calls, usd } = await db
        .selectFrom("spending")
        .select((eb) => eb.fn.sum<number | null>("calls").as("calls"))
        .select(sql<number | null>`sum(cost_usd + estimated_usd)`.as("usd"))
        .executeTakeFirstOrThrow();
      return { calls: Number(calls ?? 0), usd: Number(usd ?? 0) };
    },
  };
}
