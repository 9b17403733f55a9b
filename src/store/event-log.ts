/**
 * The log of events: written in the transaction of what an event tells, so that neither is there without the other,
 * together with its deliveries to webhooks (a "transactional outbox"). SQLite has one writer at a time, so ids ascend
 * in the order of the commits, and a reader that knows the last id it saw misses nothing.
 */
import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { type EventText, encodeEventData, internalEvent, type NewEvent } from "../contract/events.ts";
import type { Tables } from "./schema.ts";
import { queueDeliveries } from "./webhook-queue.ts";

export interface StoredEvent extends EventText {
  readonly id: number;
}

export interface EventLog {
  /**
   * Writes an event. Within a transaction it is told once that commits, and never where it is rolled back. Its data
   * goes to all who listen, over and over: ids and numbers, no rows.
   * @param except A webhook that is not to be told.
   */
  write(db: Kysely<Tables>, event: NewEvent, except?: string): Promise<void>;
  /** The same in a transaction of its own. */
  append(event: NewEvent): Promise<void>;
  /** Events after an id, oldest first; those of one task, or all; without those that are not for the outside. */
  read(range: { after: number; limit: number; taskId?: string | undefined; all?: boolean }): Promise<StoredEvent[]>;
  /** The oldest id that is kept (one beyond `last` where none is) and the newest that was ever given (0: none). */
  bounds(): Promise<{ first: number; last: number }>;
  /**
   * Calls `listener` when this process wrote an event, which may be before the commit: what is asked of the database
   * from then on is answered after it. Gives what ends it.
   */
  onWritten(listener: () => void): () => void;
  /** Deletes the oldest events, a few at a time, until as many and as old ones are left as are to be kept. */
  prune(retention: EventRetention): Promise<number>;
}

export interface EventRetention {
  /** So many events at most. */
  readonly keepMost: number;
  /** None older than so many ms. */
  readonly keepMs: number;
}

/** Deleted in one go: others write in between. */
const prunedAtOnce = 1_000;

export function createEventLog(db: Kysely<Tables>): EventLog {
  const listeners = new Set<() => void>();
  const bounds = async () => {
    const row = await db
      .selectNoFrom((eb) => [
        eb
          .selectFrom("events")
          .select((e) => e.fn.min("id").as("first"))
          .as("first"),
        eb.selectFrom("sqlite_sequence").select("seq").where("name", "=", "events").as("last"),
      ])
      .executeTakeFirstOrThrow();
    const last = Number(row.last ?? 0);
    return { first: Number(row.first ?? last + 1), last };
  };
  const write: EventLog["write"] = async (tx, event, except) => {
    const row = {
      type: event.type,
      task_id: event.taskId,
      timestamp: new Date().toISOString(),
      data: JSON.stringify(encodeEventData(event)),
    };
    const { id } = await tx.insertInto("events").values(row).returning("id").executeTakeFirstOrThrow();
    if (event.type !== internalEvent) {
      const text = { id, type: row.type, taskId: row.task_id, timestamp: row.timestamp, data: row.data };
      await queueDeliveries(tx, text, except, write);
    }
    for (const listener of listeners) listener();
  };
  return {
    write,
    bounds,
    append: (event) => db.transaction().execute((tx) => write(tx, event)),
    async read({ after, limit, taskId, all }) {
      let query = db.selectFrom("events").selectAll().where("id", ">", after).orderBy("id").limit(limit);
      if (taskId !== undefined) query = query.where("task_id", "=", taskId);
      if (!all) query = query.where("type", "!=", internalEvent);
      const rows = await query.execute();
      return rows.map(({ task_id, ...row }) => ({ ...row, taskId: task_id }));
    },
    onWritten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async prune({ keepMost, keepMs }) {
      const tooOld = new Date(Date.now() - keepMs).toISOString();
      let deleted = 0;
      for (;;) {
        const tooMany = (await bounds()).last - keepMost;
        // All up to one, so that what is left has no gaps, whatever the clock did.
        const oldest = db.selectFrom("events").select(["id", "timestamp"]).orderBy("id").limit(prunedAtOnce);
        const upTo = db
          .selectFrom(oldest.as("oldest"))
          .select((eb) => eb.fn.max("oldest.id").as("id"))
          .where((eb) => eb.or([eb("oldest.id", "<=", tooMany), eb("oldest.timestamp", "<", tooOld)]));
        const result = await db.deleteFrom("events").where("id", "<=", upTo).executeTakeFirst();
        deleted += Number(result.numDeletedRows);
        if (result.numDeletedRows < prunedAtOnce) return deleted;
        await setImmediate();
      }
    },
  };
}
