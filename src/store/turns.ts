/** Turns of conversations in the database: kept before anything is asked, saved while the answer comes, and at its end. */
import { sql } from "kysely";
import type { Usage } from "../contract/artifacts.ts";
import type { ContextItem, ConversationTurn, Question, TurnStatus } from "../contract/conversations.ts";
import type { ErrorCode } from "../contract/errors.ts";
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { ArtifactRepository } from "./artifacts.ts";
import { beginTurn } from "./begin-turn.ts";
import type { Database } from "./database.ts";
import { type Page, readPage } from "./page.ts";
import { isAlive, longestSilenceMs } from "./runner.ts";
import type { TurnRow } from "./schema.ts";

/** How a turn ended. */
export interface TurnEnd {
  readonly status: Exclude<TurnStatus, "running">;
  readonly markdown: string;
  readonly model: string | null;
  readonly usage: Usage | null;
  readonly cached: boolean;
  readonly elapsedMs: number | null;
  readonly artifactId: string | null;
  readonly checks: ConversationTurn["checks"];
  readonly errorCode: ErrorCode | null;
  readonly errorMessage: string | null;
  /** As the error itself has them. */
  readonly errorDetails?: JsonValue | undefined;
  /** Where an answer added one. */
  readonly examples?: readonly Example[];
}

/** An earlier turn, as a model is reminded of it. */
export interface PastTurn {
  readonly command: ConversationTurn["command"];
  readonly question: string;
  readonly context: readonly ContextItem[];
  readonly markdown: string;
}

export interface TurnRepository {
  /**
   * Adds a running turn. With `replaces`, that turn and all after it go in the same step; a conversation without a
   * title is given `title`, and so is one that is named after the first question where that one is replaced.
   * @returns ids of the turns that went.
   * @throws HapaError not_found (no such conversation, or no such turn in it), conflict (the id is taken)
   */
  begin(conversationId: string, question: Question, titleOf: (question: string) => string): Promise<readonly string[]>;
  /** What has come of the answer so far. */
  save(id: string, markdown: string): Promise<void>;
  /** Undefined where the turn is gone. */
  finish(id: string, end: TurnEnd): Promise<ConversationTurn | undefined>;
  get(conversationId: string, id: string): Promise<ConversationTurn | undefined>;
  /** Newest first. */
  list(conversationId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<ConversationTurn>>;
  /** Answered ones before a turn, newest first. */
  before(conversationId: string, id: string, limit: number): Promise<PastTurn[]>;
  /** Marks as interrupted what a process that is gone was answering. */
  interruptAbandoned(): Promise<void>;
}

export function createTurnRepository({ kysely: db }: Database, artifacts: ArtifactRepository): TurnRepository {
  const read = async (row: TurnRead): Promise<ConversationTurn> =>
    toTurn(row, row.artifact_id === null ? null : ((await artifacts.getById(row.artifact_id)) ?? null));
  const get = async (conversationId: string, id: string): Promise<ConversationTurn | undefined> => {
    const row = await db
      .selectFrom("turns")
      .selectAll()
      .where("conversation_id", "=", conversationId)
      .where("id", "=", id)
      .executeTakeFirst();
    return row && read(row);
  };
  return {
    get,
    begin: (conversationId, question, titleOf) =>
      db.transaction().execute((tx) => beginTurn(tx, conversationId, question, titleOf)),
    async save(id, markdown) {
      await db
        .updateTable("turns")
        .set({ markdown, saved_at: new Date().toISOString() })
        .where("id", "=", id)
        .where("status", "=", "running")
        .execute();
    },
    async finish(id, end) {
      const row = await db
        .updateTable("turns")
        .set({
          status: end.status,
          markdown: end.markdown,
          model: end.model,
          prompt_tokens: end.usage?.promptTokens ?? null,
          completion_tokens: end.usage?.completionTokens ?? null,
          cost_usd: end.usage?.costUsd ?? null,
          cached: end.cached ? 1 : 0,
          elapsed_ms: end.elapsedMs,
          artifact_id: end.artifactId,
          checks: JSON.stringify(end.checks),
          error_code: end.errorCode,
          error_message: end.errorMessage,
          error_details: end.errorDetails === undefined ? null : JSON.stringify(end.errorDetails),
          saved_at: new Date().toISOString(),
          ...(end.examples ? { examples: JSON.stringify(end.examples) } : {}),
        })
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    async list(conversationId, { cursor, limit }) {
      let query = db.selectFrom("turns").where("conversation_id", "=", conversationId).orderBy("seq", "desc");
      if (cursor && /^\d{1,15}$/.test(cursor)) query = query.where("seq", "<", Number(cursor));
      const bytes = sql<number>`octet_length(question) + octet_length(markdown) + octet_length(context)`.as("bytes");
      const sizes = query.select([sql<string>`cast(seq as text)`.as("id"), bytes]).limit(limit + 1);
      const rows = (count: number) => query.selectAll().limit(count).execute();
      const page = await readPage(await sizes.execute(), limit, rows, (row) => row);
      return { items: await Promise.all(page.items.map(read)), cursor: page.cursor };
    },
    async before(conversationId, id, limit) {
      const rows = await db
        .selectFrom("turns")
        .select(["command", "question", "context", "markdown"])
        .where("conversation_id", "=", conversationId)
        .where("seq", "<", (eb) => eb.selectFrom("turns as this").select("this.seq").where("this.id", "=", id))
        .where("markdown", "!=", "")
        .orderBy("seq", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, context: JSON.parse(row.context) as ContextItem[] }));
    },
    async interruptAbandoned() {
      const running = await db
        .selectFrom("turns")
        .select("runner")
        .distinct()
        .where("status", "=", "running")
        .execute();
      const gone = running.map(({ runner }) => runner).filter((one) => !isAlive(one));
      const longAgo = new Date(Date.now() - longestSilenceMs).toISOString();
      await db
        .updateTable("turns")
        .set({ status: "interrupted" })
        .where("status", "=", "running")
        .where((eb) => eb.or([eb("saved_at", "<", longAgo), ...gone.map((runner) => eb("runner", "=", runner))]))
        .execute();
    },
  };
}

type TurnRead = Omit<TurnRow, "seq"> & { seq: number };

function toTurn(row: TurnRead, artifact: ConversationTurn["artifact"]): ConversationTurn {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = row;
  const told = promptTokens !== null && completionTokens !== null;
  return {
    id: row.id,
    conversationId: row.conversation_id,
    command: row.command,
    question: row.question,
    language: row.language,
    examples: JSON.parse(row.examples) as Example[],
    context: JSON.parse(row.context) as ContextItem[],
    status: row.status,
    markdown: row.markdown,
    model: row.model,
    usage: told ? { promptTokens, completionTokens, costUsd: row.cost_usd } : null,
    cached: row.cached === 1,
    elapsedMs: row.elapsed_ms,
    artifact,
    checks: JSON.parse(row.checks) as ConversationTurn["checks"],
    errorCode: row.error_code,
    errorMessage: row.error_message,
    errorDetails: row.error_details === null ? undefined : (JSON.parse(row.error_details) as JsonValue),
    rating: row.rating,
    createdAt: row.created_at,
  };
}
