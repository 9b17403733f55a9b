/** Follows the report that the suite writes inside VS Code, and prints it as mocha would. */
import { type FSWatcher, watch } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { FailedTest } from "../../scripts/lib/test-report.ts";
import type { ReportLine } from "./suite/report.ts";

export interface Outcome {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
  readonly failed: readonly FailedTest[];
  /** Figures that tests wanted printed. */
  readonly notes: readonly string[];
}

export interface FollowOptions {
  /** Gives up where nothing new is reported for this long, in ms. */
  readonly silenceMs: number;
  /** Gives up at once where it is aborted; its reason is thrown. */
  readonly signal: AbortSignal;
}

/** Prints lines as they come and resolves with the `end` line's counts. @throws on silence and on abort */
export async function follow(file: string, { silenceMs, signal }: FollowOptions): Promise<Outcome> {
  const handle = await open(file, "a+");
  const notes: string[] = [];
  const failed: FailedTest[] = [];
  let rest = "";
  let position = 0;
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      const giveUp = () =>
        reject(new Error(`VS Code has reported nothing for ${silenceMs / 1000} s: did the window open at all?`));
      timer = setTimeout(giveUp, silenceMs);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      let reading = Promise.resolve();
      const read = async () => {
        const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(1_000_000), position });
        if (bytesRead === 0) return;
        position += bytesRead;
        timer?.refresh();
        const lines = (rest + buffer.toString("utf8", 0, bytesRead)).split("\n");
        rest = lines.pop() ?? "";
        for (const text of lines) {
          const line = JSON.parse(text) as ReportLine;
          print(line);
          if (line.type === "note") notes.push(line.text);
          if (line.type === "fail") failed.push({ test: line.title, error: line.error });
          if (line.type === "end") resolve({ ...line, failed, notes });
        }
      };
      const queue = () => {
        reading = reading.then(read);
        reading.catch(reject);
      };
      watcher = watch(dirname(file), (_, name) => {
        if (name === basename(file)) queue();
      });
      queue();
    });
  } finally {
    clearTimeout(timer);
    watcher?.close();
    await handle.close();
  }
}

function print(line: ReportLine): void {
  if (line.type === "end") return;
  const indent = "  ".repeat("depth" in line ? line.depth + 1 : 1);
  if (line.type === "note") console.log(`${indent}${line.text}`);
  else if (line.type === "suite") console.log(`${indent}${line.title}`);
  else if (line.type === "pass") console.log(`${indent}✔ ${line.title}${line.ms > 100 ? ` (${line.ms} ms)` : ""}`);
  else if (line.type === "pending") console.log(`${indent}- ${line.title}`);
  else console.log(`${indent}✖ ${line.title}\n${line.error.replace(/^/gm, `${indent}  `)}`);
}
