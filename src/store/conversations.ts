/** Conversations in the database: named, listed, searched, deleted with a way back. Their turns are in turns.ts. */
import { sql } from "kysely";
import type { Conversation } from "../contract/conversations.ts";
import type { Database } from "./database.ts";
import { newId } from "./ids.ts";
import type { Page } from "./page.ts";

export interface ConversationRepository {
  create(title: string): Promise<Conversation>;
  /** Also a deleted one, until it is purged. */
  get(id: string): Promise<Conversation | undefined>;
  /** Last asked first, without deleted ones. `query`: those in whose title, questions or answers it stands. */
  list(page: { query?: string | undefined; cursor?: string | undefined; limit: number }): Promise<Page<Conversation>>;
  change(
    id: string,
    change: { title?: string | undefined; deleted?: false | undefined },
  ): Promise<Conversation | undefined>;
  /** Can be taken back by `change` until it is purged. False where there was none. */
  delete(id: string): Promise<boolean>;
  /** Deletes for good what was deleted before a moment (ISO 8601). */
  purge(before: string): Promise<void>;
}

export function createConversationRepository({ kysely: db }: Database): ConversationRepository {
  const select = () =>
    db
      .selectFrom("conversations as c")
      .selectAll("c")
      .select((eb) =>
        eb
          .selectFrom("turns")
          .select((count) => count.fn.countAll<number>().as("n"))
          .whereRef("turns.conversation_id", "=", "c.id")
          .as("turns"),
      );
  const get = async (id: string): Promise<Conversation | undefined> => {
    const row = await select().where("c.id", "=", id).executeTakeFirst();
    return row && toConversation(row);
  };
  return {
    get,
    async create(title) {
      const now = new Date().toISOString();
      const row = { id: newId("conv"), title, deleted_at: null, created_at: now, updated_at: now };
      await db.insertInto("conversations").values(row).execute();
      return toConversation({ ...row, turns: 0 });
    },
    async list({ query, cursor, limit }) {
      let page = select()
        .where("c.deleted_at", "is", null)
        .orderBy("c.updated_at", "desc")
        .orderBy("c.id", "desc")
        .limit(limit + 1);
      if (query?.trim()) page = page.where(mentions(query.trim().normalize("NFC")));
      const [time, id] = cursor?.split("|") ?? [];
      if (time !== undefined && id !== undefined) {
        page = page.where(sql<boolean>`(c.updated_at, c.id) < (${time}, ${id})`);
      }
      const rows = await page.execute();
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const more = rows.length > limit && last;
      return { items: items.map(toConversation), cursor: more ? `${last.updated_at}|${last.id}` : null };
    },
    async change(id, { title, deleted }) {
      const columns = {
        ...(title === undefined ? {} : { title }),
        ...(deleted === undefined ? {} : { deleted_at: null }),
      };
      if (Object.keys(columns).length > 0) {
        await db.updateTable("conversations").set(columns).where("id", "=", id).execute();
      }
      return get(id);
    },
    async delete(id) {
      const result = await db
        .updateTable("conversations")
        .set({ deleted_at: new Date().toISOString() })
        .where("id", "=", id)
        .where("deleted_at", "is", null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async purge(before) {
      await db.deleteFrom("conversations").where("deleted_at", "<", before).execute();
    },
  };
}

/**
 * A scan, not an index: over 20,000 turns (100 MB) it takes 90 ms at most, and a tenth of that where many match.
 * FTS5's trigrams answer in 1 ms, but find no word of two letters, which most Korean ones have, and need as much space
 * again as all questions and answers; its words would not find the middle of one, nor Korean ones before a particle.
 */
function mentions(query: string) {
  const pattern = `%${query.replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`(c.title like ${pattern} escape '\\' or exists (
    select 1 from turns t where t.conversation_id = c.id
    and (t.question like ${pattern} escape '\\' or t.markdown like ${pattern} escape '\\')))`;
}

function toConversation(row: {
  id: string;
  title: string;
  turns: number | null;
  deleted_at: string | null;
  created_at: string;
  updated_at: string;
}): Conversation {
  return {
    id: row.id,
    title: row.title,
    turns: Number(row.turns ?? 0),
    deleted: row.deleted_at !== null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
