/**
 * `npm run demo`: the main job in a terminal, without VS Code. Examples in, a program out, its proof, ten thousand rows
 * through it, and what that took. Everything goes over HTTP as the extension does it; the numbers are of this run.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBackend } from "../../src/backend/server.ts";
import { createClient } from "../../src/client/client.ts";

const examples = [
  { input: "Lovelace, Ada <ada@example.org>", output: "Ada Lovelace" },
  { input: "Hopper, Grace <grace.hopper@example.com>", output: "Grace Hopper" },
  { input: "Turing, Alan <alan@example.net>", output: "Alan Turing" },
  { input: "Johnson, Katherine <kj@example.org>", output: "Katherine Johnson" },
];
const rows = 10_000;
const warmCalls = 20_000;
const src = join(import.meta.dirname, "../../src");

const say = (text = "") => console.log(text);
const dataDir = await mkdtemp(join(tmpdir(), "hapa-demo-"));
const backend = await startBackend({
  dataDir,
  port: 0,
  files: {
    sandboxChild: join(src, "sandbox/child/main.ts"),
    synthesisWorker: join(src, "synthesis/worker.ts"),
    validationWorker: join(src, "validation/worker.ts"),
  },
  model: async () => undefined,
});
const { call } = createClient({ baseUrl: backend.url, apiKey: backend.apiKey ?? "" });

try {
  say("Examples");
  for (const { input, output } of examples) say(`  ${input}  =>  ${output}`);

  const task = await call("createTask", {
    params: {},
    body: {
      name: "First name, last name",
      description: "",
      language: "javascript",
      examples,
      accuracyTarget: 0.9,
      latencyTargetMs: 10,
      samplingRate: 0.05,
    },
  });
  const started = performance.now();
  const artifact = await call("generateProgram", { params: { id: task.id }, body: { strategy: "offline" } });
  const verifiedMs = performance.now() - started;
  const { shown, heldOut } = artifact.verification;

  say("\nProgram (learned offline, no model)");
  say(artifact.code.trim().replace(/^/gm, "  "));
  say("\nProof");
  say(`  right on ${shown.passed} of ${shown.total} examples, run in the sandbox`);
  say(`  right on ${heldOut.passed} of ${heldOut.total} when each was held back and predicted from the others`);

  const items = Array.from({ length: rows }, (_, i) => ({ input: `Family${i}, Given${i} <p${i}@example.org>` }));
  const batch = { taskId: task.id, items, stopOnFirstError: false, log: true };
  // The first batch warms the sandbox, the second is the one that counts; both are kept in the database.
  await call("executeBatch", { params: {}, body: batch });
  const batchStarted = performance.now();
  const result = await call("executeBatch", { params: {}, body: batch });
  const batchMs = performance.now() - batchStarted;
  const wrong = result.results.filter((one, i) => one.output !== `Given${i} Family${i}`).length;
  say(`\nTen thousand rows it has not seen: ${result.succeeded} done, ${wrong} wrong, every one kept`);

  const latencies: number[] = [];
  for (let done = 0; done < warmCalls; done += rows) {
    const { results } = await call("executeBatch", { params: {}, body: { ...batch, log: false } });
    latencies.push(...results.map((one) => one.latencyMs));
  }
  latencies.sort((a, b) => a - b);
  const mean = latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length;
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? 0;

  say("\nMeasured in this run");
  say(`  time to a verified program    ${(verifiedMs / 1000).toFixed(2)} s`);
  say(
    `  one warm call, in the child   mean ${mean.toFixed(4)} ms   p99 ${p99.toFixed(4)} ms   (${latencies.length} calls)`,
  );
  say(
    `  batch of ${rows} over HTTP    ${batchMs.toFixed(0)} ms = ${Math.round((rows / batchMs) * 1000).toLocaleString("en")} rows/s, logging on`,
  );
} finally {
  await backend.stop();
  await rm(dataDir, { recursive: true, force: true });
}
