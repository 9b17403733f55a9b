/** Rollouts, and the requests by which they are decided. */
import { type SqlBool, sql } from "kysely";
import type { NewEvent } from "../contract/events.ts";
import type { Disagreement } from "../contract/rollouts.ts";
import { type Oracle, oracles } from "../contract/validations.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Database } from "./database.ts";
import { groupCommit } from "./group-commit.ts";
import { ascendingIds, newId } from "./ids.ts";
import { changeIn, type RolloutChange } from "./rollout-change.ts";
import type { RolloutRequestRow, RolloutRow } from "./schema.ts";
import { type Page, readPage } from "./tasks.ts";

/** What a run has to know of a rollout. */
export type LiveRollout = Pick<RolloutRow, "id" | "incumbent_version" | "candidate_version" | "state" | "share">;

/** A request that was answered, before anything is counted. */
export type NewRequest = Omit<
  RolloutRequestRow,
  "id" | "outcome" | "verdict" | "oracle" | "expected_output" | "asked" | "created_at"
>;

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
  /** Keeps requests of a running rollout, each input once: on disk (in the WAL) when it resolves. */
  note(requests: readonly NewRequest[]): Promise<void>;
  /** Of the inputs that are known already. */
  hashes(id: string): Promise<string[]>;
  /** Requests that are not counted yet, oldest first. */
  pending(id: string, limit: number): Promise<RolloutRequestRow[]>;
  /** Disagreements that nobody judged, oldest first; `unasked`: no model was asked about. */
  waiting(id: string, after: string, limit: number, unasked?: boolean): Promise<RolloutRequestRow[]>;
  /** Disagreements on some inputs. */
  onInputs(id: string, hashes: readonly string[]): Promise<RolloutRequestRow[]>;
  markAsked(requestId: string): Promise<void>;
  disagreements(
    id: string,
    query: { readonly cursor?: string | undefined; readonly limit: number; readonly waiting?: boolean | undefined },
  ): Promise<Page<Disagreement> & { waiting: number }>;
  disagreement(id: string, requestId: string): Promise<Disagreement | undefined>;
  /** Executions of a task that a model judged and a person or labelled rows too: how often both said the same. */
  modelAgreement(taskId: string): Promise<{ agreed: number; n: number }>;
  /** Reads and writes a rollout while no other process can; undefined where it or its task is gone. */
  change<T>(id: string, work: (change: RolloutChange) => Promise<T>): Promise<T | undefined>;
  /** What verdicts say should have come out, by input (JSON text, as it was sent): of several, the best oracle's newest. */
  confirmed(taskId: string, inputs: readonly string[]): Promise<ReadonlyMap<string, ConfirmedOutput>>;
  /** The inputs of the newest executions, newest first. */
  recordedInputs(taskId: string, before: string, limit: number): Promise<{ id: string; input: string }[]>;
  /** The version that ran before an active one, as far as that is known: an earlier one. */
  versionBefore(taskId: string, active: number): Promise<number | undefined>;
}

/** Of so many rollouts of a task the disagreements are kept. */
const keptRollouts = 3;
/** Comes after every id. */
const beyond = "~";

export function createRolloutRepository({ kysely: db, prepare, events }: Database): RolloutRepository {
  const nextId = ascendingIds("dis");
  const live = prepare(
    db
      .selectFrom("rollouts")
      .select(["id", "incumbent_version", "candidate_version", "state", "share"])
      .where("id", "=", ""),
  );
  const requestsOf = (id: string) => db.selectFrom("rollout_requests").selectAll().where("rollout_id", "=", id);
  // As the partial indexes have it, which a parameter would not match.
  const differs = sql<SqlBool>`outcome = 'differs'`;

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
    note: groupCommit(async (requests) => {
      const created = new Date().toISOString();
      const rows = requests.map((one) => [
        nextId(),
        one.rollout_id,
        one.input_hash,
        one.input,
        one.budget_ms,
        one.incumbent_status,
        one.incumbent_output,
        one.candidate_status,
        one.candidate_output,
      ]);
      // One statement, and one parameter, for thousands of rows.
      await sql`insert or ignore into rollout_requests (id, rollout_id, input_hash, input, budget_ms, incumbent_status,
          incumbent_output, candidate_status, candidate_output, outcome, created_at)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
          value ->> 8, 'pending', ${created}
        from json_each(${JSON.stringify(rows)})
        where exists (select 1 from rollouts where id = value ->> 1 and state = 'running')`.execute(db);
    }),
    async hashes(id) {
      const rows = await db.selectFrom("rollout_requests").select("input_hash").where("rollout_id", "=", id).execute();
      return rows.map((row) => row.input_hash);
    },
    pending: (id, limit) =>
      requestsOf(id).where(sql<SqlBool>`outcome = 'pending'`).orderBy("id").limit(limit).execute(),
    waiting(id, after, limit, unasked) {
      let query = requestsOf(id).where(differs).where("verdict", "is", null).where("id", ">", after);
      if (unasked) query = query.where("asked", "=", 0);
      return query.orderBy("id").limit(limit).execute();
    },
    onInputs: (id, hashes) =>
      requestsOf(id)
        .where(differs)
        .where(sql<SqlBool>`input_hash in (select value from json_each(${JSON.stringify(hashes)}))`)
        .execute(),
    async markAsked(requestId) {
      await db.updateTable("rollout_requests").set({ asked: 1 }).where("id", "=", requestId).execute();
    },
    async disagreements(id, { cursor, limit, waiting }) {
      const all = db.selectFrom("rollout_requests").where("rollout_id", "=", id).where(differs);
      let query = all.where("id", "<", cursor ?? beyond).orderBy("id", "desc");
      if (waiting) query = query.where("verdict", "is", null);
      const bytes = sql<number>`octet_length(input) + coalesce(octet_length(incumbent_output), 0)
        + coalesce(octet_length(candidate_output), 0)`.as("bytes");
      const sizes = await query
        .select(["id", bytes])
        .limit(limit + 1)
        .execute();
      const page = await readPage(sizes, limit, (count) => query.selectAll().limit(count).execute(), toDisagreement);
      const { n } = await all
        .where("verdict", "is", null)
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow();
      return { ...page, waiting: Number(n) };
    },
    async disagreement(id, requestId) {
      const row = await requestsOf(id).where("id", "=", requestId).where(differs).executeTakeFirst();
      return row && toDisagreement(row);
    },
    async modelAgreement(taskId) {
      const { rows } = await sql<{ agreed: number | null; n: number }>`select sum(m.correct = v.correct) as agreed,
          count(*) as n
        from validations m join validations v on v.task_id = m.task_id and v.execution_id = m.execution_id
        where m.task_id = ${taskId} and m.oracle = 'model' and v.oracle != 'model'`.execute(db);
      return { agreed: Number(rows[0]?.agreed ?? 0), n: Number(rows[0]?.n ?? 0) };
    },
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
    recordedInputs: (taskId, before, limit) =>
      db
        .selectFrom("executions")
        .select(["id", "input"])
        .where("task_id", "=", taskId)
        .where("id", "<", before || beyond)
        .orderBy("id", "desc")
        .limit(limit)
        .execute(),
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

function toDisagreement(row: RolloutRequestRow): Disagreement {
  return {
    id: row.id,
    rolloutId: row.rollout_id,
    input: JSON.parse(row.input) as JsonValue,
    incumbentOutput: fromText(row.incumbent_output),
    candidateOutput: fromText(row.candidate_output),
    right: row.verdict,
    oracle: row.oracle,
    createdAt: row.created_at,
  };
}

function fromText(text: string | null): JsonValue {
  return text === null ? null : (JSON.parse(text) as JsonValue);
}
