/** The worker thread's entry: takes one request at a time, posts the result. Each language is loaded when first asked for. */
import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { type Checked, type Checker, type CheckRequest, checkerOf } from "./check.ts";

export interface WorkerRequest {
  readonly id: number;
  readonly request: CheckRequest;
}

/** What the thread is started with. */
export interface WorkerStart {
  /** A shared integer: not 0 while the request under way is not wanted any more. */
  readonly cancelled: Int32Array;
}

type Outcome =
  | { readonly type: "done"; readonly result: Checked }
  /** `tooDeep`: its nesting used up the stack. What it was checked with is then not to be used again. */
  | { readonly type: "failed"; readonly message: string; readonly tooDeep: boolean };

/** `memory`: what this thread holds after it, in bytes. */
export type WorkerReport = Outcome & { readonly id: number; readonly memory: number };

type Check = (request: CheckRequest) => Checked;

const { cancelled } = workerData as WorkerStart;
const isCancelled = (): boolean => Atomics.load(cancelled, 0) !== 0;

/** A checker of each kind, for as long as the thread lives. */
const checkers = new Map<Checker, Promise<Check>>();

function checkerFor(request: CheckRequest): Promise<Check> {
  const kind = checkerOf(request);
  const checker =
    checkers.get(kind) ??
    (kind === "python"
      ? import("./python.ts").then(({ createPythonChecker }) => createPythonChecker())
      : import("./scripts.ts").then(({ createScriptChecker }) => createScriptChecker(isCancelled)));
  checkers.set(kind, checker);
  return checker;
}

async function outcomeOf(request: CheckRequest): Promise<Outcome> {
  try {
    const check = await checkerFor(request);
    return { type: "done", result: check(request) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
    // WebAssembly ends in an error of its own where its stack is used up.
    return { type: "failed", message, tooDeep: name === "RangeError" || name === "RuntimeError" };
  }
}

parentPort?.on("message", async ({ id, request }: WorkerRequest) => {
  const outcome = await outcomeOf(request);
  const { total_heap_size: heap, external_memory: external } = getHeapStatistics();
  const report: WorkerReport = { ...outcome, id, memory: heap + external };
  parentPort?.postMessage(report);
});
