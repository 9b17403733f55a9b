/**
 * One at a time, over all processes: several windows share a data folder. The lock is SQLite's own on an empty database,
 * which the operating system lets go of when its holder is killed, on every system; Node itself has none.
 */
import { setTimeout } from "node:timers/promises";
import Sqlite from "better-sqlite3";

const retryMs = 10;

export class FolderLock {
  readonly #path: string;
  readonly #patienceMs: number;
  #last: Promise<unknown> = Promise.resolve();

  /** @param path Of the lock's file. @param patienceMs How long another process is waited for. */
  constructor(path: string, patienceMs = 5_000) {
    this.#path = path;
    this.#patienceMs = patienceMs;
  }

  /** Runs `work` while nobody else holds the lock. @throws what `work` throws; SQLITE_BUSY where it took too long */
  hold<T>(work: () => Promise<T>): Promise<T> {
    const held = this.#last.then(
      () => this.#alone(work),
      () => this.#alone(work),
    );
    this.#last = held;
    return held;
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    // Opened each time: the file may have been deleted with its folder.
    const database = new Sqlite(this.#path, { timeout: 0 });
    try {
      const patientUntil = performance.now() + this.#patienceMs;
      while (!tryLock(database)) {
        if (performance.now() > patientUntil) throw busy();
        await setTimeout(retryMs * (0.5 + Math.random()));
      }
      return await work();
    } finally {
      database.close();
    }
  }
}

export function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY");
}

function tryLock(database: Sqlite.Database): boolean {
  try {
    database.exec("begin exclusive");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

function busy(): Error {
  return Object.assign(new Error("another process holds the datasets"), { code: "SQLITE_BUSY" });
}
