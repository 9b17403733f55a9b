/**
 * Python in this process: loads Pyodide behind its wall, then speaks to it through a handful of C functions, text in and
 * bytes out. No JavaScript object ever stands for a Python one or the other way round, so all that Python is lies in one
 * WebAssembly memory, and setting that back to its snapshot undoes everything that happened since.
 */
import { constants } from "node:fs";
import { pathToFileURL } from "node:url";
import { confine } from "./confine.ts";
import { harness } from "./harness.ts";
import { preload, settle } from "./settle.ts";
import { Cut, Wall, type WasmImports, type WasmMemory } from "./wall.ts";

/** What is used of the WebAssembly module. Pointers and sizes are numbers; 0 is "none, see the error". */
interface Python {
  readonly malloc: (bytes: number) => number;
  readonly free: (at: number) => void;
  /** Where it is kept up to where memory is in use. */
  readonly emscripten_get_sbrk_ptr: () => number;
  readonly PyRun_SimpleString: (at: number) => number;
  readonly PyImport_AddModule: (name: number) => number;
  readonly PyObject_GetAttrString: (object: number, name: number) => number;
  readonly PyObject_CallOneArg: (callable: number, argument: number) => number;
  readonly PyUnicode_FromStringAndSize: (at: number, bytes: number) => number;
  readonly PyBytes_FromStringAndSize: (at: number, bytes: number) => number;
  readonly PyBytes_AsString: (object: number) => number;
  readonly PyBytes_Size: (object: number) => number;
  readonly Py_DecRef: (object: number) => void;
  readonly PyErr_Clear: () => void;
  readonly PyThreadState_Get: () => number;
  readonly PyUnstable_ThreadState_SetStackProtection: (thread: number, lowest: number, bytes: number) => number;
  readonly emscripten_stack_get_current: () => number;
  readonly _emscripten_stack_restore: (at: number) => void;
  readonly memory: WasmMemory;
}

interface Pyodide {
  readonly _module: { readonly _Py_EMSCRIPTEN_SIGNAL_HANDLING: number };
  runPython(code: string): unknown;
}
interface Realm {
  instantiate: (code: unknown, imports?: WasmImports) => Promise<{ readonly instance: { readonly exports: unknown } }>;
  Suspending?: unknown;
  promising?: unknown;
}
type LoadPyodide = (options: Record<string, unknown>) => Promise<Pyodide>;

/** Texts up to this many bytes go in through one buffer. */
const inputBytes = 65_536;

/** Of the stack that C code in Python may use, so that Python raises a RecursionError before V8's stack overflows. */
const stackBytes = 256 * 1024;

/** A Python function, until memory is restored. */
export interface Callable {
  readonly at: number;
  readonly epoch: number;
}

/** @throws what Node or Pyodide throw where the folder does not hold Pyodide */
export async function loadRuntime(
  folder: string,
  memoryLimitMb: number,
  progress?: (text: string) => void,
): Promise<Runtime> {
  const wall = new Wall();
  progress?.("Loading Python…");
  const [pyodide, python] = await loadBehind(wall, folder);
  progress?.("Importing Python's modules…");
  pyodide.runPython(preload);
  return new Runtime(wall, python, pyodide._module._Py_EMSCRIPTEN_SIGNAL_HANDLING, memoryLimitMb);
}

async function loadBehind(wall: Wall, folder: string): Promise<[Pyodide, Python]> {
  let python: Python | null = null;
  const realm = (globalThis as unknown as { readonly WebAssembly: Realm }).WebAssembly;
  const { instantiate, Suspending, promising } = realm;
  realm.instantiate = async (code, imports) => {
    if (imports?.["wasi_snapshot_preview1"] === undefined) return instantiate.call(realm, code, imports);
    wall.wrap(imports);
    const source = await instantiate.call(realm, code, imports);
    python = source.instance.exports as Python;
    wall.watch(python.memory);
    return source;
  };
  // Without these Pyodide does not try to wait for promises in the middle of a call.
  delete realm.Suspending;
  delete realm.promising;
  // Pyodide asks for the file system's constants, of which the permission model would hear.
  const holder = process as { binding?: unknown };
  const binding = Object.getOwnPropertyDescriptor(process, "binding");
  holder.binding = () => ({ fs: constants });
  try {
    const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };
    const pyodide = await loadPyodide({
      indexURL: folder,
      jsglobals: Object.create(null),
      env: { PYTHONHASHSEED: "0", HOME: "/", TZ: "UTC" },
      stdin: () => null,
      stdout: () => {},
      stderr: () => {},
    });
    if (python === null) throw new Error("Pyodide did not instantiate its module");
    return [pyodide, python];
  } finally {
    Object.assign(realm, { instantiate }, Suspending === undefined ? {} : { Suspending, promising });
    if (binding !== undefined) Object.defineProperty(process, "binding", binding);
  }
}

export class Runtime {
  readonly read: Callable;
  readonly load: Callable;
  readonly #wall: Wall;
  readonly #python: Python;
  readonly #input: number;
  readonly #stack: number;
  readonly #breakAt: number;
  readonly #snapshot: Uint8Array;
  #bytes: Buffer;
  /** How often memory was restored. */
  #epoch = 0;
  #dirty = false;
  /** Whether anything at all ran since memory was restored. */
  #used = false;

  constructor(wall: Wall, python: Python, signals: number, memoryLimitMb: number) {
    this.#wall = wall;
    this.#python = python;
    this.#bytes = Buffer.from(python.memory.buffer);
    this.#input = python.malloc(inputBytes);
    this.#runSource(confine + harness);
    this.read = this.#functionNamed("read");
    this.load = this.#functionNamed("load");
    this.#runSource(settle);
    new Uint8Array(python.memory.buffer)[signals] = 1; // Python asks whether it is to stop; see the wall.
    this.#stack = python.emscripten_stack_get_current();
    // V8's own stack ends long before the one that Python watches.
    const lowest = this.#stack - stackBytes;
    if (python.PyUnstable_ThreadState_SetStackProtection(python.PyThreadState_Get(), lowest, stackBytes) !== 0) {
      throw new Error("Python does not let its stack be bounded");
    }
    wall.close(memoryLimitMb * 1_000_000);
    this.#breakAt = python.emscripten_get_sbrk_ptr() >>> 0;
    const used = this.#refreshed().readUInt32LE(this.#breakAt);
    this.#snapshot = new Uint8Array(python.memory.buffer).slice(0, used);
  }

  /** Whether a function that was got earlier is still there. */
  isAlive(callable: Callable): boolean {
    return !this.#dirty && callable.epoch === this.#epoch;
  }

  /** What the last call asked for in vain. */
  get asked(): "clock" | "dice" | null {
    return this.#wall.asked;
  }

  /** From here on memory counts as touched by a program: it is restored before the next call, or when there is time. */
  soil(): void {
    this.#dirty = true;
  }

  /** Restores memory also where only confined programs ran in it: even addresses are then the same for every call. */
  restoreAll(): void {
    this.#dirty ||= this.#used;
    this.restore();
  }

  /** Sets memory back to what it was before the first program, where that is due. */
  restore(): void {
    if (!this.#dirty) return;
    const memory = this.#refreshed();
    const used = memory.readUInt32LE(this.#breakAt);
    const end = Math.min(Math.max(used, this.#snapshot.length), memory.length);
    memory.set(this.#snapshot);
    memory.fill(0, this.#snapshot.length, end);
    this.#python._emscripten_stack_restore(this.#stack);
    this.#dirty = false;
    this.#used = false;
    this.#epoch++;
  }

  /** Calls a Python function that takes a text and answers with bytes; they are given as text. @throws Cut, RangeError, or a RuntimeError of WebAssembly */
  ask(callable: Callable, text: string, deadline: number): string {
    const python = this.#python;
    this.#wall.start(deadline);
    try {
      const result = this.#call(callable.at, this.#text(text));
      const at = python.PyBytes_AsString(result) >>> 0;
      const answer = this.#refreshed().toString("utf8", at, at + python.PyBytes_Size(result));
      python.Py_DecRef(result);
      return answer;
    } finally {
      this.#wall.stop();
    }
  }

  /** Like `ask` for a function that answers with bytes, to keep: what `read` makes of a program. */
  askBytes(callable: Callable, text: string, deadline: number): Buffer {
    this.#wall.start(deadline);
    try {
      const result = this.#call(callable.at, this.#text(text));
      const at = this.#python.PyBytes_AsString(result) >>> 0;
      const answer = Buffer.from(this.#refreshed().subarray(at, at + this.#python.PyBytes_Size(result)));
      this.#python.Py_DecRef(result);
      return answer;
    } finally {
      this.#wall.stop();
    }
  }

  /** Gives bytes to a Python function and keeps the function that it answers with. */
  make(callable: Callable, bytes: Uint8Array, deadline: number): Callable {
    this.#wall.start(deadline);
    const at = this.#python.malloc(bytes.length);
    this.#refreshed().set(bytes, at >>> 0);
    const argument = this.#python.PyBytes_FromStringAndSize(at, bytes.length);
    this.#python.free(at);
    try {
      return { at: this.#call(callable.at, argument), epoch: this.#epoch };
    } finally {
      this.#wall.stop();
    }
  }

  /** Lets go of a function that `make` gave. */
  drop(callable: Callable): void {
    if (this.isAlive(callable)) this.#python.Py_DecRef(callable.at);
  }

  #call(callable: number, argument: number): number {
    this.#used = true;
    const result = argument === 0 ? 0 : this.#python.PyObject_CallOneArg(callable, argument);
    if (argument !== 0) this.#python.Py_DecRef(argument);
    if (result !== 0) return result;
    this.#python.PyErr_Clear();
    throw new Cut("crashed", "Python could not answer");
  }

  #text(text: string): number {
    const isLong = text.length * 3 > inputBytes;
    const at = isLong ? this.#python.malloc(text.length * 3) >>> 0 : this.#input;
    const length = this.#refreshed().write(text, at, text.length * 3, "utf8");
    const object = this.#python.PyUnicode_FromStringAndSize(at, length);
    if (isLong) this.#python.free(at);
    return object;
  }

  /** Memory moves when it grows. */
  #refreshed(): Buffer {
    const { buffer } = this.#python.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = Buffer.from(buffer);
    return this.#bytes;
  }

  #runSource(source: string): void {
    const at = this.#copied(source);
    const code = this.#python.PyRun_SimpleString(at);
    this.#python.free(at);
    if (code !== 0) throw new Error("Python's own part of the sandbox does not run");
  }

  #functionNamed(name: string): Callable {
    const at = this.#copied("__main__");
    const module = this.#python.PyImport_AddModule(at);
    this.#python.free(at);
    const nameAt = this.#copied(name);
    const found = this.#python.PyObject_GetAttrString(module, nameAt);
    this.#python.free(nameAt);
    if (found === 0) throw new Error(`Python's own part of the sandbox has no function ${name}`);
    return { at: found, epoch: 0 };
  }

  /** The text in Python's memory, with a zero at its end. */
  #copied(text: string): number {
    const bytes = Buffer.from(`${text}\0`);
    const at = this.#python.malloc(bytes.length) >>> 0;
    this.#refreshed().set(bytes, at);
    return at;
  }
}
