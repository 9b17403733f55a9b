/**
 * Sends what stands in the queues of webhooks: at least once, each until it is received or given up. The queue is in
 * the database, so nothing is lost when this process dies; others that share the database send what it left behind.
 */
import { eventJson } from "../contract/events.ts";
import type { WebhookTest } from "../contract/webhooks.ts";
import type { Delivery, StoredWebhook, WebhookRepository } from "../store/webhooks.ts";
import { secretHash, type WebhookSecrets } from "./secrets.ts";
import { type Sent, send } from "./send.ts";
import { signedHeaders } from "./sign.ts";
import type { Targets } from "./targets.ts";

export interface DispatchSettings {
  /** How often a delivery is tried; 9 unless told: over about 30 hours. */
  readonly attempts?: number;
  /** Until the first retry, in ms; each further one waits four times as long. 5,000 unless told. */
  readonly firstRetryMs?: number;
  /** For one try, in ms; 15,000 unless told. */
  readonly timeoutMs?: number;
}

export interface Dispatcher {
  /** There may be something to send. */
  wake(): void;
  /** Sends one event now, beside the queue. */
  test(webhook: StoredWebhook, messageId: string): Promise<WebhookTest>;
  /** Stops sending; what is cut off is sent again by whoever comes next. */
  close(): Promise<void>;
}

export interface DispatcherParts {
  readonly webhooks: WebhookRepository;
  readonly secrets: WebhookSecrets;
  readonly targets: Targets;
  readonly settings: DispatchSettings;
  readonly onError: (error: unknown) => void;
}

/** Under way to one webhook: one that is slow does not keep others waiting. */
const atOnceEach = 4;
const atOnce = 32;
/** How long deliveries under way may take when the server stops, in ms. */
const graceMs = 1_000;
const longestTimerMs = 3_600_000;

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { webhooks, secrets, targets, onError } = parts;
  const { attempts: attemptsMost = 9, firstRetryMs = 5_000, timeoutMs = 15_000 } = parts.settings;
  const cutOff = new AbortController();
  let stopped = false;
  const underWay = new Map<string, number>();
  const work = new Set<Promise<void>>();
  let looking: Promise<void> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const post = async (webhook: StoredWebhook, messageId: string, body: string): Promise<Sent> => {
    const key = await secrets.of(webhook.id);
    if (secretHash(key) !== webhook.secretHash) {
      return { error: "Its secret is lost with the key file that stood beside the database. Make the webhook anew." };
    }
    const headers = signedHeaders(key, messageId, Date.now(), body);
    return send({ url: webhook.url, headers, body, targets, timeoutMs, signal: cutOff.signal });
  };
  const deliver = async (delivery: Delivery): Promise<void> => {
    const webhook = await webhooks.get(delivery.webhookId);
    if (!webhook) return; // deleted meanwhile, and the delivery with it
    const sent = await post(webhook, delivery.messageId, delivery.body);
    const tries = delivery.attempts + 1;
    if (sent.error === undefined) await webhooks.delivered(delivery);
    else if (cutOff.signal.aborted) await webhooks.putBack(delivery);
    else if (sent.gone || tries >= attemptsMost) await webhooks.giveUp(delivery, sent.error);
    else {
      // Half of it by chance, so that what failed together is not tried together.
      const waitMs = firstRetryMs * 4 ** delivery.attempts * (0.75 + Math.random() / 2);
      await webhooks.failed(delivery, Date.now() + Math.max(waitMs, sent.retryAfterMs ?? 0), sent.error);
    }
  };
  const begin = (delivery: Delivery): void => {
    const { webhookId } = delivery;
    underWay.set(webhookId, (underWay.get(webhookId) ?? 0) + 1);
    const done = deliver(delivery)
      .catch(onError)
      .finally(() => {
        const left = (underWay.get(webhookId) ?? 1) - 1;
        if (left > 0) underWay.set(webhookId, left);
        else underWay.delete(webhookId);
        work.delete(done);
        wake();
      });
    work.add(done);
  };
  const look = async (): Promise<void> => {
    do {
      again = false;
      for (const id of await webhooks.due()) {
        const free = Math.min(atOnceEach - (underWay.get(id) ?? 0), atOnce - work.size);
        if (free <= 0 || stopped) continue;
        for (const delivery of await webhooks.claim(id, free, 2 * timeoutMs + 10_000)) begin(delivery);
      }
      if (stopped) return;
      clearTimeout(timer);
      const next = await webhooks.nextDue();
      if (next === undefined) continue;
      const waitMs = next - Date.now();
      // What is due and was not taken is taken when something under way is done.
      if (waitMs > 0 || work.size === 0)
        timer = setTimeout(wake, Math.min(Math.max(waitMs, 0), longestTimerMs)).unref();
    } while (again);
  };
  const run = (first: () => Promise<void>): void => {
    looking = first()
      .catch(onError)
      .finally(() => {
        looking = undefined;
        if (again) wake();
      });
  };
  const wake = (): void => {
    again = true;
    if (!stopped && !looking) run(look);
  };
  run(async () => {
    await webhooks.takeOver();
    await look();
  });

  return {
    wake,
    async test(webhook, messageId) {
      const started = performance.now();
      const data = JSON.stringify({ webhook_id: webhook.id });
      const timestamp = new Date().toISOString();
      const body = eventJson({ id: null, type: "webhook.test", taskId: null, timestamp, data });
      const { status = null, error = null } = await post(webhook, messageId, body);
      return { delivered: error === null, status, error, durationMs: performance.now() - started };
    },
    async close() {
      stopped = true;
      await looking;
      clearTimeout(timer);
      // What is received at this moment would be sent a second time.
      const late = setTimeout(() => cutOff.abort(), graceMs);
      await Promise.all(work);
      clearTimeout(late);
    },
  };
}
