/** Datasets through the front door: what executions leave in them, how they are read, deleted, and go with their task. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { after, before, describe, it } from "mocha";
import type { PrivacyMode } from "../../src/contract/datasets.ts";
import type { HapaError } from "../../src/contract/errors.ts";
import type { ExecutionLine } from "../../src/learning/dataset/rows.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";

const code = "function run(input) { return input.toUpperCase(); }";

describe("datasets over HTTP", () => {
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  const make = async (
    over: { samplingRate?: number; privacyMode?: PrivacyMode } = {},
    at = backend,
  ): Promise<string> => {
    const { id } = await at.client.call("createTask", {
      params: {},
      body: {
        ...{ name: "loud", description: "", language: "javascript", accuracyTarget: 0.9, latencyTargetMs: 100 },
        ...{ examples: [{ input: "a", output: "A" }], samplingRate: 1 },
        ...over,
      },
    });
    await at.client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
    return id;
  };
  const run = (id: string, inputs: readonly string[], log: boolean | "sampled" = true, at = backend) =>
    at.client.call("executeBatch", {
      params: {},
      body: { taskId: id, items: inputs.map((input) => ({ input })), stopOnFirstError: false, log },
    });
  const lines = async (id: string, query = ""): Promise<ExecutionLine[]> => {
    const response = await backend.fetch(`/api/v1/tasks/${id}/dataset${query}`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/x-ndjson; charset=utf-8");
    return (await response.text())
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ExecutionLine);
  };

  it("every sampled execution is in it at once, masked, and leads to the one in the database", async () => {
    const id = await make();
    await run(id, ["ada@example.org", "two"]);
    const one = await backend.client.call("execute", { params: { id }, body: { input: "three" } });
    const rows = await lines(id);
    assert.deepEqual(
      rows.map(({ input }) => input?.replace(/:\w{8}/, "")),
      ['"<email>"', '"two"', '"three"'],
    );
    assert.equal(rows[0]?.output, rows[0]?.input, "the same person, in the input and in the output");
    assert.equal(rows[2]?.execution_id, one.executionId);
    const { items } = await backend.client.call("listExecutions", { params: { id }, query: { limit: 3 } });
    assert.deepEqual(
      items.map(({ executionId }) => executionId).reverse(),
      rows.map((row) => row.execution_id),
    );
    const today = new Date().toISOString().slice(0, 10);
    assert.deepEqual(await readdir(join(backend.dataDir, "datasets", id, "executions")), [`${today}.jsonl`]);
    assert.match(await (await backend.fetch("/metrics")).text(), /hapa_dataset_rows_total\{outcome="written"\} 3/);
  });

  it("what is not sampled, or not kept, leaves nothing; what is forced does", async () => {
    const id = await make({ samplingRate: 0 });
    await run(id, ["a", "b"]);
    await run(id, ["a", "b"], "sampled");
    assert.deepEqual(await lines(id), []);
    await backend.client.call("execute", { params: { id }, body: { input: "c", forceValidation: true } });
    assert.deepEqual(
      (await lines(id)).map(({ input }) => input),
      ['"c"'],
    );
    const sampled = await make();
    await run(sampled, ["a"], false);
    assert.deepEqual(await lines(sampled), []);
    await run(sampled, ["a"], "sampled");
    assert.equal((await lines(sampled)).length, 1);
  });

  it("a task's privacy is balanced unless told, and may be changed", async () => {
    const id = await make();
    const { privacyMode } = await backend.client.call("getTask", { params: { id } });
    assert.equal(privacyMode, "balanced");
    await backend.client.call("changeTask", { params: { id }, body: { privacyMode: "strict" } });
    await run(id, ["a secret"]);
    const strict = await make({ privacyMode: "permissive" });
    await run(strict, ["ada@example.org"]);
    assert.deepEqual([(await lines(id))[0]?.input, (await lines(strict))[0]?.input], [null, '"ada@example.org"']);
    const bad = await backend.fetch(`/api/v1/tasks/${id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: '{"privacy_mode":"none"}',
    });
    assert.equal(bad.status, 400);
  });

  it("kind and days are asked for, and nonsense is refused", async () => {
    const id = await make();
    await run(id, ["a"]);
    const today = new Date().toISOString().slice(0, 10);
    assert.equal((await lines(id, `?from=${today}&to=${today}`)).length, 1);
    assert.equal((await lines(id, "?to=2020-01-01")).length, 0);
    assert.equal((await lines(id, "?kind=validations")).length, 0);
    for (const query of ["kind=../..", "kind=analytics", "from=today", "from=2026-13-01", "to=..%2f..", "x=1"]) {
      assert.equal((await backend.fetch(`/api/v1/tasks/${id}/dataset?${query}`)).status, 400, query);
    }
    for (const other of ["task_none", "..%2f..%2fhapa.db", "%2e%2e"])
      assert.equal((await backend.fetch(`/api/v1/tasks/${other}/dataset`)).status, 404, other);
  });

  it("viewers may read it and not delete it; runners may do neither", async () => {
    const id = await make();
    const asked = async (role: "viewer" | "runner" | "developer", method: string) => {
      const { apiKey } = await backend.client.call("createKey", { params: {}, body: { name: role, role } });
      const response = await backend.fetch(`/api/v1/tasks/${id}/dataset`, { method, headers: { "x-api-key": apiKey } });
      await response.text();
      return response.status;
    };
    assert.deepEqual([await asked("viewer", "GET"), await asked("viewer", "DELETE")], [200, 403]);
    assert.deepEqual([await asked("runner", "GET"), await asked("runner", "DELETE")], [403, 403]);
    assert.equal(await asked("developer", "DELETE"), 204);
  });

  it("deleting it leaves the task and its executions", async () => {
    const id = await make();
    await run(id, ["a", "b"]);
    assert.equal((await lines(id)).length, 2);
    await backend.client.call("deleteDataset", { params: { id } });
    assert.equal(existsSync(join(backend.dataDir, "datasets", id)), false);
    assert.deepEqual(await lines(id), []);
    assert.equal((await backend.client.call("getAnalytics", { params: { taskId: id } })).total, 2);
    await run(id, ["c"]);
    assert.equal((await lines(id)).length, 1);
  });

  it("a deleted task's dataset comes back with it, and is gone when the task is gone for good", async () => {
    const own = await startTestBackend({ dataDir: await mkdtemp(join(tmpdir(), "hapa-test-")) });
    const [back, gone] = [await make({}, own), await make({}, own)];
    for (const id of [back, gone]) {
      await run(id, ["a"], true, own);
      await own.client.call("getDataset", { params: { id }, query: { kind: "executions" } });
      await own.client.call("deleteTask", { params: { id } });
      const refused = own.client.call("getDataset", { params: { id }, query: { kind: "executions" } });
      await assert.rejects(refused, (error: HapaError) => error.code === "not_found");
    }
    await own.client.call("changeTask", { params: { id: back }, body: { deleted: false } });
    const text = await own.client.call("getDataset", { params: { id: back }, query: { kind: "executions" } });
    assert.equal(text.split("\n").length, 2);
    await own.stop();
    const database = new Sqlite(join(own.dataDir, "hapa.db"));
    const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
    database.prepare("update tasks set deleted_at = ? where id = ?").run(yesterday, gone);
    database.close();
    const next = await startTestBackend({ dataDir: own.dataDir });
    await next.stop();
    assert.deepEqual(
      (await readdir(join(own.dataDir, "datasets"))).filter((name) => name.startsWith("task_")),
      [back],
    );
    await rm(own.dataDir, { recursive: true });
  });

  it("a slow caller is waited for, and one who leaves is not read for any more", async () => {
    const id = await make();
    await run(id, ["a"]);
    await lines(id);
    const folder = join(backend.dataDir, "datasets", id, "executions");
    const [name = ""] = await readdir(folder);
    const line = await readFile(join(folder, name), "utf8");
    const size = 100_000_000;
    await writeFile(join(folder, name), line.repeat(Math.ceil(size / line.length)));
    const before = process.memoryUsage().arrayBuffers;
    const asked = request(`${backend.url}/api/v1/tasks/${id}/dataset`, {
      headers: { "x-api-key": backend.apiKey },
    }).end();
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    await once(response, "readable");
    // It reads nothing more, while the server does other work.
    for (let i = 0; i < 50; i++) await backend.fetch("/health/live").then((answer) => answer.text());
    assert.ok(process.memoryUsage().arrayBuffers - before < size / 4, "the file lies in memory");
    response.destroy();
    while (!backend.log.some((entry) => entry.includes("/dataset") && entry.includes('"cut_off":true')))
      await backend.fetch("/health/live").then((answer) => answer.text());
    assert.ok(!backend.log.some((entry) => entry.includes('"level":50')), "nothing went wrong");
    await backend.client.call("deleteDataset", { params: { id } });
  });
});
