/** A stream of `GET /events`, read by hand: what comes, with the ids a browser would remember. */
import { readServerSentEvents, type ServerSentEvent } from "../../src/client/sse.ts";

export interface Told extends ServerSentEvent {
  readonly json: { readonly id?: number; readonly task_id: string | null; readonly data: Record<string, unknown> };
}

export interface EventStream {
  /** The next event. @throws where the stream ended */
  next(): Promise<Told>;
  /** The next so many. */
  take(count: number): Promise<Told[]>;
  /** Waits for the server to end it; gives what still came. */
  ended(): Promise<Told[]>;
  /** As a browser keeps it. */
  lastId(): string | undefined;
  close(): void;
}

/** Resolves when the stream stands. @throws where the server refuses, with its answer */
export async function openStream(url: string, key: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers: { "x-api-key": key, ...headers }, signal: leaving.signal });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  let last: string | undefined;
  const standing = Promise.withResolvers<void>();
  const onId = (id: string) => {
    last = id;
    standing.resolve();
  };
  const events = readServerSentEvents(response, { onId });
  const first = events.next();
  first.catch(standing.reject);
  await standing.promise;
  let ahead: typeof first | undefined = first;
  const read = async (): Promise<Told | undefined> => {
    const { done, value } = await (ahead ?? events.next());
    ahead = undefined;
    return done ? undefined : { ...value, json: JSON.parse(value.data) as Told["json"] };
  };
  const next = async () => {
    const event = await read();
    if (!event) throw new Error("the stream ended");
    return event;
  };
  return {
    next,
    async take(count) {
      const taken: Told[] = [];
      while (taken.length < count) taken.push(await next());
      return taken;
    },
    async ended() {
      const rest: Told[] = [];
      for (let event = await read(); event; event = await read()) rest.push(event);
      return rest;
    },
    lastId: () => last,
    close: () => leaving.abort(),
  };
}
