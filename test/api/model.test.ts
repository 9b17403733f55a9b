/** The main job with a model: everything real but the model itself. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import type { GenerateRequest } from "../../src/contract/generation.ts";
import { failureOf, freshQuestions } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, fencedAnswer, startFakeModel, structuredAnswer } from "../support/fake-model.ts";

const right = "function run(input) {\n  return input.length * 2 + 1;\n}";
const wrong = "function run(input) {\n  return input.length;\n}";
/** Nothing the offline generator could learn. */
const examples = ["", "a", "bb", "ccc", "dddd"].map((input) => ({ input, output: input.length * 2 + 1 }));

describe("generation with a model", () => {
  let model: FakeModel;
  let backend: TestBackend;

  before(async () => {
    model = await startFakeModel();
    const settings = {
      baseUrl: model.baseUrl,
      name: "scripted",
      apiKey: "sk-secret-key-123456",
      prices: { prompt: 1, completion: 2 },
    };
    backend = await startTestBackend({
      model: async () => settings,
      modelSilenceMs: 3_000,
      modelRetries: 2,
      offlineBudgetMs: 3_000,
    });
  });
  after(async () => {
    await backend.stop();
    await model.stop();
  });
  afterEach(() => model.script({ say: "nothing was scripted" }));

  const question = freshQuestions(examples);
  const ask = (request: GenerateRequest) => backend.client.call("generateCode", { params: {}, body: request });

  it("streams the answer, proves the program and counts tokens and cost", async () => {
    model.script({ say: structuredAnswer(right, "Doubles the length and adds one.") });
    let streamed = "";
    const stages: string[] = [];
    const answer = await backend.client.stream(
      "generateCode",
      { params: {}, body: question() },
      {
        onDelta: (text) => {
          streamed += text;
        },
        onProgress: ({ stage }) => stages.push(stage),
      },
    );
    assert.equal(answer.status, "success");
    assert.equal(streamed, `Doubles the length and adds one.\n\n\`\`\`javascript\n${right}\n\`\`\`\n`);
    assert.deepEqual([...new Set(stages)], ["asking", "verifying", "storing"]);
    assert.deepEqual(answer.usage, { promptTokens: 100, completionTokens: 50, costUsd: 0.0002 });
    assert.deepEqual(answer.verification?.heldOut, { passed: 1, total: 1 });
    assert.match(answer.artifact?.promptHash ?? "", /^[0-9a-f]{64}$/);
    assert.equal(model.authorizations.at(-1), "Bearer sk-secret-key-123456");
    assert.ok(!backend.log.join("").includes("sk-secret"));
  });

  it("never shows a held-out example to the model, in the first prompt or in a repair", async () => {
    const from = model.requests.length;
    model.script(
      { say: structuredAnswer(wrong) },
      { say: structuredAnswer("function run(input) { return [1,3,5,7][input.length]; }") },
      { say: structuredAnswer(right) },
    );
    const marked = [...examples.slice(0, 4), { input: "HELDOUT", output: 15 }];
    const answer = await ask(question({ examples: marked }));
    assert.equal(answer.status, "success");
    const sent = JSON.stringify(model.requests.slice(from).map((request) => request.messages));
    assert.equal(model.requests.length - from, 3);
    assert.ok(!sent.includes("HELDOUT"));
    assert.match(sent, /cases of the same task that you cannot see/);
  });

  it("ends verified after one repair when the first program is wrong", async () => {
    const from = model.requests.length;
    model.script({ say: structuredAnswer(wrong) }, { say: structuredAnswer(right) });
    const answer = await ask(question());
    assert.equal(answer.status, "success");
    assert.equal(model.requests.length - from, 2);
    assert.match(model.requests.at(-1)?.messages.at(-1)?.content ?? "", /input "bb"\n {2}expected 5\n {2}got 2/);
    const { items } = await backend.client.call("listArtifacts", { params: { taskId: answer.artifact?.taskId ?? "" } });
    assert.deepEqual(
      items.map((item) => item.state),
      ["active", "rejected"],
    );
    assert.equal(answer.usage?.promptTokens, 200);
  });

  it("gives up after three repairs, keeps all four programs as rejected and says what failed", async () => {
    const from = model.requests.length;
    model.script({ say: structuredAnswer(wrong) });
    const answer = await ask(question());
    assert.equal(answer.status, "error");
    assert.match(answer.errorMessage ?? "", /right on 0 of 5 cases \(0% where 90% is wanted\).*should give/s);
    assert.equal(model.requests.length - from, 4);
    const { items } = await backend.client.call("listArtifacts", { params: { taskId: answer.artifact?.taskId ?? "" } });
    assert.deepEqual(
      items.map((item) => item.state),
      ["rejected", "rejected", "rejected", "rejected"],
    );
  });

  it("reads fenced code where the endpoint has no structured output", async () => {
    const plain = await startFakeModel({ structured: false });
    const settings = { baseUrl: plain.baseUrl, name: "plain" };
    const other = await startTestBackend({ model: async () => settings });
    try {
      plain.script({ say: fencedAnswer(right) });
      const answer = await other.client.call("generateCode", { params: {}, body: question() });
      assert.equal(answer.generatedCode, right);
      assert.deepEqual(
        plain.requests.map((request) => request.response_format !== undefined),
        [true, false],
      );
      assert.equal(answer.usage?.costUsd, null);
    } finally {
      await other.stop();
      await plain.stop();
    }
  });

  it("retries on 429 and 500 and then goes on", async () => {
    model.script({ status: 429, retryAfterS: 0 }, { status: 500 }, { say: structuredAnswer(right) });
    assert.equal((await ask(question())).status, "success");
  });

  for (const [title, step, code, message] of [
    ["a model that always fails", { status: 500 }, "model_failed", /failed \(500\)/],
    ["a refused key", { status: 401 }, "model_failed", /refused the key.*Set API Key/],
    ["an unknown model", { status: 404 }, "model_failed", /does not know it.*Choose Model/],
    ["an answer that breaks off", { breakOff: structuredAnswer(right).slice(0, 40) }, "model_failed", /broke off/],
    ["an answer that just ends", { halfSaid: "Here is" }, "model_failed", /broke off/],
    ["a model that hangs", { hang: true }, "model_timeout", /said nothing for 3 s/],
    ["garbage", { garbage: "data: {not json\n\n" }, "model_failed", /did not answer/],
    ["an answer without code", { say: "I would rather not." }, "model_failed", /without any code/],
  ] as const) {
    it(`ends in a clear message for ${title}`, async () => {
      model.script(step);
      const error = await failureOf(ask(question()));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
    });
  }

  it("says so when the model is down", async () => {
    const gone = await startFakeModel();
    await gone.stop();
    const other = await startTestBackend({
      model: async () => ({ baseUrl: gone.baseUrl, name: "gone" }),
      modelRetries: 0,
    });
    try {
      const error = await failureOf(other.client.call("generateCode", { params: {}, body: question() }));
      assert.equal(error.code, "model_failed");
      assert.match(error.message, /cannot be reached/);
    } finally {
      await other.stop();
    }
  });

  it("survives hostile code: it is run in the sandbox, fails, and the backend answers the next call", async () => {
    model.script(
      { say: structuredAnswer("function run(input) { while (true) {} }") },
      { say: structuredAnswer("function run(input) { return process.exit(1); }") },
    );
    const answer = await ask(question());
    assert.equal(answer.status, "error");
    const states = answer.verification?.failures.map((failed) => failed.status);
    assert.ok(
      states?.every((status) => status !== "success"),
      String(states),
    );
    assert.equal((await backend.fetch("/health")).status, 200);
  });

  it("stops the model call when the person stops", async () => {
    model.script({ say: "word ".repeat(2_000), pauseMs: 20 });
    const stop = new AbortController();
    const cut = model.nextCutOff();
    const asking = backend.client.stream(
      "generateCode",
      { params: {}, body: question({ examples: undefined }) },
      { onDelta: () => stop.abort() },
      { signal: stop.signal },
    );
    assert.equal((await failureOf(asking)).code, "client_closed_request");
    await cut;
  });

  it("answers a question without examples with code and explanation, in any language", async () => {
    model.script({ say: "```python\nprint(1)\n```\nPrints one." });
    const answer = await ask(question({ language: "python", examples: undefined, codeContext: "x = 1" }));
    assert.deepEqual(
      [answer.generatedCode, answer.explanation, answer.artifact],
      ["print(1)", "Prints one.", undefined],
    );
    assert.match(model.requests.at(-1)?.messages.at(-1)?.content ?? "", /x = 1/);
  });

  it("takes the offline program when it is proven, and asks no model", async () => {
    const from = model.requests.length;
    const answer = await ask(
      question({
        strategy: "auto",
        examples: [
          { input: "ab-cd", output: "cd-ab" },
          { input: "left-right", output: "right-left" },
          { input: "1-22", output: "22-1" },
        ],
      }),
    );
    assert.deepEqual([answer.status, answer.model, model.requests.length], ["success", "offline", from]);
  });

  /** The offline generator finds something that fits all three, and would have guessed none of them from the others. */
  const doubtful = [
    { input: "Mr Smith", output: "Smith" },
    { input: "Jones, Dr", output: "Jones" },
    { input: "x_y_z", output: "z" },
  ];

  it("asks the model too where the offline program is only a guess, and takes the better proven one", async () => {
    model.script({
      say: structuredAnswer('function run(input) {\n  return input.split(",")[0].split(/[ _]/).at(-1);\n}'),
    });
    const answer = await ask(question({ strategy: "auto", examples: doubtful }));
    assert.deepEqual([answer.status, answer.model], ["success", "scripted"]);
  });

  it("keeps the offline guess, with its doubt, where the model cannot help", async () => {
    model.script({ status: 401 });
    const answer = await ask(question({ strategy: "auto", examples: doubtful }));
    assert.deepEqual([answer.status, answer.model], ["success", "offline"]);
    assert.match(answer.verification?.notes.join(" ") ?? "", /would have got 0 of 3 right/);
  });

  it("answers the same question from the cache, by level, and anew when told to", async () => {
    const body = JSON.stringify({ user_question: "cached?", language: "python", strategy: "model" });
    const post = async (on: TestBackend, headers: Record<string, string> = {}) => {
      const response = await on.fetch("/api/v1/code/generate", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      });
      const answer = (await response.json()) as { cached: boolean; generated_code: string };
      return [response.headers.get("x-cache"), answer.cached, answer.generated_code];
    };
    model.script({ say: "```python\none\n```" }, { say: "```python\ntwo\n```" });
    assert.deepEqual(await post(backend), ["MISS", false, "one"]);
    assert.deepEqual(await post(backend), ["L1", true, "one"]);
    const settings = { baseUrl: model.baseUrl, name: "scripted" };
    const neighbour = await startTestBackend({ dataDir: backend.dataDir, model: async () => settings });
    assert.deepEqual(await post(neighbour), ["L2", true, "one"]);
    await neighbour.stop();
    assert.deepEqual(await post(backend, { "cache-control": "no-cache" }), ["MISS", false, "two"]);
  });

  it("asks the model once for the same question asked twice at the same time", async () => {
    const from = model.requests.length;
    model.script({ say: "```python\nonce\n```", pauseMs: 20 });
    const same = question({ language: "python", examples: undefined });
    const answers = await Promise.all([ask(same), ask(same), ask(same)]);
    assert.deepEqual(
      answers.map((answer) => answer.generatedCode),
      ["once", "once", "once"],
    );
    assert.equal(model.requests.length - from, 1);
  });

  it("limits model tokens a minute and says when to come back", async () => {
    const other = await startTestBackend({
      model: async () => ({ baseUrl: model.baseUrl, name: "scripted" }),
      limits: { modelTokensPerMinute: 100 },
    });
    try {
      model.script({ say: "```python\n1\n```" });
      await other.client.call("generateCode", {
        params: {},
        body: question({ language: "python", examples: undefined }),
      });
      const response = await other.fetch("/api/v1/code/generate", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ user_question: "again", language: "python" }),
      });
      assert.equal(response.status, 429);
      assert.ok(Number(response.headers.get("retry-after")) > 0);
    } finally {
      await other.stop();
    }
  });
});
