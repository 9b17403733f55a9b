/**
 * Tells the other processes that share a data folder that there is something new in the database: a file that is
 * written in place, and watched by the system. Nobody polls. A ring that is lost (a network drive) is no harm but
 * lateness: what is new stands in the database.
 */
import { type FSWatcher, watch } from "node:fs";
import { writeFile } from "node:fs/promises";

export interface Bell {
  /** Is heard by the others, and by this process too. */
  ring(): void;
  /** Waits for a ring under way. */
  close(): Promise<void>;
}

/**
 * @param path The file; made where missing.
 * @param onRing Called for one or several rings.
 * @param onError Told why the bell cannot be rung or heard; the work goes on without it.
 */
export async function openBell(path: string, onRing: () => void, onError: (error: unknown) => void): Promise<Bell> {
  let closed = false;
  let watcher: FSWatcher | undefined;
  let ringing: Promise<void> | undefined;
  let again = false;
  const write = async (flag: string): Promise<void> => {
    try {
      await writeFile(path, "!", { flag, mode: 0o600 });
    } catch (error) {
      if (!closed) onError(error);
    }
  };
  await write("a");
  try {
    watcher = watch(path, { persistent: false }, onRing);
    watcher.on("error", onError);
  } catch (error) {
    onError(error);
  }
  const ring = (): void => {
    if (closed) return;
    again = ringing !== undefined;
    ringing ??= write("w").finally(() => {
      ringing = undefined;
      if (again) ring();
    });
  };
  return {
    ring,
    async close() {
      closed = true;
      watcher?.close();
      await ringing;
    },
  };
}
