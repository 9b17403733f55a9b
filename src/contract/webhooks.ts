/** Webhooks: events sent by HTTP POST, signed as Standard Webhooks (standardwebhooks.com) says. */
import { z } from "zod";
import { answer, request } from "./wire.ts";

/** Longest address of a webhook, in characters. */
export const webhookUrlMost = 2_048;

/** An event's type, or the beginning of some with a `*`: `artifact.*`, `*`. */
const EventPattern = z
  .string()
  .max(60)
  .regex(/^(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?)$/, "must be an event's type, or end in * for all that begin so: artifact.*");

export const NewWebhook = request({
  url: z.string().min(1).max(webhookUrlMost),
  events: z.array(EventPattern).min(1).max(20).default(["*"]),
  /** Events of this task only. */
  taskId: z.string().max(100).optional(),
});
export type NewWebhook = z.output<typeof NewWebhook>;

export const Webhook = answer({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  taskId: z.string().nullable(),
  createdAt: z.string(),
  /** Deliveries that are under way or wait to be tried again. */
  pending: z.int(),
  /** Events that were not delivered in the end. */
  givenUp: z.int(),
  /** Since when deliveries are given up; null again once one arrives. */
  failingSince: z.string().nullable(),
  /** What went wrong last; null once a delivery arrives. */
  lastError: z.string().nullable(),
});
export type Webhook = z.output<typeof Webhook>;

/** The only answer that carries the secret. */
export const CreatedWebhook = answer({
  /** `whsec_…`, as the libraries of Standard Webhooks take it. */
  secret: z.string(),
  webhook: Webhook,
});
export const WebhookList = answer({ items: z.array(Webhook) });

/** How the one event that a test sends was received. */
export const WebhookTest = answer({
  delivered: z.boolean(),
  /** HTTP; null where there was no answer. */
  status: z.int().nullable(),
  /** Null where it was delivered. */
  error: z.string().nullable(),
  durationMs: z.number(),
});
export type WebhookTest = z.output<typeof WebhookTest>;
