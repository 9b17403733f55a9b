/**
 * The memory of this process and of all below it (Linux), looked at by a process of its own, which does not count:
 * to look takes milliseconds, in which the one that is measured would stand still.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

const everyMs = 250;
type Question = "now" | "peak" | "delay";
const idleThread = `
  const { monitorEventLoopDelay } = require("node:perf_hooks");
  const { parentPort } = require("node:worker_threads");
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  parentPort.on("message", () => {
    parentPort.postMessage(delay.max / 1e6);
    delay.reset();
  });`;

export interface MemoryWatch {
  /** Memory of the tree now, in MB. Pages that several processes share count once (PSS). */
  nowMb(): Promise<number>;
  /** The most it was since the last call. */
  peakMb(): Promise<number>;
  /** How late a thread with nothing to do was since the last call, in ms: what the machine itself costs. */
  idleDelayMs(): Promise<number>;
  stop(): void;
}

export async function watchMemory(): Promise<MemoryWatch> {
  const watcher = fork(import.meta.filename, [String(process.pid)], { execArgv: [] });
  await once(watcher, "message");
  const ask = async (question: Question): Promise<number> => {
    watcher.send(question);
    const [answer] = await once(watcher, "message");
    return answer as number;
  };
  return {
    nowMb: () => ask("now"),
    peakMb: () => ask("peak"),
    idleDelayMs: () => ask("delay"),
    stop: () => watcher.kill(),
  };
}

function treeMb(root: number): number {
  let kilobytes = 0;
  const count = (pid: number): void => {
    if (pid === process.pid) return;
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
    for (const thread of list(`/proc/${pid}/task`))
      for (const child of read(`/proc/${pid}/task/${thread}/children`).split(" "))
        if (child !== "") count(Number(child));
  };
  count(root);
  return (kilobytes * 1_024) / 1e6;
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // As below.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // It has just ended.
  }
}

const [root] = process.argv.slice(2).map(Number);
if (process.argv[1] === import.meta.filename && process.send && root !== undefined) {
  let peak = 0;
  setInterval(() => {
    peak = Math.max(peak, treeMb(root));
  }, everyMs);
  const idle = new Worker(idleThread, { eval: true });
  idle.on("message", (ms) => process.send?.(ms));
  process.on("message", (question: Question) => {
    if (question === "delay") return idle.postMessage("tell");
    const now = treeMb(root);
    process.send?.(question === "now" ? now : Math.max(peak, now));
    if (question === "peak") peak = 0;
  });
  process.on("disconnect", () => process.exit());
  process.send("ready");
}
