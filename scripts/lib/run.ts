/** What the project's scripts share: where the project is, running a command, showing that a long step is alive. */
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, without a slash at the end. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Told of every piece of output (both streams); absent: the output goes to this process's own. */
  readonly onOutput?: (text: string) => void;
  /** Ends the command, and what it started, where it takes longer. No limit unless told. */
  readonly timeoutMs?: number;
}

/** Runs a command to its end and gives its exit code (1 where a signal ended it). @throws where it cannot start. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const { onOutput, timeoutMs } = options;
    const child = spawn(command, args, {
      cwd: options.cwd ?? projectRoot,
      env: { ...process.env, ...options.env },
      stdio: onOutput ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    const limit =
      timeoutMs &&
      setTimeout(() => {
        const text = `${command} was ended after ${timeoutMs / 1000} s: it hangs, or left something running.\n`;
        if (onOutput) onOutput(text);
        else console.error(text);
        child.kill();
        setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
      }, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (text: string) => onOutput?.(text));
    }
    child.on("error", reject);
    const end = (code: number | null) => {
      clearTimeout(limit);
      resolve(code ?? 1);
    };
    child.on("close", end);
    // What a command left running may hold its output open: that is not waited for.
    child.on("exit", (code) => setTimeout(end, 1_000, code).unref());
  });
}

/** `4.2 s`, `1 min 3 s`. */
export function elapsed(since: number): string {
  const seconds = (performance.now() - since) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Says that a step begins, every ten seconds that it goes on, and how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  console.log(`▸ ${title}`);
  const ticker = setInterval(() => console.log(`  … ${title}: ${elapsed(started)}`), 10_000);
  try {
    const result = await work();
    console.log(`✔ ${title}: ${elapsed(started)}`);
    return result;
  } catch (error) {
    console.log(`✖ ${title}: ${elapsed(started)}`);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}

/** A command that must succeed; its output is shown only where it fails. */
export async function mustRun(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  let output = "";
  const code = await run(command, args, {
    ...options,
    onOutput: (text) => {
      output += text;
      options.onOutput?.(text);
    },
  });
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${output.trim()}`);
  return output;
}

/** Runs npm on the system's own Node (`node_modules/.bin` of this project left out of PATH), output shown on failure. */
export function npm(args: readonly string[], cwd: string): Promise<string> {
  const path = process.env["HAPA_SYSTEM_PATH"] ?? process.env["PATH"];
  return mustRun("npm", args, { cwd, env: { PATH: path, npm_config_local_prefix: undefined } });
}
