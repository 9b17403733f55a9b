/** Verdicts on executions: a person's, and those by labelled rows, as accuracy. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { JsonValue } from "../../src/contract/wire.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";
import { startFakeModel } from "../support/fake-model.ts";

/** Every execution is sampled. */
const shout = {
  name: "shout",
  description: "",
  language: "javascript" as const,
  examples: [{ input: "a", output: "A" }],
  accuracyTarget: 0.5,
  latencyTargetMs: 200,
  samplingRate: 1,
};
/** Fails for numbers. */
const code = "function run(input) { return input.toUpperCase(); }";

describe("verdicts on executions", function () {
  this.timeout(30_000);
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  /** The task with its program. */
  async function shouting(comparison: "exact" | "text" = "exact") {
    const { client } = backend;
    const { id } = await client.call("createTask", { params: {}, body: { ...shout, comparison } });
    await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
    const params = { id };
    return {
      params,
      run: async (input: JsonValue) => (await client.call("execute", { params, body: { input } })).executionId,
      judge: (executionId: string, verdict: { correct?: boolean; expectedOutput?: JsonValue }) =>
        client.call("judgeExecution", { params, body: { executionId, ...verdict } }),
      review: (limit = 20) => client.call("getReview", { params, query: { limit } }),
      list: (query: { oracle?: "person" | "reference"; correct?: boolean; cursor?: string } = {}, limit = 50) =>
        client.call("listValidations", { params, query: { limit, ...query } }),
      accuracy: async () => (await client.call("getAnalytics", { params: { taskId: id } })).accuracy,
    };
  }

  it("a person accepts, rejects and corrects what waits; the last word counts", async () => {
    const task = await shouting();
    assert.equal(await task.accuracy(), null);
    const [one, two, three] = [await task.run("one"), await task.run("two"), await task.run("three")];
    const waiting = await task.review();
    assert.deepEqual([waiting.items.map(({ executionId }) => executionId), waiting.waiting], [[three, two, one], 3]);

    const first = await task.judge(one, { correct: true });
    assert.deepEqual(
      [first.oracle, first.correct, first.input, first.output, first.version, "expectedOutput" in first],
      ["person", true, "one", "ONE", 1, false],
    );
    await task.judge(two, { correct: false });
    await task.judge(three, { expectedOutput: "Three" });
    assert.deepEqual(await task.review(), { items: [], waiting: 0 });
    assert.deepEqual((await task.accuracy())?.n, 3);
    assert.equal((await task.accuracy())?.value, 1 / 3);

    const again = await task.judge(two, { expectedOutput: "TWO" });
    assert.equal(again.correct, true);
    assert.equal((await task.accuracy())?.value, 2 / 3);
    assert.equal((await task.accuracy())?.n, 3);
    assert.deepEqual(
      (await task.list({ correct: false })).items.map(({ executionId, expectedOutput }) => [
        executionId,
        expectedOutput,
      ]),
      [[three, "Three"]],
    );
    const page = await task.list({}, 2);
    const rest = await task.list({ cursor: page.cursor ?? "" }, 2);
    assert.deepEqual([page.items.length, rest.items.length, rest.cursor], [2, 1, null]);
  });

  it("labelled rows judge what was run before and after, in the task's way of comparing; a person overrules them", async () => {
    const task = await shouting("text");
    const before = await task.run("before");
    const { rows } = await backend.client.call("setReference", {
      params: task.params,
      body: {
        rows: [
          { input: "before", output: " before " },
          { input: "after", output: "AFTERWARDS" },
          { input: 7, output: "seven" },
          { input: "after", output: "something else" },
        ],
      },
    });
    assert.equal(rows, 3);
    const judged = (n: number) =>
      eventually(async () => {
        const { items } = await task.list({ oracle: "reference" });
        assert.equal(items.length, n);
        return items;
      });
    assert.deepEqual(
      (await judged(1)).map(({ executionId, correct, expectedOutput }) => [executionId, correct, expectedOutput]),
      [[before, true, " before "]],
    );
    const after = await task.run("after");
    await task.run(7);
    const unknown = await task.run("nobody labelled this");
    await judged(3);
    assert.deepEqual((await task.list({ correct: false })).items.map(({ input }) => input).sort(), [7, "after"]);
    assert.deepEqual(
      (await task.review()).items.map(({ executionId }) => executionId),
      [unknown],
    );
    assert.equal((await task.accuracy())?.value, 1 / 3);
    await task.judge(after, { correct: true });
    assert.deepEqual([(await task.accuracy())?.value, (await task.accuracy())?.n], [2 / 3, 3]);
  });

  it("a model judges where that was switched on, by what should come out, within the day's cap; others overrule it", async () => {
    const model = await startFakeModel();
    const own = await startTestBackend({
      model: async () => ({ baseUrl: model.baseUrl, name: "judge", prices: { prompt: 1, completion: 2 } }),
      modelRetries: 0,
    });
    try {
      const { client } = own;
      const { id } = await client.call("createTask", { params: {}, body: { ...shout, description: "Upper case" } });
      const params = { id };
      await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
      const run = async (input: string) => (await client.call("execute", { params, body: { input } })).executionId;
      const list = async () => (await client.call("listValidations", { params, query: { limit: 50 } })).items;
      await run("before");
      assert.equal(model.requests.length, 0, "nothing is sent unless it is switched on");

      const says = (output: string) => ({
        say: JSON.stringify({ why: "", known: true, output: JSON.stringify(output) }),
      });
      model.script(says("BEFORE"), says("BEFORE"), says("else"), says("else"));
      await client.call("changeTask", { params, body: { modelVerdictsPerDay: 2 } });
      const second = await run("wrong");
      const third = await run("beyond the cap");
      const judged = await eventually(async () => {
        const items = await list();
        assert.equal(items.length, 2);
        return items;
      });
      assert.deepEqual(
        judged.map(({ oracle, input, correct, expectedOutput }) => [oracle, input, correct, expectedOutput]),
        [
          ["model", "wrong", false, "else"],
          ["model", "before", true, "BEFORE"],
        ],
      );
      assert.equal(model.requests.length, 4, "two votes that agree are enough");
      assert.ok(!JSON.stringify(model.requests).includes("WRONG"), "it is not led by the program's own output");
      const spending = await client.call("getSpending", { params: {} });
      assert.deepEqual(
        spending.items.map(({ use, calls }) => [use, calls]),
        [["judge", 4]],
      );
      await client.call("judgeExecution", { params, body: { executionId: second, correct: true } });
      assert.equal((await client.call("getAnalytics", { params: { taskId: id } })).accuracy?.value, 1);
      assert.deepEqual(
        (await client.call("getReview", { params, query: { limit: 5 } })).items.map(({ executionId }) => executionId),
        [third],
      );
    } finally {
      await own.stop();
      await model.stop();
    }
  });

  it("refuses what contradicts itself, says nothing, or is about no execution of the task", async () => {
    const task = await shouting();
    const other = await shouting();
    const id = await task.run("x");
    const failed = await task.run(7);
    const codeOf = async (verdict: Promise<unknown>) => (await failureOf(verdict)).code;
    assert.equal(await codeOf(task.judge(id, { correct: true, expectedOutput: "y" })), "invalid_request");
    assert.equal(await codeOf(task.judge(id, { correct: false, expectedOutput: "X" })), "invalid_request");
    assert.equal(await codeOf(task.judge(failed, { correct: true })), "invalid_request");
    assert.equal(await codeOf(other.judge(id, { correct: true })), "not_found");
    assert.equal(await codeOf(task.judge("exec_none", { correct: true })), "not_found");
    const bare = await backend.fetch(`/api/v1/tasks/${task.params.id}/validations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ execution_id: id }),
    });
    assert.equal(bare.status, 400);
    assert.match(await bare.text(), /expected_output/);
    assert.equal(await task.accuracy(), null);
  });
});
