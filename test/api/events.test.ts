/** `GET /events`: what happens is told in order, once, to whoever may hear it, also to those who come back. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { openDatabase } from "../../src/store/database.ts";
import { openStore } from "../../src/store/store.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type EventStream, openStream } from "../support/event-stream.ts";
import { newTask } from "../support/new-task.ts";

describe("events", () => {
  let backend: TestBackend;
  const streams: EventStream[] = [];
  before(async () => {
    backend = await startTestBackend();
  });
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close();
  });
  after(() => backend.stop());

  const open = async (query = "", headers: Record<string, string> = {}, from = backend, key = from.apiKey) => {
    const stream = await openStream(`${from.url}/api/v1/events${query}`, key, headers);
    streams.push(stream);
    return stream;
  };
  const make = (name = newTask.name, from = backend) =>
    from.client.call("createTask", { params: {}, body: { ...newTask, name } });
  const names = (told: readonly { json: { data: Record<string, unknown> } }[]) =>
    told.map(({ json }) => json.data["name"]);
  const bulk = (tag: string, at: number, bytes: number) => ({
    type: "rollout.stage" as const,
    taskId: tag,
    data: { at, filler: "x".repeat(bytes) },
  });

  it("tells what happens to a task and its programs, with ids that ascend by one", async () => {
    const stream = await open();
    const task = await make("renamed soon");
    await backend.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "offline" } });
    await backend.client.call("changeTask", { params: { id: task.id }, body: { name: "x", samplingRate: 0.5 } });
    await backend.client.call("deleteTask", { params: { id: task.id } });
    const told = await stream.take(5);
    const start = told[0]?.json.id ?? 0;
    assert.deepEqual(
      told.map(({ event, json: { id, task_id, data } }) => [event, (id ?? 0) - start, task_id, data]),
      [
        ["task.created", 0, task.id, { name: "renamed soon", draft: false }],
        ["artifact.created", 1, task.id, { version: 1, state: "active", generator: "offline", language: "javascript" }],
        ["artifact.activated", 2, task.id, { version: 1 }],
        ["task.changed", 3, task.id, { fields: ["name", "sampling_rate"] }],
        ["task.deleted", 4, task.id, {}],
      ],
    );
    assert.equal(stream.lastId(), String(start + 4));
  });

  it("tells of one task only where that is asked", async () => {
    const task = await make();
    const stream = await open(`?task_id=${task.id}`);
    await make("another");
    await backend.client.call("changeTask", { params: { id: task.id }, body: { name: "x" } });
    assert.deepEqual([(await stream.next()).json.task_id, stream.lastId()], [task.id, String((await last()).id)]);
  });
  const last = async () => {
    const store = await openStore(backend.dataDir);
    const { last: id } = await store.events.bounds();
    await store.close();
    return { id };
  };

  it("counts executions for those who listen, without an id", async () => {
    const task = await make();
    const code =
      'function run(x) { const [a, b] = x.split(", "); if (!b) throw new Error("no comma"); return b + " " + a; }';
    const language = "javascript" as const;
    await backend.client.call("createArtifact", { params: {}, body: { taskId: task.id, code, language } });
    const stream = await open();
    const items = ["Curie, Marie", "Curie", "Noether, Emmy"].map((input) => ({ input }));
    const batch = { taskId: task.id, items, stopOnFirstError: false, log: true };
    await backend.client.call("executeBatch", { params: {}, body: batch });
    const told = await stream.next();
    assert.deepEqual([told.event, told.json.id, told.json.data], ["metrics", undefined, { executions: 3, failed: 1 }]);
  });

  it("goes on after the last event that was seen, by header or query; the header counts", async () => {
    const first = await open();
    for (const name of ["1", "2", "3"]) await make(name);
    const [one, two] = await first.take(3);
    const id = one?.json.id;
    assert.deepEqual(names(await (await open("", { "last-event-id": String(id) })).take(2)), ["2", "3"]);
    assert.deepEqual(names(await (await open(`?last_event_id=${id}`)).take(2)), ["2", "3"]);
    const both = await open(`?last_event_id=${id}`, { "last-event-id": String(two?.json.id) });
    await make("4");
    assert.deepEqual(names(await both.take(2)), ["3", "4"]);
  });

  it("gives a stream an id to go on from before anything has happened", async () => {
    const quiet = await open();
    const id = quiet.lastId();
    quiet.close();
    await make("meanwhile");
    assert.deepEqual(names([await (await open("", { "last-event-id": String(id) })).next()]), ["meanwhile"]);
  });

  it("refuses an id that is none, and answers HEAD without a stream", async () => {
    const answer = await backend.fetch("/api/v1/events", { headers: { "last-event-id": "yesterday" } });
    assert.equal(answer.status, 400);
    const head = await backend.fetch("/api/v1/events", { method: "HEAD" });
    assert.deepEqual([head.status, await head.text()], [200, ""]);
  });

  it("says so where what was missed is not kept any more, and goes on with what is", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "hapa-test-"));
    const options = { dataDir, events: { keepMost: 3 } };
    const own = await startTestBackend(options);
    for (let n = 1; n <= 10; n++) await make(`n${n}`, own);
    await own.stop();
    const again = await startTestBackend({ ...options, apiKey: own.apiKey }); // what is too much goes at a start, too
    const stream = await open("", { "last-event-id": "2" }, again, own.apiKey);
    const missed = await stream.next();
    assert.equal(missed.event, "events.missed");
    assert.deepEqual(missed.json.data, { asked_id: 2, first_id: 8 });
    assert.equal(missed.json.id, undefined);
    assert.deepEqual(names(await stream.take(3)), ["n8", "n9", "n10"]);
    const known = await open("", { "last-event-id": "7" }, again, own.apiKey);
    assert.deepEqual(names([await known.next()]), ["n8"]);
    // As one has it who listened to a database that is not there any more.
    const foreign = await open("", { "last-event-id": "5000" }, again, own.apiKey);
    assert.deepEqual((await foreign.next()).json.data, { asked_id: 5000, first_id: 8 });
    await make("n11", again);
    assert.deepEqual(names([await foreign.next()]), ["n11"]);
    await again.stop();
    await rm(dataDir, { recursive: true });
  });

  it("tells nothing of what was rolled back", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hapa-test-"));
    const database = await openDatabase(join(folder, "hapa.db"));
    const seen = Promise.withResolvers<number>();
    database.events.onWritten(
      () => void database.events.read({ after: 0, limit: 9 }).then((rows) => seen.resolve(rows.length)),
    );
    const failing = database.kysely.transaction().execute(async (tx) => {
      await database.events.write(tx, { type: "task.deleted", taskId: "t", data: {} });
      throw new Error("no");
    });
    await assert.rejects(failing);
    assert.equal(await seen.promise, 0);
    assert.deepEqual(await database.events.bounds(), { first: 1, last: 0 });
    await database.close();
    await rm(folder, { recursive: true });
  });

  it("ends the streams of a key that is revoked, at every server of the data folder, and no other", async () => {
    const second = await startTestBackend({ dataDir: backend.dataDir, apiKey: backend.apiKey });
    const viewer = await backend.client.call("createKey", { params: {}, body: { name: "v", role: "viewer" } });
    const [here, there] = [await open("", {}, backend, viewer.apiKey), await open("", {}, second, viewer.apiKey)];
    const other = await open();
    await backend.client.call("revokeKey", { params: { id: viewer.key.id } });
    assert.deepEqual([await here.ended(), await there.ended()], [[], []]);
    await make("after");
    // That a key was revoked is nobody else's business.
    assert.deepEqual(names([await other.next()]), ["after"]);
    await second.stop();
  });

  it("tells at one server what happened at another one on the same data folder", async () => {
    const second = await startTestBackend({ dataDir: backend.dataDir, apiKey: backend.apiKey });
    const stream = await open("", {}, second, backend.apiKey);
    await make("from the first");
    await make("from the second", second);
    assert.deepEqual(names(await stream.take(2)), ["from the first", "from the second"]);
    await second.stop();
  });

  it("ends streams at once when the server stops", async () => {
    const own = await startTestBackend();
    const stream = await open("", {}, own);
    // One that was waited for, and cut off in the end, would throw here.
    const [, rest] = await Promise.all([own.stop(), stream.ended()]);
    assert.deepEqual(rest, []);
  });

  it("drops a client that does not read, tells the others all the same, and loses nothing for it", async () => {
    const dropped = Promise.withResolvers<void>();
    const onLog = (line: string) => line.includes("does not read was dropped") && dropped.resolve();
    const own = await startTestBackend({ events: { slowestMs: 500 }, onLog });
    const store = await openStore(own.dataDir);
    const { port } = new URL(own.url);
    const deaf = connect(Number(port), "127.0.0.1");
    const closed = once(deaf, "close");
    deaf.on("error", () => {});
    deaf.write(`GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-API-Key: ${own.apiKey}\r\n\r\n`);
    const [head] = (await once(deaf, "data")) as [Buffer];
    const from = /id: (\d+)/.exec(`${head}${head.includes("id:") ? "" : (await once(deaf, "data"))[0]}`)?.[1];
    deaf.pause();
    const count = 300;
    const reading = (await open("", {}, own)).take(count);
    for (let at = 0; at < count; at++) await store.events.append(bulk("deaf", at, 40_000));
    const heard = await reading;
    assert.deepEqual(
      heard.map(({ json }) => json.data["at"]),
      Array.from({ length: count }, (_, at) => at),
    );
    await dropped.promise;
    const back = await open("", { "last-event-id": String(from) }, own);
    assert.deepEqual(
      (await back.take(count)).map(({ json }) => json.id),
      heard.map(({ json }) => json.id),
    );
    deaf.resume();
    await closed;
    await store.close();
    await own.stop();
  }).timeout(30_000);
});
