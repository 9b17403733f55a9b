/** One sandbox child: started with no rights it does not need, spoken to in frames, watched until it has ended. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { encodeFrame, type Frame, FrameReader } from "./child/frames.ts";
import {
  type ChildOrders,
  countOf,
  type EngineName,
  type FromChild,
  programsPerChild,
  Recent,
  type SliceMessage,
  type ToChild,
} from "./child/protocol.ts";
import type { NodeRuntime } from "./sandbox.ts";

const outsideSignals: ReadonlySet<NodeJS.Signals> = new Set(["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"]);
/** What a child takes without programs, at most; Python's half of it. */
const engineMb = 500;
/** What Linux has on all processors but a few, where the limit is then four or sixteen times as high. */
const pageBytes = 4_096;
const stderrTailLength = 4_000;
/** In bytes: a slice holds a few MB at most, and its last output 1 MB of characters. */
const largestFrame = 16_000_000;

export interface Launch {
  readonly childPath: string;
  readonly node: NodeRuntime;
  readonly orders: ChildOrders;
  /** Time from the start to the child's first word, in ms. */
  readonly spawnMs: number;
  /** Whether Node's permission model is on. */
  readonly restricted: boolean;
  /** What to try where this one does not come up. */
  readonly otherwise?: Launch;
}

export interface ChildListener {
  /** Loaded its engine; takes work from now on. */
  ready(child: Child): void;
  message(child: Child, message: FromChild, lines: string): void;
  /** Ended, or never came up; told once, and never after `kill`. */
  died(child: Child, reason: string): void;
}

export class Child {
  readonly pid: number | undefined;
  /** Which programs it holds. */
  readonly programs = new Recent<true>(programsPerChild);
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  isReady = false;
  engine: EngineName | null = null;
  nodeVersion: string | null = null;
  /** Why it has not the engine that was wanted first. */
  fellBack: string | undefined;
  /** Calls it has answered. */
  calls = 0;
  memoryMb = 0;
  /** When it first told. */
  memoryAtStartMb = Number.POSITIVE_INFINITY;
  /** V8 notices some floods only after many gigabytes; as many programs as it holds, at their limits, stay below this. */
  readonly mostResidentMb: number;
  readonly #process: ChildProcess;
  readonly #listener: ChildListener;
  readonly #spawnTimer: NodeJS.Timeout;
  readonly #reader: FrameReader;
  /** Ended by a signal that no crash gives (by someone, or by the system when it is out of memory). */
  endedBlameless = false;
  /** What waits for the end of the turn. */
  #outbox: Buffer[] = [];
  #stderr = "";
  #isPaused = false;
  #unavailable: string | null = null;
  #over = false;

  /** @param cwd An empty folder. */
  constructor(launch: Launch, cwd: string, listener: ChildListener) {
    const { node, childPath, orders, spawnMs } = launch;
    this.#listener = listener;
    this.mostResidentMb = engineMb + programsPerChild * orders.memoryLimitMb;
    const [file, args] = withoutDumps(node.path, [...permissions(launch), childPath, JSON.stringify(orders)]);
    const child = spawn(file, args, {
      cwd,
      env: environment(node.isElectron),
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    this.#process = child;
    this.pid = child.pid;
    this.#reader = new FrameReader(largestFrame, (frame) => this.#hear(frame));
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrTailLength);
    });
    child.stdin.on("error", () => {}); // A failed write means a dead child: "close" tells.
    child.stdout.on("data", (chunk: Buffer) => {
      if (this.#over) return;
      try {
        this.#reader.push(chunk);
      } catch (error) {
        this.#die(`it broke the protocol (${error instanceof Error ? error.message : "nonsense"})`);
      }
    });

    let gone = () => {};
    this.exited = new Promise((resolve) => {
      gone = resolve;
    });
    this.#spawnTimer = setTimeout(() => this.#die(`it did not come up within ${spawnMs / 1_000} s`), spawnMs);
    child.on("error", (error) => {
      if (child.pid !== undefined) return;
      gone();
      this.#die(`it could not be started (${error.message})`);
    });
    // "close" comes after the last of its pipes.
    child.on("close", (code, signal) => {
      gone();
      this.endedBlameless = signal !== null && outsideSignals.has(signal);
      this.#die(this.#unavailable ?? `it ended with ${signal ?? `code ${code}`}${this.#lastWords()}`);
    });
  }

  /** @param canWait The child has other work: what is sent to it in one turn of the event loop goes out together. */
  send(message: ToChild, lines: string | undefined, canWait: boolean): void {
    if (this.#over) return;
    const frame = encodeFrame(message, lines);
    if (!canWait && this.#outbox.length === 0) {
      this.#process.stdin?.write(frame);
      return;
    }
    this.#outbox.push(frame);
    if (this.#outbox.length === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const frames = this.#outbox;
    this.#outbox = [];
    if (!this.#over) this.#process.stdin?.write(Buffer.concat(frames));
  }

  /** Stops it where the system can, until `resume`. */
  pause(): void {
    if (process.platform === "win32" || this.#isPaused) return;
    this.#isPaused = true;
    this.#process.kill("SIGSTOP");
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#process.kill("SIGCONT");
  }

  /** Ends it at once; nothing is told to the listener any more. */
  kill(): void {
    this.#over = true;
    clearTimeout(this.#spawnTimer);
    this.#process.kill("SIGKILL");
    // Whatever it still had to say is dropped.
    this.#process.stdin?.destroy();
    this.#process.stdout?.destroy();
  }

  /** How long its main thread has been on a processor, in ms; null where the system does not say (only Linux does). */
  ranMs(): number | null {
    if (process.platform !== "linux") return null;
    try {
      return Number(readFileSync(`/proc/${this.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
    } catch {
      return null; // It has just ended, or the kernel keeps no such figures.
    }
  }

  /** Its resident memory now, in MB; null where the system does not say (only Linux does). */
  residentMb(): number | null {
    if (process.platform !== "linux") return null;
    try {
      return (Number(readFileSync(`/proc/${this.pid}/statm`, "utf8").split(" ")[1]) * pageBytes) / 1e6;
    } catch {
      return null;
    }
  }

  get ranOutOfMemory(): boolean {
    return /out of memory|heap limit|allocation failed/i.test(this.#stderr);
  }

  #hear({ head, body }: Frame): void {
    if (this.#over) return;
    const message = JSON.parse(head) as FromChild;
    if (message.type === "ready") {
      clearTimeout(this.#spawnTimer);
      this.isReady = true;
      this.engine = message.engine;
      this.nodeVersion = message.nodeVersion;
      this.fellBack = message.reason;
      this.#listener.ready(this);
    } else if (message.type === "unavailable") {
      this.nodeVersion = message.nodeVersion;
      this.#unavailable = message.reason;
    } else {
      if (message.type === "slice") this.#keepCount(message);
      this.#listener.message(this, message, body);
    }
  }

  #keepCount(slice: SliceMessage): void {
    const { memoryMb } = slice;
    this.calls += countOf(slice);
    if (memoryMb === undefined) return;
    this.memoryMb = memoryMb;
    this.memoryAtStartMb = Math.min(this.memoryAtStartMb, memoryMb);
  }

  #die(reason: string): void {
    if (this.#over) return;
    this.kill();
    this.#listener.died(this, reason);
  }

  #lastWords(): string {
    const lines = this.#stderr
      .split("\n")
      .filter((line) => /error|fatal|bad option|cannot|not found|denied/i.test(line));
    return lines.length === 0 ? "" : `: ${lines.slice(0, 3).join(" / ").trim().slice(0, 500)}`;
  }
}

/** On Linux, through a shell that forbids core dumps (of gigabytes, where V8 aborts) and is replaced by the command. */
function withoutDumps(file: string, args: readonly string[]): [string, readonly string[]] {
  if (process.platform !== "linux") return [file, args];
  return ["/bin/sh", ["-c", 'ulimit -c 0; exec "$0" "$@"', file, ...args]];
}

function environment(isElectron: boolean): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { TZ: "UTC", LANG: "en_US.UTF-8", LC_ALL: "en_US.UTF-8" };
  if (isElectron) env["ELECTRON_RUN_AS_NODE"] = "1";
  // Windows starts no process without it.
  const { SystemRoot } = process.env as { readonly SystemRoot?: string };
  if (process.platform === "win32" && SystemRoot !== undefined) env["SystemRoot"] = SystemRoot;
  return env;
}

/** What an engine's packages are called, below node_modules. */
const packagesOf: Readonly<Record<EngineName, readonly string[]>> = {
  "isolated-vm": ["isolated-vm", "node-gyp-build", "acorn", "acorn-walk"],
  quickjs: ["quickjs-emscripten-core", "@jitl", "acorn", "acorn-walk"],
  pyodide: ["acorn", "acorn-walk"],
};

/** Node's permission model: it may read its own code and load its engine, and nothing else of the file system. */
function permissions({ childPath, orders: { engines, pyodidePath }, restricted }: Launch): string[] {
  // What crosses lives for milliseconds; V8 would let it pile up to 64 MB and more before it looks.
  const always = ["--no-warnings", "--disallow-code-generation-from-strings", "--max-semi-space-size=4"];
  if (!restricted) return always;
  const script = existsSync(childPath) ? realpathSync(childPath) : childPath;
  const reads = [join(dirname(script), "*")];
  const root = packageRoot(dirname(script));
  if (root !== null) {
    reads.push(join(root, "package.json"));
    for (const name of new Set(engines.flatMap((engine) => packagesOf[engine]))) {
      reads.push(join(root, "node_modules", name, "*"));
    }
  }
  if (pyodidePath !== undefined) reads.push(join(realpathSync(pyodidePath), "*"));
  const native = engines.includes("isolated-vm");
  if (native) reads.push("/etc/alpine-release"); // node-gyp-build asks which libc it is on.
  return [
    ...always,
    "--permission",
    ...(native ? ["--allow-addons"] : []),
    ...reads.map((path) => `--allow-fs-read=${path}`),
  ];
}

/** The folder above whose node_modules hold the engines. */
function packageRoot(folder: string): string | null {
  if (existsSync(join(folder, "node_modules"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : packageRoot(parent);
}
