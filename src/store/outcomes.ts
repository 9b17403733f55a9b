/** What became of a task's executions: the verdicts that count, and the inputs that failed or were right. */
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { oracleOrder } from "./validations.ts";

/** An execution with the verdict that counts. */
export interface OutcomeRow {
  readonly version: number;
  readonly correct: boolean;
  /** Only a model said so. */
  readonly byModel: boolean;
  readonly executedAt: string;
  /** The output that was right, as JSON; null where nobody said, or it is longer than a label. */
  readonly label: string | null;
}

/** An execution that failed, or whose output was wrong. Texts are JSON. */
export interface FailureRow {
  readonly id: string;
  readonly input: string;
  readonly output: string | null;
  readonly expected: string | null;
  readonly executedAt: string;
}

/** A judged fair draw. */
export interface JudgedRow {
  readonly id: string;
  /** JSON. */
  readonly input: string;
  readonly correct: boolean;
  /** Only a model said so. */
  readonly byModel: boolean;
}

export interface OutcomeRepository {
  /** Judged fair draws, in the order they ran; of the newest verdicts. */
  fair(taskId: string): Promise<OutcomeRow[]>;
  /** The newest judged fair draws of one version, in the order they ran; without those that are too large. */
  fairOf(taskId: string, version: number, limit: number): Promise<JudgedRow[]>;
  /** Of one version, newest first, without those that are too large to be looked at. */
  failures(taskId: string, version: number, limit: number): Promise<FailureRow[]>;
  /** Inputs (JSON) of one version whose outputs were judged right, newest first. */
  right(taskId: string, version: number, limit: number): Promise<string[]>;
  /** Inputs (JSON) of one version that nobody has judged and that gave an output, newest first. */
  unjudged(taskId: string, version: number, limit: number): Promise<string[]>;
  /** How many executions of a version ended how. */
  counts(taskId: string, version: number): Promise<ReadonlyMap<string, number>>;
  /** The share of a version's newest kept executions that gave null; 0 where there are none. */
  abstained(taskId: string, version: number): Promise<number>;
}

/** Of verdicts and of executions, the newest are looked at. */
const verdictsMost = 10_000;
const executionsMost = 20_000;
const labelBytes = 200;
const inputBytes = 8_000;

export function createOutcomeRepository({ kysely: db }: Database): OutcomeRepository {
  /** Of several oracles' verdicts on an execution the first's, by `oracles`. */
  const judged = (taskId: string) => {
    const newest = db
      .selectFrom("validations")
      .select(["execution_id", "correct", "expected_output", "oracle"])
      .where("task_id", "=", taskId)
      .orderBy("id", "desc")
      .limit(verdictsMost);
    const placed = db
      .selectFrom(newest.as("newest"))
      .select(["execution_id", "correct", "expected_output", "oracle"])
      .select(sql<number>`row_number() over (partition by execution_id order by ${oracleOrder()})`.as("place"));
    return db
      .selectFrom(placed.as("v"))
      .innerJoin("executions as e", (join) => join.onRef("e.id", "=", "v.execution_id").on("e.task_id", "=", taskId))
      .where("v.place", "=", 1);
  };
  const small = sql<boolean>`octet_length(e.input) <= ${inputBytes}`;
  /** Not by an index: of the newest only, however few there are. */
  const newest = (taskId: string, sampled: boolean) => {
    let query = db.selectFrom("executions").where("task_id", "=", taskId).orderBy("id", "desc").limit(executionsMost);
    if (sampled) query = query.where(sql<boolean>`sampled > 0`);
    return query.select(["id", "task_id", "version", "status", "input", "output", "executed_at"]).as("e");
  };
  return {
    async fair(taskId) {
      const rows = await judged(taskId)
        .select(["e.version", "v.correct", "v.oracle", "e.executed_at"])
        .select(
          sql<string | null>`case when octet_length(coalesce(v.expected_output, e.output)) > ${labelBytes} then null
            else coalesce(v.expected_output, case when v.correct = 1 then e.output end) end`.as("label"),
        )
        .where("e.sampled", "=", 1)
        .orderBy("e.id")
        .execute();
      return rows.map(({ version, correct, oracle, executed_at, label }) => ({
        ...{ version, correct: correct === 1, byModel: oracle === "model", executedAt: executed_at, label },
      }));
    },
    async fairOf(taskId, version, limit) {
      const rows = await judged(taskId)
        .select(["e.id", "e.input", "v.correct", "v.oracle"])
        .where("e.sampled", "=", 1)
        .where("e.version", "=", version)
        .where(small)
        .orderBy("e.id", "desc")
        .limit(limit)
        .execute();
      return rows
        .map(({ id, input, correct, oracle }) => ({ id, input, correct: correct === 1, byModel: oracle === "model" }))
        .reverse();
    },
    async failures(taskId, version, limit) {
      const wrong = await judged(taskId)
        .select(["e.id", "e.input", "e.output", "v.expected_output as expected", "e.executed_at as executedAt"])
        .where("v.correct", "=", 0)
        .where("e.version", "=", version)
        .where(small)
        .orderBy("e.id", "desc")
        .limit(limit)
        .execute();
      const failed = await db
        .selectFrom(newest(taskId, false))
        .select(["id", "input", "output", "executed_at as executedAt"])
        .where("status", "!=", "success")
        .where("version", "=", version)
        .where(small)
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      const byId = new Map<string, FailureRow>(failed.map((row) => [row.id, { ...row, expected: null }]));
      for (const row of wrong) byId.set(row.id, row);
      return [...byId.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
    },
    async right(taskId, version, limit) {
      const rows = await judged(taskId)
        .select("e.input")
        .where("v.correct", "=", 1)
        .where("e.version", "=", version)
        .where(small)
        .orderBy("e.id", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ input }) => input);
    },
    async unjudged(taskId, version, limit) {
      const rows = await db
        .selectFrom(newest(taskId, true))
        .select("input")
        .where("status", "=", "success")
        .where("version", "=", version)
        .where(small)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("validations as v")
                .select("v.id")
                .whereRef("v.task_id", "=", "e.task_id")
                .whereRef("v.execution_id", "=", "e.id"),
            ),
          ),
        )
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ input }) => input);
    },
    async counts(taskId, version) {
      const rows = await db
        .selectFrom("execution_counts")
        .select(["status", "n"])
        .where("task_id", "=", taskId)
        .where("version", "=", version)
        .execute();
      return new Map(rows.map(({ status, n }) => [status, Number(n)]));
    },
    async abstained(taskId, version) {
      const { share } = await db
        .selectFrom(newest(taskId, false))
        .select(sql<number | null>`avg(status = 'success' and output = 'null')`.as("share"))
        .where("version", "=", version)
        .executeTakeFirstOrThrow();
      return Number(share ?? 0);
    },
  };
}
