/** The engine `isolated-vm`: every program has a V8 isolate of its own, with a locked-down context, kept warm. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type ivm from "isolated-vm";
import type { Engine, LoadedProgram, Outcome } from "./engine.ts";
import { boot, EntryMode, EntryTag, factories, outcomeOf } from "./entry.ts";
import { type Prepared, prepare } from "./prepare.ts";

type Ivm = typeof ivm;
type Mode = (typeof EntryMode)[keyof typeof EntryMode];
type Call = ivm.Reference<(input?: string, mode?: Mode) => string>;

/** For compiling; nothing of the program runs before its first call. */
const loadTimeoutMs = 500;
/** An idle isolate's heap may be so large; it is looked at after so many runs. */
const maxHeapShare = 0.5;
const runsPerLook = 4_096;
/** Crossings of many after which their texts are collected. */
const manyPerCollection = 512;
/** A call that was cut short after so much of its budget was cut short by the timer. */
const timerShare = 0.95;

/** Loads the native module. Throws what Node throws where there is no binary for it. */
export async function isolatedEngine(memoryLimitMb: number): Promise<Engine> {
  const { default: ivm } = await import("isolated-vm");
  const collect = textCollector();
  let blank: Blank | null = makeBlank(ivm, memoryLimitMb);
  return {
    name: "isolated-vm",
    load(source) {
      const prepared = prepare(source);
      if (typeof prepared === "string") return prepared;
      const taken = blank ?? makeBlank(ivm, memoryLimitMb);
      blank = null;
      return load(taken, prepared, collect);
    },
    makeReady() {
      blank ??= makeBlank(ivm, memoryLimitMb);
    },
  };
}

/**
 * What collects the texts that crossed. They lie outside of V8's heap, which is so idle here that it would keep tens of
 * megabytes of them before it looked. V8 gives its collector only to contexts made while the flag is set: this one, and
 * none of a program's.
 */
function textCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  let crossings = 0;
  return () => {
    if (++crossings % manyPerCollection === 0) gc();
  };
}

/** A locked-down isolate that no program has touched. */
interface Blank {
  readonly isolate: ivm.Isolate;
  readonly context: ivm.Context;
  readonly makeCall: ivm.Reference;
  readonly memoryLimitMb: number;
}

function makeBlank(ivm: Ivm, memoryLimitMb: number): Blank {
  const isolate = new ivm.Isolate({ memoryLimit: memoryLimitMb });
  const context = isolate.createContextSync();
  const makeCall = context.evalSync(boot, { filename: "hapa:boot", reference: true });
  return { isolate, context, makeCall, memoryLimitMb };
}

function load(blank: Blank, prepared: Prepared, collect: () => void): LoadedProgram | string {
  const { isolate, context, makeCall } = blank;
  const { pure, fresh } = factories(prepared);
  const compile = (source: string) =>
    context.evalSync(source, { filename: "program.js", reference: true, timeout: loadTimeoutMs });
  try {
    const pureFactory = pure === null ? undefined : compile(pure).derefInto();
    const { reachesRegExp, mayDefer } = prepared;
    const call = makeCall.applySync(undefined, [pureFactory, compile(fresh).derefInto(), reachesRegExp, mayDefer], {
      result: { reference: true },
      timeout: loadTimeoutMs,
    }) as Call;
    return new WarmProgram(blank, call, collect);
  } catch (error) {
    if (!isolate.isDisposed) isolate.dispose();
    return `The program cannot be loaded: ${messageOf(error).slice(0, 500) || "unknown reason"}`;
  }
}

class WarmProgram implements LoadedProgram {
  readonly #isolate: ivm.Isolate;
  readonly #call: Call;
  readonly #maxHeap: number;
  readonly #collect: () => void;
  #clean = true;
  #runs = 0;

  constructor({ isolate, memoryLimitMb }: Blank, call: Call, collect: () => void) {
    this.#isolate = isolate;
    this.#call = call;
    this.#collect = collect;
    this.#maxHeap = memoryLimitMb * 1_048_576 * maxHeapShare;
  }

  get clean(): boolean {
    return this.#clean;
  }

  run(input: string, budgetMs: number): Outcome | null {
    const startedAt = performance.now();
    let mode: Mode | undefined;
    while (true) {
      const timeout = () => Math.max(1, Math.ceil(budgetMs - (performance.now() - startedAt)));
      try {
        const call = this.#call;
        let answer: unknown =
          mode === undefined
            ? call.applySync(undefined, [input], { timeout: Math.ceil(budgetMs) })
            : call.applySync(undefined, [input, mode], { timeout: timeout() });
        // The promise's microtasks have run by now, within the same timeout. The fresh form may follow the pure one.
        for (let i = 0; i < 2 && answer === EntryTag.promise; i++) {
          answer = call.applySync(undefined, [], { timeout: timeout() });
        }
        const outcome = outcomeOf(answer);
        if (++this.#runs >= runsPerLook) this.#look();
        return outcome;
      } catch {
        const isOver = performance.now() - startedAt >= budgetMs * timerShare;
        // A rejection in the pure form may be its own fault: the fresh form has the last word.
        if (this.#isolate.isDisposed || isOver || mode === EntryMode.fresh) return this.#cutShort(isOver, budgetMs);
        mode = EntryMode.fresh;
      }
    }
  }

  runMany(inputs: string, budgetMs: number): string | null {
    this.#collect();
    try {
      const answer: unknown = this.#call.applySync(undefined, [inputs, EntryMode.many], {
        timeout: Math.max(1, Math.ceil(budgetMs)),
      });
      if (++this.#runs >= runsPerLook) this.#look();
      return typeof answer === "string" && answer !== "" ? answer : null;
    } catch {
      this.dispose();
      return null;
    }
  }

  dispose(): void {
    this.#clean = false;
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  /** What a program left for the collector is not to be kept by all the programs that a child holds. */
  #look(): void {
    this.#runs = 0;
    const { used_heap_size, externally_allocated_size } = this.#isolate.getHeapStatisticsSync();
    if (used_heap_size + externally_allocated_size > this.#maxHeap) this.dispose();
  }

  /**
   * The call did not come back through the entry: the isolate ended it, or a promise was rejected that nobody handles.
   * isolated-vm tells which by an error whose text may be the program's: it is not read. Whatever the call left half
   * done goes with the isolate.
   */
  #cutShort(isOver: boolean, budgetMs: number): Outcome {
    const isOutOfMemory = this.#isolate.isDisposed;
    this.dispose();
    if (isOutOfMemory) return { status: "memory", message: "The program used more memory than it may." };
    if (isOver) return { status: "timeout", message: `The program did not finish within ${Math.round(budgetMs)} ms.` };
    return { status: "error", message: "A promise was rejected and nothing handles it." };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
