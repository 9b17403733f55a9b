/** Listens to `GET /events` for as long as wanted: connects again when the connection breaks, and misses nothing. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { HapaError } from "../contract/errors.ts";
import { EventsQuery, type HapaEvent, readEvent } from "../contract/events.ts";
import { routes } from "../contract/routes.ts";
import { type ClientOptions, errorFrom } from "./client.ts";
import { readServerSentEvents } from "./sse.ts";

export interface EventsOptions {
  /** Events of this task only. */
  readonly taskId?: string;
  /** The last event that is known from an earlier time; without it, events from now on. */
  readonly lastEventId?: number;
  /** Ends the listening. */
  readonly signal?: AbortSignal;
  /** Called each time the stream stands. */
  readonly onOpen?: () => void;
  /** Called each time it broke; `waitMs` later it is tried again. */
  readonly onBroken?: (error: unknown, waitMs: number) => void;
  /** The shortest and longest wait before it is tried again, in ms; as the server says, and 30,000, unless told. */
  readonly retryMs?: { readonly least: number; readonly most: number };
}

/** Three heartbeats of the server: by then the other end is gone, though nobody has said so. */
const silenceMostMs = 45_000;
const longestRetryMs = 30_000;

/**
 * Each event once, in order. `events.missed` tells that some are not kept any more, and `metrics` come as they happen.
 * Types that this client does not know are left out. It ends when the signal is aborted, or the loop is left.
 * @throws HapaError where the server refuses (a key that is revoked, say), instead of trying for ever.
 */
export async function* listenToEvents(client: ClientOptions, options: EventsOptions = {}): AsyncGenerator<HapaEvent> {
  const { signal, retryMs: fixed } = options;
  let lastId = options.lastEventId === undefined ? undefined : String(options.lastEventId);
  let leastMs = fixed?.least ?? 1_000;
  let failures = 0;
  while (!signal?.aborted) {
    const connection = new AbortController();
    const abort = () => connection.abort();
    signal?.addEventListener("abort", abort, { once: true });
    const silence = setTimeout(abort, silenceMostMs).unref();
    let broken: unknown;
    try {
      const response = await connect(client, options.taskId, lastId, connection.signal);
      options.onOpen?.();
      const notes = {
        onSign: () => {
          silence.refresh();
          failures = 0;
        },
        onId: (id: string) => {
          lastId = id;
        },
        onRetry: (ms: number) => {
          leastMs = fixed?.least ?? ms;
        },
      };
      for await (const { data } of readServerSentEvents(response, notes)) {
        const event = readEvent(data);
        if (event) yield event;
      }
    } catch (error) {
      if (error instanceof HapaError && !mayPass(error)) throw error;
      broken = error;
    } finally {
      clearTimeout(silence);
      signal?.removeEventListener("abort", abort);
      connection.abort();
    }
    if (signal?.aborted) return;
    // Half of it by chance: a server that starts again is not met by all at the same moment.
    const waitMs = Math.min(leastMs * 2 ** failures++, fixed?.most ?? longestRetryMs) * (0.75 + Math.random() / 2);
    options.onBroken?.(broken, waitMs);
    await sleep(waitMs, undefined, { signal }).catch(() => {}); // aborted: the loop ends
  }
}

/** Refused for a reason that may be over when it is tried again. */
function mayPass({ status }: HapaError): boolean {
  return status >= 500 || status === 429;
}

async function connect(
  { baseUrl, apiKey, language = "en" }: ClientOptions,
  taskId: string | undefined,
  lastId: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const url = new URL(baseUrl + routes.listenToEvents.path);
  const query = z.encode(EventsQuery, { taskId }) as { task_id?: string };
  if (query.task_id !== undefined) url.searchParams.set("task_id", query.task_id);
  const headers: Record<string, string> = {
    "x-api-key": apiKey,
    accept: "text/event-stream",
    "accept-language": language,
    ...(lastId === undefined ? {} : { "last-event-id": lastId }),
  };
  const response = await fetch(url, { headers, signal });
  if (!response.ok) throw errorFrom(await response.json().catch(() => undefined), response.status);
  return response;
}
