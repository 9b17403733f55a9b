/**
 * What a run costs, from a bare function call to HTTP at fifty connections: one table, all of one run, each line beside
 * what it is compared with.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createContext, runInContext } from "node:vm";
import { createSandbox } from "../../src/sandbox/lanes.ts";
import type { Program, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { files, startTestBackend, type TestBackend } from "../support/backend.ts";
import { type Load, measure } from "./load.ts";
import { benchSamplingCost } from "./sampling-cost.ts";

const code = `function run(input) {
  const [last, first] = input.split(", ");
  return first + " " + last;
}`;
const inputAt = (i: number) => `Family${i}, Given${i}`;
const budget = { budgetMs: 100 };
const pythonCode = `def run(input):
    last, first = input.split(", ")
    return first + " " + last
`;
/** Requests a second of fifty callers who do not all wait in line. */
const pace = 2_000;

interface Row {
  readonly what: string;
  /** In ms, ascending. */
  readonly times?: readonly number[];
  /** Runs a second. */
  readonly rate?: number;
  /** Processor time of the server's process for one run, in µs. */
  readonly cpuUs?: number;
}

export async function benchSandbox(): Promise<void> {
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    const time = (share: number) => {
      const ms = row.times?.[Math.floor(row.times.length * share)];
      return (ms === undefined ? "" : ms.toFixed(4)).padStart(11);
    };
    const rate = row.rate === undefined ? "" : Math.round(row.rate).toLocaleString("en");
    const cpu = row.cpuUs === undefined ? "" : row.cpuUs.toFixed(1);
    console.log(`${row.what.padEnd(52)}${time(0.5)}${time(0.99)}${rate.padStart(14)}${cpu.padStart(16)}`);
  };
  console.log(
    `${"".padEnd(52)}${"median ms".padStart(11)}${"p99 ms".padStart(11)}${"runs/s".padStart(14)}${"server CPU µs".padStart(16)}`,
  );

  const bare = new Function(`${code}; return run;`)() as (input: string) => string;
  add({ what: "bare function call (100 at a time)", times: inGroups(bare) });
  const inVm = runInContext(`${code}; run`, createContext({})) as (input: string) => string;
  add({ what: "node:vm, no isolation (100 at a time)", times: inGroups(inVm) });

  if (process.platform !== "win32")
    add({ what: "an echo through two pipes (cat), the floor", times: await throughPipes() });
  const javascript = { key: "bench", code, language: "javascript" } as const;
  await throughSandbox(add, "isolated-vm", javascript, {});
  await throughSandbox(add, "QuickJS", javascript, { engine: "quickjs" });
  await throughSandbox(add, "Python", { key: "python", code: pythonCode, language: "python" }, {});

  const floor = createServer((req, res) => {
    req.resume().once("end", () => res.setHeader("content-type", "application/json").end('{"ok":true}'));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => floor.once("listening", resolve));
  const floorUrl = `http://127.0.0.1:${(floor.address() as AddressInfo).port}/`;
  await overHttp(add, "node:http echo, the floor", floorUrl, {});
  floor.close();

  const backend = await startTestBackend({ limits: { requestsPerMinute: 100_000_000 } });
  try {
    await throughBackend(backend, add);
  } finally {
    await backend.stop();
  }
  ratios(rows);
  await benchSamplingCost();
}

/** What it takes to wake another process and be woken by it. */
async function throughPipes(): Promise<number[]> {
  const echo = spawn("cat", { stdio: ["pipe", "pipe", "ignore"] });
  const message = Buffer.alloc(150, "x");
  try {
    return await inTurn(5_000, async () => {
      echo.stdin.write(message);
      await once(echo.stdout, "data");
    });
  } finally {
    echo.kill();
  }
}

/** Inside a child, one call to a crossing and many; then the way there and back. */
async function throughSandbox(
  add: (row: Row) => void,
  name: string,
  program: Program,
  options: Partial<SandboxOptions>,
): Promise<void> {
  const sandbox = createSandbox({
    childPath: files.sandboxChild,
    python: async () => join(import.meta.dirname, "../../node_modules/pyodide"),
    ...options,
  });
  try {
    const many = Array.from({ length: 50_000 }, (_, i) => JSON.stringify(inputAt(i)));
    await sandbox.runBatch(program, many, budget);
    const verdicts = await sandbox.runBatch(program, many, budget);
    const warm = sorted(verdicts.map((verdict) => verdict.latencyMs));
    add({ what: `${name}: a warm call, many to a crossing`, times: warm });
    const alone: number[] = [];
    const trip = await inTurn(5_000, async (i) => {
      alone.push((await sandbox.run(program, many[i] ?? "", budget)).latencyMs);
    });
    add({ what: `${name}: a warm call by itself`, times: sorted(alone) });
    add({ what: `${name}: round trip to the child`, times: trip });
  } finally {
    await sandbox.stop();
  }
}

async function throughBackend(backend: TestBackend, add: (row: Row) => void): Promise<void> {
  const { call } = backend.client;
  const examples = [0, 1, 2].map((i) => ({ input: inputAt(i), output: `Given${i} Family${i}` }));
  const task = await call("createTask", {
    params: {},
    body: {
      ...{ name: "bench", description: "", language: "javascript", examples },
      ...{ accuracyTarget: 0.9, latencyTargetMs: 100, samplingRate: 0.05 },
    },
  });
  await call("createArtifact", { params: {}, body: { taskId: task.id, code, language: "javascript" } });
  const headers = { "x-api-key": backend.apiKey };
  await overHttp(add, "HTTP execute, logged", `${backend.url}/api/v1/tasks/${task.id}/execute`, headers);
  for (const [count, log] of [
    [1_000, true],
    [100_000, true],
    [100_000, false],
  ] as const) {
    const items = Array.from({ length: count }, (_, i) => ({ input: inputAt(i) }));
    const load: Load = {
      url: `${backend.url}/api/v1/batch/execute`,
      headers,
      body: JSON.stringify({ task_id: task.id, items, log }),
      connections: 1,
      requests: count === 1_000 ? 50 : 5,
    };
    const bystander = watch(backend);
    const { times, cpuUs } = await measure(load);
    const waited = await bystander.stop();
    const what = `HTTP batch of ${count.toLocaleString("en")}, ${log ? "logged" : "not logged"}`;
    const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
    add({ what, times, rate: (count / median) * 1_000, cpuUs: cpuUs / count });
    add({ what: "  another request meanwhile", times: waited });
  }
}

/** Asks for something small every few ms, and tells how long each answer took, until it is stopped. */
function watch(backend: TestBackend): { stop(): Promise<number[]> } {
  let watching = true;
  const times: number[] = [];
  const asking = (async () => {
    while (watching) {
      const started = performance.now();
      await (await backend.fetch("/health/live")).arrayBuffer();
      times.push(performance.now() - started);
      await setTimeout(5);
    }
  })();
  return {
    async stop() {
      watching = false;
      await asking;
      return sorted(times);
    },
  };
}

/** The same request over and over from another process: on one connection, then on fifty, at an even pace and without pause. */
async function overHttp(
  add: (row: Row) => void,
  what: string,
  url: string,
  headers: Record<string, string>,
): Promise<void> {
  const body = JSON.stringify({ input: inputAt(1) });
  await measure({ url, headers, body, connections: 50, requests: 30_000 }); // until the compiler is done
  const ways = [
    { what: `${what}, 1 connection`, connections: 1, requests: 5_000 },
    { what: `${what}, 50 connections, ${pace.toLocaleString("en")}/s`, connections: 50, requests: 3 * pace, pace },
    { what: `${what}, 50 connections, all it can`, connections: 50, requests: 40_000 },
  ];
  for (const { what, ...load } of ways) {
    const { times, rate, cpuUs } = await measure({ url, headers, body, ...load });
    add({ what, times, rate, cpuUs });
  }
}

/** A call too short for the clock: the time of a hundred, divided. */
function inGroups(run: (input: string) => string): number[] {
  const inputs = Array.from({ length: 100 }, (_, i) => inputAt(i));
  const times = Array.from({ length: 2_000 }, () => {
    const started = performance.now();
    for (const input of inputs) run(input);
    return (performance.now() - started) / inputs.length;
  });
  return sorted(times.slice(500));
}

async function inTurn(count: number, run: (i: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    await run(i);
    times.push(performance.now() - started);
  }
  return sorted(times);
}

function sorted(times: readonly number[]): number[] {
  return [...times].sort((a, b) => a - b);
}

/** What isolation and HTTP cost, as multiples of what they are compared with. */
function ratios(rows: readonly Row[]): void {
  const median = (start: string) => {
    const times = rows.find(({ what }) => what.startsWith(start))?.times ?? [];
    return times[Math.floor(times.length / 2)] ?? Number.NaN;
  };
  const pairs = [
    ["isolated-vm: a warm call, many", "bare"],
    ["QuickJS: a warm call, many", "isolated-vm: a warm call, many"],
    ["Python: a warm call, many", "isolated-vm: a warm call, many"],
    ["HTTP execute, logged, 1 ", "node:http echo, the floor, 1 "],
    ["HTTP execute, logged, 50 connections, all", "node:http echo, the floor, 50 connections, all"],
  ] as const;
  console.log();
  for (const [ours, theirs] of pairs) {
    console.log(`${`${ours} / ${theirs}`.padEnd(92)}${(median(ours) / median(theirs)).toFixed(1).padStart(6)} ×`);
  }
}
