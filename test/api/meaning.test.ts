/** Free text, compared by what it says: by the same words alone, by a model where one may, else by a person. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";
import { type FakeModel, startFakeModel } from "../support/fake-model.ts";

/** Every execution is sampled. */
const weather = {
  name: "weather in a sentence",
  description: "",
  language: "javascript" as const,
  examples: [{ input: "rain", output: "It rains." }],
  accuracyTarget: 0.5,
  latencyTargetMs: 200,
  samplingRate: 1,
  comparison: "meaning" as const,
};
const code = 'function run(x) { return x === "none" ? null : x === "rain" ? "It rains." : "There is " + x + "."; }';
const other = 'function run(x) { return x === "none" ? null : x === "rain" ? "It rains." : "Weather: " + x; }';
const labelled = [
  { input: "rain", output: "it  rains." },
  { input: "snow", output: "It snows." },
  { input: "hail", output: "It is sunny." },
  { input: "none", output: "Nothing." },
];

describe("a task whose texts are compared by meaning", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  let model: FakeModel;
  before(async () => {
    // Nothing is the same as a sunny day; it expects "It is …" where it must say so itself.
    model = await startFakeModel({
      reply: ({ messages }) => {
        const text = messages.at(-1)?.content ?? "";
        if (text.includes("Output A")) return JSON.stringify({ why: "", known: true, same: !text.includes("sunny") });
        const input = /Input:\n"(.*)"$/.exec(text)?.[1];
        return JSON.stringify({ why: "", known: input !== "fog", output: JSON.stringify(`It is ${input}.`) });
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

  async function telling(...codes: string[]) {
    const { client } = backend;
    const { id } = await client.call("createTask", { params: {}, body: weather });
    for (const one of codes) {
      await client.call("createArtifact", { params: {}, body: { taskId: id, code: one, language: "javascript" } });
    }
    const params = { id };
    return {
      params,
      run: async (input: string) => (await client.call("execute", { params, body: { input } })).executionId,
      label: () => client.call("setReference", { params, body: { rows: labelled } }),
      letModelJudge: () => client.call("changeTask", { params, body: { modelVerdictsPerDay: 100 } }),
      verdicts: async () => {
        const { items } = await client.call("listValidations", { params, query: { limit: 50 } });
        return items.map(({ input, oracle, correct, expectedOutput }) => [input, oracle, correct, expectedOutput]);
      },
      waiting: async () => {
        const { items } = await client.call("getReview", { params, query: { limit: 50 } });
        return items.map(({ input }) => input).sort();
      },
      judge: (executionId: string, verdict: { correct?: boolean; expectedOutput?: string }) =>
        client.call("judgeExecution", { params, body: { executionId, ...verdict } }),
    };
  }

  it("without a model labelled rows judge the same words, and what is no text; other words wait for a person", async () => {
    const task = await telling(code);
    const asked = model.requests.length;
    const ids = new Map<string, string>();
    for (const input of ["rain", "snow", "hail", "none"]) ids.set(input, await task.run(input));
    await task.label();
    await eventually(async () => assert.equal((await task.verdicts()).length, 2));
    assert.deepEqual((await task.verdicts()).sort(), [
      ["none", "reference", false, "Nothing."],
      ["rain", "reference", true, "it  rains."],
    ]);
    assert.deepEqual(await task.waiting(), ["hail", "snow"]);
    assert.equal(model.requests.length, asked);

    const snow = ids.get("snow") ?? "";
    assert.equal((await task.judge(snow, { expectedOutput: "It snows." })).correct, false);
    assert.equal((await task.judge(snow, { correct: true, expectedOutput: "It snows." })).correct, true);
    const same = await failureOf(task.judge(snow, { correct: false, expectedOutput: "THERE IS snow." }));
    assert.equal(same.code, "invalid_request");
    const none = await failureOf(task.judge(ids.get("none") ?? "", { correct: true, expectedOutput: "Nothing." }));
    assert.equal(none.code, "invalid_request");
  });

  it("a model judges other words: by a labelled row, or by what it would say itself", async () => {
    const task = await telling(code);
    await task.label();
    await task.letModelJudge();
    for (const input of ["rain", "snow", "hail", "wind", "fog"]) await task.run(input);
    await eventually(async () => {
      const verdicts = await task.verdicts();
      const by = (wanted: string) => verdicts.find(([input, oracle]) => input === wanted && oracle !== "person");
      assert.deepEqual(by("snow"), ["snow", "model", true, "It snows."]);
      assert.deepEqual(by("hail"), ["hail", "model", false, "It is sunny."]);
      assert.deepEqual(by("wind"), ["wind", "model", true, undefined]);
    });
    assert.deepEqual(await task.waiting(), ["fog"]);
  });

  it("a model judges other words by what a reference program gives, and is not asked about the same words", async () => {
    const { client } = backend;
    const task = await telling(code);
    const trusted = await telling(
      'function run(x) { if (x === "wind") return null; return x === "hail" ? "It is sunny." : x === "rain" ? "It rains." : "It snows."; }',
    );
    await client.call("setReference", {
      params: task.params,
      body: { program: { taskId: trusted.params.id, version: 1 } },
    });
    await task.letModelJudge();
    const asked = model.requests.length;
    for (const input of ["rain", "snow", "hail", "wind"]) await task.run(input);
    await eventually(async () =>
      assert.deepEqual((await task.verdicts()).filter(([input, by]) => input !== "rain" || by !== "model").sort(), [
        ["hail", "model", false, "It is sunny."],
        ["rain", "reference", true, "It rains."],
        ["snow", "model", true, "It snows."],
        ["wind", "model", true, undefined],
      ]),
    );
    const about = model.requests.slice(asked).map((request) => JSON.stringify(request));
    assert.ok(about.some((text) => text.includes("It snows.") && text.includes("There is snow.")));
  });

  it("in a rollout other words are a disagreement until a model, or a person, says which of them is right", async () => {
    const { client } = backend;
    const task = await telling(code, other);
    await task.label();
    const { params } = task;
    await client.call("startRollout", { params, body: { candidateVersion: 2 } });
    for (const input of ["snow", "none", "hail"]) await task.run(input);
    const sides = async () => {
      const { items } = await client.call("listDisagreements", { params, query: { limit: 10 } });
      return items.map(({ input, right, oracle }) => [input, right, oracle]);
    };
    const unknown = [
      ["hail", null, null],
      ["snow", null, null],
    ];
    await eventually(async () => assert.deepEqual(await sides(), unknown));
    const { items } = await client.call("listDisagreements", { params, query: { limit: 10 } });
    const snow = items.find(({ input }) => input === "snow")?.id ?? "";
    const verdict = { right: "both" as const, expectedOutput: "It snows." };
    await client.call("judgeDisagreement", { params: { ...params, did: snow }, body: verdict });
    assert.deepEqual((await sides())[1], ["snow", "both", "person"]);
    await client.call("rollBack", { params, body: {} });

    await task.letModelJudge();
    await client.call("startRollout", { params, body: { candidateVersion: 2 } });
    for (const input of ["snow", "hail"]) await task.run(input);
    await eventually(async () =>
      assert.deepEqual(await sides(), [
        ["hail", "neither", "model"],
        ["snow", "both", "model"],
      ]),
    );
  });
});
