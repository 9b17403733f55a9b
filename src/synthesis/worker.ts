/** The worker thread's entry: takes one request at a time, posts progress and the result. Cancelled by ending the thread. */
import { parentPort } from "node:worker_threads";
import type { Example } from "../contract/tasks.ts";
import { type Synthesis, type SynthesisOptions, type SynthesisProgress, synthesize } from "./synthesis.ts";
import { createSurvivors } from "./transform/survivors.ts";

export interface WorkerRequest {
  readonly id: number;
  readonly examples: readonly Example[];
  readonly options: Omit<SynthesisOptions, "onProgress" | "onWaited" | "signal">;
}

export type WorkerReport =
  | ({ readonly id: number; readonly type: "progress" } & SynthesisProgress)
  | { readonly id: number; readonly type: "waited"; readonly moreMs: number }
  | { readonly id: number; readonly type: "done"; readonly result: Synthesis }
  | { readonly id: number; readonly type: "failed"; readonly message: string };

const post = (report: WorkerReport): void => parentPort?.postMessage(report);

const survivors = createSurvivors();

parentPort?.on("message", ({ id, examples, options }: WorkerRequest) => {
  const onProgress = (progress: SynthesisProgress): void => post({ id, type: "progress", ...progress });
  const onWaited = (moreMs: number): void => post({ id, type: "waited", moreMs });
  synthesize(examples, { ...options, onProgress, onWaited }, survivors).then(
    (result) => post({ id, type: "done", result }),
    (error: unknown) => post({ id, type: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});
