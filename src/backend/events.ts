/**
 * The live end of the event log: what was committed to it, by this process or by another one that shares the data
 * folder, is told to whoever listens in this process (streams, webhooks, the extension's views), in order, each once.
 */
import { setImmediate } from "node:timers/promises";
import { type EventText, eventJson, type HapaEvent, readEvent } from "../contract/events.ts";
import type { Bell } from "../store/bell.ts";
import type { EventLog } from "../store/event-log.ts";
import type { Store } from "../store/store.ts";

/** @param json The event as it is sent; made once for all. */
export type BackendListener = (event: HapaEvent, json: string) => void;

export interface BackendEvents {
  /**
   * Gives what ends it. Listeners are called in turn, at once; one that throws does not keep the others from hearing.
   * @param metrics Whether it wants `metrics`, too: these are counted only while somebody does.
   */
  listen(listener: BackendListener, options?: { metrics?: boolean }): () => void;
  /** The id of the last event that was told. */
  last(): number;
  /** Looks into the log for what no other process has told us of. */
  look(): void;
  /** Adds to what the next `metrics` of a task tells. */
  counted(taskId: string, executions: number, failed: number): void;
  /** Forgets counts that were not told yet, and all listeners. */
  close(): Promise<void>;
}

const metricsEveryMs = 1_000;
const readAtOnce = 500;
/** Old events are deleted when so many new ones came. */
const pruneEvery = 1_000;

export interface EventsParts {
  readonly log: EventLog;
  /** By which the processes that share the data folder wake each other. */
  readonly bell: Bell;
  /** Deletes what need not be kept. */
  readonly prune: () => Promise<unknown>;
  /** Told of what a listener threw, and of whatever else failed. */
  readonly onError: (error: unknown) => void;
}

export async function createEvents({ log, bell, prune, onError }: EventsParts): Promise<BackendEvents> {
  /** Each with whether it wants metrics. */
  const listeners = new Map<BackendListener, boolean>();
  let counts = new Map<string, { executions: number; failed: number }>();
  let timer: NodeJS.Timeout | undefined;
  let { last } = await log.bounds();
  let reading: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const tell = (text: EventText): void => {
    if (listeners.size === 0) return;
    const json = eventJson(text);
    const event = readEvent(json);
    if (!event) return; // of a newer HAPA that shares the data folder
    for (const [listener, metrics] of [...listeners]) {
      if (event.type === "metrics" && !metrics) continue;
      try {
        listener(event, json);
      } catch (error) {
        onError(error);
      }
    }
  };
  const read = async (): Promise<void> => {
    do {
      again = false;
      const events = await log.read({ after: last, limit: readAtOnce, all: true });
      if (closed) return;
      const before = last;
      for (const event of events) {
        last = event.id;
        tell(event);
      }
      if (events.length === readAtOnce) {
        again = true;
        await setImmediate(); // what was told goes out, and others have their turn
      }
      if (Math.floor(last / pruneEvery) > Math.floor(before / pruneEvery)) prune().catch(onError);
    } while (again);
  };
  const look = (): void => {
    again = true;
    if (closed) return;
    reading ??= read()
      .catch(onError)
      .finally(() => {
        reading = undefined;
        if (again) look();
      });
  };
  const ends = [bell.listen(look, onError), log.onWritten(look)];

  return {
    look,
    last: () => last,
    listen(listener, { metrics = true } = {}) {
      // As a function of its own, so that one that listens twice is heard twice.
      const own: BackendListener = (event, json) => listener(event, json);
      listeners.set(own, metrics);
      return () => listeners.delete(own);
    },
    counted(taskId, executions, failed) {
      if (executions === 0 || ![...listeners.values()].includes(true)) return;
      const count = counts.get(taskId) ?? { executions: 0, failed: 0 };
      counts.set(taskId, { executions: count.executions + executions, failed: count.failed + failed });
      timer ??= setTimeout(() => {
        timer = undefined;
        const told = counts;
        counts = new Map();
        const timestamp = new Date().toISOString();
        for (const [id, count] of told) {
          tell({ id: null, type: "metrics", taskId: id, timestamp, data: JSON.stringify(count) });
        }
      }, metricsEveryMs).unref();
    },
    async close() {
      closed = true;
      for (const end of ends) end();
      clearTimeout(timer);
      counts.clear();
      listeners.clear();
      await reading;
    },
  };
}

/** The same store, counting executions for `metrics`. What else happens, the store writes into its log by itself. */
export function countingStore(store: Store, events: BackendEvents): Store {
  const { executions } = store;
  return {
    ...store,
    executions: {
      ...executions,
      async insert(rows) {
        await executions.insert(rows);
        const [first] = rows;
        if (!first) return;
        let failed = 0;
        for (const { status } of rows) if (status !== "success") failed += 1;
        events.counted(first.task_id, rows.length, failed);
      },
      async countUnkept(taskId, version, counts) {
        await executions.countUnkept(taskId, version, counts);
        let all = 0;
        for (const n of counts.values()) all += n;
        events.counted(taskId, all, all - (counts.get("success") ?? 0));
      },
    },
  };
}
