/** How often the model that judges is right: measured where others judged, and told as a wider interval. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";
import { type FakeModel, startFakeModel } from "../support/fake-model.ts";

/** Every execution is sampled. */
const shout = {
  name: "shout",
  description: "Upper case",
  language: "javascript" as const,
  examples: [{ input: "a", output: "A" }],
  accuracyTarget: 0.5,
  latencyTargetMs: 200,
  samplingRate: 1,
};
/** Wrong where the text begins with w. */
const code = 'function run(input) { return input.startsWith("w") ? "?" : input.toUpperCase(); }';
const texts = (letter: string, n: number) => Array.from({ length: n }, (_, i) => `${letter}${i}`);

describe("the record of a model that judges", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  let model: FakeModel;
  before(async () => {
    // It knows what is right, but for texts with a 7 in them; of those with a 3 it says that it does not know.
    model = await startFakeModel({
      reply: ({ messages }) => {
        const input = /Input:\n"(.*)"$/.exec(messages.at(-1)?.content ?? "")?.[1] ?? "";
        const output = input.includes("7") ? "else" : input.toUpperCase();
        return JSON.stringify({ why: "", known: !input.includes("3"), output: JSON.stringify(output) });
      },
    });
    backend = await startTestBackend({
      model: async () => ({ baseUrl: model.baseUrl, name: "judge" }),
      modelRetries: 0,
    });
  });
  after(async () => {
    await backend.stop();
    await model.stop();
  });

  async function shouting(labelled: readonly string[]) {
    const { client } = backend;
    const { id } = await client.call("createTask", { params: {}, body: shout });
    await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
    const params = { id };
    const run = (inputs: readonly string[]) =>
      client.call("executeBatch", {
        params: {},
        body: { taskId: id, items: inputs.map((input) => ({ input })), stopOnFirstError: false, log: true },
      });
    const list = async (oracle: "model" | "reference") =>
      (await client.call("listValidations", { params, query: { limit: 500, oracle } })).items;
    const rows = labelled.map((input) => ({ input, output: input.toUpperCase() }));
    if (rows.length > 0) {
      await client.call("setReference", { params, body: { rows } });
      await run(labelled);
    }
    await eventually(async () => assert.equal((await list("reference")).length, labelled.length));
    return {
      run,
      list,
      judgeByModel: (modelVerdictsPerDay: number) =>
        client.call("changeTask", { params, body: { modelVerdictsPerDay } }),
      known: async () => await client.call("getLearning", { params, query: { points: 1 } }),
      accuracy: async () => (await client.call("getAnalytics", { params: { taskId: id } })).accuracy,
      overview: async () => {
        const { tasks } = await client.call("getOverview", { params: {} });
        return tasks.find(({ taskId }) => taskId === id)?.accuracy;
      },
    };
  }
  it("is asked about runs that others judged, of each kind, and its own verdicts are corrected by that", async () => {
    const task = await shouting([...texts("r", 10), ...texts("w", 10)]);
    const before = await task.accuracy();
    assert.deepEqual([before?.value, before?.n], [0.5, 20]);
    assert.deepEqual((await task.known()).model, { right: { agreed: 0, n: 0 }, wrong: { agreed: 0, n: 0 } });
    await task.judgeByModel(1_000);
    await task.run(texts("new", 40));
    await eventually(async () => {
      const { model: record } = await task.known();
      assert.equal(record.right.n + record.wrong.n, 18);
      assert.equal((await task.list("model")).filter(({ input }) => String(input).startsWith("new")).length, 27);
    });
    const known = await task.known();
    // Of r3 and w3 it has no opinion, and r7 it calls wrong.
    assert.deepEqual(known.model, { right: { agreed: 8, n: 9 }, wrong: { agreed: 9, n: 9 } });
    const accuracy = await task.accuracy();
    assert.equal(accuracy?.n, 20 + 27);
    assert.deepEqual([known.accuracy[0]?.accuracy, await task.overview()], [accuracy, accuracy]);
    const judged = await task.list("model");
    const plain = judged.filter(({ input, correct }) => String(input).startsWith("new") && correct).length;
    // Three of the new ones it called wrong; behind its verdicts there are fewer.
    assert.equal(plain, 24);
    assert.ok((accuracy?.value ?? 0) > (10 + plain) / 47, `${accuracy?.value}`);
    assert.ok((accuracy?.high ?? 0) - (accuracy?.low ?? 0) > 0.2);
  });

  it("keeps to the day's cap", async () => {
    const task = await shouting(texts("r", 10));
    await task.judgeByModel(7);
    const asked = model.requests.length;
    await task.run(texts("x", 2));
    await eventually(async () => assert.equal(model.requests.length - asked, 14));
    await eventually(async () => assert.ok((await task.list("model")).length >= 6));
  });

  it("is asked about twenty at first, also where nothing waits", async () => {
    const task = await shouting(texts("r", 40));
    await task.judgeByModel(1_000);
    const asked = model.requests.length;
    await task.run(["r1"]);
    await eventually(async () => assert.equal(model.requests.length - asked, 40));
    await task.run(["more"]);
    await eventually(async () => assert.ok((await task.list("model")).some(({ input }) => input === "more")));
    assert.ok(model.requests.length - asked <= 44);
  });

  it("is not there where nobody else judged: then its word is quoted, and proves nothing", async () => {
    const alone = await shouting([]);
    await alone.judgeByModel(100);
    await alone.run(texts("y", 3));
    await eventually(async () => assert.equal((await alone.list("model")).length, 3));
    assert.deepEqual(await alone.accuracy(), { value: 1, low: 0, high: 1, n: 3 });
    assert.deepEqual((await alone.known()).model, { right: { agreed: 0, n: 0 }, wrong: { agreed: 0, n: 0 } });
  });
});
