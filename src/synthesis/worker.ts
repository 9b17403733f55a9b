/** The worker thread's entry: takes one request at a time, posts progress and the result. Cancelled by ending the thread. */
import { parentPort, workerData } from "node:worker_threads";
import type { Example } from "../contract/tasks.ts";
import { type Synthesis, type SynthesisOptions, type SynthesisProgress, synthesize } from "./synthesis.ts";
import { createSurvivors } from "./transform/survivors.ts";

/** What the thread is started with. */
export interface WorkerStart {
  /** One Int32 that changes for as long as the thread's search goes on. */
  readonly signs: SharedArrayBuffer;
}

export interface WorkerRequest {
  readonly id: number;
  readonly examples: readonly Example[];
  readonly options: Omit<SynthesisOptions, "onProgress" | "onSignOfLife" | "signal">;
}

export type WorkerReport =
  | ({ readonly id: number; readonly type: "progress" } & SynthesisProgress)
  | { readonly id: number; readonly type: "done"; readonly result: Synthesis }
  | { readonly id: number; readonly type: "failed"; readonly message: string };

const post = (report: WorkerReport): void => parentPort?.postMessage(report);

const survivors = createSurvivors();
const signs = new Int32Array((workerData as WorkerStart).signs);
const onSignOfLife = (): void => void Atomics.add(signs, 0, 1);

parentPort?.on("message", ({ id, examples, options }: WorkerRequest) => {
  const onProgress = (progress: SynthesisProgress): void => post({ id, type: "progress", ...progress });
  synthesize(examples, { ...options, onProgress, onSignOfLife }, survivors).then(
    (result) => post({ id, type: "done", result }),
    (error: unknown) => post({ id, type: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});
