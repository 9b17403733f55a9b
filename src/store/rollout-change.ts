/** A rollout's step, within a transaction that holds the write lock. */
import { type Kysely, sql } from "kysely";
import type { NewEvent } from "../contract/events.ts";
import type { Disagreement } from "../contract/rollouts.ts";
import type { Oracle } from "../contract/validations.ts";
import type { EventLog } from "./event-log.ts";
import type { RolloutRequestRow, RolloutRow, Tables, TaskRow } from "./schema.ts";

/** What is known of a request once both ran. */
export interface SettledRequest {
  readonly id: string;
  readonly outcome: "agreed" | "differs";
  readonly incumbentStatus: string;
  readonly incumbentOutput: string | null;
  readonly candidateStatus: string;
  readonly candidateOutput: string | null;
  readonly right: Disagreement["right"];
  readonly oracle: Oracle | null;
  /** As JSON. */
  readonly expected: string | null;
}

type TaskState = Pick<TaskRow, "active_version" | "comparison" | "deleted_at">;

/** What may be done to a rollout while nobody else can write. */
export interface RolloutChange {
  readonly row: RolloutRow;
  readonly task: TaskState;
  /** Marks requests as counted. @returns those of them that were not yet, by whatever process */
  settle(requests: readonly SettledRequest[]): Promise<ReadonlySet<string>>;
  request(id: string): Promise<RolloutRequestRow | undefined>;
  judge(id: string, verdict: Pick<RolloutRequestRow, "verdict" | "oracle" | "expected_output">): Promise<void>;
  save(fields: Partial<Pick<RolloutRow, "state" | "stage" | "share" | "statistics">>): Promise<void>;
  /** It is over: the requests that say nothing to a person go. */
  end(fields: Pick<RolloutRow, "state" | "stage" | "share" | "end_reason" | "ended_by">): Promise<void>;
  /** Makes a version the one that runs. */
  activate(version: number): Promise<void>;
  tell(event: NewEvent): Promise<void>;
}

export function changeIn(tx: Kysely<Tables>, row: RolloutRow, task: TaskState, events: EventLog): RolloutChange {
  return {
    row,
    task,
    async settle(requests) {
      const values = requests.map((one) => [
        one.id,
        one.outcome,
        one.incumbentStatus,
        one.incumbentOutput,
        one.candidateStatus,
        one.candidateOutput,
        one.right,
        one.oracle,
        one.expected,
      ]);
      // The signs of plus keep SQLite from going through all of the pending ones for each.
      const { rows } = await sql<{ id: string }>`update rollout_requests set outcome = value ->> 1,
          input = case value ->> 1 when 'agreed' then '' else input end,
          incumbent_status = value ->> 2,
          incumbent_output = case value ->> 1 when 'agreed' then null else value ->> 3 end,
          candidate_status = value ->> 4,
          candidate_output = case value ->> 1 when 'agreed' then null else value ->> 5 end,
          verdict = value ->> 6, oracle = value ->> 7, expected_output = value ->> 8
        from json_each(${JSON.stringify(values)})
        where rollout_requests.id = value ->> 0 and +rollout_id = ${row.id} and +outcome = 'pending'
        returning rollout_requests.id as id`.execute(tx);
      return new Set(rows.map(({ id }) => id));
    },
    request: (id) =>
      tx
        .selectFrom("rollout_requests")
        .selectAll()
        .where("rollout_id", "=", row.id)
        .where("id", "=", id)
        .where("outcome", "=", "differs")
        .executeTakeFirst(),
    async judge(id, verdict) {
      await tx
        .updateTable("rollout_requests")
        .set(verdict)
        .where("rollout_id", "=", row.id)
        .where("id", "=", id)
        .execute();
    },
    async save(fields) {
      await tx.updateTable("rollouts").set(fields).where("id", "=", row.id).execute();
    },
    async end(fields) {
      const ended = { ...fields, ended_at: new Date().toISOString() };
      await tx.updateTable("rollouts").set(ended).where("id", "=", row.id).execute();
      await tx
        .updateTable("tasks")
        .set({ rollout_id: null })
        .where("id", "=", row.task_id)
        .where("rollout_id", "=", row.id)
        .execute();
      await tx
        .deleteFrom("rollout_requests")
        .where("rollout_id", "=", row.id)
        .where("outcome", "!=", "differs")
        .execute();
    },
    async activate(version) {
      await tx.updateTable("tasks").set({ active_version: version }).where("id", "=", row.task_id).execute();
      await events.write(tx, { type: "artifact.activated", taskId: row.task_id, data: { version } });
    },
    tell: (event) => events.write(tx, event),
  };
}
