/**
 * The child process: builds the engine, then works through shipments in order, answering in slices. Runs from source
 * and as a CommonJS bundle. It ends when its parent does.
 */
import type { Engine, LoadedProgram, Outcome } from "./engine.ts";
import { isolatedEngine } from "./isolated.ts";
import { type Prepared, prepare } from "./prepare.ts";
import {
  type Failure,
  type FromChild,
  type ProgramSource,
  programsPerChild,
  Recent,
  sliceItems,
  sliceMs,
  type ToChild,
  type WorkMessage,
} from "./protocol.ts";

/** So long without work counts as idle. */
const idleMs = 20;
/** A call that the machine, not the program, kept from ending in its budget is tried so often. */
const maxTries = 5;

interface Held {
  readonly source: ProgramSource;
  /** A string says why the program can never run. */
  prepared: Prepared | string | null;
  loaded: LoadedProgram | null;
}

/** How long this thread has been on a processor, in ms. */
function ranMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Resolves once the message is with the operating system, so that a child stuck in a program has said where. */
function say(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}

class Worker {
  readonly #engine: Engine;
  readonly #programs = new Recent<Held>(programsPerChild, (held) => {
    held.loaded?.dispose();
    held.loaded = null;
  });
  readonly #waiting: { readonly work: WorkMessage; readonly held: Held }[] = [];
  readonly #dropped = new Set<number>();
  readonly #idle: NodeJS.Timeout;
  #working = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#idle = setTimeout(() => {
      if (!this.#working) engine.makeReady();
    }, idleMs).unref();
  }

  take(message: ToChild): void {
    if (message.type === "drop") {
      this.#dropped.add(message.id);
      return;
    }
    // Touched on arrival, in the order of arrival: the supervisor's own list goes the same way.
    let held = this.#programs.touch(message.key);
    if (held === undefined) {
      if (message.source === undefined) throw new Error(`program ${message.key} was never sent`);
      held = { source: message.source, prepared: null, loaded: null };
      this.#programs.add(message.key, held);
    }
    this.#waiting.push({ work: message, held });
    if (!this.#working) void this.#workOff();
  }

  async #workOff(): Promise<void> {
    this.#working = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#ship(next.work, next.held);
    }
    this.#dropped.clear(); // A drop may cross the end of its shipment.
    this.#working = false;
    this.#idle.refresh();
  }

  async #ship(work: WorkMessage, held: Held): Promise<void> {
    let at = 0;
    let tries = 0; // Of the item under way.
    while (true) {
      const outputs: (string | null)[] = [];
      const latenciesMs: number[] = [];
      const failures: Failure[] = [];
      let end = this.#dropped.delete(work.id) || at >= work.inputs.length;
      const startedAt = performance.now();
      let lap = startedAt;
      let clockedAt = startedAt;
      let clocked = ranMs();
      while (!end && outputs.length < sliceItems && lap - startedAt < sliceMs) {
        if (typeof held.prepared !== "string" && held.loaded === null) {
          if (outputs.length > 0) break; // What is known goes out first.
          await say({ type: "building", id: work.id });
          this.#build(held);
          await say({ type: "built", id: work.id });
          lap = performance.now();
          clockedAt = lap;
          clocked = ranMs();
        }
        const outcome = this.#run(held, work.inputs[at] ?? "", work.budgetMs);
        const now = performance.now();
        // What the earlier calls took is known by the wall clock only; that is no less than they ran.
        const usedMs = () => ranMs() - clocked - (lap - clockedAt);
        const isStarved = outcome.status === "timeout" && now - lap >= work.budgetMs && usedMs() < work.budgetMs / 2;
        if (isStarved && ++tries < maxTries) continue;
        tries = 0;
        if (outcome.status === "success") outputs.push(outcome.output);
        else {
          failures.push([outputs.length, outcome.status, outcome.message]);
          outputs.push(null);
        }
        latenciesMs.push(Math.round((now - lap) * 10_000) / 10_000);
        lap = now;
        at++;
        end = at >= work.inputs.length || (work.stopOnFirstError && outcome.status !== "success");
      }
      const sent = say({ type: "slice", id: work.id, outputs, latenciesMs, failures, end });
      if (end) return;
      await sent;
      await new Promise(setImmediate); // Lets a drop in.
    }
  }

  #build(held: Held): void {
    held.prepared ??= prepare(held.source);
    if (typeof held.prepared === "string") return;
    const loaded = this.#engine.load(held.prepared);
    if (typeof loaded === "string") held.prepared = loaded;
    else held.loaded = loaded;
  }

  #run(held: Held, input: string, budgetMs: number): Outcome {
    if (held.loaded === null) {
      return {
        status: "error",
        message: typeof held.prepared === "string" ? held.prepared : "The program is not loaded.",
      };
    }
    const outcome = held.loaded.run(input, budgetMs);
    if (!held.loaded.clean) held.loaded = null;
    return outcome;
  }
}

async function main(): Promise<void> {
  process.on("disconnect", () => process.exit(0));
  const nodeVersion = process.version;
  let engine: Engine;
  try {
    engine = await isolatedEngine(Number(process.argv[2]) || 64);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await say({ type: "unavailable", nodeVersion, reason: reason.slice(0, 1_000) });
    process.disconnect?.();
    return;
  }
  const worker = new Worker(engine);
  process.on("message", (message) => worker.take(message as ToChild));
  await say({ type: "ready", nodeVersion, engine: engine.name });
}

void main();
