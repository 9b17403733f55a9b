/** One sandbox child: forked with no rights it does not need, watched until it has ended. */
import { type ChildProcess, execFile, fork } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { type FromChild, programsPerChild, Recent, type ToChild } from "./child/protocol.ts";

/** Time from fork to the child's first word, in ms. */
const spawnMs = 5_000;
const stderrTailLength = 4_000;

export interface ChildSettings {
  readonly childPath: string;
  readonly nodePath: string;
  readonly memoryLimitMb: number;
  /** An empty folder. */
  readonly cwd: string;
}

export interface ChildListener {
  /** Loaded its engine; takes work from now on. */
  ready(child: Child): void;
  message(child: Child, message: FromChild): void;
  /** Ended by itself, or never came up; told once, and never after `kill`. */
  died(child: Child, reason: string): void;
}

export class Child {
  readonly pid: number | undefined;
  /** Which programs it holds. */
  readonly programs = new Recent<true>(programsPerChild);
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  isReady = false;
  engine: string | null = null;
  nodeVersion: string | null = null;
  readonly #process: ChildProcess;
  readonly #spawnTimer: NodeJS.Timeout;
  #stderr = "";
  #unavailable: string | null = null;
  #over = false;

  constructor(settings: ChildSettings, listener: ChildListener) {
    const child = fork(settings.childPath, [String(settings.memoryLimitMb)], {
      execPath: settings.nodePath,
      execArgv: permissions(settings.childPath),
      cwd: settings.cwd,
      env: environment(),
      serialization: "json",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#process = child;
    this.pid = child.pid;
    child.stderr?.setEncoding("utf8");
    child.stderr?.on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrTailLength);
    });

    let gone = () => {};
    this.exited = new Promise((resolve) => {
      gone = resolve;
    });
    const died = (reason: string) => {
      if (this.#over) return;
      this.#over = true;
      clearTimeout(this.#spawnTimer);
      this.#process.kill("SIGKILL");
      listener.died(this, reason);
    };
    this.#spawnTimer = setTimeout(() => died(`it did not come up within ${spawnMs / 1_000} s`), spawnMs);

    child.on("message", (raw) => {
      if (this.#over) return;
      const message = raw as FromChild;
      if (message.type === "ready") {
        clearTimeout(this.#spawnTimer);
        this.isReady = true;
        this.engine = message.engine;
        this.nodeVersion = message.nodeVersion;
        listener.ready(this);
      } else if (message.type === "unavailable") {
        this.nodeVersion = message.nodeVersion;
        this.#unavailable = `isolated-vm could not be loaded (${message.reason})`;
      } else listener.message(this, message);
    });
    child.on("error", (error) => {
      if (child.pid !== undefined) return; // A failed send: its exit says more.
      gone();
      died(`it could not be started (${error.message})`);
    });
    // "close" comes after the last of stderr, "disconnect" after the last message.
    child.on("close", (code, signal) => {
      gone();
      const reason = () => this.#unavailable ?? `it ended with ${signal ?? `code ${code}`}${this.#lastWords()}`;
      if (child.connected) child.once("disconnect", () => died(reason()));
      else died(reason());
    });
  }

  send(message: ToChild): void {
    if (this.#over || !this.#process.connected) return;
    this.#process.send(message, () => {}); // A failed send means a dead child: "close" tells.
  }

  /** Ends it at once; nothing is told to the listener any more. */
  kill(): void {
    this.#over = true;
    clearTimeout(this.#spawnTimer);
    this.#process.kill("SIGKILL");
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

  get ranOutOfMemory(): boolean {
    return /out of memory|heap limit|allocation failed/i.test(this.#stderr);
  }

  #lastWords(): string {
    const lines = this.#stderr.split("\n").filter((line) => /error|fatal|bad option|cannot|denied/i.test(line));
    return lines.length === 0 ? "" : `: ${lines.slice(0, 3).join(" / ").trim().slice(0, 500)}`;
  }
}

/** Version of a Node, as `v24.1.0`; null where it cannot be asked. */
export function versionOf(nodePath: string): Promise<string | null> {
  if (nodePath === process.execPath) return Promise.resolve(process.version);
  return new Promise((resolve) => {
    execFile(nodePath, ["--version"], { timeout: 2_000 }, (error, stdout) => {
      resolve(error || !/^v\d/.test(stdout) ? null : stdout.trim());
    });
  });
}

function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { TZ: "UTC", LANG: "en_US.UTF-8", LC_ALL: "en_US.UTF-8" };
  // Windows starts no process without it.
  const { SystemRoot } = process.env as { readonly SystemRoot?: string };
  if (process.platform === "win32" && SystemRoot !== undefined) env["SystemRoot"] = SystemRoot;
  return env;
}

/** Node's permission model: it may read its own code and load its native engine, and nothing else of the file system. */
function permissions(childPath: string): string[] {
  const script = existsSync(childPath) ? realpathSync(childPath) : childPath;
  const reads = [join(dirname(script), "*"), "/etc/alpine-release"]; // node-gyp-build asks which libc it is on.
  const root = packageRoot(dirname(script));
  if (root !== null) {
    reads.push(join(root, "package.json"));
    for (const name of ["isolated-vm", "node-gyp-build", "acorn", "acorn-walk"]) {
      reads.push(join(root, "node_modules", name, "*"));
    }
  }
  return [
    "--no-warnings",
    "--disallow-code-generation-from-strings",
    "--permission",
    "--allow-addons",
    ...reads.map((path) => `--allow-fs-read=${path}`),
  ];
}

/** The folder above whose node_modules hold the engine. */
function packageRoot(folder: string): string | null {
  if (existsSync(join(folder, "node_modules", "isolated-vm"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : packageRoot(parent);
}
