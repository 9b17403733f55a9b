/** A day of a task in numbers, made from its rows when the day is over. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { ExecutionStatus } from "../../contract/artifacts.ts";
import { readLines } from "./day-file.ts";
import { dayFile, statsFile } from "./files.ts";
import type { ExecutionLine, ValidationLine } from "./rows.ts";

interface Counts {
  executions: number;
  success: number;
  validations: number;
  correct: number;
}

/** One row of a table; of the sampled executions, not of all. */
export type DailyStats = Counts & {
  readonly day: string;
  readonly task_id: string;
  /** How many of `executions` ended so. */
  readonly [status: string]: unknown;
  readonly latency_avg_ms: number | null;
  readonly latency_p50_ms: number | null;
  readonly latency_p95_ms: number | null;
  readonly latency_p99_ms: number | null;
  readonly distinct_inputs: number;
  readonly masked: number;
  /** Lines that could not be read: a disk's failure. */
  readonly unreadable: number;
  readonly versions: readonly (Counts & { readonly version: number })[];
};

/** Reads a day's rows and keeps its numbers beside them, in place of earlier ones. @throws AbortError */
export async function writeDailyStats(folder: string, taskId: string, day: string, signal: AbortSignal): Promise<void> {
  const path = statsFile(folder, taskId, day);
  const stats = await dailyStats(folder, taskId, day, signal);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Two processes may do it at once: each writes a file of its own, and both are right.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(stats)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

async function dailyStats(folder: string, taskId: string, day: string, signal: AbortSignal): Promise<DailyStats> {
  const all = noCounts();
  const versions = new Map<number, Counts>();
  const statuses = new Map<string, number>(ExecutionStatus.options.map((status) => [status, 0]));
  const latencies: number[] = [];
  const inputs = new Set<string>();
  let masked = 0;
  let unreadable = 0;
  const eachOf = (version: number): readonly Counts[] => {
    const ofVersion = versions.get(version) ?? noCounts();
    versions.set(version, ofVersion);
    return [all, ofVersion];
  };
  for await (const line of linesOf<ExecutionLine>(dayFile(folder, taskId, "executions", day))) {
    signal.throwIfAborted();
    if (!line) unreadable++;
    else {
      statuses.set(line.status, (statuses.get(line.status) ?? 0) + 1);
      latencies.push(line.latency_ms);
      inputs.add(line.input_hash);
      masked += line.masked;
      for (const counts of eachOf(line.version)) {
        counts.executions++;
        if (line.status === "success") counts.success++;
      }
    }
  }
  for await (const line of linesOf<ValidationLine>(dayFile(folder, taskId, "validations", day))) {
    signal.throwIfAborted();
    if (!line) unreadable++;
    else
      for (const counts of eachOf(line.version)) {
        counts.validations++;
        if (line.correct) counts.correct++;
      }
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? null;
  return {
    day,
    task_id: taskId,
    ...all,
    ...Object.fromEntries(statuses),
    latency_avg_ms: latencies.length === 0 ? null : latencies.reduce((a, b) => a + b, 0) / latencies.length,
    latency_p50_ms: at(0.5),
    latency_p95_ms: at(0.95),
    latency_p99_ms: at(0.99),
    distinct_inputs: inputs.size,
    masked,
    unreadable,
    versions: [...versions].sort(([a], [b]) => a - b).map(([version, counts]) => ({ version, ...counts })),
  };
}

/** Undefined for a line that is no JSON. */
async function* linesOf<Line>(path: string): AsyncGenerator<Line | undefined> {
  for await (const line of createInterface({
    input: Readable.from(readLines(path)),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    let read: Line | undefined;
    try {
      read = JSON.parse(line) as Line;
    } catch {
      // Counted, not hidden.
    }
    yield read;
  }
}

function noCounts(): Counts {
  return { executions: 0, success: 0, validations: 0, correct: 0 };
}
