/**
 * Tells the processes that share a data folder that there is something new in the log of events: a file that is written
 * in place, and watched by the system. Nobody polls. A ring that is lost (a network drive) is no harm but lateness: what
 * is new stands in the database.
 */
import { closeSync, type FSWatcher, openSync, watch } from "node:fs";
import { writeFile } from "node:fs/promises";

export interface Bell {
  /** Is heard by all who listen, in this process and others; several rings may be heard as one. */
  ring(): void;
  /**
   * Gives what ends it.
   * @param onError told where it cannot be heard, or not be rung, any more; the work goes on without it
   */
  listen(onRing: () => void, onError: (error: unknown) => void): () => void;
  /** Waits for a ring under way. */
  close(): Promise<void>;
}

/** @param path The file; made where it is missing, when somebody rings or listens. */
export function createBell(path: string): Bell {
  const watchers = new Set<FSWatcher>();
  const hearErrors = new Set<(error: unknown) => void>();
  let ringing: Promise<void> | undefined;
  let again = false;
  let closed = false;
  const ring = (): void => {
    again = ringing !== undefined;
    if (closed || ringing) return;
    ringing = writeFile(path, "!", { mode: 0o600 })
      .catch((error: unknown) => {
        for (const hear of hearErrors) hear(error);
      })
      .finally(() => {
        ringing = undefined;
        if (again) ring();
      });
  };
  return {
    ring,
    listen(onRing, onError) {
      hearErrors.add(onError);
      let watcher: FSWatcher | undefined;
      try {
        closeSync(openSync(path, "a", 0o600));
        watcher = watch(path, { persistent: false }, onRing);
        watcher.on("error", onError);
        watchers.add(watcher);
      } catch (error) {
        onError(error);
      }
      return () => {
        hearErrors.delete(onError);
        watcher?.close();
        if (watcher) watchers.delete(watcher);
      };
    },
    async close() {
      closed = true;
      hearErrors.clear();
      for (const watcher of watchers) watcher.close();
      await ringing;
    },
  };
}
