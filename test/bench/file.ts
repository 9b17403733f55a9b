/**
 * `npm run bench -- file [--rows 1000000]`: a CSV through a program as Run Program on File does it: the real backend in
 * this process, the real client and the file in a worker thread, the programs in the sandbox. Beside it a bare floor:
 * the same file copied by csv-parse and csv-stringify, without any program. Exit code 1 where a limit is missed.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { parse } from "csv-parse";
import { stringify } from "csv-stringify";
import { stop as stopBuilder } from "esbuild";
import { build } from "../../esbuild.mjs";
import { startBackend } from "../../src/backend/server.ts";
import { createClient } from "../../src/client/client.ts";
import { runInWorker } from "../../src/extension/files/in-worker.ts";
import { beginRun, describeSource, type RunOrder } from "../../src/extension/files/journal.ts";
import { watchMemory } from "./process-tree.ts";

const leastRate = 50_000;
const most = { memoryMb: 300, delayMs: 50 };
const source = join(import.meta.dirname, "../../src");
const code = `function run(name) {
  const [last, first] = name.split(", ");
  return (first + "." + last).toLowerCase() + "@example.com";
}`;

/** Of what people have: some cells in quotes, some text that is not English. */
function row(n: number): string {
  const city = ["Berlin", "Zürich", "New York", "서울"][n % 4];
  return `${n},"Family${n % 9_973}, Given${n % 7_919}",${city},${(n * 7) % 100_000}.${n % 100},"said ""hello"" ${n}"\n`;
}

async function writeCsv(path: string, rows: number): Promise<void> {
  const file = await open(path, "w");
  await file.write("id,name,city,amount,note\n");
  for (let from = 1; from <= rows; from += 10_000) {
    const some = Array.from({ length: Math.min(10_000, rows - from + 1) }, (_, at) => row(from + at));
    await file.write(some.join(""));
  }
  await file.close();
}

/** Rows a second that the two libraries copy. */
async function floor(from: string, to: string, rows: number): Promise<number> {
  const started = performance.now();
  await pipeline(createReadStream(from), parse(), stringify(), createWriteStream(to));
  return rows / ((performance.now() - started) / 1_000);
}

export async function benchFile(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { rows: { type: "string", default: "1000000" } } });
  const rows = Number(values.rows);
  const folder = await mkdtemp(join(tmpdir(), "hapa-bench-file-"));
  // Where the sandbox's engine is found: below the project.
  const dist = join(import.meta.dirname, "../../out/bench-file");
  const memory = await watchMemory();
  // The thread and the sandbox's processes run what the extension ships.
  for (const only of ["sandbox child", "file worker"]) await build({ production: true, dist: join(dist, only), only });
  await stopBuilder();
  const input = join(folder, "people.csv");
  await writeCsv(input, rows);
  const backend = await startBackend({
    dataDir: join(folder, "data"),
    port: 0,
    files: {
      sandboxChild: join(dist, "sandbox child", "sandbox-child.cjs"),
      synthesisWorker: join(source, "synthesis/worker.ts"),
      validationWorker: join(source, "validation/worker.ts"),
    },
    model: async () => undefined,
  });
  const apiKey = backend.apiKey ?? "";
  try {
    const { size } = await stat(input);
    console.log(`${rows.toLocaleString("en")} rows, ${(size / 1e6).toFixed(0)} MB`);
    const client = createClient({ baseUrl: backend.url, apiKey });
    await client.call("stats", { params: {} });
    const idleMb = await memory.nowMb();

    const examples = [{ input: "Lovelace, Ada", output: "ada.lovelace@example.com" }];
    const fields = { description: "", language: "javascript" as const, accuracyTarget: 0.9, latencyTargetMs: 10 };
    const task = await client.call("createTask", {
      params: {},
      body: { name: "address", examples, samplingRate: 0.05, ...fields },
    });
    const { version } = await client.call("createArtifact", {
      params: {},
      body: { taskId: task.id, code, language: "javascript" },
    });
    const order: RunOrder = {
      source: await describeSource(input),
      program: { taskId: task.id, version, language: "javascript" },
      name: task.name,
      draft: false,
      inputColumn: "name",
      outputColumn: "address",
      doubtful: [],
    };
    const runFolder = await beginRun(join(folder, "runs"), order);
    await memory.peakMb();
    await memory.idleDelayMs();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const cpu = process.cpuUsage();
    const thread = process.threadCpuUsage();
    const started = performance.now();
    const work = { kind: "run", order, folder: runFolder, url: backend.url, apiKey } as const;
    const state = await runInWorker(
      join(dist, "file worker", "file-worker.cjs"),
      work,
      new AbortController().signal,
      () => {},
    );
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const main = process.threadCpuUsage(thread);
    delay.disable();
    const peakMb = await memory.peakMb();
    if (state.done !== rows) throw new Error(`only ${state.done} of ${rows} rows were done: ${state.reasons[0]}`);

    const idleDelayMs = await memory.idleDelayMs();
    const rate = rows / seconds;
    const floorRate = await floor(input, join(folder, "copy.csv"), rows);
    const overIdle = peakMb - idleMb;
    const delayMs = delay.max / 1e6;
    const microseconds = (total: number): string => (total / rows).toFixed(1);
    const database = await stat(join(folder, "data", "hapa.db")).catch(() => undefined);
    console.log(
      [
        `end to end            ${Math.round(rate).toLocaleString("en").padStart(9)} rows/s  (${seconds.toFixed(1)} s)`,
        `csv-parse + stringify ${Math.round(floorRate).toLocaleString("en").padStart(9)} rows/s  (copies, runs nothing)`,
        `memory, whole tree    ${overIdle.toFixed(0).padStart(9)} MB over idle (${idleMb.toFixed(0)} MB idle, ${peakMb.toFixed(0)} MB at most)`,
        `event loop of the host ${delayMs.toFixed(0).padStart(8)} ms at most (p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms; a thread with nothing to do: ${idleDelayMs.toFixed(0)} ms at most)`,
        `processor             host thread ${microseconds(main.user + main.system)} µs a row, with the file's thread ${microseconds(user + system)} µs`,
        `database              ${((database?.size ?? 0) / 1e6).toFixed(0)} MB`,
      ].join("\n"),
    );
    const kept = rate >= leastRate && overIdle <= most.memoryMb && delayMs <= most.delayMs + idleDelayMs;
    if (!kept) process.exitCode = 1;
    console.log(
      `${kept ? "ok    " : "FAILED"} wanted: ${leastRate.toLocaleString("en")} rows/s, ${most.memoryMb} MB, ${most.delayMs} ms over a thread with nothing to do`,
    );
  } finally {
    memory.stop();
    await backend.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
