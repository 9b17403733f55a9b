/**
 * Folds the write-ahead log into the database file, in a thread of its own: it waits for the disk, some 30 ms at a time,
 * in which nobody would be answered.
 */
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

/** So much is written between two of them, in bytes. */
const everyBytes = 16_000_000;

/** Text, so that no bundle needs a file for it. A database that is busy is left for the next time. */
const source = `
const { parentPort, workerData } = require("node:worker_threads");
const Sqlite = require(workerData.driver);
const sqlite = new Sqlite(workerData.path, { fileMustExist: true });
sqlite.pragma("synchronous = NORMAL");
parentPort.on("message", () => {
  try {
    sqlite.pragma("wal_checkpoint(PASSIVE)");
  } catch {}
  parentPort.postMessage("done");
});
`;

export class Checkpoints {
  readonly #path: string;
  #worker: Worker | null = null;
  #written = 0;
  #isBusy = false;
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** So many bytes, roughly, were committed. */
  wrote(bytes: number): void {
    this.#written += bytes;
    if (this.#written < everyBytes || this.#isBusy || this.#isClosed) return;
    this.#written = 0;
    this.#isBusy = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage("fold");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const driver = createRequire(import.meta.url).resolve("better-sqlite3");
    const worker = new Worker(source, { eval: true, workerData: { driver, path: this.#path }, execArgv: [] });
    worker.unref();
    worker.on("message", () => {
      this.#isBusy = false;
    });
    // Without it, SQLite folds the log in by itself, later and in the way of others.
    worker.on("error", () => {
      this.#isClosed = true;
    });
    return worker;
  }
}
