/**
 * Runs the checkers in a worker thread: started on first use, one request after another, cancellable, with a limit of
 * time and memory. What takes too much of either ends the thread, never the process.
 */
import { Worker } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import { HapaError } from "../contract/errors.ts";
import { type Said, say } from "../contract/say.ts";
import { type Checked, type Checker, type CheckRequest, checkerOf } from "./check.ts";
import type { WorkerReport, WorkerRequest, WorkerStart } from "./worker.ts";

export interface Validator {
  /**
   * Checks code as a text; nothing of it is run. The same request is answered from memory.
   * @throws HapaError `client_closed_request` where the signal was aborted, `too_complex` where the code took more time,
   * memory or depth than there is, `rate_limited` where too many others wait, `shutting_down` after `stop`, `internal` where a checker failed.
   */
  check(request: CheckRequest, signal?: AbortSignal): Promise<Checked>;
  /** Ends the worker; requests under way and waiting are rejected. */
  stop(): Promise<void>;
}

export interface ValidatorLimits {
  /** An idle worker gives its memory back after so many ms; 120,000 unless told. */
  readonly idleMs?: number;
  /** For one check, in ms; 15,000 unless told. */
  readonly limitMs?: number;
}

/** What a thread needs to load a checker is not taken from the time of the first check that needs it. */
const loadingMs = 10_000;
/** A check that is not wanted any more has so long to notice: starting a new worker costs more. */
const graceMs = 250;
/** … and one that is still loading is what the next would wait for anyway. */
const loadingGraceMs = 3_000;
/** A worker that needs more is ended, rather than the process it runs in. */
const maxHeapMb = 768;
/** One that holds more after a check is ended before the next. */
const keptBytes = 400_000_000;
const longestQueue = 64;
const keptAnswers = 50;
/** In characters, and what an issue takes of them at most but for rare ones. */
const keptLength = 2_000_000;
const issueLength = 500;

interface RunningWorker {
  readonly thread: Worker;
  readonly cancelled: Int32Array;
  /** Checkers it has been asked for. */
  readonly loaded: Set<Checker>;
}

interface Job {
  readonly id: number;
  readonly request: CheckRequest;
  readonly resolve: (result: Checked) => void;
  readonly reject: (error: HapaError) => void;
  /** It waits for its checker to be loaded, too. */
  loads?: boolean;
  timer?: NodeJS.Timeout;
}

const closed = (): HapaError => new HapaError("client_closed_request", say`Stopped.`);
const stopping = (): HapaError => new HapaError("shutting_down", say`HAPA is stopping; ask again when it has started.`);

const busy = (): HapaError =>
  new HapaError("rate_limited", say`Too much code is waiting to be checked. Try again in a few seconds.`);

/** @param workerPath `src/validation/worker.ts`, or its bundle */
export function createValidator(workerPath: string, limits: ValidatorLimits = {}): Validator {
  const { idleMs = 120_000, limitMs = 15_000 } = limits;
  const answers = new LRUCache<string, Checked>({
    max: keptAnswers,
    maxSize: keptLength,
    sizeCalculation: ({ issues }, key) => key.length + issues.length * issueLength,
  });
  const waiting: Job[] = [];
  const ending = new Set<Promise<number>>();
  let current: Job | undefined;
  let worker: RunningWorker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastId = 0;

  const dropWorker = (): void => {
    clearTimeout(idle);
    const dying = worker;
    worker = undefined;
    if (!dying) return;
    const ended = dying.thread.terminate();
    ending.add(ended);
    void ended.finally(() => ending.delete(ended));
  };

  /** Turns to the next; whoever calls settles the job's promise. */
  const finish = (job: Job): void => {
    clearTimeout(job.timer);
    if (current !== job) return;
    current = undefined;
    next();
  };

  const giveUp = (job: Job, error: HapaError): void => {
    dropWorker();
    job.reject(error);
    finish(job);
  };

  const start = (): RunningWorker => {
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    const workerData: WorkerStart = { cancelled };
    const thread = new Worker(workerPath, { workerData, resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    const died = (cause: unknown): void => {
      if (worker?.thread !== thread) return;
      worker = undefined;
      if (!current) return;
      const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
      giveUp(
        current,
        code === "ERR_WORKER_OUT_OF_MEMORY"
          ? tooComplex(say`This code needs more memory than there is. Check a smaller part of it.`)
          : broken(cause),
      );
    };
    thread.on("message", (report: WorkerReport) => {
      const job = current;
      if (worker?.thread !== thread || !job || report.id !== job.id) return;
      if (report.type === "done") job.resolve(report.result);
      else
        job.reject(
          report.tooDeep
            ? tooComplex(say`This code is nested too deeply. Check a smaller part of it.`)
            : broken(report.message),
        );
      if ((report.type === "failed" && report.tooDeep) || report.memory > keptBytes) dropWorker();
      finish(job);
    });
    thread.on("error", died);
    thread.on("exit", (code) => died(`exit code ${code}`));
    // An idle worker does not keep the process alive.
    thread.unref();
    return { thread, cancelled, loaded: new Set() };
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
    try {
      worker ??= start();
      const { thread, cancelled, loaded } = worker;
      const checker = checkerOf(job.request);
      job.loads = !loaded.has(checker);
      job.timer = setTimeout(
        () =>
          giveUp(
            job,
            tooComplex(
              say`This code could not be checked within ${Math.round(limitMs / 100) / 10} s. Check a smaller part of it.`,
            ),
          ),
        limitMs + (job.loads ? loadingMs : 0),
      );
      loaded.add(checker);
      Atomics.store(cancelled, 0, 0);
      const message: WorkerRequest = { id: job.id, request: job.request };
      thread.postMessage(message);
    } catch (cause) {
      giveUp(job, broken(cause));
    }
  };

  const abandon = (job: Job): void => {
    job.reject(closed());
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    if (current !== job || !worker) return;
    Atomics.store(worker.cancelled, 0, 1);
    clearTimeout(job.timer);
    job.timer = setTimeout(() => giveUp(job, closed()), job.loads ? loadingGraceMs : graceMs);
  };

  return {
    check(request, signal) {
      if (stopped) return Promise.reject(stopping());
      if (signal?.aborted) return Promise.reject(closed());
      const { code, language, filePath, only, fragment = false, format = false } = request;
      const key = JSON.stringify([language, filePath, only, fragment, format, code]);
      const known = answers.get(key);
      if (known) return Promise.resolve(known);
      if (waiting.length >= longestQueue) return Promise.reject(busy());
      return new Promise<Checked>((resolve, reject) => {
        const onAbort = (): void => abandon(job);
        const job: Job = {
          id: ++lastId,
          request,
          resolve(result) {
            signal?.removeEventListener("abort", onAbort);
            answers.set(key, result);
            resolve(result);
          },
          reject(error) {
            signal?.removeEventListener("abort", onAbort);
            reject(error);
          },
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        waiting.push(job);
        next();
      });
    },

    async stop() {
      stopped = true;
      for (const job of waiting.splice(0)) job.reject(stopping());
      current?.reject(stopping());
      clearTimeout(current?.timer);
      dropWorker();
      await Promise.all(ending);
    },
  };
}

function tooComplex(how: Said): HapaError {
  return new HapaError("too_complex", how);
}

function broken(cause: unknown): HapaError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new HapaError("internal", say`The code could not be checked (${why}). Try again.`, undefined, { cause });
}
