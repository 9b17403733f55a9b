/** Each way a model can fail, through the front door: a clear message, what happened as a word, and the backend goes on. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { HapaError } from "../../src/contract/errors.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, type Step, startFakeModel } from "../support/fake-model.ts";

describe("a model that fails", () => {
  let model: FakeModel;
  let backend: TestBackend;
  let count = 0;

  before(async () => {
    model = await startFakeModel();
    backend = await startTestBackend({
      model: async () => ({ baseUrl: model.baseUrl, name: "scripted", apiKey: "sk-secret-key-123456" }),
      modelRetries: 0,
      modelSilenceMs: 3_000,
    });
  });
  after(async () => {
    await backend.stop();
    await model.stop();
  });

  const body = () => ({ userQuestion: `Write ${++count}`, language: "python" as const, strategy: "auto" as const });
  const ask = () => backend.client.call("generateCode", { params: {}, body: body() });
  const stream = (onDelta: (text: string) => void = () => {}) =>
    backend.client.stream("generateCode", { params: {}, body: body() }, { onDelta, onProgress: () => {} });

  const cases: readonly (readonly [string, Step, HapaError["code"], string])[] = [
    ["cuts its stream in the middle", { breakOff: "Here is the begin" }, "model_failed", "broke_off"],
    ["ends its stream without an end", { halfSaid: "Here is" }, "model_failed", "broke_off"],
    ["refuses the key", { status: 401, message: "Bad key sk-secret-key-123456" }, "model_failed", "key_refused"],
    ["wants to be paid", { status: 402 }, "model_failed", "out_of_credit"],
    ["fails inside", { status: 500 }, "model_failed", "failing"],
    ["is overloaded", { status: 503 }, "model_failed", "failing"],
    ["hangs", { hang: true }, "model_timeout", "slow"],
    ["streams garbage", { garbage: "data: {not json\n\n" }, "model_failed", "not_compatible"],
    ["is a web page", { garbage: "<html></html>", contentType: "text/html" }, "model_failed", "not_compatible"],
    ["streams nothing", { garbage: "" }, "model_failed", "not_compatible"],
    ["sends on to another address", { redirect: "https://example.com/v1" }, "model_failed", "redirected"],
  ];
  for (const [what, step, code, reason] of cases) {
    it(`that ${what} ends in words, in an answer and in a stream, and the next question is answered`, async () => {
      model.script(step);
      for (const failing of [ask(), stream()]) {
        const error = await failureOf(failing);
        assert.deepEqual([error.code, error.details], [code, { reason }], error.message);
        assert.ok(error.message.length > 40 && !error.message.includes("secret"), error.message);
      }
      model.script({ say: "Well." });
      assert.equal((await ask()).explanation, "Well.");
    });
  }

  it("that has too many requests says how long to wait, as a number too, and is not asked again meanwhile", async () => {
    for (const failing of [ask, stream]) {
      model.script({ status: 429, retryAfterS: 42 });
      const from = model.requests.length;
      const error = await failureOf(failing());
      assert.match(error.message, /too many requests\. Try again in 42 s\./);
      assert.deepEqual(error.details, { reason: "limited", retry_after_s: 42 });
      assert.equal(model.requests.length - from, 1);
    }
  });

  it("that is asked to wait only briefly is asked again", async () => {
    const patient = await startTestBackend({
      model: async () => ({ baseUrl: model.baseUrl, name: "scripted" }),
      modelRetries: 2,
    });
    try {
      model.script({ status: 429, retryAfterS: 0 }, { say: "Well." });
      const answer = await patient.client.call("generateCode", { params: {}, body: body() });
      assert.equal(answer.explanation, "Well.");
      model.script({ status: 429, retryAfterS: 3_600 }, { say: "Well." });
      const from = model.requests.length;
      await failureOf(patient.client.call("generateCode", { params: {}, body: body() }));
      assert.equal(model.requests.length - from, 1);
    } finally {
      await patient.stop();
    }
  });

  it("no: one that answers with 200 kB is read to the end", async () => {
    const long = "All work and no play makes a long answer. ".repeat(5_000);
    model.script({ say: long });
    let streamed = "";
    const answer = await stream((text) => {
      streamed += text;
    });
    assert.ok(long.length > 200_000);
    assert.equal(answer.explanation?.trim(), long.trim());
    assert.equal(streamed.trim(), long.trim());
  });
});
