/** Another program as the reference: what it gives is what should have come out. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Client } from "../../src/client/client.ts";
import type { Reference } from "../../src/contract/validations.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";

/** Every execution is sampled. */
const shout = {
  name: "shout",
  description: "",
  language: "javascript" as const,
  examples: [{ input: "a", output: "A" }],
  accuracyTarget: 0.5,
  latencyTargetMs: 50,
  samplingRate: 1,
};
const runs = "function run(input) { return input.toUpperCase(); }";
/** Knows better in one case, and knows nothing in three. */
const trusted = `function run(input) {
  if (input === "loops") for (;;);
  if (input === "throws") throw new Error("no");
  if (input === "gives nothing") return null;
  return input === "ß" ? "ẞ" : input.toUpperCase();
}`;

describe("another program as the reference", function () {
  this.timeout(30_000);
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  /** A task with these versions, of which the first is active. */
  async function taskWith(client: Client, ...versions: readonly string[]) {
    const { id } = await client.call("createTask", { params: {}, body: shout });
    for (const code of versions) {
      await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
    }
    return taskOf(client, id);
  }

  function taskOf(client: Client, id: string) {
    const params = { id };
    const list = async () => {
      const { items } = await client.call("listValidations", { params, query: { limit: 50 } });
      return new Map(
        items.map(({ input, correct, expectedOutput, oracle }) => [input, [oracle, correct, expectedOutput]]),
      );
    };
    return {
      id,
      params,
      list,
      run: (input: JsonValue, version?: number) => client.call("execute", { params, body: { input, version } }),
      setReference: (body: Reference) => client.call("setReference", { params, body }),
      by: (taskId: string, version = 1) =>
        client.call("setReference", { params, body: { program: { taskId, version } } }),
      reference: () => client.call("getReference", { params }),
      /** Once so many are judged. */
      judged: (n: number) =>
        eventually(async () => {
          const found = await list();
          assert.equal(found.size, n, JSON.stringify([...found]));
          return found;
        }),
      waiting: async () => {
        const { items } = await client.call("getReview", { params, query: { limit: 50 } });
        return items.map(({ input }) => input).reverse();
      },
    };
  }

  it("judges what was run before and after; where it fails, is stopped or gives nothing, it says nothing; rows come first", async () => {
    const { client } = backend;
    const task = await taskWith(client, runs);
    const other = await taskWith(client, trusted);
    await task.run("before");
    assert.deepEqual(await task.by(other.id), {
      rows: 0,
      program: { taskId: other.id, taskName: "shout", version: 1, state: "ready" },
    });
    await task.judged(1);
    const labelled = await task.setReference({ rows: [{ input: "known", output: "Known" }] });
    assert.deepEqual([labelled.rows, labelled.program?.taskId], [1, other.id], "the program stays");
    for (const input of ["loops", "throws", "gives nothing", "known", "ß", 7]) await task.run(input);
    assert.deepEqual(
      await task.judged(3),
      new Map<JsonValue, unknown[]>([
        ["ß", ["reference", false, "ẞ"]],
        ["known", ["reference", false, "Known"]],
        ["before", ["reference", true, "BEFORE"]],
      ]),
    );
    assert.deepEqual(await task.waiting(), ["loops", "throws", "gives nothing", 7]);
    const { total } = await client.call("getAnalytics", { params: { taskId: other.id } });
    assert.equal(total, 0, "what it says of another's inputs is no execution of its own");
  });

  it("takes the place of another while executions wait, and is taken away", async () => {
    const { client } = backend;
    const task = await taskWith(client, runs);
    const [first, second] = [await taskWith(client, trusted), await taskWith(client, `${runs} // the same`)];
    await task.by(first.id);
    await task.run("throws");
    await task.run("one");
    await task.judged(1);
    await task.by(second.id);
    assert.deepEqual((await task.judged(2)).get("throws"), ["reference", true, "THROWS"]);

    await client.call("removeReference", { params: task.params });
    assert.deepEqual(await task.reference(), { rows: 0, program: null });
    await task.run("two");
    await task.setReference({ rows: [{ input: "three", output: "THREE" }] });
    await task.run("three");
    await task.judged(3);
    assert.deepEqual(await task.waiting(), ["two"]);
    await task.setReference({ program: null, rows: [] });
    assert.deepEqual(await task.reference(), { rows: 0, program: null });
  });

  it("may be another version of the task, which does not judge its own runs, nor those of the same code", async () => {
    const { client } = backend;
    const task = await taskWith(client, runs, trusted, trusted);
    await task.by(task.id, 2);
    assert.equal((await task.reference()).program?.state, "ready");
    for (const version of [2, 3, 1]) await task.run(`by ${version}`, version);
    await task.judged(1);
    assert.deepEqual(await task.waiting(), ["by 2", "by 3"]);
    await client.call("activateArtifact", { params: { taskId: task.id, version: "2" } });
    assert.equal((await task.reference()).program?.state, "itself");
  });

  it("judges nothing while its task is deleted, and goes on when that is back", async () => {
    const { client } = backend;
    const task = await taskWith(client, runs);
    const other = await taskWith(client, trusted);
    await task.by(other.id);
    await client.call("deleteTask", { params: { id: other.id } });
    assert.deepEqual((await task.reference()).program, {
      taskId: other.id,
      taskName: null,
      version: 1,
      state: "missing",
    });
    await task.run("one");
    // Once this is judged, the other would have been, too.
    await task.setReference({ rows: [{ input: "two", output: "TWO" }] });
    await task.run("two");
    await task.judged(1);
    assert.deepEqual(await task.waiting(), ["one"]);
    await client.call("changeTask", { params: { id: other.id }, body: { deleted: false } });
    await task.judged(2);
  });

  it("rests where it is stopped each time, while labelled rows judge on", async () => {
    const { client } = backend;
    const task = await taskWith(client, runs);
    const other = await taskWith(client, 'function run(input) { while (input !== "a"); return "A"; }');
    await client.call("changeTask", { params: task.params, body: { latencyTargetMs: 1_000 } });
    await task.by(other.id);
    await task.setReference({ rows: [{ input: "known", output: "KNOWN" }] });
    for (const input of ["1", "2", "3", "4", "5", "6"]) await task.run(input);
    await eventually(async () => assert.equal((await task.reference()).program?.state, "resting"));
    await task.run("known");
    await task.judged(1);
    assert.equal(backend.log.filter((line) => line.includes("the reference program cannot judge now")).length, 1);
    assert.equal((await task.by((await taskWith(client, trusted)).id)).program?.state, "ready");
    await task.judged(7);
  });

  it("may be slower than the task allows, and in another language: it has the time it was proven in", async function () {
    this.timeout(120_000);
    const { client } = backend;
    const slow = "def run(input):\n    for _ in range(300_000):\n        pass\n    return input.title()\n";
    const body = { ...shout, language: "python" as const, latencyTargetMs: 1_000 };
    const { id } = await client.call("createTask", { params: {}, body });
    await client.call("createArtifact", { params: {}, body: { taskId: id, code: slow, language: "python" } });
    const task = await taskWith(client, runs);
    await client.call("changeTask", { params: task.params, body: { latencyTargetMs: 10 } });
    await task.by(id);
    await task.run("ada");
    // Python takes seconds to load, on a busy machine many.
    const judged = async (): Promise<Map<JsonValue, unknown[]>> => task.judged(1).catch(judged);
    assert.deepEqual((await judged()).get("ada"), ["reference", false, "Ada"]);
  });

  it("goes on with what waited when the server ended, also where nothing is run any more", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "hapa-reference-"));
    try {
      const first = await startTestBackend({ dataDir });
      const task = await taskWith(first.client, runs);
      await task.by((await taskWith(first.client, trusted)).id);
      await task.run("ß");
      await first.stop();
      const second = await startTestBackend({ dataDir, apiKey: first.apiKey });
      try {
        assert.deepEqual((await taskOf(second.client, task.id).judged(1)).get("ß"), ["reference", false, "ẞ"]);
      } finally {
        await second.stop();
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it("is refused where it is not there, was rejected, or is what runs; as is a reference without anything", async () => {
    const { client } = backend;
    const task = await taskWith(client, runs, 'function run() { return "wrong"; }');
    const copy = await taskWith(client, runs);
    const codeOf = async (work: Promise<unknown>) => (await failureOf(work)).code;
    assert.equal(await codeOf(task.by("task_none")), "not_found");
    assert.equal(await codeOf(task.by(task.id, 9)), "not_found");
    assert.equal(await codeOf(task.by(task.id, 2)), "conflict");
    assert.equal(await codeOf(task.by(task.id)), "conflict");
    assert.equal(await codeOf(task.by(copy.id)), "conflict");
    assert.equal(await codeOf(client.call("getReference", { params: { id: "task_none" } })), "not_found");
    const bare = await backend.fetch(`/api/v1/tasks/${task.id}/reference`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    assert.equal(bare.status, 400);
    assert.match(await bare.text(), /task_id and version/);
    assert.deepEqual(await task.reference(), { rows: 0, program: null });
  });
});
