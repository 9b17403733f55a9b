/** Works off one shipment at a time: loads its program where needed, runs it in crossings of many inputs or one, answers in slices. */
import type { Engine, LoadedProgram, Outcome } from "./engine.ts";
import { StripperBroken } from "./prepare.ts";
import {
  type FromChild,
  isSuccess,
  lineOf,
  type ProgramSource,
  programsPerChild,
  Recent,
  sliceItems,
  sliceMs,
  type WorkMessage,
} from "./protocol.ts";

/** A call that the machine, not the program, kept from ending in its budget is tried so often. */
const maxTries = 5;
const leastTogether = 8;
const mostTogether = 256;
const leastApart = 16;
const mostApart = 4_096;
/** So many characters of input make a crossing, and of output a slice. */
const charactersTogether = 200_000;
const charactersPerSlice = 2_000_000;
const memoryEveryMs = 100;

interface Held {
  readonly source: ProgramSource;
  loaded: LoadedProgram | null;
  /** Why it can never run. */
  refusal: string | null;
  /** How many inputs go into one crossing. */
  together: number;
  /** So many calls are made one by one before the next crossing of several is tried; twice as many after each that failed. */
  apart: number;
  nextApart: number;
}

/** How long this thread has been on a processor, in ms. */
function ranMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

export class Worker {
  readonly #engine: Engine;
  readonly #say: (message: FromChild, lines?: string) => void;
  readonly #programs = new Recent<Held>(programsPerChild, (held) => {
    held.loaded?.dispose();
    held.loaded = null;
  });
  #memoryToldAt = 0;
  #wornOut = false;

  constructor(engine: Engine, say: (message: FromChild, lines?: string) => void) {
    this.#engine = engine;
    this.#say = say;
  }

  /** @param body The inputs, a line each. @throws whatever a broken engine throws: the process must end. */
  async work(work: WorkMessage, body: string): Promise<void> {
    // Touched on arrival, in the order of arrival: the supervisor's own list goes the same way.
    let held = this.#programs.touch(work.key);
    if (held === undefined) {
      if (work.source === undefined) throw new Error(`program ${work.key} was never sent`);
      held = {
        source: work.source,
        loaded: null,
        refusal: null,
        together: leastTogether,
        apart: 0,
        nextApart: leastApart,
      };
      this.#programs.add(work.key, held);
    }
    const inputs = new Inputs(body, work.count);
    while (!(await this.#slice(work, held, inputs)));
  }

  /** Runs some inputs and tells of them; true where the shipment is done. */
  async #slice(work: WorkMessage, held: Held, inputs: Inputs): Promise<boolean> {
    let lines = "";
    let told = 0;
    let logs: string | undefined;
    const laps: number[] = [];
    const startedAt = performance.now();
    let now = startedAt;
    let end = false;
    const add = (some: string, count: number, ms: number) => {
      lines += told === 0 ? some : `\n${some}`;
      told += count;
      laps.push(count, Math.round((ms / count) * 10_000) / 10_000);
    };
    while (!end && told < sliceItems && now - startedAt < sliceMs && lines.length < charactersPerSlice) {
      if (held.loaded === null && held.refusal === null) {
        if (told > 0) break; // What is known goes out first.
        await this.#build(work.id, held);
        now = performance.now();
      }
      const many =
        held.loaded !== null && held.apart === 0 && inputs.left > 1
          ? inputs.upTo(Math.min(held.together, sliceItems - told), charactersTogether)
          : null;
      if (many !== null && many.count > 1 && held.loaded !== null) {
        const lapAt = now;
        const answer = held.loaded.runMany(many.lines, work.budgetMs);
        now = performance.now();
        if (answer === null) {
          // One of them is slow, greedy or odd. Each by itself, then; the first of those calls starts now.
          held.apart = Math.max(many.count, held.nextApart);
          held.nextApart = Math.min(mostApart, held.nextApart * 2);
          held.together = leastTogether;
          letGo(held);
          if (told > 0) break;
          this.#say({ type: "built", id: work.id });
          continue;
        }
        held.nextApart = leastApart;
        held.together = better(held.together, many.count, now - lapAt, work.budgetMs);
        const stop = work.stopOnFirstError ? upToFailure(answer) : null;
        inputs.skip(many.count);
        add(stop?.lines ?? answer, stop?.count ?? many.count, now - lapAt);
        end = inputs.left === 0 || stop !== null;
      } else {
        const lapAt = now;
        const outcome = await this.#run(held, inputs.next(), work.budgetMs);
        if (held.apart > 0) held.apart--;
        now = performance.now();
        add(lineOf(outcome), 1, now - lapAt);
        if (work.count === 1) logs = outcome.logs;
        end = inputs.left === 0 || (work.stopOnFirstError && outcome.status !== "success");
      }
    }
    const rest = { ...this.#memory(now), ...(logs ? { logs } : {}), ...(this.#wornOut ? { wornOut: true } : {}) };
    this.#say({ type: "slice", id: work.id, laps, end, ...rest }, lines);
    return end;
  }

  /** One call; where the machine was too busy to let it run, again. */
  async #run(held: Held, input: string, budgetMs: number): Promise<Outcome> {
    for (let tries = 1; ; ) {
      if (held.loaded === null) {
        if (held.refusal === null) await this.#load(held);
        if (held.loaded === null) return { status: "error", message: held.refusal ?? "The program cannot be loaded." };
      }
      const startedAt = performance.now();
      const ranBefore = ranMs();
      const outcome = held.loaded.run(input, budgetMs);
      letGo(held);
      if (outcome === null) continue;
      const isLate = outcome.status === "timeout" && performance.now() - startedAt >= budgetMs;
      if (!isLate || ranMs() - ranBefore >= budgetMs / 2 || tries++ >= maxTries) return outcome;
    }
  }

  async #build(id: number, held: Held): Promise<void> {
    this.#say({ type: "building", id });
    await this.#load(held);
    this.#say({ type: "built", id });
  }

  async #load(held: Held): Promise<void> {
    try {
      const loaded = await this.#engine.load(held.source);
      if (typeof loaded === "string") held.refusal = loaded;
      else held.loaded = loaded;
    } catch (error) {
      if (!(error instanceof StripperBroken)) throw error;
      held.refusal = error.message;
      this.#wornOut = true;
    }
  }

  #memory(now: number): { memoryMb?: number } {
    if (now - this.#memoryToldAt < memoryEveryMs) return {};
    this.#memoryToldAt = now;
    return { memoryMb: Math.round(process.memoryUsage.rss() / 1_000_000) };
  }
}

/** A program that may have left something behind is loaded anew. */
function letGo(held: Held): void {
  if (held.loaded === null || held.loaded.clean) return;
  held.loaded.dispose();
  held.loaded = null;
}

/** How many inputs the next crossing takes: as many as surely fit the budget and still let answers out soon. */
function better(together: number, count: number, ms: number, budgetMs: number): number {
  const room = Math.min(budgetMs / 4, 2);
  if (ms > room) return Math.max(2, Math.floor(count * (room / ms)));
  return count === together && ms < room / 2 ? Math.min(mostTogether, together * 2) : together;
}

function upToFailure(answer: string): { readonly lines: string; readonly count: number } | null {
  const lines = answer.split("\n");
  const at = lines.findIndex((line) => !isSuccess(line));
  return at < 0 ? null : { lines: lines.slice(0, at + 1).join("\n"), count: at + 1 };
}

/** The lines of a shipment, taken from the front. */
class Inputs {
  readonly #body: string;
  left: number;
  #at = 0;

  constructor(body: string, count: number) {
    this.#body = body;
    this.left = count;
  }

  next(): string {
    const end = this.#lineEnd(this.#at);
    const line = this.#body.slice(this.#at, end);
    this.#at = end + 1;
    this.left--;
    return line;
  }

  /** The next lines together, without taking them: at most so many, and one more than fits into so many characters. */
  upTo(most: number, characters: number): { readonly lines: string; readonly count: number } {
    let end = this.#at - 1;
    let count = 0;
    while (count < most && count < this.left && end - this.#at < characters) {
      end = this.#lineEnd(end + 1);
      count++;
    }
    return { lines: this.#body.slice(this.#at, end), count };
  }

  skip(count: number): void {
    for (let i = 0; i < count; i++) this.#at = this.#lineEnd(this.#at) + 1;
    this.left -= count;
  }

  #lineEnd(from: number): number {
    const end = this.#body.indexOf("\n", from);
    return end < 0 ? this.#body.length : end;
  }
}
