/** Puts together whoever tells what happens: listeners in this process, the streams of `GET /events`, and webhooks. */
import { join } from "node:path";
import type { Log } from "../observability/log.ts";
import type { EventRetention } from "../store/event-log.ts";
import type { Store } from "../store/store.ts";
import { createDispatcher, type DispatchSettings } from "../webhooks/dispatcher.ts";
import { createSecrets } from "../webhooks/secrets.ts";
import { createTargets } from "../webhooks/targets.ts";
import { createEventStreams } from "./event-streams.ts";
import { type BackendEvents, countingStore, createEvents } from "./events.ts";
import { eventRoutes } from "./routes/events.ts";
import { webhookRoutes } from "./routes/webhooks.ts";

export interface EventSettings extends Partial<EventRetention> {
  /** How long a listener that is behind may take to read what it was sent, in ms; 10,000 unless told. */
  readonly slowestMs?: number;
}

export interface WebhookSettings extends DispatchSettings {
  /** Addresses and networks that webhooks may reach although they are not public; asked at each use. None unless told. */
  readonly allowed?: () => readonly string[];
}

export interface Telling {
  /** The store to work with: executions that go through it are counted for `metrics`. */
  readonly store: Store;
  readonly routes: ReturnType<typeof eventRoutes> & ReturnType<typeof webhookRoutes>;
  /** Gives what ends it. */
  listen: BackendEvents["listen"];
  /** Tells nobody any more; deliveries under way are left to the next start. */
  close(): Promise<void>;
}

export async function createTelling(parts: {
  readonly store: Store;
  readonly dataDir: string;
  readonly log: Log;
  readonly events: EventSettings | undefined;
  readonly webhooks: WebhookSettings | undefined;
}): Promise<Telling> {
  const { store: opened, dataDir, log } = parts;
  const { webhooks, keys } = opened;
  const events = await createEvents({
    log: opened.events,
    bell: opened.bell,
    prune: () => opened.pruneEvents(),
    onError: (error) => log.error({ err: error }, "telling what happens"),
  });
  const slowestMs = parts.events?.slowestMs;
  const streams = createEventStreams({ events, log: opened.events, logger: log, slowestMs });
  const targets = createTargets(parts.webhooks?.allowed ?? (() => []));
  const secrets = createSecrets(join(dataDir, "webhooks.key"));
  const dispatcher = createDispatcher({
    webhooks,
    secrets,
    targets,
    settings: parts.webhooks ?? {},
    onError: (error) => log.error({ err: error }, "sending to webhooks"),
  });
  // Deliveries are queued with the events themselves, by whatever process.
  events.listen(() => dispatcher.wake(), { metrics: false });
  return {
    store: countingStore(opened, events),
    routes: { ...eventRoutes({ streams, keys }), ...webhookRoutes({ webhooks, secrets, targets, dispatcher }) },
    listen: events.listen,
    async close() {
      await Promise.all([events.close(), dispatcher.close()]);
    },
  };
}
