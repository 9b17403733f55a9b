/** Tasks that are deleted and brought back, tasks whose id was chosen, versions made on the side; and who hears of it. */
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { after, afterEach, before, describe, it } from "mocha";
import type { HapaError } from "../../src/contract/errors.ts";
import type { HapaEvent } from "../../src/contract/events.ts";
import { openStore } from "../../src/store/store.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { newTask } from "../support/new-task.ts";

describe("tasks that are kept", () => {
  let backend: TestBackend;
  let endListening: (() => void) | undefined;
  before(async () => {
    backend = await startTestBackend();
  });
  afterEach(() => endListening?.());
  after(() => backend.stop());

  const make = (over: { id?: string } = {}) =>
    backend.client.call("createTask", { params: {}, body: { ...newTask, ...over } });
  const generate = (id: string, more: { activate?: boolean; language?: "python" } = {}) =>
    backend.client.call("generateProgram", { params: { id }, body: { strategy: "offline", ...more } });
  const fails = (work: Promise<unknown>, code: string) =>
    assert.rejects(work, (error: HapaError) => {
      assert.equal(error.code, code, error.message);
      return true;
    });
  const events = (): HapaEvent[] => {
    const seen: HapaEvent[] = [];
    endListening = backend.onEvent((event) => seen.push(event));
    return seen;
  };

  it("a deleted task is hidden from every route, and comes back whole within a day", async () => {
    const task = await make();
    await generate(task.id);
    await backend.client.call("execute", { params: { id: task.id }, body: { input: "Curie, Marie" } });
    const before = await backend.client.call("stats", { params: {} });
    const seen = events();
    await backend.client.call("deleteTask", { params: { id: task.id } });

    const { client } = backend;
    const [params, taskParams] = [{ id: task.id }, { taskId: task.id }];
    await fails(client.call("getTask", { params }), "not_found");
    await fails(client.call("changeTask", { params, body: { name: "x" } }), "not_found");
    await fails(client.call("deleteTask", { params }), "not_found");
    await fails(client.call("execute", { params, body: { input: "a, b" } }), "not_found");
    await fails(client.call("execute", { params, body: { input: "a, b", version: 1 } }), "not_found");
    const batch = { taskId: task.id, items: [{ input: "a, b" }], stopOnFirstError: false, log: true };
    await fails(client.call("executeBatch", { params: {}, body: batch }), "not_found");
    await fails(client.call("listExecutions", { params, query: { limit: 1 } }), "not_found");
    await fails(client.call("getAnalytics", { params: taskParams }), "not_found");
    await fails(client.call("listArtifacts", { params: taskParams }), "not_found");
    await fails(client.call("getArtifact", { params: { ...taskParams, version: "1" } }), "not_found");
    await fails(client.call("activateArtifact", { params: { ...taskParams, version: "1" } }), "not_found");
    await fails(generate(task.id), "not_found");
    const code = { taskId: task.id, code: "function run(x) { return x; }", language: "javascript" as const };
    await fails(client.call("createArtifact", { params: {}, body: code }), "not_found");
    const listed = async () => (await client.call("listTasks", { params: {}, query: { limit: 500 } })).items;
    assert.ok(!(await listed()).some(({ id }) => id === task.id));
    assert.equal((await client.call("stats", { params: {} })).tasks, before.tasks - 1);

    await client.call("changeTask", { params, body: { deleted: false } });
    assert.ok((await listed()).some(({ id }) => id === task.id));
    const { items } = await client.call("listArtifacts", { params: taskParams });
    assert.deepEqual(
      items.map(({ version, state }) => [version, state]),
      [[1, "active"]],
    );
    assert.equal((await client.call("getAnalytics", { params: taskParams })).total, 1);
    const run = await client.call("execute", { params, body: { input: "Curie, Marie" } });
    assert.equal(run.output, "Marie Curie");
    assert.deepEqual(
      seen.map(({ type }) => type),
      ["task.deleted", "task.created"],
    );
  });

  it("what was deleted a day ago goes for good, with its programs", async () => {
    const own = await startTestBackend();
    const task = await own.client.call("createTask", { params: {}, body: newTask });
    const kept = await own.client.call("createTask", { params: {}, body: newTask });
    await own.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "offline" } });
    for (const id of [task.id, kept.id]) await own.client.call("deleteTask", { params: { id } });
    const database = new Sqlite(join(own.dataDir, "hapa.db"));
    const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
    database.prepare("update tasks set deleted_at = ? where id = ?").run(yesterday, task.id);
    const store = await openStore(own.dataDir);
    await store.close();
    assert.deepEqual(database.prepare("select id from tasks").all(), [{ id: kept.id }]);
    assert.deepEqual(database.prepare("select id from artifacts").all(), []);
    database.close();
    await fails(own.client.call("changeTask", { params: { id: task.id }, body: { deleted: false } }), "not_found");
    await own.stop();
  });

  it("a task may be made under an id of one's own, once", async () => {
    const task = await make({ id: "task_team-names" });
    assert.equal(task.id, "task_team-names");
    await fails(make({ id: "task_team-names" }), "conflict");
    await backend.client.call("deleteTask", { params: { id: task.id } });
    await fails(make({ id: "task_team-names" }), "conflict");
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ id: "../etc", name: "x" });
    assert.equal((await backend.fetch("/api/v1/tasks", { method: "POST", headers, body })).status, 400);
  });

  it("a version made on the side waits to be activated", async () => {
    const task = await make();
    const seen = events();
    const aside = await generate(task.id, { activate: false });
    assert.equal(aside.state, "verified");
    await fails(
      backend.client.call("execute", { params: { id: task.id }, body: { input: "a, b" } }),
      "no_active_program",
    );
    await generate(task.id);
    await backend.client.call("activateArtifact", { params: { taskId: task.id, version: "1" } });
    const made = { generator: "offline", language: "javascript" };
    assert.deepEqual(
      seen.map(({ type, taskId, data }) => ({ type, taskId, data })),
      [
        { type: "artifact.created", taskId: task.id, data: { version: 1, state: "verified", ...made } },
        { type: "artifact.created", taskId: task.id, data: { version: 2, state: "active", ...made } },
        { type: "artifact.activated", taskId: task.id, data: { version: 2 } },
        { type: "artifact.activated", taskId: task.id, data: { version: 1 } },
      ],
    );
  });

  it("executions are told as a count, once for many", async () => {
    const task = await make();
    await generate(task.id);
    const heard = new EventEmitter();
    endListening = backend.onEvent((event) => heard.emit(event.type, event));
    const told = once(heard, "metrics");
    const items = Array.from({ length: 3_000 }, () => ({ input: "a, b" }));
    const body = { taskId: task.id, items, stopOnFirstError: false, log: true };
    await backend.client.call("executeBatch", { params: {}, body });
    await backend.client.call("execute", { params: { id: task.id }, body: { input: "a, b" } });
    const [event] = (await told) as [HapaEvent];
    assert.deepEqual([event.id, event.taskId, event.data], [null, task.id, { executions: 3_001, failed: 0 }]);
  });

  it("a listener that throws does not keep others from hearing, nor the work from being done", async () => {
    const ends = [
      backend.onEvent(() => {
        throw new Error("deaf");
      }),
    ];
    const seen: string[] = [];
    ends.push(backend.onEvent(({ type }) => seen.push(type)));
    await make();
    for (const end of ends) end();
    await make();
    assert.deepEqual(seen, ["task.created"]);
  });
});
