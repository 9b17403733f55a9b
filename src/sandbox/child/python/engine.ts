/**
 * The engine `pyodide`: Python programs, `def run(input):`, in CPython compiled to WebAssembly. A program that can reach
 * nothing that lasts (see `confine.ts`) is executed into fresh globals for each call; after every call of any other one,
 * and after every call that was cut short, Python's whole memory is set back to what it was before the first program.
 */
import {
  type Engine,
  type LoadedProgram,
  maxMessageLength,
  maxOutputDepth,
  maxOutputLength,
  type Outcome,
} from "../engine.ts";
import type { ChildOrders, ProgramSource } from "../protocol.ts";
import { type Callable, loadRuntime, type Runtime } from "./runtime.ts";
import { Cut } from "./wall.ts";

/** For parsing and compiling, in ms. */
const readMs = 500;

/** What the first byte of Python's answers says. */
const Tag = {
  success: "0",
  error: "e",
  invalidOutput: "i",
  timeout: "t",
  memory: "m",
  /** An error after which memory had better be restored: the stack ran out, perhaps in the middle of a library. */
  shaken: "s",
  /** The program is not confined after all. */
  strayed: "r",
  /** A line with what was printed stands in front. */
  printed: "p",
} as const;

/** Loads Python, which takes seconds; `progress` hears what is being done. @throws where the folder does not hold Pyodide */
export async function pyodideEngine(orders: ChildOrders, progress?: (text: string) => void): Promise<Engine> {
  if (orders.pyodidePath === undefined) throw new Error("no folder with the Python runtime was given");
  const runtime = await loadRuntime(orders.pyodidePath, orders.memoryLimitMb, progress);
  return {
    name: "pyodide",
    load: (source) => load(runtime, source),
    makeReady: () => runtime.restore(),
  };
}

function load(runtime: Runtime, source: ProgramSource): LoadedProgram | string {
  const data = read(runtime, source.code, "?");
  return typeof data === "string" ? data : new PythonProgram(runtime, source.code, data);
}

/** The program as Python keeps it: its form and its compiled code. A string says why it can never run. */
function read(runtime: Runtime, code: string, form: "?" | "r"): Buffer | string {
  runtime.restore();
  try {
    const answer = runtime.askBytes(runtime.read, form + code, performance.now() + readMs);
    return answer[0] === 0x21 /* ! */ ? answer.toString("utf8", 1) : answer;
  } catch (thrown) {
    runtime.soil();
    const { message } = cutShort(thrown, readMs);
    return `The program cannot be compiled: ${message}`;
  }
}

class PythonProgram implements LoadedProgram {
  /** Memory is restored where a call was cut short, and the program is loaded into it again: it can always go on. */
  readonly clean = true;
  readonly #runtime: Runtime;
  readonly #code: string;
  #data: Buffer;
  #callable: Callable | null = null;
  /** How long the last call took inside Python. */
  #spentMs = 0;

  constructor(runtime: Runtime, code: string, data: Buffer) {
    this.#runtime = runtime;
    this.#code = code;
    this.#data = data;
  }

  run(input: string, budgetMs: number): Outcome {
    const outcome = this.#run(input, budgetMs, budgetMs);
    if (outcome !== "strayed") return outcome;
    this.#runtime.soil(); // It strayed in the middle of something.
    const data = read(this.#runtime, this.#code, "r");
    if (typeof data === "string") return { status: "error", message: data };
    this.dispose();
    this.#data = data;
    const again = this.#run(input, Math.max(1, budgetMs - this.#spentMs), budgetMs);
    return again === "strayed" ? { status: "crashed", message: "The program broke its interpreter." } : again;
  }

  runMany(inputs: string, budgetMs: number): string | null {
    if (!this.#isConfined) return null;
    const runtime = this.#runtime;
    try {
      const callable = this.#ready();
      const answer = runtime.ask(callable, `\n${inputs}`, performance.now() + budgetMs);
      return answer.startsWith("?") ? null : answer;
    } catch {
      runtime.soil();
      return null;
    }
  }

  dispose(): void {
    if (this.#callable !== null) this.#runtime.drop(this.#callable);
    this.#callable = null;
  }

  get #isConfined(): boolean {
    return this.#data[0] !== 0x72; /* r */
  }

  #ready(): Callable {
    const runtime = this.#runtime;
    if (this.#callable === null || !runtime.isAlive(this.#callable)) {
      runtime.restore();
      this.#callable = runtime.make(runtime.load, this.#data, performance.now() + readMs);
    }
    return this.#callable;
  }

  /** Restoring memory and loading the program into it are not on its budget. */
  #run(input: string, leftMs: number, budgetMs: number): Outcome | "strayed" {
    const runtime = this.#runtime;
    let answer: string;
    try {
      if (!this.#isConfined) runtime.restoreAll();
      const callable = this.#ready();
      if (!this.#isConfined) runtime.soil();
      const startedAt = performance.now();
      answer = runtime.ask(callable, input.startsWith("\n") ? input.trimStart() : input, startedAt + leftMs);
      this.#spentMs = performance.now() - startedAt;
    } catch (thrown) {
      runtime.soil();
      return cutShort(thrown, budgetMs);
    }
    if (!answer.startsWith(Tag.printed)) return this.#outcome(answer);
    const end = answer.indexOf("\n");
    const outcome = this.#outcome(answer.slice(end + 1));
    const logs = textOf(answer.slice(1, end));
    return outcome === "strayed" ? outcome : { ...outcome, logs };
  }

  #outcome(answer: string): Outcome | "strayed" {
    const text = answer.slice(1);
    switch (answer[0]) {
      case Tag.success:
        // An unconfined program may have changed even what writes its output.
        if (!this.#isConfined && !isJsonText(text)) {
          return { status: "invalid_output", message: "The program returned something that is not JSON." };
        }
        return { status: "success", output: text };
      case Tag.invalidOutput:
        return { status: "invalid_output", message: textOf(text) };
      case Tag.shaken:
        this.#runtime.soil();
        return { status: "error", message: textOf(text) };
      case Tag.error:
        return { status: "error", message: this.#missing(textOf(text)) };
      case Tag.timeout:
        return { status: "timeout", message: textOf(text) };
      case Tag.memory:
        this.#runtime.soil();
        return { status: "memory", message: outOfMemory };
      case Tag.strayed:
        return "strayed";
      default:
        this.#runtime.soil();
        return { status: "crashed", message: "The program broke its interpreter." };
    }
  }

  /** Python says "Operation not permitted" where there is no clock; this says what to do instead. */
  #missing(message: string): string {
    const { asked } = this.#runtime;
    const line = /^(?:OSError|PermissionError|NotImplementedError): .*?( \(line \d+\))?$/.exec(message);
    if (asked === null || line === null) return message;
    return asked === "clock"
      ? `RuntimeError: programs have no clock: pass the date or time in the input${line[1] ?? ""}`
      : `RuntimeError: programs have no dice: pass what is random in the input${line[1] ?? ""}`;
  }
}

const outOfMemory = "The program used more memory than it may.";

/** Why a call did not come back by itself. */
function cutShort(thrown: unknown, budgetMs: number): Exclude<Outcome, { status: "success" }> {
  if (thrown instanceof Cut) {
    switch (thrown.reason) {
      case "timeout":
        return { status: "timeout", message: `The program did not finish within ${Math.round(budgetMs)} ms.` };
      case "memory":
        return { status: "memory", message: outOfMemory };
      case "denied":
        return { status: "error", message: "The program reached for what is outside its sandbox." };
      case "crashed":
        return { status: "crashed", message: "The program made its interpreter give up." };
    }
  }
  if (thrown instanceof RangeError) {
    return { status: "error", message: "RecursionError: the program calls or nests too deeply" };
  }
  return { status: "crashed", message: "The program broke its interpreter." };
}

/** A message or what was printed, from Python's JSON; nothing that Python says is trusted. */
function textOf(json: string): string {
  try {
    return String(JSON.parse(json)).slice(0, Math.max(maxMessageLength, 10_000));
  } catch {
    return "The program broke its interpreter.";
  }
}

function isJsonText(text: string): boolean {
  if (text.length > maxOutputLength || text.includes("\n")) return false;
  try {
    JSON.parse(text);
  } catch {
    return false;
  }
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxOutputDepth) return false;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return true;
}
