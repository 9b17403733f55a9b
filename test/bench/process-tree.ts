/**
 * The memory of this process and of all below it (Linux), looked at by a process of its own, which does not count:
 * to look takes milliseconds, in which the one that is measured would stand still.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";

const everyMs = 250;

export interface MemoryWatch {
  /** Memory of the tree now, in MB. Pages that several processes share count once (PSS). */
  nowMb(): Promise<number>;
  /** The most it was since the last call. */
  peakMb(): Promise<number>;
  stop(): void;
}

export async function watchMemory(): Promise<MemoryWatch> {
  const watcher = fork(import.meta.filename, [String(process.pid)], { execArgv: [] });
  await once(watcher, "message");
  const ask = async (question: "now" | "peak"): Promise<number> => {
    watcher.send(question);
    const [answer] = await once(watcher, "message");
    return answer as number;
  };
  return { nowMb: () => ask("now"), peakMb: () => ask("peak"), stop: () => watcher.kill() };
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
  process.on("message", (question) => {
    const now = treeMb(root);
    process.send?.(question === "now" ? now : Math.max(peak, now));
    if (question === "peak") peak = 0;
  });
  process.on("disconnect", () => process.exit());
  process.send("ready");
}
