/**
 * The supervisor: one active child, one warm spare, a queue of jobs, and a watchdog. Whatever a program does, its
 * caller gets a verdict; when it takes the child with it, the spare takes over and does again what merely waited.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxInfo } from "../contract/analytics.ts";
import { HapaError } from "../contract/errors.ts";
import { type FromChild, type SliceMessage, sliceItems, sliceMs } from "./child/protocol.ts";
import { Child, type ChildListener, versionOf } from "./child-process.ts";
import { Job } from "./job.ts";
import type { BatchOptions, Program, RunOptions, Sandbox, SandboxOptions, Verdict } from "./sandbox.ts";

/** Past its budget, a call has so long (in ms) before its child is suspected; being judged takes some 10 to 20 ms more. */
const graceMs = 50;
const convictionMs = 8;
const secondLookMs = 10;
const maxLooks = 50;
/** Parsing and compiling a program may take so long. */
const buildMs = 1_000;
const defaultMemoryLimitMb = 64;
const maxFailedStarts = 3;
const maxFlights = 32;
const maxFlightsPerJob = 2;

/** Inputs of one job that are with the active child. */
interface Flight {
  readonly id: number;
  readonly job: Job;
  readonly count: number;
  received: number;
  building: boolean;
  startedAt: number;
  /** How long its child had run when the deadline passed, and how often it was looked at since. */
  suspectedAtMs: number | null;
  looks: number;
}

/** Nothing is started before the first run. `stop` must be called in the end. */
export function createSandbox(options: SandboxOptions): Sandbox {
  return new Supervisor(options);
}

class Supervisor implements Sandbox, ChildListener {
  readonly #options: SandboxOptions;
  readonly #nodePath: string;
  readonly #children = new Set<Child>();
  #active: Child | null = null;
  #spare: Child | null = null;
  #folder: string | null = null;
  /** Jobs with inputs to send, served in turn. */
  #queue: Job[] = [];
  /** With the active child, in the order it works them off: the first is under way. */
  #flights: Flight[] = [];
  #lastFlight = 0;
  #deadline = 0;
  #watch: NodeJS.Timeout | null = null;
  /** When it will look; never later than the deadline, so that most calls need not touch the timer. */
  #watchAt = 0;
  #engine = "isolated-vm";
  #nodeVersion: string | null = null;
  #reason: string | null = null;
  #restarts = 0;
  #failedStarts = 0;
  #stopped = false;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#nodePath = options.nodePath ?? process.execPath;
  }

  async run(program: Program, input: string, options: RunOptions): Promise<Verdict> {
    const [verdict] = await this.runBatch(program, [input], options);
    if (verdict === undefined) throw new HapaError("internal", "The sandbox gave no verdict.");
    return verdict;
  }

  runBatch(program: Program, inputs: readonly string[], options: BatchOptions): Promise<Verdict[]> {
    if (this.#stopped)
      return Promise.reject(new HapaError("shutting_down", "The sandbox is stopped: HAPA is closing."));
    if (options.signal?.aborted)
      return Promise.reject(new HapaError("client_closed_request", "The run was cancelled."));
    if (inputs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#queue.push(new Job(program, inputs, options, { resolve, reject, onAbort: (job) => this.#drop(job) }));
      this.#pump();
    });
  }

  info(): SandboxInfo {
    return {
      engine: this.#engine,
      nodeVersion: this.#nodeVersion,
      nodePath: this.#nodePath,
      state: this.#reason !== null ? "unavailable" : this.#nodeVersion === null ? "idle" : "ready",
      restarts: this.#restarts,
      ...(this.#reason === null ? {} : { reason: this.#reason }),
    };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#watch !== null) clearTimeout(this.#watch);
    const jobs = new Set([...this.#flights.map(({ job }) => job), ...this.#queue]);
    this.#flights = [];
    this.#queue = [];
    for (const job of jobs) job.fill(failure("crashed", "The sandbox was stopped while this was under way.", 0));
    for (const child of this.#children) child.kill();
    await Promise.all(Array.from(this.#children, (child) => child.exited));
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }

  // Sending

  #pump(): void {
    if (this.#stopped) return;
    if (this.#active === null) this.#active = this.#start();
    if (!this.#active.isReady) return;
    let passed = 0;
    while (passed < this.#queue.length && this.#flights.length < maxFlights) {
      const job = this.#queue.shift();
      if (job === undefined) break;
      if (!job.wantsSending) continue;
      if (job.flying < maxFlightsPerJob) {
        this.#send(this.#active, job);
        passed = 0;
      } else passed++;
      if (job.wantsSending) this.#queue.push(job);
    }
  }

  #send(child: Child, job: Job): void {
    const { key, code, language } = job.program;
    const held = child.programs.touch(key) === true;
    if (!held) child.programs.add(key, true);
    const inputs = job.take();
    const flight: Flight = {
      id: ++this.#lastFlight,
      job,
      count: inputs.length,
      received: 0,
      building: !held,
      startedAt: 0,
      suspectedAtMs: null,
      looks: 0,
    };
    job.flying++;
    this.#flights.push(flight);
    child.send({
      type: "work",
      id: flight.id,
      key,
      ...(held ? {} : { source: { code, language } }),
      budgetMs: job.options.budgetMs,
      stopOnFirstError: job.options.stopOnFirstError === true,
      inputs,
    });
    if (this.#flights.length === 1) this.#headStarts(flight);
  }

  // Hearing

  ready(child: Child): void {
    this.#nodeVersion = child.nodeVersion;
    this.#engine = child.engine ?? this.#engine;
    this.#reason = null;
    this.#failedStarts = 0;
    this.#tell("started", `child ${child.pid}: ${child.engine} on Node ${child.nodeVersion}`);
    if (child === this.#active) this.#pump();
    this.#keepSpare();
  }

  message(child: Child, message: FromChild): void {
    if (child !== this.#active) return;
    const flight = this.#flights[0];
    if (flight === undefined || !("id" in message) || message.id !== flight.id) return;
    if (message.type === "slice") this.#land(flight, message);
    else {
      flight.building = message.type === "building";
      this.#allow(flight);
    }
  }

  #land(flight: Flight, slice: SliceMessage): void {
    const { job } = flight;
    const wasOver = job.over;
    flight.received += slice.outputs.length;
    job.accept(slice);
    if (slice.end) {
      this.#flights.shift();
      job.flying--;
      job.landed(flight.count, performance.now() - flight.startedAt);
      const next = this.#flights[0];
      if (next !== undefined) this.#headStarts(next);
    } else this.#allow(flight);
    if (job.over && !wasOver) this.#drop(job);
    else if (slice.end) this.#pump();
  }

  /** Nothing more of this job is wanted. */
  #drop(job: Job): void {
    for (const flight of this.#flights) {
      if (flight.job === job) this.#active?.send({ type: "drop", id: flight.id });
    }
    // A job waiting to be sent is passed over by the pump.
    this.#pump();
  }

  // Watching

  #headStarts(flight: Flight): void {
    flight.startedAt = performance.now();
    this.#allow(flight);
  }

  /** The head of the flights has from now as long as one slice and one call may take. */
  #allow(flight: Flight): void {
    flight.suspectedAtMs = null;
    flight.looks = 0;
    const ms = flight.building ? buildMs : flight.job.options.budgetMs + (flight.count > 1 ? sliceMs : 0);
    this.#deadline = performance.now() + ms + graceMs;
    if (this.#watch === null || this.#deadline < this.#watchAt) this.#arm();
  }

  #arm(): void {
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#watchAt = this.#deadline;
    this.#watch = setTimeout(() => this.#look(), Math.max(1, Math.ceil(this.#deadline - performance.now())));
  }

  #look(): void {
    this.#watch = null;
    if (this.#stopped || this.#flights.length === 0) return;
    if (performance.now() < this.#deadline) {
      this.#arm();
      return;
    }
    // If this process was busy itself, the answer may be lying here unread: messages are read before immediates.
    setImmediate(() => {
      if (this.#watch !== null || this.#stopped) return;
      const flight = this.#flights[0];
      if (flight === undefined) return;
      if (performance.now() < this.#deadline) this.#arm();
      else this.#judge(flight);
    });
  }

  /**
   * The deadline has passed without a word. On a machine so busy that the child itself hardly ran, it is given time
   * (a child that runs answers within `convictionMs`); one that does run and stays silent is guilty.
   */
  #judge(flight: Flight): void {
    const ranMs = this.#active?.ranMs() ?? null;
    flight.suspectedAtMs ??= ranMs ?? Number.NEGATIVE_INFINITY;
    const isGuilty = ranMs === null || ranMs - flight.suspectedAtMs >= convictionMs;
    if (isGuilty || ++flight.looks > maxLooks) {
      this.#killFor(flight);
      return;
    }
    this.#deadline = performance.now() + secondLookMs;
    this.#arm();
  }

  #killFor(flight: Flight): void {
    const child = this.#active;
    if (child === null) return;
    const { budgetMs } = flight.job.options;
    child.kill();
    this.#forget(child);
    this.#tell("killed", `child ${child.pid}: no verdict ${graceMs} ms past the budget of ${budgetMs} ms`);
    if (!flight.building) {
      this.#takeOver(failure("timeout", `The program did not finish within ${budgetMs} ms and was killed.`, budgetMs));
      return;
    }
    // On a machine so busy that the child hardly ran, the spare may do better; a program that hangs the compiler does
    // so again.
    flight.job.buildsKilled++;
    if (flight.job.buildsKilled > 1)
      flight.job.fill(failure("timeout", `The program could not be compiled within ${buildMs} ms.`, buildMs));
    this.#takeOver(null);
  }

  died(child: Child, reason: string): void {
    this.#forget(child);
    if (this.#stopped) return;
    this.#tell("exited", `child ${child.pid ?? "?"}: ${reason}`);
    const wasActive = child === this.#active;
    if (child === this.#spare) this.#spare = null;
    if (!child.isReady) {
      if (wasActive) void this.#giveUp(child, reason);
      return;
    }
    if (!wasActive) {
      this.#keepSpare();
      return;
    }
    const { startedAt } = this.#flights[0] ?? { startedAt: performance.now() };
    const ms = performance.now() - startedAt;
    this.#takeOver(
      child.ranOutOfMemory
        ? failure("memory", "The program used more memory than it may and took its process with it.", ms)
        : failure("crashed", "The program brought its process down.", ms),
    );
  }

  /** The active child is gone: blame the call under way (null: nobody is to blame), let the spare do the rest again. */
  #takeOver(verdict: Verdict | null): void {
    this.#restarts++;
    const flights = this.#flights;
    this.#flights = [];
    this.#active = this.#spare;
    this.#spare = null;
    const head = flights[0];
    if (head !== undefined && verdict !== null)
      head.job.suspect(Math.min(sliceItems, head.count - head.received), verdict);
    const jobs = new Set(flights.map(({ job }) => job));
    for (const job of jobs) job.rewind();
    this.#queue = [...jobs, ...this.#queue.filter((job) => !jobs.has(job))];
    if (this.#queue.some((job) => job.wantsSending)) this.#pump();
    setImmediate(() => this.#keepSpare());
  }

  // Children

  #start(): Child {
    this.#folder ??= mkdtempSync(join(tmpdir(), "hapa-sandbox-"));
    const child = new Child(
      {
        childPath: this.#options.childPath,
        nodePath: this.#nodePath,
        memoryLimitMb: this.#options.memoryLimitMb ?? defaultMemoryLimitMb,
        cwd: this.#folder,
      },
      this,
    );
    this.#children.add(child);
    return child;
  }

  #keepSpare(): void {
    if (this.#stopped) return;
    if (this.#active === null) this.#active = this.#start();
    else if (this.#spare === null && this.#active.isReady) this.#spare = this.#start();
  }

  #forget(child: Child): void {
    void child.exited.then(() => this.#children.delete(child));
  }

  /** No child can be started: everyone who waits is told why. */
  async #giveUp(child: Child, reason: string): Promise<void> {
    const version = child.nodeVersion ?? (await versionOf(this.#nodePath)) ?? "of unknown version";
    if (child !== this.#active || this.#stopped) return;
    this.#active = null;
    // It did come up before: worth another try before everyone is sent away.
    if (this.#nodeVersion !== null && ++this.#failedStarts < maxFailedStarts) {
      this.#pump();
      return;
    }
    this.#failedStarts = 0;
    this.#reason =
      `The sandbox did not start with Node ${version} at ${this.#nodePath}: ${reason}. ` +
      'It needs Node 24 or newer: install it, or name one in the setting "hapa.sandbox.nodePath".';
    const jobs = this.#queue;
    this.#queue = [];
    for (const job of jobs) job.fail(new HapaError("sandbox_unavailable", this.#reason));
  }

  #tell(kind: "started" | "exited" | "killed", detail: string): void {
    this.#options.onEvent?.({ kind, detail });
  }
}

function failure(status: "timeout" | "memory" | "crashed", errorMessage: string, ms: number): Verdict {
  return { status, output: null, errorMessage, latencyMs: Math.round(ms * 10_000) / 10_000 };
}
