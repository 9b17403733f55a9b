/**
 * The engine `quickjs`: for where isolated-vm does not load. Every program has an instance of the WASM module of its own,
 * with its own memory, that is never used for another program: a trap, an abort or a corrupted heap takes that program
 * alone, and the memory (which never shrinks) goes with it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSSyncVariant,
  QuickJSWASMModule,
} from "quickjs-emscripten-core";
import type { Engine, LoadedProgram, Outcome } from "./engine.ts";
import { boot, EntryMode, EntryTag, factories, outcomeOf } from "./entry.ts";
import { type Prepared, prepare } from "./prepare.ts";

/** TypeScript knows WebAssembly from the library of browsers only. */
interface WasmApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

const pageBytes = 65_536;
/** What the module starts with; its own data and stack stand there too. */
const initialPages = 256;
/** A program whose memory has grown past this is not kept: 16 of them are held at a time. */
const maxKeptBytes = 40 * 1_048_576;
/**
 * In bytes: some 1,500 calls deep. With more, V8's own stack, which carries the WASM code, would often end before
 * QuickJS sees that its own does; a program can catch QuickJS's error, but V8's costs it the instance.
 */
const maxStackBytes = 256 * 1_024;
/** For compiling; nothing of the program runs before its first call. */
const loadTimeoutMs = 500;
const jobsAtATime = 64;

/**
 * Compiles the WASM module, `wasm` or its file, and sets up the first instances.
 * @throws where the file is missing or WebAssembly is not to be had
 */
export async function quickjsEngine(
  memoryLimitMb: number,
  wasm: Uint8Array<ArrayBuffer> = readFileSync(wasmPath()),
): Promise<Engine> {
  const [core, { default: imported }] = await Promise.all([
    import("quickjs-emscripten-core"),
    import("@jitl/quickjs-wasmfile-release-sync"),
  ]);
  // Its types are those of its CommonJS form, where the variant is one level deeper.
  const variant = ("default" in imported ? imported.default : imported) as QuickJSSyncVariant;
  const { Memory, Module, Instance } = Reflect.get(globalThis, "WebAssembly") as WasmApi;
  const compiled = new Module(wasm);
  const maximum = Math.min(32_768, initialPages + Math.ceil((memoryLimitMb * 1_048_576) / pageBytes));
  const makeMachine = async () => {
    const memory = new Memory({ initial: initialPages, maximum });
    const module = await core.newQuickJSWASMModuleFromVariant(
      core.newVariant(variant, {
        wasmMemory: memory,
        emscriptenModule: {
          instantiateWasm(imports, onSuccess) {
            const instance = new Instance(compiled, imports);
            onSuccess(instance);
            return instance.exports;
          },
          // An abort is told as an error too; nothing else may write to the child's streams.
          ...{ print: () => {}, printErr: () => {} },
        },
      }),
    );
    return new Machine(module, memory, memoryLimitMb);
  };
  /** Wait for the next programs. */
  const ready = [await makeMachine(), await makeMachine()];
  const wanted = ready.length;
  return {
    name: "quickjs",
    async load(source) {
      const prepared = prepare(source);
      if (typeof prepared === "string") return prepared;
      return load(ready.pop() ?? (await makeMachine()), prepared);
    },
    async makeReady() {
      if (ready.length < wanted) ready.push(await makeMachine());
    },
  };
}

/** Beside the bundle; for the sources, in the package that the running program finds. */
function wasmPath(): string {
  if (typeof __dirname === "string") return join(__dirname, "quickjs.wasm");
  return createRequire(process.argv[1] ?? join(process.cwd(), "main.js")).resolve(
    "@jitl/quickjs-wasmfile-release-sync/wasm",
  );
}

/** How a call into the machine can end other than with the text it gives. */
type CutShort = "timeout" | "memory" | "recursion" | "crash";

/** One instance with a locked-down context that no program has touched. */
class Machine {
  readonly makeCall: QuickJSHandle;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #memory: WasmMemory;
  readonly #memoryLimit: number;
  #deadline = Number.POSITIVE_INFINITY;
  #isInterrupted = false;

  constructor(module: QuickJSWASMModule, memory: WasmMemory, memoryLimitMb: number) {
    this.#memory = memory;
    this.#memoryLimit = memoryLimitMb * 1_048_576;
    this.#runtime = module.newRuntime();
    this.#runtime.setMemoryLimit(this.#memoryLimit);
    this.#runtime.setMaxStackSize(maxStackBytes);
    this.#runtime.setInterruptHandler(() => {
      if (performance.now() < this.#deadline) return false;
      this.#isInterrupted = true;
      return true;
    });
    this.#context = this.#runtime.newContext();
    const made = this.evaluate(boot, "hapa:boot");
    if (typeof made === "string") throw new Error(`QuickJS could not be locked down: ${made}.`);
    this.makeCall = made;
  }

  get undefined(): QuickJSHandle {
    return this.#context.undefined;
  }

  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  newBoolean(value: boolean): QuickJSHandle {
    return value ? this.#context.true : this.#context.false;
  }

  newString(text: string): QuickJSHandle {
    return this.#context.newString(text);
  }

  newNumber(value: number): QuickJSHandle {
    return this.#context.newNumber(value);
  }

  /** From now on, what runs must end within so many ms. */
  allow(ms: number): void {
    this.#deadline = performance.now() + ms;
    this.#isInterrupted = false;
  }

  evaluate(code: string, filename: string): QuickJSHandle | CutShort {
    return this.#guard(() => this.#context.evalCode(code, filename, { type: "global" }));
  }

  call(target: QuickJSHandle, args: QuickJSHandle[]): QuickJSHandle | CutShort {
    return this.#guard(() => this.#context.callFunction(target, this.#context.undefined, args));
  }

  /** The text that a call gives, once all microtasks have run. */
  callForText(target: QuickJSHandle, args: QuickJSHandle[]): { readonly text: string } | CutShort {
    const result = this.call(target, args);
    if (typeof result === "string") return result;
    const text = this.#guardText(result);
    const cut = this.#runJobs();
    return cut ?? text;
  }

  #guardText(handle: QuickJSHandle): { readonly text: string } | CutShort {
    try {
      const text = this.#context.getString(handle);
      handle.dispose();
      return { text };
    } catch (error) {
      return this.#verdictOn(error);
    }
  }

  #runJobs(): CutShort | null {
    try {
      while (this.#runtime.hasPendingJob()) {
        const { error } = this.#runtime.executePendingJobs(jobsAtATime);
        error?.dispose();
        if (performance.now() >= this.#deadline) this.#isInterrupted = true;
        if (this.#isInterrupted) return "timeout";
      }
      return null;
    } catch (error) {
      return this.#verdictOn(error);
    }
  }

  #guard(work: () => ReturnType<QuickJSContext["evalCode"]>): QuickJSHandle | CutShort {
    try {
      const result = work();
      if (this.#isInterrupted) return "timeout";
      if (result.error === undefined) return result.value;
      // The entry catches everything a program throws; only the machine's own errors come past it.
      result.error.dispose();
      return "memory";
    } catch (error) {
      return this.#verdictOn(error);
    }
  }

  /** Thrown through the WASM code, which is left in the middle of something: the machine is of no more use. */
  #verdictOn(error: unknown): CutShort {
    if (this.#isInterrupted) return "timeout";
    return error instanceof RangeError && /call stack/.test(error.message) ? "recursion" : "crash";
  }

  /** Whether a message of the program's tells of memory that QuickJS could not have: a program can catch that. */
  tellsOfMemory(message: string): boolean {
    if (message.startsWith("InternalError: out of memory")) return true;
    return message.startsWith("The program threw null") && this.memoryBytes > this.#memoryLimit / 2;
  }
}

function load(machine: Machine, prepared: Prepared): LoadedProgram | string {
  const { pure, fresh } = factories(prepared);
  machine.allow(loadTimeoutMs);
  const freshFactory = machine.evaluate(fresh, "program.js");
  if (typeof freshFactory === "string") return `The program cannot be loaded: ${why[freshFactory](loadTimeoutMs)}`;
  const pureFactory = pure === null ? machine.undefined : machine.evaluate(pure, "program.js");
  if (typeof pureFactory === "string") return `The program cannot be loaded: ${why[pureFactory](loadTimeoutMs)}`;
  const freezeRegExp = machine.newBoolean(prepared.reachesRegExp);
  const call = machine.call(machine.makeCall, [pureFactory, freshFactory, freezeRegExp]);
  if (typeof call === "string") return `The program cannot be loaded: ${why[call](loadTimeoutMs)}`;
  return new WarmProgram(machine, call);
}

const why: Record<CutShort, (budgetMs: number) => string> = {
  timeout: (budgetMs) => `The program did not finish within ${Math.round(budgetMs)} ms.`,
  memory: () => "The program used more memory than it may.",
  recursion: () => "RangeError: the program nests or recurses too deeply",
  crash: () => "The program brought its WebAssembly module down.",
};

/** A line of an answer that may tell of memory that QuickJS could not have. */
const noMemory = /^e"(InternalError: out of memory|The program threw null)/m;

const statuses = { timeout: "timeout", memory: "memory", recursion: "error", crash: "crashed" } as const;

class WarmProgram implements LoadedProgram {
  #machine: Machine | null;
  #call: QuickJSHandle | null;

  constructor(machine: Machine, call: QuickJSHandle) {
    this.#machine = machine;
    this.#call = call;
  }

  get clean(): boolean {
    return this.#machine !== null;
  }

  run(input: string, budgetMs: number): Outcome | null {
    if (this.#machine === null) return { status: "crashed", message: "The program is not loaded any more." };
    const machine = this.#machine;
    let answer = this.#ask(budgetMs, input);
    // The fresh form may follow the pure one.
    for (let i = 0; i < 2 && typeof answer !== "string" && answer.text === EntryTag.promise; i++)
      answer = this.#ask(null);
    if (typeof answer === "string") {
      this.dispose();
      return { status: statuses[answer], message: why[answer](budgetMs) };
    }
    if (answer.text === EntryTag.spoilt) {
      this.dispose();
      return null;
    }
    const outcome = outcomeOf(answer.text);
    if (outcome.status === "error" && machine.tellsOfMemory(outcome.message)) {
      this.dispose();
      return { ...outcome, status: "memory", message: why.memory(budgetMs) };
    }
    if (outcome.status === "crashed" || machine.memoryBytes > maxKeptBytes) this.dispose();
    return outcome;
  }

  runMany(inputs: string, budgetMs: number): string | null {
    if (this.#machine === null) return null;
    const answer = this.#ask(budgetMs, inputs, EntryMode.many);
    const isSound =
      typeof answer !== "string" && this.#machine.memoryBytes <= maxKeptBytes && !noMemory.test(answer.text);
    if (!isSound) this.dispose();
    return isSound && answer.text !== "" ? answer.text : null;
  }

  /** The collector takes the instance and its memory as one; freeing what a cut-short call left would abort. */
  dispose(): void {
    this.#machine = null;
    this.#call = null;
  }

  /** `budgetMs` null: within what is left of the last budget. */
  #ask(budgetMs: number | null, input?: string, mode?: number): { readonly text: string } | CutShort {
    const machine = this.#machine;
    if (machine === null || this.#call === null) return "crash";
    const args: QuickJSHandle[] = [];
    try {
      if (input !== undefined) args.push(machine.newString(input));
      if (mode !== undefined) args.push(machine.newNumber(mode));
    } catch {
      return "memory";
    }
    // Bringing the text in and out is not the program's time.
    if (budgetMs !== null) machine.allow(budgetMs);
    const answer = machine.callForText(this.#call, args);
    if (typeof answer !== "string") for (const arg of args) arg.dispose();
    return answer;
  }
}
