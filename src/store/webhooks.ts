/** Webhooks and the queue of what is on its way to them. */
import type { Kysely } from "kysely";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Webhook } from "../contract/webhooks.ts";
import type { Database } from "./database.ts";
import { isAlive, thisRunner } from "./runner.ts";
import type { Tables } from "./schema.ts";
import { giveUp } from "./webhook-queue.ts";

export interface StoredWebhook extends Webhook {
  readonly secretHash: string;
}

/** One event for one webhook, claimed by this process. */
export interface Delivery {
  readonly id: number;
  readonly webhookId: string;
  readonly messageId: string;
  readonly body: string;
  /** How often it was tried before. */
  readonly attempts: number;
}

export interface WebhookRepository {
  /** @throws HapaError("conflict") where there are too many */
  create(fields: Pick<StoredWebhook, "id" | "url" | "events" | "taskId" | "secretHash">): Promise<Webhook>;
  get(id: string): Promise<StoredWebhook | undefined>;
  /** Newest first. */
  list(): Promise<Webhook[]>;
  /** With what is on its way. False where there was none. */
  delete(id: string): Promise<boolean>;
  /** Makes due what processes that are gone were sending. */
  takeOver(): Promise<void>;
  /** Webhooks that have deliveries that are due. */
  due(): Promise<string[]>;
  /** Takes the oldest due deliveries of a webhook; for `leaseMs` no other process does. */
  claim(webhookId: string, limit: number, leaseMs: number): Promise<Delivery[]>;
  /** When the next delivery will be due, in ms since 1970; undefined where none waits. */
  nextDue(): Promise<number | undefined>;
  delivered(delivery: Delivery): Promise<void>;
  /** It is tried again at a moment (ms since 1970). */
  failed(delivery: Delivery, retryAt: number, error: string): Promise<void>;
  /** It is not tried again; an alert says so. */
  giveUp(delivery: Delivery, error: string): Promise<void>;
  /** It was not tried after all. */
  putBack(delivery: Delivery): Promise<void>;
}

const most = 100;

export function createWebhookRepository({ kysely: db, events }: Database): WebhookRepository {
  const select = () =>
    db
      .selectFrom("webhooks as w")
      .selectAll("w")
      .select((eb) =>
        eb
          .selectFrom("webhook_deliveries as d")
          .select((e) => e.fn.countAll<number>().as("n"))
          .whereRef("d.webhook_id", "=", "w.id")
          .as("pending"),
      );
  type Row = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;
  const toWebhook = (row: Row): StoredWebhook => ({
    id: row.id,
    url: row.url,
    events: JSON.parse(row.events) as string[],
    taskId: row.task_id,
    secretHash: row.secret_hash,
    createdAt: row.created_at,
    pending: Number(row.pending),
    givenUp: row.given_up,
    failingSince: row.failing_since,
    lastError: row.last_error,
  });
  const get = async (id: string) => {
    const row = await select().where("w.id", "=", id).executeTakeFirst();
    return row && toWebhook(row);
  };
  const done = (tx: Kysely<Tables>, id: number) => tx.deleteFrom("webhook_deliveries").where("id", "=", id).execute();
  const again = (id: number, change: { next_at: number; attempts?: number }) =>
    db
      .updateTable("webhook_deliveries")
      .set({ ...change, runner: null })
      .where("id", "=", id)
      .execute();
  return {
    get,
    async create({ id, url, events: patterns, taskId, secretHash }) {
      const { n } = await db
        .selectFrom("webhooks")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow();
      if (Number(n) >= most)
        throw new HapaError("conflict", say`There are ${most} webhooks already. Delete one you do not need any more.`);
      const created_at = new Date().toISOString();
      const row = { id, url, events: JSON.stringify(patterns), task_id: taskId, secret_hash: secretHash, created_at };
      await db
        .insertInto("webhooks")
        .values({ ...row, failing_since: null, last_error: null })
        .execute();
      const zero = { pending: 0, givenUp: 0, failingSince: null, lastError: null };
      return { id, url, events: patterns, taskId, createdAt: created_at, ...zero };
    },
    async list() {
      return (await select().orderBy("w.id", "desc").execute()).map(toWebhook);
    },
    async delete(id) {
      const result = await db.deleteFrom("webhooks").where("id", "=", id).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    async takeOver() {
      const sending = await db
        .selectFrom("webhook_deliveries")
        .select("runner")
        .distinct()
        .where("runner", "is not", null)
        .execute();
      const gone = sending.flatMap(({ runner }) => (runner === null || isAlive(runner) ? [] : [runner]));
      if (gone.length === 0) return;
      const change = { runner: null, next_at: Date.now() };
      await db.updateTable("webhook_deliveries").set(change).where("runner", "in", gone).execute();
    },
    async due() {
      const rows = await db
        .selectFrom("webhooks as w")
        .select("w.id")
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom("webhook_deliveries as d")
              .select("d.id")
              .whereRef("d.webhook_id", "=", "w.id")
              .where("d.next_at", "<=", Date.now()),
          ),
        )
        .execute();
      return rows.map(({ id }) => id);
    },
    async claim(webhookId, limit, leaseMs) {
      const now = Date.now();
      const rows = await db
        .updateTable("webhook_deliveries")
        .set({ runner: thisRunner(), next_at: now + leaseMs })
        .where("id", "in", (eb) =>
          eb
            .selectFrom("webhook_deliveries as d")
            .select("d.id")
            .where("d.webhook_id", "=", webhookId)
            .where("d.next_at", "<=", now)
            .orderBy("d.next_at")
            .orderBy("d.id")
            .limit(limit),
        )
        .returning(["id", "webhook_id as webhookId", "message_id as messageId", "body", "attempts"])
        .execute();
      return rows;
    },
    async nextDue() {
      const rows = await db
        .selectFrom("webhooks as w")
        .select((eb) =>
          eb
            .selectFrom("webhook_deliveries as d")
            .select((e) => e.fn.min("d.next_at").as("at"))
            .whereRef("d.webhook_id", "=", "w.id")
            .as("at"),
        )
        .execute();
      const times = rows.flatMap(({ at }) => (at === null ? [] : [Number(at)]));
      return times.length === 0 ? undefined : Math.min(...times);
    },
    async delivered({ id, webhookId }) {
      await db.transaction().execute(async (tx) => {
        await done(tx, id);
        const well = { failing_since: null, last_error: null };
        await tx
          .updateTable("webhooks")
          .set(well)
          .where("id", "=", webhookId)
          .where("last_error", "is not", null)
          .execute();
      });
    },
    async failed({ id, webhookId, attempts }, retryAt, error) {
      await again(id, { next_at: retryAt, attempts: attempts + 1 });
      await db.updateTable("webhooks").set({ last_error: error }).where("id", "=", webhookId).execute();
    },
    giveUp: ({ id, webhookId }, error) =>
      db.transaction().execute(async (tx) => {
        await done(tx, id);
        await giveUp(tx, webhookId, error, events.write);
      }),
    async putBack({ id }) {
      await again(id, { next_at: Date.now() });
    },
  };
}
