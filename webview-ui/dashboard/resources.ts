/**
 * What the page has read of the server, by address: read when a part of the page first shows it, and again when an event
 * says that it changed, while it is shown. Nothing is asked for by the clock.
 */
import { useCallback, useSyncExternalStore } from "react";
import { type Api, ApiError } from "./api.ts";

export interface Resource<T> {
  readonly data: T | undefined;
  /** Set where it could not be read; what was read before stays. */
  readonly error: ApiError | undefined;
}

interface Entry {
  value: Resource<unknown>;
  readonly listeners: Set<() => void>;
  reading: boolean;
  /** Changed since it was last read. */
  stale: boolean;
  readAt: number;
  restMs: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface Resources {
  subscribe(path: string, listener: () => void): () => void;
  get(path: string): Resource<unknown>;
  /** What matches is read again: where it is shown, at once or after a rest. */
  changed(matches: (path: string) => boolean): void;
  /** What changed while the page could not be seen is read now. */
  wake(): void;
}

/** A busy task tells of itself every second: its numbers are not read that often. */
const restLeastMs = 2_000;
/** What takes long to read is read more rarely: the server has other things to do. */
const restShare = 20;
const nothing: Resource<unknown> = { data: undefined, error: undefined };

/** @param isHidden Whether nobody can see the page: nothing is read then. */
export function createResources(api: Api, isHidden: () => boolean): Resources {
  const entries = new Map<string, Entry>();
  const entryOf = (path: string): Entry => {
    let entry = entries.get(path);
    if (!entry) {
      entry = {
        value: nothing,
        listeners: new Set(),
        reading: false,
        stale: true,
        readAt: 0,
        restMs: 0,
        timer: undefined,
      };
      entries.set(path, entry);
    }
    return entry;
  };
  const settle = (entry: Entry, value: Resource<unknown>): void => {
    entry.value = value;
    for (const listener of entry.listeners) listener();
  };
  const read = (path: string, entry: Entry): void => {
    if (!entry.stale || entry.reading || entry.timer !== undefined || entry.listeners.size === 0 || isHidden()) return;
    const rest = entry.readAt + entry.restMs - Date.now();
    if (rest > 0) {
      entry.timer = setTimeout(() => {
        entry.timer = undefined;
        read(path, entry);
      }, rest);
      return;
    }
    entry.reading = true;
    entry.stale = false;
    const begun = Date.now();
    api
      .get(path)
      .then(
        (data) => settle(entry, { data, error: undefined }),
        (error: unknown) => settle(entry, { data: entry.value.data, error: asApiError(error) }),
      )
      .finally(() => {
        entry.reading = false;
        entry.readAt = Date.now();
        entry.restMs = Math.max(restLeastMs, (entry.readAt - begun) * restShare);
        read(path, entry);
      });
  };
  return {
    subscribe(path, listener) {
      const entry = entryOf(path);
      entry.listeners.add(listener);
      read(path, entry);
      return () => entry.listeners.delete(listener);
    },
    get: (path) => entryOf(path).value,
    changed(matches) {
      for (const [path, entry] of entries) {
        if (!matches(path)) continue;
        entry.stale = true;
        read(path, entry);
      }
    },
    wake() {
      for (const [path, entry] of entries) read(path, entry);
    },
  };
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, "internal", String(error));
}

/** What stands at a path of the API; the component renders again when it changes. Null: nothing is read. */
export function useResource<T>(resources: Resources, path: string | null): Resource<T> {
  const subscribe = useCallback(
    (listener: () => void) => (path === null ? () => {} : resources.subscribe(path, listener)),
    [resources, path],
  );
  return useSyncExternalStore(subscribe, () => (path === null ? nothing : resources.get(path))) as Resource<T>;
}
