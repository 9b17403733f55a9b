/** Improvements in the database. */
import { type Kysely, sql } from "kysely";
import type { NewEvent } from "../contract/events.ts";
import type { Improvement, ImprovementState, ImprovementTrigger } from "../contract/improvements.ts";
import { type Said, saidFromText, saidToText, say, spoken } from "../contract/say.ts";
import type { Improve } from "../contract/tasks.ts";
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import { isAlive, thisRunner } from "./runner.ts";
import type { ImprovementRow, Tables } from "./schema.ts";
import { type VerdictReader, verdictReader } from "./verdict-reader.ts";

/** Before it is known in which language it is told. */
export type KeptImprovement = Omit<Improvement, "reason" | "outcome"> & {
  readonly reason: Said;
  readonly outcome: Said | null;
};

export interface NewImprovement {
  readonly taskId: string;
  readonly trigger: ImprovementTrigger;
  readonly reason: Said;
  readonly incumbentVersion: number;
}

/** What is known when it ends, or takes its last step. */
export type ImprovementEnd = Partial<
  Omit<Improvement, "id" | "taskId" | "trigger" | "reason" | "outcome" | "state" | "incumbentVersion" | "startedAt">
> & {
  readonly outcome: Said;
  readonly state: Exclude<ImprovementState, "making">;
  /** Told with it, where a person is needed. */
  readonly alert?: { readonly kind: `improvement.${string}`; readonly severity: "info" | "warning" } | undefined;
};

/** What decides whether a task is to be improved, without its examples. */
export interface Standing {
  readonly improve: Improve;
  readonly activeVersion: number | null;
  readonly accuracyTarget: number;
}

export interface ImprovementRepository extends VerdictReader {
  /**
   * Undefined where one of this task is being made, by whatever process that is still there.
   * @param runner who makes it, as runner.ts names processes; this one unless told
   */
  begin(improvement: NewImprovement, runner?: string): Promise<KeptImprovement | undefined>;
  /** False where it had ended already. */
  end(id: string, end: ImprovementEnd): Promise<boolean>;
  /** Newest first. */
  list(taskId: string, limit?: number): Promise<KeptImprovement[]>;
  /** Cancels what processes that are gone were making. @returns their tasks */
  cancelAbandoned(): Promise<string[]>;
  standing(taskId: string): Promise<Standing | undefined>;
}

export function createImprovementRepository({ kysely: db, events }: Database): ImprovementRepository {
  const cancelAbandoned = async (tx: Kysely<Tables>, taskId?: string): Promise<string[]> => {
    let making = tx.selectFrom("improvements").select(["id", "task_id", "runner"]).where("state", "=", "making");
    if (taskId !== undefined) making = making.where("task_id", "=", taskId);
    const gone = (await making.execute()).filter(({ runner }) => !isAlive(runner));
    for (const { id } of gone)
      await finish(tx, id, { state: "cancelled", outcome: say`HAPA ended while it was made.` });
    return gone.map(({ task_id }) => task_id);
  };

  const finish = async (tx: Kysely<Tables>, id: string, end: ImprovementEnd): Promise<boolean> => {
    const { candidateVersion, rolloutId, incumbentScore, candidateScore, lost } = end;
    const row = await tx
      .updateTable("improvements")
      .set({
        state: end.state,
        outcome: saidToText(end.outcome),
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
    const outcome = spoken(end.outcome);
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
          ...{ id: newId("imp"), task_id: taskId, trigger, reason: saidToText(reason), state: "making" },
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
        const data = { improvementId: row.id, trigger, incumbentVersion, reason: spoken(reason) };
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
    ...verdictReader(db),
  };
}

function toImprovement(row: ImprovementRow): KeptImprovement {
  const score = (right: number | null) => (right === null ? null : { right, n: row.held_out });
  return {
    id: row.id,
    taskId: row.task_id,
    trigger: row.trigger,
    reason: saidFromText(row.reason),
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
    outcome: row.outcome === null ? null : saidFromText(row.outcome),
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
