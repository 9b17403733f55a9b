/** The main job over HTTP: a task, a program proven on its examples, executions that are kept. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { HapaError } from "../../src/contract/errors.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";

const names = [
  { input: "Lovelace, Ada", output: "Ada Lovelace" },
  { input: "Hopper, Grace", output: "Grace Hopper" },
  { input: "Turing, Alan", output: "Alan Turing" },
];

const newTask = {
  name: "names",
  description: "",
  language: "javascript" as const,
  examples: names,
  accuracyTarget: 0.9,
  latencyTargetMs: 10,
  samplingRate: 0.05,
};

describe("tasks over HTTP, without a model", () => {
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  const make = (over: Partial<typeof newTask> = {}) =>
    backend.client.call("createTask", { params: {}, body: { ...newTask, ...over } });
  const fails = async (work: Promise<unknown>, code: string, message: RegExp) => {
    await assert.rejects(work, (error: HapaError) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  };

  it("makes a program from three examples, proves it and runs it on new input", async () => {
    const task = await make();
    const artifact = await backend.client.call("generateProgram", {
      params: { id: task.id },
      body: { strategy: "auto" },
    });
    assert.equal(artifact.state, "active");
    assert.equal(artifact.generator, "offline");
    assert.equal(artifact.verification.method, "leave_one_out");
    assert.deepEqual(artifact.verification.shown, { passed: 3, total: 3 });
    const run = await backend.client.call("execute", { params: { id: task.id }, body: { input: "Curie, Marie" } });
    assert.deepEqual([run.status, run.output, run.version], ["success", "Marie Curie", 1]);
    const { items } = await backend.client.call("listExecutions", { params: { id: task.id }, query: { limit: 10 } });
    assert.deepEqual(
      items.map((item) => [item.executionId, item.input]),
      [[run.executionId, "Curie, Marie"]],
    );
  });

  it("streams progress to those who ask for it", async () => {
    const task = await make();
    const stages = new Set<string>();
    const artifact = await backend.client.stream(
      "generateProgram",
      { params: { id: task.id }, body: { strategy: "offline" } },
      { onProgress: ({ stage }) => stages.add(stage) },
    );
    assert.equal(artifact.state, "active");
    assert.ok(stages.has("learning") && stages.has("verifying") && stages.has("storing"), [...stages].join());
  });

  it("runs a batch in order, keeps every execution, and counts them", async () => {
    const task = await make();
    await backend.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "auto" } });
    const items = Array.from({ length: 3000 }, (_, i) => ({ id: `row-${i}`, input: `Last${i}, First${i}` }));
    const batch = await backend.client.call("executeBatch", {
      params: {},
      body: { taskId: task.id, items, stopOnFirstError: false, log: true },
    });
    assert.deepEqual([batch.total, batch.succeeded, batch.failed], [3000, 3000, 0]);
    assert.deepEqual([batch.results[2999]?.id, batch.results[2999]?.output], ["row-2999", "First2999 Last2999"]);
    const analytics = await backend.client.call("getAnalytics", { params: { taskId: task.id } });
    assert.equal(analytics.total, 3000);
    assert.equal(analytics.successRate, 1);
    assert.equal(analytics.modelCallsAvoided, 3000);
    assert.deepEqual(
      analytics.byVersion.map(({ version, total }) => [version, total]),
      [[1, 3000]],
    );
  });

  it("pages through executions without missing or repeating one", async () => {
    const task = await make();
    await backend.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "auto" } });
    const items = Array.from({ length: 25 }, (_, i) => ({ input: `L${i}, F${i}` }));
    await backend.client.call("executeBatch", {
      params: {},
      body: { taskId: task.id, items, stopOnFirstError: false, log: true },
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await backend.client.call("listExecutions", {
        params: { id: task.id },
        query: { limit: 10, cursor },
      });
      seen.push(...page.items.map((item) => String(item.input)));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    assert.deepEqual(seen, items.map((item) => item.input).reverse());
  });

  it("keeps a batch that asked for it out of the records", async () => {
    const task = await make();
    await backend.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "auto" } });
    const body = { taskId: task.id, items: [{ input: "a, b" }], stopOnFirstError: false, log: false };
    assert.equal((await backend.client.call("executeBatch", { params: {}, body })).results[0]?.executionId, null);
    assert.equal((await backend.client.call("getAnalytics", { params: { taskId: task.id } })).total, 0);
  });

  it("rejects a program that never ends in seconds, however many examples there are", async () => {
    const task = await make({ examples: Array.from({ length: 5_000 }, (_, at) => ({ input: `${at}`, output: "" })) });
    const body = { taskId: task.id, code: "function run() { for (;;); }", language: "javascript" as const };
    const { state, verification } = await backend.client.call("createArtifact", { params: {}, body });
    assert.deepEqual([state, verification.shown], ["rejected", { passed: 0, total: 5_000 }]);
    assert.deepEqual(new Set(verification.failures.map(({ status }) => status)), new Set(["timeout"]));
  });

  it("proves a program written by hand, and refuses to run one that fails", async () => {
    const task = await make();
    const store = (code: string) =>
      backend.client.call("createArtifact", { params: {}, body: { taskId: task.id, code, language: "javascript" } });
    const wrong = await store("function run(input) { return input; }");
    assert.equal(wrong.state, "rejected");
    assert.equal(wrong.verification.failures.length, 3);
    await fails(
      backend.client.call("execute", { params: { id: task.id }, body: { input: "x", version: 1 } }),
      "conflict",
      /did not pass/,
    );
    await fails(
      backend.client.call("activateArtifact", { params: { taskId: task.id, version: "1" } }),
      "conflict",
      /did not pass/,
    );
    const right = await store('function run(input) { return input.split(", ").reverse().join(" "); }');
    assert.equal(right.state, "active");
    const typed = await backend.client.call("createArtifact", {
      params: {},
      body: {
        taskId: task.id,
        language: "typescript",
        code: 'function run(input: string): string { return input.split(", ").reverse().join(" "); }',
      },
    });
    assert.equal(typed.state, "verified");
    const active = await backend.client.call("activateArtifact", { params: { taskId: task.id, version: "3" } });
    assert.equal(active.state, "active");
    const { items } = await backend.client.call("listArtifacts", { params: { taskId: task.id } });
    assert.deepEqual(
      items.map((item) => item.state),
      ["active", "verified", "rejected"],
    );
    const run = await backend.client.call("execute", { params: { id: task.id }, body: { input: "Curie, Marie" } });
    assert.deepEqual([run.version, run.output], [3, "Marie Curie"]);
  });

  it("gives what a program printed with a single run, and keeps none of it", async () => {
    const task = await make();
    const code = 'function run(name) { console.log("got", name); return name.split(", ").reverse().join(" "); }';
    await backend.client.call("createArtifact", {
      params: {},
      body: { taskId: task.id, code, language: "javascript" },
    });
    const run = await backend.client.call("execute", { params: { id: task.id }, body: { input: "Curie, Marie" } });
    assert.deepEqual([run.output, run.logs], ["Marie Curie", "got Curie, Marie"]);
    const kept = await backend.client.call("listExecutions", { params: { id: task.id }, query: { limit: 1 } });
    assert.ok(!JSON.stringify(kept).includes("got Curie"));
  });

  it("changes and deletes a task with all that belongs to it", async () => {
    const task = await make();
    const changed = await backend.client.call("changeTask", {
      params: { id: task.id },
      body: { name: "better", accuracyTarget: 0.5 },
    });
    assert.deepEqual([changed.name, changed.accuracyTarget, changed.examples.length], ["better", 0.5, 3]);
    await backend.client.call("deleteTask", { params: { id: task.id } });
    await fails(backend.client.call("getTask", { params: { id: task.id } }), "not_found", /no task/);
    await fails(
      backend.client.call("execute", { params: { id: task.id }, body: { input: 1 } }),
      "not_found",
      /no task/,
    );
  });

  it("refuses a number that could not be kept, and does not hide a task that was saved", async () => {
    const task = await make();
    const patch = (body: string) =>
      backend.fetch(`/api/v1/tasks/${task.id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body,
      });
    assert.equal((await patch('{"examples": [{"input": [1e999], "output": 1}]}')).status, 400);
    assert.equal((await patch('{"draft": true}')).status, 400);
    assert.equal((await patch('{"draft": false}')).status, 200);
  });

  it("stops a batch at its first failure when asked to, and keeps what ran", async () => {
    const task = await make({ examples: [{ input: 1, output: 1 }] as never });
    const code = "function run(input) { if (input === 3000) throw new Error('no'); return input; }";
    await backend.client.call("createArtifact", {
      params: {},
      body: { taskId: task.id, code, language: "javascript" },
    });
    const items = Array.from({ length: 8_000 }, (_, input) => ({ input }));
    const body = { taskId: task.id, items, stopOnFirstError: true, log: true };
    const { total, failed, results } = await backend.client.call("executeBatch", { params: {}, body });
    assert.deepEqual([total, failed, results.at(-1)?.status], [3001, 1, "error"]);
    assert.equal(new Set(results.map((one) => one.executionId)).size, 3001);
    assert.equal((await backend.client.call("getAnalytics", { params: { taskId: task.id } })).total, 3001);
  });

  it("leaves the person's own keys and values untouched", async () => {
    const input = { snake_key: 1, camelKey: { __proto_x: [null, "é\u0000\ud83d"] } };
    const task = await make({ examples: [{ input, output: { resultKey: 1 } }] as never });
    const read = await backend.client.call("getTask", { params: { id: task.id } });
    assert.deepEqual(read.examples, [{ input, output: { resultKey: 1 } }]);
  });

  it("says what is missing when there are neither examples nor a model", async () => {
    const task = await make({ examples: [], description: "reverse the words" });
    const generate = backend.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "auto" } });
    await fails(generate, "model_not_configured", /no examples.*HAPA: Choose Model/s);
    await fails(
      backend.client.call("generateCode", {
        params: {},
        body: { userQuestion: "sort a list", language: "python", strategy: "auto" },
      }),
      "model_not_configured",
      /examples.*connect a model/s,
    );
  });

  it("names the two examples that contradict each other", async () => {
    const examples = [...names, { input: "Hopper, Grace", output: "Hopper Grace" }];
    const task = await make({ examples });
    await fails(
      backend.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "auto" } }),
      "contradictory_examples",
      /Examples 2 and 4 contradict.*Hopper, Grace/s,
    );
  });

  it("says what it could not do and what would help when nothing fits", async () => {
    const examples = [
      { input: "a", output: "7f3" },
      { input: "b", output: "zz9" },
      { input: "c", output: "q" },
    ];
    const task = await make({ examples });
    const error = await backend.client
      .call("generateProgram", { params: { id: task.id }, body: { strategy: "auto" } })
      .then(
        () => undefined,
        (reason: HapaError) => reason,
      );
    assert.ok(error && ["not_enough_examples", "verification_failed"].includes(error.code), error?.code);
    assert.match(error.message, /example/);
  });

  it("answers a question with examples by a verified program, kept as a draft until it is saved", async () => {
    const answer = await backend.client.call("generateCode", {
      params: {},
      body: {
        userQuestion: "First name first",
        language: "javascript",
        strategy: "auto",
        examples: names,
        inputs: ["Curie, Marie"],
      },
    });
    assert.equal(answer.status, "success");
    assert.equal(answer.model, "offline");
    assert.equal(answer.verification?.rehearsal?.failed, 0);
    const id = answer.artifact?.taskId ?? "";
    const listed = async () =>
      (await backend.client.call("listTasks", { params: {}, query: { limit: 500 } })).items.some((t) => t.id === id);
    assert.equal(await listed(), false);
    await backend.client.call("changeTask", { params: { id }, body: { draft: false, name: "First name first" } });
    assert.equal(await listed(), true);
  });

  it("describes itself: OpenAPI, a page, metrics, stats", async () => {
    const document = (await (await backend.fetch("/openapi.json")).json()) as { paths: Record<string, unknown> };
    assert.ok(document.paths["/api/v1/tasks/{id}/execute"]);
    assert.match(await (await backend.fetch("/docs")).text(), /<h1>HAPA API/);
    assert.match(await (await backend.fetch("/metrics")).text(), /hapa_executions_total\{status="success"\}/);
    const stats = await backend.client.call("stats", { params: {} });
    assert.equal(stats.sandbox.engine, "isolated-vm");
    assert.equal(stats.sandbox.nodePath, process.execPath);
    const health = await backend.client.call("health", { params: {} });
    assert.deepEqual([health.sandbox.engine, health.sandbox.nodeVersion], ["isolated-vm", process.version]);
    assert.ok(process.execPath.endsWith(health.sandbox.nodePath.replace(/^~/, "")));
    assert.ok(stats.executions > 3000);
  });

  it("logs requests with ids and never a key", async () => {
    await backend.fetch("/api/v1/tasks?limit=1");
    const lines = backend.log.join("");
    assert.match(lines, /"request_id":"req_/);
    assert.ok(!lines.includes(backend.apiKey));
  });
});
