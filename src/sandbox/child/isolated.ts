/** The engine `isolated-vm`: every program has a V8 isolate of its own, with a locked-down context, kept warm. */
import type ivm from "isolated-vm";
import type { Engine, LoadedProgram, Outcome } from "./engine.ts";
import { EntryTag, entry } from "./entry.ts";
import { lockdown } from "./lockdown.ts";
import type { Prepared } from "./prepare.ts";

type Ivm = typeof ivm;
type Call = ivm.Reference<(input?: string) => string>;

/** For compiling and evaluating constants; the supervisor allows `buildMs` for it. */
const loadTimeoutMs = 500;

/** Loads the native module. Throws what Node throws where there is no binary for it. */
export async function isolatedEngine(memoryLimitMb: number): Promise<Engine> {
  const { default: ivm } = await import("isolated-vm");
  let blank: Blank | null = makeBlank(ivm, memoryLimitMb);
  return {
    name: "isolated-vm",
    load(prepared) {
      const taken = blank ?? makeBlank(ivm, memoryLimitMb);
      blank = null;
      return load(taken, prepared);
    },
    makeReady() {
      blank ??= makeBlank(ivm, memoryLimitMb);
    },
  };
}

/** A locked-down isolate that no program has touched. */
interface Blank {
  readonly isolate: ivm.Isolate;
  readonly context: ivm.Context;
  readonly makeEntry: ivm.Reference;
  /** Freezes RegExp.prototype too. */
  readonly freezeRegExp: ivm.Reference;
}

function makeBlank(ivm: Ivm, memoryLimit: number): Blank {
  const isolate = new ivm.Isolate({ memoryLimit });
  const context = isolate.createContextSync();
  const freezeRegExp = context.evalSync(lockdown, { filename: "hapa:lockdown", reference: true });
  const makeEntry = context.evalSync(entry, { filename: "hapa:entry", reference: true });
  return { isolate, context, makeEntry, freezeRegExp };
}

function load({ isolate, context, makeEntry, freezeRegExp }: Blank, prepared: Prepared): LoadedProgram | string {
  try {
    if (prepared.reachesRegExp) freezeRegExp.applySync(undefined, []);
    const makeCall = (form: Prepared["form"]): Call => {
      const factory = context.evalSync(wrap(prepared, form), { filename: "program.js", reference: true });
      return makeEntry.applySync(undefined, [factory.derefInto(), form === "pure"], {
        result: { reference: true },
        timeout: loadTimeoutMs,
      }) as Call;
    };
    let pure: Call | null = null;
    if (prepared.form === "pure") {
      try {
        pure = makeCall("pure");
      } catch {
        // Its constants cannot be evaluated; the fresh form says why, call by call.
      }
    }
    return new WarmProgram(isolate, makeCall, pure);
  } catch (error) {
    if (!isolate.isDisposed) isolate.dispose();
    return `The program cannot be loaded: ${error instanceof Error ? error.message.slice(0, 500) : "unknown reason"}`;
  }
}

/** The source as one expression that gives the factory `entry` asks for; the program's lines keep their numbers. */
function wrap({ code, names }: Prepared, form: Prepared["form"]): string {
  return form === "pure"
    ? `(function () {"use strict";${code}\n;return [run, [${names.join(", ")}]];})`
    : `(function () {${code}\n;return run;})`;
}

class WarmProgram implements LoadedProgram {
  readonly #isolate: ivm.Isolate;
  readonly #makeCall: (form: "fresh") => Call;
  #pure: Call | null;
  #fresh: Call | null = null;
  #clean = true;

  constructor(isolate: ivm.Isolate, makeCall: (form: Prepared["form"]) => Call, pure: Call | null) {
    this.#isolate = isolate;
    this.#makeCall = makeCall;
    this.#pure = pure;
  }

  get clean(): boolean {
    return this.#clean;
  }

  run(input: string, budgetMs: number): Outcome {
    if (this.#pure !== null) {
      const startedAt = performance.now();
      const outcome = this.#call(this.#pure, input, budgetMs, budgetMs);
      if (outcome !== "not pure") return outcome;
      const again = this.#runFresh(input, Math.max(1, budgetMs - (performance.now() - startedAt)), budgetMs);
      if (again.status === "success") this.#pure = null;
      return again;
    }
    return this.#runFresh(input, budgetMs, budgetMs);
  }

  dispose(): void {
    this.#clean = false;
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  #runFresh(input: string, leftMs: number, budgetMs: number): Outcome {
    try {
      this.#fresh ??= this.#makeCall("fresh");
    } catch (error) {
      return this.#cutShort(error, budgetMs);
    }
    const outcome = this.#call(this.#fresh, input, leftMs, budgetMs);
    return outcome === "not pure" ? { status: "error", message: "The program cannot be run." } : outcome;
  }

  #call(call: Call, input: string, leftMs: number, budgetMs: number): Outcome | "not pure" {
    const timeout = Math.max(1, Math.ceil(leftMs));
    let answer: unknown;
    try {
      answer = call.applySync(undefined, [input], { timeout });
      // The promise's microtasks have run by now, within the same timeout.
      if (answer === EntryTag.promise) answer = call.applySync(undefined, [], { timeout });
    } catch (error) {
      // Lets go of it in any case but one: what the pure form may be to blame for, the fresh one tries in its place.
      if (call === this.#pure && !this.#isolate.isDisposed && !cutOff.test(messageOf(error))) return "not pure";
      return this.#cutShort(error, budgetMs);
    }
    if (typeof answer !== "string") return { status: "crashed", message: "The program broke its isolate." };
    const text = answer.slice(1);
    switch (answer[0]) {
      case EntryTag.success:
        return { status: "success", output: text };
      case EntryTag.invalidOutput:
        return { status: "invalid_output", message: text };
      case EntryTag.error:
        return { status: "error", message: text };
      case EntryTag.notPure:
        return "not pure";
      default:
        return { status: "timeout", message: "The promise that the program returned never settles." };
    }
  }

  /**
   * The call did not come back through the entry: the isolate ended it, or a promise was rejected that nobody handles
   * (isolated-vm throws a copy of the reason). Whatever it left half done goes with the isolate.
   */
  #cutShort(error: unknown, budgetMs: number): Outcome {
    const message = messageOf(error);
    const isOutOfMemory = this.#isolate.isDisposed || /memory limit/i.test(message);
    this.dispose();
    if (isOutOfMemory) return { status: "memory", message: "The program used more memory than it may." };
    if (cutOff.test(message)) {
      return { status: "timeout", message: `The program did not finish within ${Math.round(budgetMs)} ms.` };
    }
    return { status: "error", message: `A promise was rejected and nothing handles it: ${message.slice(0, 500)}` };
  }
}

const cutOff = /^Script execution timed out|memory limit/;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : typeof error === "string" ? error : "";
}
