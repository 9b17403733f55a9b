/**
 * `npm run bench -- events`: a thousand clients listen to `GET /events` of a server in this process, from another one on
 * the same machine; one of them does not read. How long it takes from the moment something is asked of the API until the
 * last client has been told what became of it: within 100 ms in 99 of 100 cases. Then large events, until the client
 * that does not read is dropped; then all come back at once to what they missed.
 */
import { fork } from "node:child_process";
import { on } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBackend } from "../../src/backend/server.ts";
import { createClient } from "../../src/client/client.ts";
import { openStore } from "../../src/store/store.ts";
import type { FromListeners, ToListeners } from "./events-listeners.ts";

const clients = 1_000;
const events = 300;
const largeEvents = 400;
const largeBytes = 20_000;
const limitMs = 100;

export async function benchEvents(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "hapa-bench-"));
  const dropped = Promise.withResolvers<void>();
  const file = (path: string) => join(import.meta.dirname, "../../src", path);
  const backend = await startBackend({
    dataDir,
    port: 0,
    files: {
      sandboxChild: file("sandbox/child/main.ts"),
      synthesisWorker: file("synthesis/worker.ts"),
      validationWorker: file("validation/worker.ts"),
    },
    model: async () => undefined,
    onLog: (line) => line.includes("does not read was dropped") && dropped.resolve(),
  });
  const apiKey = backend.apiKey ?? "";
  const client = createClient({ baseUrl: backend.url, apiKey });
  const store = await openStore(dataDir);
  const listeners = fork(join(import.meta.dirname, "events-listeners.ts"), { execArgv: [] });
  const messages = on(listeners, "message", { close: ["exit"] });
  const heard = async <K extends FromListeners["kind"]>(kind: K): Promise<FromListeners & { kind: K }> => {
    const { value, done } = await messages.next();
    const message = value?.[0] as FromListeners | undefined;
    if (done || message?.kind !== kind) throw new Error(`the listening process said ${JSON.stringify(message)}`);
    return message as FromListeners & { kind: K };
  };
  const say = (message: ToListeners) => listeners.send(message);
  try {
    const started = performance.now();
    say({ kind: "open", url: backend.url, apiKey, clients, deaf: 1 });
    await heard("open");
    console.log(
      `${clients} clients listen after ${Math.round(performance.now() - started)} ms; one more does not read.`,
    );

    const body = { name: "0", description: "", language: "javascript", examples: [] } as const;
    const targets = { accuracyTarget: 0.9, latencyTargetMs: 10, samplingRate: 0 };
    const { id } = await client.call("createTask", { params: {}, body: { ...body, examples: [], ...targets } });
    await heard("told");
    const small = await timed(events, heard, async (n) => {
      await client.call("changeTask", { params: { id }, body: { name: String(n) } });
    });
    print(`${events} changes of a task by the API`, small);

    const filler = "x".repeat(largeBytes);
    const large = await timed(largeEvents, heard, (at) =>
      store.events.append({ type: "rollout.stage", taskId: id, data: { at, filler } }),
    );
    print(`${largeEvents} events of ${largeBytes / 1_000} kB by another process's store`, large);
    await dropped.promise;
    console.log("The client that does not read was dropped.");

    say({ kind: "leave" });
    await heard("left");
    const missed = 200;
    for (let n = 0; n < missed; n++) await client.call("changeTask", { params: { id }, body: { name: String(n) } });
    const back = performance.now();
    say({ kind: "back", expected: missed });
    const { complete } = await heard("back");
    console.log(
      `All ${clients} came back at once: ${complete} of them have been told each of ${missed} missed events, once and in order, after ${Math.round(performance.now() - back)} ms.`,
    );
    const ok = small.lastP99 <= limitMs && complete === clients;
    console.log(
      `${ok ? "ok" : "MISSED"}: the last of ${clients} is told within ${limitMs} ms at p99, and nobody misses anything.`,
    );
    if (!ok) process.exitCode = 1;
  } finally {
    listeners.kill();
    await store.close();
    await backend.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Times {
  /** Until the last client was told, in ms, ascending. */
  readonly last: readonly number[];
  /** Until the median client was told. */
  readonly median: readonly number[];
  readonly lastP99: number;
}

/** The system's monotonic clock, the same one in both processes, in ms. */
const now = () => Number(process.hrtime.bigint()) / 1e6;

async function timed(
  count: number,
  heard: (kind: "told") => Promise<{ median: number; last: number }>,
  happen: (n: number) => Promise<unknown>,
): Promise<Times> {
  const [last, median]: number[][] = [[], []];
  for (let n = 0; n < count; n++) {
    const from = now();
    const done = happen(n);
    const told = await heard("told");
    last?.push(told.last - from);
    median?.push(told.median - from);
    await done;
  }
  const sort = (times: number[] = []) => times.sort((a, b) => a - b);
  return { last: sort(last), median: sort(median), lastP99: quantile(last ?? [], 0.99) };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function print(title: string, { last, median }: Times): void {
  console.log(`${title}, in ms:`);
  for (const [name, times] of [
    ["last client", last],
    ["median client", median],
  ] as const) {
    const shares = [0.5, 0.9, 0.95, 0.99, 1].map(
      (share) => `${share === 1 ? "max" : `p${share * 100}`} ${quantile(times, share).toFixed(1)}`,
    );
    console.log(`  ${name.padEnd(14)} ${shares.join("   ")}`);
  }
}
