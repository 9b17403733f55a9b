/** Improvements in the database, and what they are made from: inputs whose right output an oracle told. */
import { type Kysely, sql } from "kysely";
import { encodeTime } from "ulid";
import type { NewEvent } from "../contract/events.ts";
import type { Improvement, ImprovementState, ImprovementTrigger } from "../contract/improvements.ts";
import type { Improve } from "../contract/tasks.ts";
import { type Oracle, oracles } from "../contract/validations.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import { isAlive, thisRunner } from "./runner.ts";
import type { ImprovementRow, Tables } from "./schema.ts";

export interface NewImprovement {
  readonly taskId: string;
  readonly trigger: ImprovementTrigger;
  readonly reason: string;
  readonly incumbentVersion: number;
}

/** What is known when it ends, or takes its last step. */
export type ImprovementEnd = Pick<Improvement, "outcome"> &
  Partial<Omit<Improvement, "id" | "taskId" | "trigger" | "reason" | "state" | "incumbentVersion" | "startedAt">> & {
    readonly state: Exclude<ImprovementState, "making">;
    /** Told with it, where a person is needed. */
    readonly alert?: { readonly kind: `improvement.${string}`; readonly severity: "info" | "warning" } | undefined;
  };

/** An input with its right output. */
export interface KnownRow {
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly oracle: Oracle;
}

/** What decides whether a task is to be improved, without its examples. */
export interface Standing {
  readonly improve: Improve;
  readonly activeVersion: number | null;
  readonly accuracyTarget: number;
}

export interface ImprovementRepository {
  /**
   * Undefined where one of this task is being made, by whatever process that is still there.
   * @param runner who makes it, as runner.ts names processes; this one unless told
   */
  begin(improvement: NewImprovement, runner?: string): Promise<Improvement | undefined>;
  /** False where it had ended already. */
  end(id: string, end: ImprovementEnd): Promise<boolean>;
  /** Newest first. */
  list(taskId: string, limit?: number): Promise<Improvement[]>;
  /** Cancels what processes that are gone were making. @returns their tasks */
  cancelAbandoned(): Promise<string[]>;
  standing(taskId: string): Promise<Standing | undefined>;
  /** Verdicts since a moment (ISO 8601) that a version was wrong, with the right output; as far as a thousand. */
  newCorrections(taskId: string, version: number, since: string): Promise<{ byPerson: number; all: number }>;
  /** Of a version's newest verdicts on executions that were chosen by chance: how many were "right". */
  lastJudged(taskId: string, version: number, limit: number): Promise<{ correct: number; n: number }>;
  /**
   * Inputs whose right output is known; of an execution the first oracle's word counts. The person's first, then the
   * newest; as far as `limit` of those that were wrong and as many that were right.
   */
  knownRows(taskId: string, limit: number): Promise<KnownRow[]>;
  /** Of executions that a model and a better oracle judged: how many, and on how many they agreed. */
  modelAgreement(taskId: string): Promise<{ agreed: number; n: number }>;
}

/** All rows read for one improvement, in bytes. */
const bytesMost = 32_000_000;
const rowsAtOnce = 500;
const oracleOrder = sql<number>`case v.oracle ${sql.join(
  oracles.map((oracle, at) => sql`when ${sql.lit(oracle)} then ${sql.lit(at)}`),
  sql` `,
)} end`;

export function createImprovementRepository({ kysely: db, events }: Database): ImprovementRepository {
  const cancelAbandoned = async (tx: Kysely<Tables>, taskId?: string): Promise<string[]> => {
    let making = tx.selectFrom("improvements").select(["id", "task_id", "runner"]).where("state", "=", "making");
    if (taskId !== undefined) making = making.where("task_id", "=", taskId);
    const gone = (await making.execute()).filter(({ runner }) => !isAlive(runner));
    for (const { id } of gone) await finish(tx, id, { state: "cancelled", outcome: "HAPA ended while it was made." });
    return gone.map(({ task_id }) => task_id);
  };

  const finish = async (tx: Kysely<Tables>, id: string, end: ImprovementEnd): Promise<boolean> => {
    const { candidateVersion, rolloutId, incumbentScore, candidateScore, lost } = end;
    const row = await tx
      .updateTable("improvements")
      .set({
        state: end.state,
        outcome: end.outcome,
        ended_at: end.endedAt ?? new Date().toISOString(),
        ...(candidateVersion === undefined ? {} : { candidate_version: candidateVersion }),
        ...(rolloutId === undefined ? {} : { rollout_id: rolloutId }),
        ...(end.corrections === undefined ? {} : { corrections: end.corrections }),
        ...(end.heldOut === undefined ? {} : { held_out: end.heldOut }),
        ...(incumbentScore === undefined ? {} : { incumbent_right: incumbentScore?.right ?? null }),
        ...(candidateScore === undefined ? {} : { candidate_right: candidateScore?.right ?? null }),
        ...(lost === undefined ? {} : { lost: JSON.stringify(lost) }),
        ...(end.attempts === undefined ? {} : { attempts: end.attempts }),
        ...(end.costUsd === undefined ? {} : { cost_usd: end.costUsd }),
      })
      .where("id", "=", id)
      .where("state", "in", ["making", "rolling_out"])
      .where("state", "!=", end.state)
      .returningAll()
      .executeTakeFirst();
    if (!row) return false;
    const { task_id: taskId, candidate_version, state } = row;
    const outcome = end.outcome ?? "";
    const data = { improvementId: id, state, candidateVersion: candidate_version, outcome };
    await events.write(tx, { type: "improvement.ended", taskId, data });
    if (end.alert) {
      const details = { improvement_id: id, candidate_version };
      const alert: NewEvent = { type: "alert", taskId, data: { ...end.alert, message: outcome, details } };
      await events.write(tx, alert);
    }
    return true;
  };

  return {
    begin: ({ taskId, trigger, reason, incumbentVersion }, runner = thisRunner()) =>
      db.transaction().execute(async (tx) => {
        const row: ImprovementRow = {
          ...{ id: newId("imp"), task_id: taskId, trigger, reason, state: "making" },
          ...{ incumbent_version: incumbentVersion, candidate_version: null, rollout_id: null },
          ...{ corrections: 0, held_out: 0, incumbent_right: null, candidate_right: null, lost: "[]", attempts: 0 },
          ...{ cost_usd: null, outcome: null, runner, ended_at: null },
          started_at: new Date().toISOString(),
        };
        // The first statement writes, so that the transaction need not be upgraded while another process writes.
        await tx.deleteFrom("improvements").where("id", "=", row.id).execute();
        await cancelAbandoned(tx, taskId);
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("improvements")
          .values(row)
          .onConflict((conflict) => conflict.column("task_id").where("state", "=", sql.lit("making")).doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) return undefined;
        const data = { improvementId: row.id, trigger, incumbentVersion, reason };
        await events.write(tx, { type: "improvement.started", taskId, data });
        return toImprovement(row);
      }),
    end: (id, end) => db.transaction().execute((tx) => finish(tx, id, end)),
    async list(taskId, limit = 50) {
      const query = db.selectFrom("improvements").selectAll().where("task_id", "=", taskId).orderBy("id", "desc");
      return (await query.limit(limit).execute()).map(toImprovement);
    },
    cancelAbandoned: () => db.transaction().execute((tx) => cancelAbandoned(tx)),
    standing: (taskId) =>
      db
        .selectFrom("tasks")
        .select(["improve", "active_version as activeVersion", "accuracy_target as accuracyTarget"])
        .where("id", "=", taskId)
        .where("deleted_at", "is", null)
        .executeTakeFirst(),
    async newCorrections(taskId, version, since) {
      const rows = await db
        .selectFrom("validations")
        .select("oracle")
        .where("task_id", "=", taskId)
        // By their ids, which begin with the time and are in an index.
        .where("id", ">=", `val_${encodeTime(Date.parse(since))}`)
        .where("version", "=", version)
        .where("correct", "=", 0)
        .where("expected_output", "is not", null)
        .limit(1_000)
        .execute();
      return { byPerson: rows.filter(({ oracle }) => oracle === "person").length, all: rows.length };
    },
    async lastJudged(taskId, version, limit) {
      const rows = await db
        .selectFrom("validations as v")
        .innerJoin("executions as e", (join) =>
          join.onRef("e.task_id", "=", "v.task_id").onRef("e.id", "=", "v.execution_id"),
        )
        .select(["v.execution_id", "v.oracle", "v.correct"])
        .where("v.task_id", "=", taskId)
        .where("v.version", "=", version)
        .where("e.sampled", "=", 1)
        .orderBy("v.id", "desc")
        .limit(limit)
        .execute();
      const best = new Map<string, (typeof rows)[number]>();
      for (const row of rows) {
        const other = best.get(row.execution_id);
        if (!other || oracles.indexOf(row.oracle) < oracles.indexOf(other.oracle)) best.set(row.execution_id, row);
      }
      return { correct: [...best.values()].filter(({ correct }) => correct === 1).length, n: best.size };
    },
    async knownRows(taskId, limit) {
      const best = db
        .selectFrom("validations as v")
        .select([
          ...(["v.id", "v.execution_id", "v.oracle", "v.correct", "v.expected_output"] as const),
          sql<number>`row_number() over (partition by v.execution_id order by ${oracleOrder})`.as("place"),
        ])
        .where("v.task_id", "=", taskId);
      const known = (correct: 0 | 1) =>
        db
          .selectFrom(best.as("v"))
          .innerJoin("executions as e", (join) =>
            join.on("e.task_id", "=", taskId).onRef("e.id", "=", "v.execution_id"),
          )
          .select(["v.id", sql<number>`octet_length(e.input) + coalesce(octet_length(e.output), 0)`.as("bytes")])
          .where("v.place", "=", 1)
          .where("v.correct", "=", correct)
          .where((eb) => (correct ? eb("e.status", "=", "success") : eb("v.expected_output", "is not", null)))
          .orderBy(oracleOrder)
          .orderBy("v.id", "desc")
          .limit(limit)
          .execute();
      const ids: string[] = [];
      for (const sizes of [await known(0), await known(1)]) {
        let sum = 0;
        for (const { id, bytes } of sizes) {
          sum += bytes;
          if (sum <= bytesMost / 2) ids.push(id);
        }
      }
      const rows = new Map<string, KnownRow>();
      for (let from = 0; from < ids.length; from += rowsAtOnce) {
        const some = await db
          .selectFrom("validations as v")
          .innerJoin("executions as e", (join) =>
            join.onRef("e.task_id", "=", "v.task_id").onRef("e.id", "=", "v.execution_id"),
          )
          .select(["v.id", "v.oracle", "v.expected_output", "e.input", "e.output"])
          .where("v.task_id", "=", taskId)
          .where("v.id", "in", ids.slice(from, from + rowsAtOnce))
          .execute();
        for (const { id, oracle, expected_output, input, output } of some) {
          const right = JSON.parse(expected_output ?? output ?? "null") as JsonValue;
          rows.set(id, { input: JSON.parse(input) as JsonValue, output: right, oracle });
        }
      }
      return ids.flatMap((id) => rows.get(id) ?? []);
    },
    async modelAgreement(taskId) {
      const { n, agreed } = await db
        .selectFrom("validations as m")
        .innerJoin("validations as v", (join) =>
          join.onRef("v.task_id", "=", "m.task_id").onRef("v.execution_id", "=", "m.execution_id"),
        )
        .select((eb) => [
          eb.fn.countAll<number>().as("n"),
          sql<number>`coalesce(sum(v.correct = m.correct), 0)`.as("agreed"),
        ])
        .where("m.task_id", "=", taskId)
        .where("m.oracle", "=", "model")
        .where("v.oracle", "!=", "model")
        .executeTakeFirstOrThrow();
      return { n: Number(n), agreed: Number(agreed) };
    },
  };
}

function toImprovement(row: ImprovementRow): Improvement {
  const score = (right: number | null) => (right === null ? null : { right, n: row.held_out });
  return {
    id: row.id,
    taskId: row.task_id,
    trigger: row.trigger,
    reason: row.reason,
    state: row.state,
    incumbentVersion: row.incumbent_version,
    candidateVersion: row.candidate_version,
    rolloutId: row.rollout_id,
    corrections: row.corrections,
    heldOut: row.held_out,
    incumbentScore: score(row.incumbent_right),
    candidateScore: score(row.candidate_right),
    lost: JSON.parse(row.lost) as Improvement["lost"],
    attempts: row.attempts,
    costUsd: row.cost_usd,
    outcome: row.outcome,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
