/** `/webhooks`: where events are sent to. */
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import { newId } from "../../store/ids.ts";
import type { WebhookRepository } from "../../store/webhooks.ts";
import type { Dispatcher } from "../../webhooks/dispatcher.ts";
import { secretHash, type WebhookSecrets } from "../../webhooks/secrets.ts";
import { showSecret } from "../../webhooks/sign.ts";
import type { Targets } from "../../webhooks/targets.ts";
import type { Handlers } from "../serve.ts";

type WebhookRoutes = Pick<Handlers, "createWebhook" | "listWebhooks" | "deleteWebhook" | "testWebhook">;

export function webhookRoutes(parts: {
  readonly webhooks: WebhookRepository;
  readonly secrets: WebhookSecrets;
  readonly targets: Targets;
  readonly dispatcher: Dispatcher;
}): WebhookRoutes {
  const { webhooks, secrets, targets, dispatcher } = parts;
  const missing = (id: string) => new HapaError("not_found", say`There is no webhook ${id}.`);
  return {
    async createWebhook({ body }) {
      const url = targets.check(body.url).href;
      const id = newId("hook");
      const key = await secrets.of(id);
      const { events, taskId = null } = body;
      const webhook = await webhooks.create({ id, url, events, taskId, secretHash: secretHash(key) });
      return { secret: showSecret(key), webhook };
    },
    async listWebhooks() {
      return { items: await webhooks.list() };
    },
    async deleteWebhook({ params }) {
      if (!(await webhooks.delete(params.id))) throw missing(params.id);
    },
    async testWebhook({ params }) {
      const webhook = await webhooks.get(params.id);
      if (!webhook) throw missing(params.id);
      return dispatcher.test(webhook, newId("evt"));
    },
  };
}
