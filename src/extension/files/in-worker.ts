/** Starts a worker thread for work on a file, so that the window stays quick however large the file is. */
import { Worker } from "node:worker_threads";
import type { RunState } from "./journal.ts";
import type { FileProgress } from "./run.ts";
import type { ScanWork } from "./scan.ts";
import type { RunWork } from "./work.ts";
import type { FileWork, FromWorker } from "./worker.ts";

/** V8 would let a thread that makes much short-lived garbage keep far more than it needs. */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 112 };

/** @param path `worker.ts`, or its bundle. @throws what the work threw; the signal's reason where it was aborted. */
export async function runInWorker(
  path: string,
  order: RunWork,
  signal: AbortSignal,
  onProgress: (progress: FileProgress) => void,
): Promise<RunState> {
  const message = await inWorker(path, order, signal, onProgress);
  if (message.type !== "ran") throw new Error("the file's worker gave another answer than was asked for");
  return message.state;
}

/** Searches and sorts a result: numbers of rows in the order they are to be shown. */
export async function scanInWorker(path: string, order: ScanWork, signal: AbortSignal): Promise<Uint32Array> {
  const message = await inWorker(path, order, signal, () => {});
  if (message.type !== "scanned") throw new Error("the file's worker gave another answer than was asked for");
  return message.rows;
}

function inWorker(
  path: string,
  order: FileWork,
  signal: AbortSignal,
  onProgress: (progress: FileProgress) => void,
): Promise<FromWorker> {
  signal.throwIfAborted();
  const worker = new Worker(path, { workerData: order, resourceLimits });
  return new Promise<FromWorker>((resolve, reject) => {
    // A run that is stopped still writes how far it came; a search has nothing to keep.
    const stop = (): void => (order.kind === "run" ? worker.postMessage("stop") : void worker.terminate());
    signal.addEventListener("abort", stop, { once: true });
    let ended: FromWorker | undefined;
    worker.on("message", (message: FromWorker) => {
      if (message.type === "progress") onProgress(message.progress);
      else ended = message;
    });
    worker.on("error", reject);
    // Whatever it holds of the file is let go before the caller goes on.
    worker.on("exit", () => {
      signal.removeEventListener("abort", stop);
      if (ended && ended.type !== "failed") return resolve(ended);
      if (signal.aborted) return reject(signal.reason);
      reject(ended ? errorFrom(ended) : new Error("the thread that reads the file ended early"));
    });
  });
}

/** Errors are told apart by their name and code; a class does not cross threads. */
function errorFrom({ name, message, said, code, details }: Extract<FromWorker, { type: "failed" }>): Error {
  return Object.assign(new Error(message), { name, said, code, details });
}
