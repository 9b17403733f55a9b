/**
 * The streams of `GET /events`. A client that comes back is first told what it missed, read from the log at its own
 * pace, and is live from then on. A live one gets the same bytes as all others, at once. One that does not keep up is
 * sent no more than it reads, again from the log, and nobody waits for it; one that reads nothing is dropped, and goes
 * on where it was when it is back.
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
}

/** Keeps proxies from giving up on a quiet stream, and lets both ends notice that the other is gone. */
const heartbeatMs = 15_000;
/** Of what a live client has not read, in bytes, beside what the system keeps for it; all share the same bytes. */
const unreadMost = 256_000;
/** Pages of the log that clients who came back together ask for, one after the other. */
const pagesKept = 4;
/** After how long a client tries again, in ms. */
const retryMs = 2_000;
const readAtOnce = 200;

export function createEventStreams(parts: {
  readonly events: BackendEvents;
  readonly log: EventLog;
  readonly logger: Log;
  /** How long a client that is behind may take to read what it was sent, in ms; 10,000 unless told. */
  readonly slowestMs?: number | undefined;
}): EventStreams {
  const { events, log, logger, slowestMs = 10_000 } = parts;
  const clients = new Set<Client>();
  let heartbeat: NodeJS.Timeout | undefined;
  let endListening: (() => void) | undefined;

  const remove = (client: Client): void => {
    if (!clients.delete(client) || clients.size > 0) return;
    clearInterval(heartbeat);
    endListening?.();
    pages.clear();
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
  /** @returns whether it was sent; otherwise the client goes on from the log. */
  const send = (client: Client, frame: Buffer): boolean => {
    const { res } = client;
    if (res.writableLength === 0 || res.writableLength + frame.length <= unreadMost) {
      res.write(frame);
      return true;
    }
    client.live = false;
    void follow(client);
    return false;
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
      if (send(client, frame)) client.cursor = event.id ?? client.cursor;
    }
  };
  const beat = (): void => {
    const last = events.last();
    // The id comes along so that one who listens to a quiet task does not fall behind what is kept.
    const alive = Buffer.from(`: still here\nid: ${last}\n\n`);
    const now = Date.now();
    for (const client of clients) {
      if (client.expiresAt <= now) end(client);
      else if (client.live && client.cursor <= last) send(client, alive);
    }
    events.look();
  };

  interface Page {
    readonly missed: readonly { readonly id: number; readonly frame: Buffer }[];
    /** What the log held just after that was read. */
    readonly first: number;
    readonly last: number;
  }
  /** Read since the last event that was told; what is told then may stand on them. */
  let pages = new Map<string, Promise<Page>>();
  let pagesTold = -1;
  /** After a restart a thousand clients ask for the same: it is read and written out once. */
  const page = (after: number, taskId: string | undefined): Promise<Page> => {
    if (pagesTold !== events.last() || pages.size > pagesKept) pages = new Map();
    pagesTold = events.last();
    const key = `${after} ${taskId ?? ""}`;
    const known = pages.get(key);
    if (known) return known;
    const read = (async () => {
      const rows = await log.read({ after, limit: readAtOnce, taskId });
      const missed = rows.map((event) => ({ id: event.id, frame: frameOf(event.id, event.type, eventJson(event)) }));
      return { missed, ...(await log.bounds()) };
    })();
    pages.set(key, read);
    read.catch(() => pages.delete(key));
    return read;
  };

  /** Sends what a client missed, then lets it go live: at a moment when it has been sent all that was told to others. */
  const catchUp = async (client: Client): Promise<void> => {
    const { res, taskId } = client;
    for (;;) {
      if (res.writableNeedDrain) {
        const signal = AbortSignal.any([client.signal, AbortSignal.timeout(slowestMs)]);
        await once(res, "drain", { signal });
      }
      const told = events.last();
      const { missed, first, last } = await page(client.cursor, taskId);
      if (!clients.has(client)) return;
      if (client.cursor + 1 < first || client.cursor > last) {
        const to = client.cursor > last ? last : first - 1;
        res.write(missedFrame(client.cursor, first, to));
        client.cursor = to;
        continue;
      }
      for (const event of missed) {
        // What does not go out now is read again then, and not kept here.
        if (res.writableNeedDrain) break;
        res.write(event.frame);
        client.cursor = event.id;
      }
      if (!res.writableNeedDrain && missed.length < readAtOnce && events.last() === told) {
        client.cursor = Math.max(client.cursor, told);
        client.live = true;
        return;
      }
    }
  };
  const follow = async (client: Client): Promise<void> => {
    try {
      await catchUp(client);
    } catch (error) {
      if (client.signal.aborted) return;
      const slow = (error as Error).name === "AbortError";
      if (!slow) logger.error({ err: error }, "reading events for a listener");
      drop(client, slow ? "a listener to events that does not read was dropped" : "a stream of events broke off");
    }
  };
  /** The key may have been revoked before it was known that it has a stream. */
  const check = async (client: Client): Promise<void> => {
    const { good, expiresAt } = await client.check();
    if (expiresAt !== null) client.expiresAt = Date.parse(expiresAt);
    if (!good && clients.has(client)) end(client);
  };

  return {
    count: () => clients.size,
    open(request) {
      const { res, after, signal } = request;
      const from = after ?? events.last();
      const live = after === undefined;
      const client: Client = { ...request, cursor: from, live, expiresAt: Number.POSITIVE_INFINITY };
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
      check(client).catch((error: unknown) => {
        logger.error({ err: error }, "checking the key of a listener");
        end(client);
      });
      if (!live) void follow(client);
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
