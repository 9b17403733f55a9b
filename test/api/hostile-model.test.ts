/** A model that lies, babbles or is left alone; callers that leave; tasks that go while they are worked on. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { after, afterEach, before, describe, it } from "mocha";
import type { GenerateRequest } from "../../src/contract/generation.ts";
import type { Example } from "../../src/contract/tasks.ts";
import { failureOf, freshQuestions } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, type Step, startFakeModel, structuredAnswer } from "../support/fake-model.ts";

const right = "function run(input) {\n  return input.length * 2 + 1;\n}";
const examples = ["", "a", "bb", "ccc", "dddd"].map((input) => ({ input, output: input.length * 2 + 1 }));

describe("a model not to be trusted, and callers who leave", () => {
  let model: FakeModel;
  let backend: TestBackend;
  before(async () => {
    model = await startFakeModel();
    const settings = { baseUrl: model.baseUrl, name: "scripted", apiKey: "an-unusual-secret" };
    backend = await startTestBackend({ model: async () => settings, modelRetries: 0, modelSilenceMs: 5_000 });
  });
  after(async () => {
    await backend.stop();
    await model.stop();
  });
  afterEach(() => model.script({ say: "nothing was scripted" }));

  const question = freshQuestions(examples);
  const ask = (request: GenerateRequest) => backend.client.call("generateCode", { params: {}, body: request });
  const events = (...chunks: unknown[]): Step => ({
    garbage: [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), "data: [DONE]\n\n"].join(""),
  });

  it("answers although the model counts its tokens in nonsense", async () => {
    for (const usage of [{ prompt_tokens: "many", completion_tokens: -5.5 }, { prompt_tokens: 1e300 }, "none", [1]]) {
      const choices = [{ index: 0, delta: { content: "```python\n1\n```" }, finish_reason: "stop" }];
      model.script(events({ choices }, { choices: [], usage }));
      const answer = await ask(question({ language: "python", examples: undefined }));
      assert.equal(answer.usage, null);
    }
  });

  it("ends in a model failure where the stream is not what it should be", async () => {
    for (const chunk of [null, [], { choices: "none" }, { choices: [{ delta: { content: { a: 1 } } }] }]) {
      model.script(events(chunk));
      assert.equal((await failureOf(ask(question()))).code, "model_failed");
    }
  });

  it("does not pass on a key that the endpoint repeats", async () => {
    model.script({ status: 400, message: "no account for an-unusual-secret, http://me:hidden@host/" });
    const error = await failureOf(ask(question()));
    assert.match(error.message, /no account for \[redacted\], http:\/\/\[redacted\]@host/);
    assert.ok(!backend.log.join("").includes("an-unusual-secret"));
  });

  it("never sends a held-out example to the model, whatever the examples are", async function () {
    this.timeout(20_000);
    const given = fc.array(fc.nat({ max: 30 }), { minLength: 3, maxLength: 26 });
    await fc.assert(
      fc.asyncProperty(given, async (numbers) => {
        const marked: Example[] = numbers.map((n) => ({ input: `in${n}put`, output: `out${n}put` }));
        const from = model.requests.length;
        model.script({ say: structuredAnswer('function run(input) { throw new Error("I saw " + input); }') });
        const answer = await ask(question({ examples: marked, inputs: ["a line of the person's own"] }));
        const sent = JSON.stringify(model.requests.slice(from));
        const failures = answer.verification?.failures ?? [];
        for (const { input, expected } of failures.filter(({ heldOut }) => heldOut)) {
          assert.ok(!sent.includes(String(input)) && !sent.includes(String(expected)), `${input} was sent`);
        }
        assert.ok(!sent.includes("a line of the person's own"));
        const { shown, heldOut } = answer.verification ?? assert.fail();
        assert.equal(shown.total + heldOut.total, marked.length);
      }),
      { numRuns: 25 },
    );
  });

  const tasks = async () => {
    const stats = await backend.client.call("stats", { params: {} });
    return stats.tasks;
  };

  it("stops the work and leaves no draft when the caller leaves, at each stage", async () => {
    const endless = "function run(input) { for (;;) {} }";
    const inputs = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    const cases: [stage: string, steps: Step[], over: Partial<GenerateRequest>][] = [
      ["asking", [{ hang: true }], {}],
      ["verifying", [{ say: structuredAnswer(endless) }], { inputs }],
      ["repairing", [{ say: structuredAnswer("function run(input) { return 1; }") }, { hang: true }], {}],
    ];
    const before = await tasks();
    for (const [stage, steps, over] of cases) {
      model.script(...steps);
      const stop = new AbortController();
      const leaving = backend.client.stream(
        "generateCode",
        { params: {}, body: question(over) },
        { onProgress: (progress) => progress.stage === stage && stop.abort() },
        { signal: stop.signal },
      );
      assert.equal((await failureOf(leaving)).code, "client_closed_request");
      // The sandbox is free for the next caller, who need not wait for what was left behind.
      model.script({ say: structuredAnswer(right) });
      assert.equal((await ask(question())).status, "success");
    }
    assert.equal(await tasks(), before);
    const lines = backend.log.filter((line) => line.includes('"level":50'));
    assert.deepEqual(lines, []);
  });

  it("answers 404 when the task is deleted while a program is made for it", async () => {
    const task = await backend.client.call("createTask", {
      params: {},
      body: {
        name: "short-lived",
        description: "",
        language: "javascript",
        examples,
        accuracyTarget: 0.9,
        latencyTargetMs: 10,
        samplingRate: 0,
      },
    });
    model.script({ say: structuredAnswer(right) });
    const making = backend.client.stream(
      "generateProgram",
      { params: { id: task.id }, body: { strategy: "model" } },
      { onDelta: () => void backend.client.call("deleteTask", { params: { id: task.id } }).catch(() => undefined) },
    );
    const error = await failureOf(making);
    assert.deepEqual([error.code, /deleted meanwhile/.test(error.message)], ["not_found", true]);
  });

  it("makes two programs when asked twice at once for one task, and exactly one of them runs", async () => {
    const body = { name: "twice", description: "", language: "javascript" as const, examples };
    const limits = { accuracyTarget: 0.9, latencyTargetMs: 10, samplingRate: 0 };
    const task = await backend.client.call("createTask", { params: {}, body: { ...body, ...limits } });
    model.script({ say: structuredAnswer(right) });
    const make = () => backend.client.call("generateProgram", { params: { id: task.id }, body: { strategy: "model" } });
    await Promise.all([make(), make()]);
    const { items } = await backend.client.call("listArtifacts", { params: { taskId: task.id } });
    assert.deepEqual(
      items.map(({ version, state }) => [version, state]),
      [
        [2, "active"],
        [1, "verified"],
      ],
    );
  });

  it("does not answer from the cache with a program whose task is gone", async () => {
    model.script({ say: structuredAnswer(right) });
    const same = question();
    const first = await ask(same);
    assert.equal((await ask(same)).cached, true);
    await backend.client.call("deleteTask", { params: { id: first.artifact?.taskId ?? "" } });
    const again = await ask(same);
    assert.equal(again.cached, false);
    assert.notEqual(again.artifact?.id, first.artifact?.id);
  });

  it("does not answer one role from another's cache, nor one strategy from another's", async () => {
    const { apiKey } = await backend.client.call("createKey", { params: {}, body: { name: "d", role: "developer" } });
    model.script({ say: "```python\n1\n```" });
    const post = async (key: string, over: object = {}) => {
      const response = await backend.fetch("/api/v1/code/generate", {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": key },
        body: JSON.stringify({ user_question: "whose?", language: "python", ...over }),
      });
      return response.headers.get("x-cache");
    };
    assert.deepEqual(
      [await post(backend.apiKey), await post(backend.apiKey), await post(apiKey), await post(apiKey)],
      ["MISS", "L1", "MISS", "L1"],
    );
    assert.equal(await post(apiKey, { strategy: "model" }), "MISS");
    assert.equal(await post(apiKey, { code_context: "x" }), "MISS");
  });
});
