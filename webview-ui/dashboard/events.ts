/** What happens, as it happens: `GET /events`, gone on with where it broke off. */
import type { Api } from "./api.ts";
import { ApiError } from "./api.ts";

/** An event as the page needs it; its data in the wire's spelling. */
export interface PageEvent {
  /** Null for what is not kept (`metrics`). */
  readonly id: number | null;
  readonly type: string;
  readonly taskId: string | null;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventHandlers {
  /** @param isPast It happened before the page was opened. */
  readonly onEvent: (event: PageEvent, isPast: boolean) => void;
  readonly onConnected: (connected: boolean) => void;
}

const leastWaitMs = 1_000;
const longestWaitMs = 30_000;
/** The server says that it is there every 15 seconds. */
const silenceMostMs = 40_000;
/** So many of the events before the page was opened are asked for. */
const pastMost = 200;

/** Listens until the signal is aborted, or the server does not know this browser. */
export async function listen(api: Api, { onEvent, onConnected }: EventHandlers, signal: AbortSignal): Promise<void> {
  let lastId: number | undefined;
  /** The last event before the page was opened; undefined until the server has said. */
  let present: number | undefined;
  let failures = 0;
  while (!signal.aborted) {
    const connection = new AbortController();
    const abort = () => connection.abort();
    signal.addEventListener("abort", abort, { once: true });
    let silence = setTimeout(abort, silenceMostMs);
    let again = false;
    try {
      const query = lastId === undefined ? "" : `?last_event_id=${lastId}`;
      const response = await api.stream(`/api/v1/events${query}`, connection.signal);
      for await (const { id, data } of frames(response)) {
        clearTimeout(silence);
        silence = setTimeout(abort, silenceMostMs);
        failures = 0;
        onConnected(true);
        if (id !== undefined && present === undefined) {
          present = id;
          lastId = Math.max(0, id - pastMost);
          again = id > 0;
          if (again) break; // Once more, from a little earlier.
        }
        if (id !== undefined) lastId = id;
        const event = data === undefined ? undefined : readEvent(data);
        if (event) onEvent(event, event.id !== null && event.id <= (present ?? 0));
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return;
    } finally {
      clearTimeout(silence);
      signal.removeEventListener("abort", abort);
      connection.abort();
    }
    if (signal.aborted) return;
    if (again) continue;
    onConnected(false);
    const waitMs = Math.min(longestWaitMs, leastWaitMs * 2 ** failures++);
    await new Promise((resolve) => setTimeout(resolve, waitMs * (0.75 + Math.random() / 2)));
  }
}

function readEvent(json: string): PageEvent | undefined {
  try {
    const { id = null, type, task_id, timestamp, data } = JSON.parse(json) as Record<string, unknown>;
    if (typeof type !== "string") return undefined;
    return { id, type, taskId: task_id ?? null, timestamp, data: data ?? {} } as PageEvent;
  } catch {
    return undefined; // of a newer server
  }
}

/** The frames of a stream of server-sent events; comments and unknown fields are left out. */
async function* frames(response: Response): AsyncGenerator<{ id?: number; data?: string }> {
  if (!response.body) return;
  let rest = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const fields = part.split("\n").map((line) => /^(\w+): ?(.*)$/.exec(line));
      const of = (name: string) => fields.filter((field) => field?.[1] === name).map((field) => field?.[2] ?? "");
      const [id] = of("id");
      const data = of("data");
      yield {
        ...(id === undefined || !/^\d+$/.test(id) ? {} : { id: Number(id) }),
        ...(data.length > 0 ? { data: data.join("\n") } : {}),
      };
    }
  }
}
