/**
 * The streams of `GET /events`. A client that comes back is first told what it missed, read from the log at its own
 * pace, and is live from then on. A live one gets the same bytes as all others; one that does not read them is dropped,
 * and reads on from the log when it is back.
 */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { eventJson } from "../contract/events.ts";
import type { Log } from "../observability/log.ts";
import type { EventLog } from "../store/event-log.ts";
import type { BackendEvents, BackendListener } from "./events.ts";

export interface StreamRequest {
  readonly res: ServerResponse;
  /** Only events of this task. */
  readonly taskId: string | undefined;
  /** The last event it knows; undefined: it wants those from now on. */
  readonly after: number | undefined;
  readonly keyId: string | undefined;
  /** Aborted when the client is gone, or the server stops. */
  readonly signal: AbortSignal;
  /** Whether its key is still good, asked once it cannot miss being revoked any more; and when it ends (ISO 8601). */
  readonly check: () => Promise<{ readonly good: boolean; readonly expiresAt: string | null }>;
}

export interface EventStreams {
  /** Answers with a stream, which lives on after this returns. */
  open(request: StreamRequest): void;
  /** How many there are. */
  count(): number;
}

interface Client extends StreamRequest {
  /** The last event it was sent from the log. */
  cursor: number;
  /** It gets events as they happen. */
  live: boolean;
  expiresAt: number;
  /** Heartbeats for which it has not read what it was sent. */
  stalled: number;
}

/** Keeps proxies from giving up on a quiet stream, and lets both ends notice that the other is gone. */
const heartbeatMs = 15_000;
/** Of what a client has not read, in bytes, beside what the system keeps for it; all share the same bytes. */
const unreadMost = 256_000;
/** After how long a client tries again, in ms. */
const retryMs = 2_000;
const readAtOnce = 200;

export function createEventStreams(parts: {
  readonly events: BackendEvents;
  readonly log: EventLog;
  readonly logger: Log;
}): EventStreams {
  const { events, log, logger } = parts;
  const clients = new Set<Client>();
  let heartbeat: NodeJS.Timeout | undefined;
  let endListening: (() => void) | undefined;

  const remove = (client: Client): void => {
    if (!clients.delete(client) || clients.size > 0) return;
    clearInterval(heartbeat);
    endListening?.();
  };
  const end = (client: Client): void => {
    remove(client);
    // What it has not read by now would keep its connection open.
    if (client.res.writableNeedDrain) client.res.destroy();
    else client.res.end();
  };
  const drop = (client: Client, why: string): void => {
    logger.info({ key_id: client.keyId, unread: client.res.writableLength }, why);
    remove(client);
    client.res.destroy();
  };
  const send = (client: Client, frame: Buffer): void => {
    if (client.res.writableLength + frame.length > unreadMost && client.res.writableLength > 0) {
      drop(client, "a listener to events that does not read was dropped");
    } else client.res.write(frame);
  };

  const tell: BackendListener = (event, json) => {
    if (event.type === "key.revoked") {
      for (const client of clients) if (client.keyId === event.data.keyId) end(client);
      return;
    }
    let frame: Buffer | undefined;
    for (const client of clients) {
      if (!client.live || (client.taskId !== undefined && client.taskId !== event.taskId)) continue;
      if (event.id !== null && event.id <= client.cursor) continue;
      frame ??= frameOf(event.id, event.type, json);
      send(client, frame);
    }
  };
  const beat = (): void => {
    const last = events.last();
    // The id comes along so that one who listens to a quiet task does not fall behind what is kept.
    const alive = Buffer.from(`: still here\nid: ${last}\n\n`);
    const now = Date.now();
    for (const client of clients) {
      client.stalled = client.res.writableNeedDrain ? client.stalled + 1 : 0;
      if (client.expiresAt <= now) end(client);
      else if (client.stalled > 2) drop(client, "a listener to events that reads too slowly was dropped");
      else if (client.live && client.cursor <= last) send(client, alive);
    }
    events.look();
  };

  /** Sends what a client missed, then lets it go live: at a moment when it has been sent all that was told to others. */
  const catchUp = async (client: Client): Promise<void> => {
    const { res, taskId } = client;
    for (;;) {
      const told = events.last();
      const missed = await log.read({ after: client.cursor, limit: readAtOnce, taskId });
      const { first, last } = await log.bounds();
      if (!clients.has(client)) return;
      if (client.cursor + 1 < first || client.cursor > last) {
        const to = client.cursor > last ? last : first - 1;
        res.write(missedFrame(client.cursor, first, to));
        client.cursor = to;
        continue;
      }
      if (missed.length > 0) {
        res.write(Buffer.concat(missed.map((event) => frameOf(event.id, event.type, eventJson(event)))));
      }
      client.cursor = missed.at(-1)?.id ?? client.cursor;
      if (res.writableNeedDrain) await once(res, "drain", { signal: client.signal });
      else if (missed.length < readAtOnce && events.last() === told) {
        client.cursor = Math.max(client.cursor, told);
        client.live = true;
        return;
      }
    }
  };
  const start = async (client: Client): Promise<void> => {
    try {
      const { good, expiresAt } = await client.check();
      if (!clients.has(client)) return;
      if (!good) return end(client);
      if (expiresAt !== null) client.expiresAt = Date.parse(expiresAt);
      if (!client.live) await catchUp(client);
    } catch (error) {
      if (client.signal.aborted) return;
      logger.error({ err: error }, "a stream of events broke off");
      drop(client, "a stream of events broke off");
    }
  };

  return {
    count: () => clients.size,
    open(request) {
      const { res, after, signal } = request;
      const from = after ?? events.last();
      const live = after === undefined;
      const client: Client = { ...request, cursor: from, live, expiresAt: Number.POSITIVE_INFINITY, stalled: 0 };
      res.writeHead(200, {
        "Content-Type": "text/event-stream; charset=utf-8",
        // For nginx: pass each event on at once.
        "X-Accel-Buffering": "no",
      });
      // An id without data is no event, but is where to go on from when the connection breaks before the first one.
      res.write(`retry: ${retryMs}\nid: ${from}\n\n`);
      if (signal.aborted) return end(client);
      clients.add(client);
      if (clients.size === 1) {
        endListening = events.listen(tell);
        heartbeat = setInterval(beat, heartbeatMs).unref();
      }
      signal.addEventListener("abort", () => end(client), { once: true });
      void start(client);
    },
  };
}

/** @param json Without line breaks, as JSON is written here. */
function frameOf(id: number | null, type: string, json: string): Buffer {
  return Buffer.from(`${id === null ? "" : `id: ${id}\n`}event: ${type}\ndata: ${json}\n\n`);
}

/** Says that not all since `askedId` can be told; the client goes on from `to`. */
function missedFrame(askedId: number, firstId: number, to: number): Buffer {
  const timestamp = new Date().toISOString();
  const data = JSON.stringify({ asked_id: askedId, first_id: firstId });
  return frameOf(to, "events.missed", eventJson({ id: null, type: "events.missed", taskId: null, timestamp, data }));
}
