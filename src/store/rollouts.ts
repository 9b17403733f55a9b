/** Rollouts: what is being compared, and what has been found so far. */
import { type SqlBool, sql } from "kysely";
import type { NewEvent } from "../contract/events.ts";
import { type Oracle, oracles } from "../contract/validations.ts";
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import { changeIn, type RolloutChange } from "./rollout-change.ts";
import type { RolloutRow } from "./schema.ts";

/** What a run has to know of a rollout. */
export type LiveRollout = Pick<RolloutRow, "id" | "incumbent_version" | "candidate_version" | "state" | "share">;

type NewRollout = Omit<RolloutRow, "id" | "revision" | "started_at" | "ended_at" | "ended_by" | "end_reason">;

export interface ConfirmedOutput {
  readonly oracle: Oracle;
  /** As JSON. */
  readonly expected: string;
}

export interface RolloutRepository {
  /**
   * Makes a rollout of a task that has none open, in the same transaction as what `told` gives.
   * @returns undefined where the task is gone, another version is active, or another rollout is open
   */
  create(rollout: NewRollout, told: (id: string) => NewEvent): Promise<string | undefined>;
  get(id: string): Promise<RolloutRow | undefined>;
  newest(taskId: string): Promise<RolloutRow | undefined>;
  /** Running or paused. */
  open(): Promise<Pick<RolloutRow, "id" | "task_id" | "state">[]>;
  live(id: string): Promise<LiveRollout | undefined>;
  /** Reads and writes a rollout while no other process can; undefined where it or its task is gone. */
  change<T>(id: string, work: (change: RolloutChange) => Promise<T>): Promise<T | undefined>;
  /** What verdicts say should have come out, by input (JSON text, as it was sent): of several, the best oracle's newest. */
  confirmed(taskId: string, inputs: readonly string[]): Promise<ReadonlyMap<string, ConfirmedOutput>>;
  /**
   * Makes an earlier version the one that runs, and tells what `told` is.
   * @returns false where the active one is not `from` any more
   */
  goBack(taskId: string, from: number, to: number, told: NewEvent): Promise<boolean>;
  /** The version that ran before an active one, as far as that is known: an earlier one. */
  versionBefore(taskId: string, active: number): Promise<number | undefined>;
}

/** Of so many rollouts of a task the disagreements are kept. */
const keptRollouts = 3;

export function createRolloutRepository({ kysely: db, prepare, events }: Database): RolloutRepository {
  const live = prepare(
    db
      .selectFrom("rollouts")
      .select(["id", "incumbent_version", "candidate_version", "state", "share"])
      .where("id", "=", ""),
  );

  return {
    create: (rollout, told) =>
      db.transaction().execute(async (tx) => {
        const id = newId("roll");
        const { numUpdatedRows } = await tx
          .updateTable("tasks")
          .set({ rollout_id: id })
          .where("id", "=", rollout.task_id)
          .where("deleted_at", "is", null)
          .where("rollout_id", "is", null)
          .where("active_version", "=", rollout.incumbent_version)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return undefined;
        const ended = { ended_at: null, ended_by: null, end_reason: null };
        await tx
          .insertInto("rollouts")
          .values({ ...rollout, ...ended, id, revision: 0, started_at: new Date().toISOString() })
          .execute();
        const old = tx
          .selectFrom("rollouts")
          .select("id")
          .where("task_id", "=", rollout.task_id)
          .orderBy("id", "desc")
          .limit(1_000_000)
          .offset(keptRollouts);
        await tx.deleteFrom("rollout_requests").where("rollout_id", "in", old).execute();
        await events.write(tx, told(id));
        return id;
      }),
    get: (id) => db.selectFrom("rollouts").selectAll().where("id", "=", id).executeTakeFirst(),
    newest: (taskId) =>
      db
        .selectFrom("rollouts")
        .selectAll()
        .where("task_id", "=", taskId)
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst(),
    open: () =>
      db
        .selectFrom("rollouts")
        .select(["id", "task_id", "state"])
        .where(sql<SqlBool>`state in ('running', 'paused')`)
        .execute(),
    live: (id) => live(id),
    change: (id, work) =>
      db.transaction().execute(async (tx) => {
        // It writes first: what is read from then on no other process changes.
        const row = await tx
          .updateTable("rollouts")
          .set((eb) => ({ revision: eb("revision", "+", 1) }))
          .where("id", "=", id)
          .returningAll()
          .executeTakeFirst();
        if (!row) return undefined;
        const task = await tx
          .selectFrom("tasks")
          .select(["active_version", "comparison", "deleted_at"])
          .where("id", "=", row.task_id)
          .executeTakeFirstOrThrow();
        return work(changeIn(tx, row, task, events));
      }),
    async confirmed(taskId, inputs) {
      const { rows } = await sql<ConfirmedOutput & { input: string }>`select e.input, v.oracle,
          coalesce(v.expected_output, e.output) as expected
        from validations v join executions e on e.task_id = v.task_id and e.id = v.execution_id
        where v.task_id = ${taskId} and (v.expected_output is not null or (v.correct = 1 and e.output is not null))
          and e.input in (select value from json_each(${JSON.stringify(inputs)}))
        order by v.created_at`.execute(db);
      const best = new Map<string, ConfirmedOutput>();
      for (const { input, oracle, expected } of rows) {
        const known = best.get(input);
        if (known && oracles.indexOf(known.oracle) < oracles.indexOf(oracle)) continue;
        best.set(input, { oracle, expected });
      }
      return best;
    },
    goBack: (taskId, from, to, told) =>
      db.transaction().execute(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable("tasks")
          .set({ active_version: to })
          .where("id", "=", taskId)
          .where("active_version", "=", from)
          .where("deleted_at", "is", null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await events.write(tx, { type: "artifact.activated", taskId, data: { version: to } });
        await events.write(tx, told);
        return true;
      }),
    async versionBefore(taskId, active) {
      const told = await sql<{ version: number }>`select data ->> 'version' as version from events
        where task_id = ${taskId} and type = 'artifact.activated' and data ->> 'version' < ${active}
        order by id desc limit 1`.execute(db);
      // Events go after a month, rollouts do not.
      const [row] = told.rows;
      if (row) return row.version;
      const promoted = await db
        .selectFrom("rollouts")
        .select("incumbent_version")
        .where("task_id", "=", taskId)
        .where("state", "=", "promoted")
        .where("candidate_version", "=", active)
        .orderBy("id", "desc")
        .executeTakeFirst();
      return promoted?.incumbent_version;
    },
  };
}
