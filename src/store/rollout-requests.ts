/** The requests by which rollouts are decided: noted before they are answered, counted later, and judged. */
import { type SqlBool, sql } from "kysely";
import type { Disagreement } from "../contract/rollouts.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Database } from "./database.ts";
import { groupCommit } from "./group-commit.ts";
import { ascendingIds } from "./ids.ts";
import { type Page, readPage } from "./page.ts";
import type { RolloutRequestRow } from "./schema.ts";

/** A request that was answered, before anything is counted. */
export type NewRequest = Omit<
  RolloutRequestRow,
  "id" | "outcome" | "verdict" | "oracle" | "expected_output" | "asked" | "created_at"
>;

export interface RolloutRequestRepository {
  /** Keeps requests of a running rollout, each input once: on disk (in the WAL) when it resolves. */
  note(requests: readonly NewRequest[]): Promise<void>;
  /** Of the inputs that are known already. */
  hashes(id: string): Promise<string[]>;
  /** Requests that are not counted yet, oldest first. */
  pending(id: string, limit: number): Promise<RolloutRequestRow[]>;
  /** Disagreements that nobody judged, oldest first; or, of them, those about which no model was asked. */
  waiting(
    id: string,
    after: string,
    limit: number,
    which?: "unasked" | "or judged by a model",
  ): Promise<RolloutRequestRow[]>;
  /** Requests with some inputs: disagreements, and those that are not counted yet. */
  onInputs(id: string, hashes: readonly string[]): Promise<RolloutRequestRow[]>;
  markAsked(requestId: string): Promise<void>;
  disagreements(
    id: string,
    query: { readonly cursor?: string | undefined; readonly limit: number; readonly waiting?: boolean | undefined },
  ): Promise<Page<Disagreement> & { waiting: number }>;
  disagreement(id: string, requestId: string): Promise<Disagreement | undefined>;
}

/** Comes after every id. */
const beyond = "~";

export function createRolloutRequestRepository({ kysely: db }: Database): RolloutRequestRepository {
  const nextId = ascendingIds("dis");
  const requestsOf = (id: string) => db.selectFrom("rollout_requests").selectAll().where("rollout_id", "=", id);
  // As the partial indexes have it, which a parameter would not match.
  const differs = sql<SqlBool>`outcome = 'differs'`;

  return {
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
    waiting(id, after, limit, which) {
      let query = requestsOf(id).where(differs).where("id", ">", after);
      query =
        which === "or judged by a model"
          ? query.where((eb) => eb.or([eb("verdict", "is", null), eb("oracle", "=", "model")]))
          : query.where("verdict", "is", null);
      if (which === "unasked") query = query.where("asked", "=", 0);
      return query.orderBy("id").limit(limit).execute();
    },
    onInputs: (id, hashes) =>
      requestsOf(id)
        .where("outcome", "!=", "agreed")
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
