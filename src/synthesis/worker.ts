/** The worker thread's entry: takes one request at a time, posts progress and the result. Cancelled by ending the thread. */
import { parentPort } from "node:worker_threads";
import type { Example } from "../contract/tasks.ts";
import { type Synthesis, type SynthesisOptions, type SynthesisProgress, synthesize } from "./synthesis.ts";

export interface WorkerRequest {
  readonly id: number;
  readonly examples: readonly Example[];
  readonly options: Omit<SynthesisOptions, "onProgress">;
}

export type WorkerReport =
  | ({ readonly id: number; readonly type: "progress" } & SynthesisProgress)
  | { readonly id: number; readonly type: "done"; readonly result: Synthesis }
  | { readonly id: number; readonly type: "failed"; readonly message: string };

const post = (report: WorkerReport): void => parentPort?.postMessage(report);

parentPort?.on("message", ({ id, examples, options }: WorkerRequest) => {
  synthesize(examples, { ...options, onProgress: (progress) => post({ id, type: "progress", ...progress }) }).then(
    (result) => post({ id, type: "done", result }),
    (error: unknown) => post({ id, type: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});
