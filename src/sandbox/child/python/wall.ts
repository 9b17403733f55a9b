/**
 * The wall around Python: every function that its WebAssembly module imports from JavaScript is wrapped before the
 * module is instantiated, so once the wall is closed nothing leads out of its memory but the few functions named here.
 * Whatever a program gets hold of inside (`ctypes`, the `js` bridge, raw memory), it ends at these imports.
 */

export type CutReason = "timeout" | "memory" | "denied" | "crashed";

/** Thrown through WebAssembly to end a call at once; no program can catch it. Memory has to be restored afterwards. */
export class Cut extends Error {
  readonly reason: CutReason;

  constructor(reason: CutReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** What is used of WebAssembly's own types, which come with a browser's library only. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
export type WasmImports = Record<string, Record<string, unknown>>;

type Imported = ((...args: never[]) => unknown) & { sig?: string };
type Imports = Record<string, Imported>;

/** Emscripten's error numbers. */
const notPermitted = 2; // EACCES

/** Still there once the wall is closed: they compute with what they are given and touch nothing but Python's memory. */
const harmless = new Set([
  ...["_PyEM_TrampolineCall_JS", "_gmtime_js", "_localtime_js", "_mktime_js", "_timegm_js", "_tzset_js"],
  ...["emscripten_get_heap_max", "JsvError_Check", "Jsv_GetError_import"],
]);

const clocks = new Set(["clock_time_get", "clock_res_get", "emscripten_get_now", "emscripten_date_now"]);

/** Asked for by C code that copes with an error number: Python raises a PermissionError. */
const isSystemCall = (name: string) => /^(__syscall_|fd_|environ_|_mmap_js|_munmap_js|_msync_js)/.test(name);

/** An hour that means nothing, for code that cannot be told that there is no clock; and while Python is loading. */
const noonMs = 946_728_000_000;

export class Wall {
  /** What the program asked for and was refused since the last `start`. */
  asked: "clock" | "dice" | null = null;
  #deadline = Number.POSITIVE_INFINITY;
  #closed = false;
  #limitBytes = Number.POSITIVE_INFINITY;
  #requestedBytes = 0;
  #memory: WasmMemory | null = null;

  /** Wraps what is about to be imported. `imports` is changed in place: Emscripten takes functions out of it later, too. */
  wrap(imports: WasmImports): void {
    const env = imports["env"] as unknown as Imports;
    for (const [name, imported] of Object.entries(env)) {
      if (typeof imported !== "function") continue;
      const wrapped = this.#wrapped(name, imported);
      if (imported.sig !== undefined) wrapped.sig = imported.sig;
      env[name] = wrapped;
    }
    const wasi = imports["wasi_snapshot_preview1"] as unknown as Imports;
    if (wasi !== env) for (const name of Object.keys(wasi)) wasi[name] = env[name] ?? this.#wrapped(name, denied(name));
  }

  /** Growing happens here alone, by exactly what was asked for. */
  watch(memory: WasmMemory): void {
    const grow = memory.grow.bind(memory);
    this.#memory = memory;
    memory.grow = (pages) => {
      if (!this.#closed) return grow(pages);
      const missing = Math.ceil((this.#requestedBytes - memory.buffer.byteLength) / 65_536);
      return grow(Math.max(0, Math.min(pages, missing)));
    };
  }

  /** From now on nothing gets out, and memory may grow by so many bytes. */
  close(memoryBytes: number): void {
    this.#limitBytes = (this.#memory?.buffer.byteLength ?? 0) + memoryBytes;
    this.#closed = true;
  }

  /** The call that starts now is cut at this time (as of `performance.now()`). */
  start(deadline: number): void {
    this.#deadline = deadline;
    this.asked = null;
  }

  /** No call is under way. */
  stop(): void {
    this.#deadline = Number.POSITIVE_INFINITY;
  }

  #wrapped(name: string, real: Imported): Imported {
    const call = real as (...args: unknown[]) => unknown;
    switch (name) {
      case "_Py_CheckEmscriptenSignals_Helper":
        // Python asks this after every fifty or so jumps and calls, and in its long-running built-ins.
        return () => {
          if (performance.now() > this.#deadline) throw new Cut("timeout", "the budget is used up");
          return 0;
        };
      case "emscripten_resize_heap":
        return ((bytes: number) => {
          this.#requestedBytes = bytes >>> 0;
          if (this.#requestedBytes > this.#limitBytes) throw new Cut("memory", "out of memory");
          return call(bytes);
        }) as Imported;
      case "random_get":
        return ((at: number, size: number) => {
          if (this.#closed) {
            this.asked = "dice";
            return notPermitted;
          }
          new Uint8Array(this.#memory?.buffer ?? new ArrayBuffer(0), at >>> 0, size >>> 0).fill(7);
          return 0;
        }) as Imported;
      case "clock_time_get":
        return ((_clock: number, _precision: bigint, at: number) => {
          if (this.#memory !== null) {
            new DataView(this.#memory.buffer).setBigUint64(at >>> 0, BigInt(noonMs) * 1_000_000n, true);
          }
          if (!this.#closed) return 0;
          this.asked = "clock";
          return notPermitted;
        }) as Imported;
    }
    if (harmless.has(name)) return (...args: unknown[]) => call(...args);
    return (...args: unknown[]) => {
      if (!this.#closed) return call(...args);
      if (clocks.has(name)) {
        this.asked = "clock";
        return noonMs;
      }
      if (isSystemCall(name)) return name.startsWith("__syscall_") ? -notPermitted : notPermitted;
      if (/abort|assert|^exit$|proc_exit|fail_test/.test(name)) throw new Cut("crashed", `Python gave up (${name})`);
      throw new Cut("denied", `the program reached for ${name}`);
    };
  }
}

function denied(name: string): Imported {
  return () => {
    throw new Cut("denied", `the program reached for ${name}`);
  };
}
