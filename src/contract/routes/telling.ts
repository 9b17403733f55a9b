/** What happens, told to whom listens. */
import { EventsQuery } from "../events.ts";
import { api, nothing, route, text } from "../route.ts";
import { CreatedWebhook, NewWebhook, WebhookList, WebhookTest } from "../webhooks.ts";

export const tellingRoutes = {
  listenToEvents: route({
    method: "get",
    path: `${api}/events`,
    permission: "read",
    summary: "What happens, as server-sent events; goes on where it broke off by Last-Event-ID",
    query: EventsQuery,
    answer: text,
    status: 200,
    contentType: "text/event-stream",
  }),
  createWebhook: route({
    method: "post",
    path: `${api}/webhooks`,
    permission: "admin",
    summary: "Have events sent to an address, signed; the answer is the only place the secret is shown",
    body: NewWebhook,
    answer: CreatedWebhook,
    status: 201,
  }),
  listWebhooks: route({
    method: "get",
    path: `${api}/webhooks`,
    permission: "admin",
    summary: "All webhooks, newest first, and how they fare",
    answer: WebhookList,
    status: 200,
  }),
  deleteWebhook: route({
    method: "delete",
    path: `${api}/webhooks/:id`,
    permission: "admin",
    summary: "Delete a webhook with what is on its way to it",
    answer: nothing,
    status: 204,
  }),
  testWebhook: route({
    method: "post",
    path: `${api}/webhooks/:id/test`,
    permission: "admin",
    summary: "Send one event of type webhook.test now, and tell how it was received",
    answer: WebhookTest,
    status: 200,
  }),
} as const;
