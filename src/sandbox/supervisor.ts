/**
 * One lane of the sandbox: a queue of jobs, the child that works them off, and a watchdog. Whatever a program does, its
 * caller gets a verdict; when it takes the child with it, a spare takes over and does again what merely waited.
 */
import type { EngineInfo } from "../contract/analytics.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import {
  countOf,
  type FromChild,
  programsPerChild,
  Recent,
  type SliceMessage,
  sliceItems,
  sliceMs,
} from "./child/protocol.ts";
import type { Child } from "./child-process.ts";
import { Crew, type CrewListener, type CrewOptions } from "./crew.ts";
import { Job } from "./job.ts";
import type { BatchOptions, Program, Verdict } from "./sandbox.ts";
import { graceMs, Watchdog } from "./watchdog.ts";

/** Parsing and compiling a program may take so long. */
const buildMs = 1_000;
/** How long a call that nobody waits for any more may go on before its child is ended. */
const unwantedMs = 100;
const maxFlights = 64;
const maxFlightsPerJob = 2;
const restMs = 20;
/** A child is replaced after so many calls, or when its memory has grown by so many MB. */
const defaultRecycle = { calls: 2_000_000, grownMb: 400 };

export interface LaneOptions extends CrewOptions {
  /** Children end after so long without work, in ms; absent: they stay. */
  readonly restAfterMs?: number;
  readonly recycle?: { readonly calls: number; readonly grownMb: number };
  /** A program used up its time or memory, or took its child with it; may be told again and again. */
  readonly onOffence?: (key: string) => void;
}

/** Inputs of one job that are with the active child. */
interface Flight {
  readonly id: number;
  readonly job: Job;
  readonly count: number;
  received: number;
  building: boolean;
  startedAt: number;
  /** Since when nobody waits for it. */
  unwantedAt: number | null;
}

/** Nothing is started before the first run. `stop` must be called in the end. */
export class Supervisor implements CrewListener {
  readonly #options: LaneOptions;
  readonly #crew: Crew;
  readonly #watchdog = new Watchdog({
    ranMs: () => this.#crew.active?.ranMs() ?? null,
    onGuilty: () => this.#killHead(),
    onGoingOn: () => this.#goesOn(),
  });
  /** Jobs with inputs to send, served in turn. */
  #queue: Job[] = [];
  /** With the active child, in the order it works them off: the first is under way. */
  #flights: Flight[] = [];
  #lastFlight = 0;
  /** How many inputs of a program make a good shipment. */
  readonly #paces = new Recent<number>(programsPerChild);
  /** The active child gets no more work, and is replaced once it has done what it has. */
  #retiring = false;
  #rest: NodeJS.Timeout | null = null;
  #idle: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#crew = new Crew(options, this);
  }

  /** Whether a call would be served at once. */
  get isWarm(): boolean {
    return this.#crew.isWarm;
  }

  /** Starts a child, if there is none. */
  warmUp(): void {
    this.#crew.start();
  }

  runBatch(program: Program, inputs: readonly string[], options: BatchOptions): Promise<Verdict[]> {
    if (this.#stopped)
      return Promise.reject(new HapaError("shutting_down", say`The sandbox is stopped: HAPA is closing.`));
    if (options.signal?.aborted)
      return Promise.reject(new HapaError("client_closed_request", say`The run was cancelled.`));
    if (inputs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const onAbort = (job: Job) => this.#drop(job);
      this.#queue.push(new Job(program, inputs, options, this.#paces.touch(program.key), { resolve, reject, onAbort }));
      this.#pump();
    });
  }

  info(): EngineInfo {
    return this.#crew.info();
  }

  /** Ends every child; calls under way end as `crashed`. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const jobs = new Set([...this.#flights.map(({ job }) => job), ...this.#queue]);
    this.#flights = [];
    this.#queue = [];
    for (const job of jobs) job.fill(failure("crashed", "The sandbox was stopped while this was under way.", 0));
    this.#watchdog.stop();
    for (const timer of [this.#rest, this.#idle]) if (timer !== null) clearTimeout(timer);
    await this.#crew.stop();
  }

  // Sending

  #pump(): void {
    if (this.#stopped || this.#retiring || this.#queue.length === 0) return;
    const child = this.#crew.active;
    if (child === null) {
      this.#crew.start();
      return;
    }
    let passed = 0;
    while (passed < this.#queue.length && this.#flights.length < maxFlights) {
      const job = this.#queue.shift();
      if (job === undefined) break;
      if (!job.wantsSending) continue;
      if (job.flying < maxFlightsPerJob) {
        this.#send(child, job);
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
      unwantedAt: null,
    };
    job.flying++;
    this.#flights.push(flight);
    const { budgetMs, stopOnFirstError } = job.options;
    child.send(
      {
        type: "work",
        id: flight.id,
        key,
        ...(held ? {} : { source: { code, language } }),
        budgetMs,
        stopOnFirstError: stopOnFirstError === true,
        count: inputs.length,
      },
      inputs.join("\n"),
      this.#flights.length > 1,
    );
    if (this.#flights.length === 1) this.#headStarts(flight);
  }

  // Hearing

  onReady(): void {
    this.#pump();
    this.#nothingToDo();
  }

  onMessage(message: FromChild, lines: string): void {
    const flight = this.#flights[0];
    if (flight === undefined || !("id" in message) || message.id !== flight.id) return;
    if (message.type === "slice") this.#land(flight, message, lines);
    else {
      flight.building = message.type === "building";
      this.#allow(flight);
    }
  }

  #land(flight: Flight, slice: SliceMessage, lines: string): void {
    const { job } = flight;
    const wasOver = job.over;
    const missing = flight.count - flight.received;
    const count = countOf(slice);
    if (count <= missing) job.accept(slice, lines);
    // A job that is over, because it stops at its first error or was cancelled, need not get all.
    if (!(count <= missing) || (slice.end && count < missing && !job.over)) {
      this.#crew.tell("killed", "it broke the protocol");
      this.#takeOver(failure("crashed", "The program's process answered nonsense and was ended.", 0));
      return;
    }
    flight.received += count;
    if (job.offended) this.#options.onOffence?.(job.program.key);
    if (job.over && !wasOver) this.#drop(job);
    if (slice.end) {
      this.#options.gate?.release(this);
      this.#flights.shift();
      job.flying--;
      job.landed(flight.count, performance.now() - flight.startedAt);
      if (flight.count > 1) this.#paces.add(job.program.key, job.chunk);
      if (slice.wornOut === true) {
        this.#crew.tell("killed", "a program wore it out");
        this.#takeOver(null);
        return;
      }
      const next = this.#flights[0];
      if (next !== undefined) this.#headStarts(next);
      else this.#watchdog.rest();
      this.#retire();
      this.#pump();
      if (this.#flights.length === 0) this.#nothingToDo();
    } else if (flight.unwantedAt !== null && performance.now() > flight.unwantedAt + unwantedMs) this.#killHead();
    else this.#allow(flight);
  }

  /** Nothing more of this job is wanted; a job waiting to be sent is passed over by the pump. */
  #drop(job: Job): void {
    for (const flight of this.#flights) if (flight.job === job) flight.unwantedAt ??= performance.now();
    const head = this.#flights[0];
    if (head?.job === job) this.#allow(head);
  }

  // Watching

  #headStarts(flight: Flight): void {
    flight.startedAt = performance.now();
    if (flight.unwantedAt !== null) flight.unwantedAt = flight.startedAt;
    this.#allow(flight);
  }

  /** The head of the flights has from now as long as one slice and one call may take. */
  #allow(flight: Flight): void {
    const ms = flight.building ? buildMs : flight.job.options.budgetMs + (flight.count > 1 ? sliceMs : 0);
    const waitedMs = flight.received === 0 ? performance.now() - flight.startedAt : 0;
    this.#watchdog.allow(flight.unwantedAt === null ? ms : Math.min(ms, unwantedMs), waitedMs);
  }

  /** The call under way is late beyond all grace, or goes on though nobody waits for it. */
  #killHead(): void {
    const flight = this.#flights[0];
    if (flight === undefined || this.#stopped) return;
    const { job } = flight;
    const { budgetMs } = job.options;
    if (flight.unwantedAt !== null) {
      this.#crew.tell("killed", "its call was cancelled and went on");
      this.#takeOver(null);
      return;
    }
    this.#crew.tell("killed", `no verdict ${graceMs} ms past the budget of ${budgetMs} ms`);
    if (!flight.building) {
      this.#takeOver(failure("timeout", `The program did not finish within ${budgetMs} ms and was killed.`, budgetMs));
      return;
    }
    // On a machine so busy that the child hardly ran, the spare may do better; a program that hangs the compiler does
    // so again.
    job.buildsKilled++;
    if (job.buildsKilled > 1) {
      this.#options.onOffence?.(job.program.key);
      job.fill(failure("timeout", `The program could not be compiled within ${buildMs} ms.`, buildMs));
    }
    this.#takeOver(null);
  }

  /** A call takes long: others' starts wait for it, and its child must not take all memory. */
  #goesOn(): void {
    this.#options.gate?.hold(this);
    const child = this.#crew.active;
    if (child === null || (child.residentMb() ?? 0) <= child.mostResidentMb) return;
    this.#crew.tell("killed", `it holds more than ${child.mostResidentMb} MB`);
    const ms = performance.now() - (this.#flights[0]?.startedAt ?? performance.now());
    this.#takeOver(failure("memory", "The program used more memory than it may and was killed.", ms));
  }

  onDeath(child: Child): void {
    const head = this.#flights[0];
    if (child.endedBlameless && head !== undefined && head.job.lostBlameless++ === 0) {
      this.#takeOver(null);
      return;
    }
    const { startedAt } = head ?? { startedAt: performance.now() };
    const ms = performance.now() - startedAt;
    this.#takeOver(
      child.ranOutOfMemory
        ? failure("memory", "The program used more memory than it may and took its process with it.", ms)
        : failure("crashed", "The program brought its process down.", ms),
    );
  }

  onUnavailable(error: HapaError): void {
    const jobs = this.#queue;
    this.#queue = [];
    for (const job of jobs) job.fail(error);
  }

  /** The active child is gone: blame the call under way (null: nobody is to blame), let a spare do the rest again. */
  #takeOver(verdict: Verdict | null): void {
    this.#options.gate?.release(this);
    this.#watchdog.rest();
    const flights = this.#flights;
    this.#flights = [];
    const head = flights[0];
    if (head !== undefined && verdict !== null) {
      this.#options.onOffence?.(head.job.program.key);
      head.job.suspect(Math.min(sliceItems, head.count - head.received), verdict);
    }
    const jobs = new Set(flights.map(({ job }) => job));
    for (const job of jobs) job.rewind();
    this.#queue = [...jobs, ...this.#queue.filter((job) => !jobs.has(job))].filter((job) => job.wantsSending);
    this.#retiring = false;
    this.#crew.replace("died");
    this.#pump();
  }

  /** Replaces a child that has done its share, once nothing is with it and a spare is warm. */
  #retire(): void {
    const child = this.#crew.active;
    if (child === null) return;
    const { calls, grownMb } = this.#options.recycle ?? defaultRecycle;
    this.#retiring ||= child.calls >= calls || child.memoryMb >= child.memoryAtStartMb + grownMb;
    if (!this.#retiring || this.#flights.length > 0) return;
    this.#retiring = false;
    if (!this.#crew.hasSpare) return; // It goes on until there is one.
    this.#crew.tell("recycled", `after ${child.calls} calls, at ${child.memoryMb} MB`);
    this.#crew.replace("recycled");
  }

  /** An idle child gets ready for the next program; an idle lane may end its children. */
  #nothingToDo(): void {
    if (this.#rest === null) this.#rest = setTimeout(() => this.#tellToRest(), restMs);
    else this.#rest.refresh();
    const { restAfterMs } = this.#options;
    if (restAfterMs === undefined) return;
    if (this.#idle === null) this.#idle = setTimeout(() => this.#goIdle(), restAfterMs);
    else this.#idle.refresh();
  }

  #tellToRest(): void {
    if (this.#flights.length === 0 && this.#crew.isWarm) this.#crew.active?.send({ type: "rest" }, undefined, false);
  }

  #goIdle(): void {
    if (this.#stopped || this.#flights.length > 0 || this.#queue.length > 0) return;
    void this.#crew.rest();
  }
}

function failure(status: "timeout" | "memory" | "crashed", errorMessage: string, ms: number): Verdict {
  return { status, output: null, errorMessage, latencyMs: Math.round(ms * 10_000) / 10_000 };
}
