/** Starting, stopping, two at once, and what is in the way. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Sqlite from "better-sqlite3";
import { after, before, describe, it } from "mocha";
import { type Client, createClient } from "../../src/client/client.ts";
import type { HapaError } from "../../src/contract/errors.ts";
import { startTestBackend } from "../support/backend.ts";
import { startFakeModel } from "../support/fake-model.ts";
import { startServer } from "../support/server-process.ts";

const task = {
  name: "t",
  description: "",
  language: "javascript" as const,
  examples: [],
  accuracyTarget: 0.9,
  latencyTargetMs: 10,
  samplingRate: 0,
};

const provable = { ...task, examples: [{ input: 5, output: 5 }] };

describe("the backend's life", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-life-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("lets a second window see the same tasks while the first is open", async () => {
    const dataDir = join(folder, "shared");
    const first = await startTestBackend({ dataDir });
    const second = await startTestBackend({ dataDir, apiKey: first.apiKey });
    try {
      assert.equal(second.isNewKey, false);
      const made = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 ? first : second).client.call("createTask", { params: {}, body: task }),
        ),
      );
      for (const backend of [first, second]) {
        const { items } = await backend.client.call("listTasks", { params: {}, query: { limit: 100 } });
        assert.deepEqual(items.map((item) => item.id).sort(), made.map((item) => item.id).sort());
      }
    } finally {
      await second.stop();
      await first.stop();
    }
  });

  it("refuses a key at once that another window revoked, and runs what another window made the active program", async () => {
    const dataDir = join(folder, "shared-closely");
    const first = await startTestBackend({ dataDir });
    const second = await startTestBackend({ dataDir, apiKey: first.apiKey });
    try {
      const made = await first.client.call("createTask", { params: {}, body: provable });
      const program = (result: number) =>
        second.client.call("createArtifact", {
          params: {},
          body: { taskId: made.id, code: `function run(input) { return input || ${result}; }`, language: "javascript" },
        });
      const activate = (version: string) =>
        second.client.call("activateArtifact", { params: { taskId: made.id, version } });
      const { apiKey, key } = await first.client.call("createKey", { params: {}, body: { name: "r", role: "runner" } });
      const run = async () => {
        const headers = { "x-api-key": apiKey, "content-type": "application/json" };
        const path = `/api/v1/tasks/${made.id}/execute`;
        const response = await first.fetch(path, { method: "POST", headers, body: '{"input": 0}' });
        return response.status === 200 ? ((await response.json()) as { output: number }).output : response.status;
      };
      assert.equal(await run(), 409);
      await program(1);
      await program(2);
      for (const version of ["1", "2", "1"]) {
        await activate(version);
        assert.equal(await run(), Number(version));
      }
      await second.client.call("revokeKey", { params: { id: key.id } });
      assert.equal(await run(), 401);
    } finally {
      await second.stop();
      await first.stop();
    }
  });

  it("takes the next port when the wanted one is in use", async () => {
    const occupant = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => occupant.once("listening", resolve));
    const { port } = occupant.address() as AddressInfo;
    const backend = await startTestBackend({ port });
    try {
      assert.ok(Number(new URL(backend.url).port) > port);
      assert.equal((await backend.fetch("/health/ready")).status, 200);
    } finally {
      await backend.stop();
      occupant.close();
    }
  });

  it("says what is wrong with a data folder that cannot be written", async () => {
    const file = join(folder, "a-file");
    await writeFile(file, "");
    await assert.rejects(startTestBackend({ dataDir: join(file, "data") }), (error: HapaError) => {
      assert.equal(error.code, "storage_failed");
      assert.match(error.message, /cannot be made or written.*Choose another/s);
      return true;
    });
  });

  it("refuses a damaged database and leaves it as it was", async () => {
    const dataDir = await mkdtemp(join(folder, "damaged-"));
    const junk = Buffer.from("this is not a database, it is somebody's letter ".repeat(100));
    await writeFile(join(dataDir, "hapa.db"), junk);
    await assert.rejects(startTestBackend({ dataDir }), /damaged.*left as it was/s);
    assert.deepEqual(await readFile(join(dataDir, "hapa.db")), junk);
  });

  it("refuses the database of a newer HAPA and leaves it as it was", async () => {
    const dataDir = join(folder, "newer");
    await (await startTestBackend({ dataDir })).stop();
    const path = join(dataDir, "hapa.db");
    const sqlite = new Sqlite(path);
    sqlite.exec("insert into migrations (name, applied_at) values ('999-from-the-future', '2030')");
    sqlite.pragma("wal_checkpoint(TRUNCATE)");
    sqlite.close();
    const before = await readFile(path);
    await assert.rejects(startTestBackend({ dataDir }), /newer HAPA \(it has 999-from-the-future\)/);
    assert.deepEqual(await readFile(path), before);
  });

  it("stops gracefully: not ready, streams end with a reason, the WAL is folded in", async () => {
    const model = await startFakeModel();
    model.script({ hang: true });
    const dataDir = join(folder, "graceful");
    const backend = await startTestBackend({ dataDir, model: async () => ({ baseUrl: model.baseUrl, name: "m" }) });
    const asked = Promise.withResolvers<void>();
    const asking = backend.client.stream(
      "generateCode",
      { params: {}, body: { userQuestion: "wait", language: "python", strategy: "model" } },
      { onProgress: () => asked.resolve() },
    );
    const outcome = asking.then(
      () => "answered",
      (error: HapaError) => error.code,
    );
    await asked.promise;
    await backend.stop();
    assert.equal(await outcome, "shutting_down");
    await assert.rejects(fetch(`${backend.url}/health`));
    const wal = await readFile(join(dataDir, "hapa.db-wal")).catch(() => Buffer.alloc(0));
    assert.equal(wal.length, 0);
    await model.stop();
  });

  it("prints no password of the model's address, and takes an empty host for this machine alone", async () => {
    const cli = join(import.meta.dirname, "../../src/backend/cli.ts");
    const options = ["--port", "0", "--host", "", "--data", join(folder, "printed"), "--log", "silent"];
    const child = spawn(process.execPath, [cli, ...options], {
      env: { ...process.env, HAPA_MODEL_BASE_URL: "http://me:hidden@127.0.0.1:9/v1?key=hidden", HAPA_MODEL: "m" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    for await (const line of createInterface({ input: child.stdout })) {
      said += `${line}\n`;
      if (line.startsWith("Ctrl+C")) child.kill("SIGTERM");
    }
    assert.match(said, /listens on http:\/\/127\.0\.0\.1:\d+ /);
    assert.match(said, /Model: m at http:\/\/127\.0\.0\.1:9\/v1\n/);
    assert.ok(!said.includes("hidden"));
  });

  it("limits requests a minute, with headers that say how many are left", async () => {
    const backend = await startTestBackend({ limits: { requestsPerMinute: 2 } });
    try {
      const answers = [];
      for (let i = 0; i < 3; i++) answers.push(await backend.fetch("/api/v1/tasks"));
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [200, 200, 429],
      );
      assert.deepEqual(
        answers.map((answer) => answer.headers.get("ratelimit-remaining")),
        ["1", "0", "0"],
      );
      assert.ok(Number(answers[2]?.headers.get("retry-after")) > 0);
      assert.equal((await backend.fetch("/health")).status, 200);
    } finally {
      await backend.stop();
    }
  });

  it("keeps every acknowledged row through kill -9, twenty times", async function () {
    this.timeout(120_000);
    const dataDir = join(folder, "killed");
    const acknowledged = new Set<string>();
    const executed = new Set<string>();
    let program: string | undefined;
    let apiKey = "";
    for (let round = 0; round < 20; round++) {
      const server = await startServer(dataDir);
      apiKey = server.apiKey ?? apiKey;
      const client = createClient({ baseUrl: server.url, apiKey });
      let writing = true;
      const writer = async () => {
        while (writing) {
          const made = await client.call("createTask", { params: {}, body: task }).catch(() => undefined);
          if (made) acknowledged.add(made.id);
        }
      };
      const id = program ?? (await makeProgram(client));
      program = id;
      const runner = async () => {
        while (writing) {
          const run = await client.call("execute", { params: { id }, body: { input: round } }).catch(() => undefined);
          if (run) executed.add(run.executionId);
        }
      };
      const writers = [writer(), writer(), writer(), runner(), runner(), runner(), runner()];
      const [enough, enoughRuns] = [acknowledged.size + 5 + round, executed.size + 5 + round];
      while (acknowledged.size < enough || executed.size < enoughRuns)
        await new Promise((resolve) => setImmediate(resolve));
      server.process.kill("SIGKILL");
      writing = false;
      await Promise.all([...writers, server.exited]);
    }
    const backend = await startTestBackend({ dataDir, apiKey });
    try {
      const found = new Set<string>();
      const id = program ?? assert.fail();
      let cursor: string | undefined;
      do {
        const page = await backend.client.call("listTasks", { params: {}, query: { limit: 500, cursor } });
        for (const item of page.items) found.add(item.id);
        cursor = page.cursor ?? undefined;
      } while (cursor);
      do {
        const query = { limit: 500, cursor };
        const page = await backend.client.call("listExecutions", { params: { id }, query });
        for (const item of page.items) found.add(item.executionId);
        cursor = page.cursor ?? undefined;
      } while (cursor);
      const lost = [...acknowledged, ...executed].filter((one) => !found.has(one));
      assert.ok(acknowledged.size >= 100 && executed.size >= 100);
      assert.deepEqual(lost, []);
    } finally {
      await backend.stop();
    }
  });
});

/** A task that repeats its input; gives its id. */
async function makeProgram(client: Client): Promise<string> {
  const { id } = await client.call("createTask", { params: {}, body: provable });
  const code = "function run(input) { return input; }";
  await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
  return id;
}
