/** The worker thread's entry: takes one piece of work, tells how it goes, and ends. */
import { parentPort, workerData } from "node:worker_threads";
import type { Said } from "../../contract/say.ts";
import { saidBy } from "../errors.ts";
import type { RunState } from "./journal.ts";
import { RowIndex } from "./row-index.ts";
import type { FileProgress } from "./run.ts";
import { type ScanWork, scan } from "./scan.ts";
import { type RunWork, work } from "./work.ts";

export type FileWork = RunWork | ScanWork;

export type FromWorker =
  | { readonly type: "progress"; readonly progress: FileProgress }
  | { readonly type: "ran"; readonly state: RunState }
  /** Numbers of rows, in the order they are to be shown. */
  | { readonly type: "scanned"; readonly rows: Uint32Array }
  | {
      readonly type: "failed";
      readonly name: string;
      readonly message: string;
      readonly said: Said;
      readonly code?: string;
      readonly details?: unknown;
    };

/** Told no more often than a person can read. */
const progressMs = 100;

async function run(order: FileWork, port: NonNullable<typeof parentPort>): Promise<void> {
  const tell = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const stopping = new AbortController();
  port.on("message", () => stopping.abort());
  try {
    if (order.kind === "scan") {
      const rows = await scan(order);
      tell({ type: "scanned", rows }, [rows.buffer as ArrayBuffer]);
      return;
    }
    const { again } = order;
    const earlier = again && { index: new RowIndex(Buffer.from(again.rows)), reasons: again.reasons };
    let told = 0;
    const state = await work(order, earlier, stopping.signal, (progress) => {
      if (performance.now() - told < progressMs) return;
      told = performance.now();
      tell({ type: "progress", progress });
    });
    tell({ type: "ran", state });
  } catch (error) {
    const { name, message, code, details } = error as Error & { code?: string; details?: unknown };
    tell({
      type: "failed",
      name,
      message,
      said: saidBy(error),
      ...(code === undefined ? {} : { code }),
      ...(details === undefined ? {} : { details }),
    });
  } finally {
    port.close();
  }
}

if (parentPort) void run(workerData as FileWork, parentPort);
