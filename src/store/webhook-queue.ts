/** Puts an event into the queues of the webhooks that want it, in the transaction of the event itself. */
import { type Kysely, sql } from "kysely";
import { type EventText, eventJson, type NewEvent } from "../contract/events.ts";
import { say, spoken } from "../contract/say.ts";
import { newId } from "./ids.ts";
import type { Tables } from "./schema.ts";

type Write = (db: Kysely<Tables>, event: NewEvent, except?: string) => Promise<void>;

/** Of one webhook. What comes while so many wait is given up at once, and that is told. */
const waitingMost = 10_000;

/** @param except A webhook that is not told of this. @param write Writes an alert. */
export async function queueDeliveries(
  tx: Kysely<Tables>,
  event: EventText,
  except: string | undefined,
  write: Write,
): Promise<void> {
  let query = tx
    .selectFrom("webhooks as w")
    .select((eb) => [
      "w.id",
      eb
        .selectFrom("webhook_deliveries as d")
        .select((e) => e.fn.countAll<number>().as("n"))
        .whereRef("d.webhook_id", "=", "w.id")
        .as("waiting"),
    ])
    .where((eb) => eb.or([eb("w.task_id", "is", null), eb("w.task_id", "=", event.taskId)]))
    .where(sql<boolean>`exists (select 1 from json_each(w.events) where ${event.type} glob json_each.value)`);
  if (except !== undefined) query = query.where("w.id", "!=", except);
  const wanting = await query.execute();
  if (wanting.length === 0) return;
  const [message_id, body, now] = [newId("evt"), eventJson(event), Date.now()];
  for (const { id, waiting } of wanting) {
    if (Number(waiting) < waitingMost) {
      const row = { webhook_id: id, message_id, body, next_at: now, runner: null };
      await tx.insertInto("webhook_deliveries").values(row).execute();
    } else await giveUp(tx, id, `${waitingMost} deliveries are waiting already.`, write);
  }
}

/** Counts an event that a webhook will not get. The first since one arrived is an alert; more would be a flood. */
export async function giveUp(tx: Kysely<Tables>, webhookId: string, error: string, write: Write): Promise<void> {
  await tx
    .updateTable("webhooks")
    .set((eb) => ({ given_up: eb("given_up", "+", 1), last_error: error }))
    .where("id", "=", webhookId)
    .execute();
  const { numUpdatedRows } = await tx
    .updateTable("webhooks")
    .set({ failing_since: new Date().toISOString() })
    .where("id", "=", webhookId)
    .where("failing_since", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const message = spoken(say`The webhook ${webhookId} does not get its events any more: ${error}`);
  const data = { kind: "webhook.failing", severity: "warning" as const, message, details: { webhook_id: webhookId } };
  await write(tx, { type: "alert", taskId: null, data }, webhookId);
}
