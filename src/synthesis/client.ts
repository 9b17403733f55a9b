/** Runs the offline generator in a worker thread: started on first use, one request after another, cancelled at once. */
import { Worker } from "node:worker_threads";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import { defaultBudgetMs } from "./deadline.ts";
import type { Synthesis, SynthesisOptions } from "./synthesis.ts";
import type { WorkerReport, WorkerRequest } from "./worker.ts";

export interface Synthesizer {
  /**
   * As `synthesize`, outside this thread; the budget counts from when its turn comes. Aborting the signal ends the
   * search at once, wherever it stands.
   * @throws HapaError `client_closed_request` where the signal was aborted, `shutting_down` after `stop`, `internal`
   * where the worker died. One that does not end in time is ended, and the answer is the reason `timed_out`.
   */
  synthesize(examples: readonly Example[], options?: SynthesisOptions): Promise<Synthesis>;
  /** Ends the worker; requests under way and waiting are rejected. */
  stop(): Promise<void>;
}

/** Past its budget, a search has this long before it is ended (longer where it was kept waiting: `deadlineIn`). */
const graceMs = 180;
const loadingMs = 3_000;

/** An idle worker gives its memory back after this long. */
const defaultIdleMs = 30_000;
/** A worker that needs more is ended, rather than the process it runs in. */
const maxHeapMb = 1_024;

interface Job {
  readonly request: WorkerRequest;
  readonly options: SynthesisOptions;
  readonly resolve: (result: Synthesis) => void;
  readonly reject: (error: HapaError) => void;
  timer?: NodeJS.Timeout;
  /** When that is, in ms as `performance.now` counts. */
  endsAt?: number;
  /** Ends it. */
  onTime?: () => void;
}

/**
 * @param workerPath `src/synthesis/worker.ts`, or its bundle
 * @param idleMs how long an idle worker is kept, in ms
 */
export function createSynthesizer(workerPath: string, idleMs = defaultIdleMs): Synthesizer {
  const waiting: Job[] = [];
  const ending = new Set<Promise<number>>();
  let current: Job | undefined;
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastId = 0;

  const dropWorker = (): void => {
    clearTimeout(idle);
    const dying = worker;
    worker = undefined;
    if (!dying) return;
    const ended = dying.terminate();
    ending.add(ended);
    void ended.finally(() => ending.delete(ended));
  };

  /** Takes the current job away (its promise is settled by the caller) and turns to the next. */
  const finish = (job: Job): void => {
    clearTimeout(job.timer);
    if (current === job) current = undefined;
    next();
  };

  const fail = (job: Job, error: HapaError): void => {
    if (current === job) dropWorker();
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    job.reject(error);
    finish(job);
  };

  const endAfter = (job: Job, ms: number): void => {
    clearTimeout(job.timer);
    job.endsAt = performance.now() + ms;
    job.timer = setTimeout(() => job.onTime?.(), ms);
  };

  const start = (): Worker => {
    const started = new Worker(workerPath, { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    const died = (reason: string, cause?: unknown): void => {
      if (worker !== started) return;
      worker = undefined;
      const message = say`The offline generator stopped unexpectedly (${reason}). Try again, with fewer or shorter examples if it happens again.`;
      if (current) fail(current, new HapaError("internal", message, undefined, { cause }));
    };
    started.on("message", (report: WorkerReport) => {
      const job = current;
      if (worker !== started || !job || report.id !== job.request.id) return;
      if (report.type === "progress") {
        const { message, fraction } = report;
        job.options.onProgress?.(fraction === undefined ? { message } : { message, fraction });
      } else if (report.type === "waited") {
        // It was kept waiting, and says so itself: one that hangs does not. It may be a part of the search that says
        // so, with a shorter limit of its own: that never makes the whole shorter.
        endAfter(job, Math.max(report.moreMs + graceMs, (job.endsAt ?? 0) - performance.now()));
      } else if (report.type === "done") {
        job.resolve(report.result);
        finish(job);
      } else fail(job, new HapaError("internal", say`The offline generator failed: ${report.message}`));
    });
    started.on("error", (error) => died(error instanceof Error ? error.message : String(error), error));
    started.on("exit", (code) => died(`exit code ${code}`));
    // An idle worker does not keep the process alive.
    started.unref();
    return started;
  };

  const next = (): void => {
    if (current || stopped) return;
    const job = waiting.shift();
    clearTimeout(idle);
    if (!job) {
      if (worker) idle = setTimeout(dropWorker, idleMs).unref();
      return;
    }
    current = job;
    const budget = job.request.options.budgetMs ?? defaultBudgetMs;
    // What a new thread needs to load its code is not taken from the search's time.
    const allowance = budget + graceMs + (worker ? 0 : loadingMs);
    const onTime = (): void => {
      const seconds = Math.round(budget / 100) / 10;
      const hint = say`The offline generator did not end within its ${seconds} s and was stopped. Give it fewer or shorter examples.`;
      dropWorker();
      job.resolve({ reason: "timed_out", hint });
      finish(job);
    };
    job.onTime = onTime;
    endAfter(job, allowance);
    try {
      worker ??= start();
      worker.postMessage(job.request);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      fail(
        job,
        new HapaError("internal", say`The offline generator could not be started: ${reason}`, undefined, { cause }),
      );
    }
  };

  return {
    synthesize(examples, options = {}) {
      const { signal, onProgress: _, onWaited: __, ...rest } = options;
      const closed = (): HapaError => new HapaError("client_closed_request", say`Stopped.`);
      const stopping = (): HapaError =>
        new HapaError("shutting_down", say`HAPA is stopping; ask again when it has started.`);
      if (stopped) return Promise.reject(stopping());
      if (signal?.aborted) return Promise.reject(closed());
      return new Promise<Synthesis>((resolve, reject) => {
        const onAbort = (): void => fail(job, closed());
        const settle =
          <T>(done: (value: T) => void): ((value: T) => void) =>
          (value) => {
            signal?.removeEventListener("abort", onAbort);
            done(value);
          };
        const job: Job = {
          request: { id: ++lastId, examples, options: rest },
          options,
          resolve: settle(resolve),
          reject: settle(reject),
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        waiting.push(job);
        next();
      });
    },

    async stop() {
      stopped = true;
      const error = (): HapaError =>
        new HapaError("shutting_down", say`HAPA is stopping; ask again when it has started.`);
      for (const job of waiting.splice(0)) job.reject(error());
      if (current) fail(current, error());
      dropWorker();
      await Promise.all(ending);
    },
  };
}
