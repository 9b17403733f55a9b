/** Whatever answers like a model without HTTP is held to the same manners. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { HapaError } from "../../src/contract/errors.ts";
import type { Endpoint } from "../../src/models/endpoint.ts";
import { adoptEndpoint } from "../../src/models/foreign.ts";
import { failureOf } from "../support/asking.ts";

describe("an endpoint of the host", () => {
  const settings = { baseUrl: "vscode", name: "vendor/model" };
  const adopt = (ask: Endpoint["ask"]) => adoptEndpoint({ settings, ask }, 100);
  const messages = [{ role: "user" as const, content: "Hi" }];
  const { signal } = new AbortController();
  const expect = (error: HapaError, code: string, reason: string | undefined) =>
    assert.deepEqual([error.code, (error.details as { reason?: string } | undefined)?.reason], [code, reason]);

  it("that does not listen is stopped all the same: by silence, and by the person", async () => {
    const deaf = adopt(() => new Promise(() => {}));
    expect(await failureOf(deaf.ask(messages, { signal })), "model_timeout", "slow");
    const stop = new AbortController();
    const asked = deaf.ask(messages, { signal: stop.signal });
    stop.abort();
    expect(await failureOf(asked), "client_closed_request", undefined);
    expect(await failureOf(deaf.ask(messages, { signal: stop.signal })), "client_closed_request", undefined);
  });

  it("that has no end is stopped", async () => {
    const endless = adopt(async (_, { onText }) => {
      for (let piece = 0; piece < 100; piece++) onText?.("x".repeat(100_000));
      return { text: "", usage: null };
    });
    let heard = 0;
    const onText = (text: string) => {
      heard += text.length;
    };
    expect(await failureOf(endless.ask(messages, { signal, onText })), "model_failed", "endless");
    assert.ok(heard <= 1_000_000);
  });

  it("whose error says what it is about is told with that, and fills in by being asked", async () => {
    const failing = adopt(async () => {
      throw Object.assign(new Error("Allow it first."), { trouble: "key_refused" });
    });
    const error = await failureOf(failing.ask(messages, { signal }));
    expect(error, "model_failed", "key_refused");
    assert.equal(error.message, "The model vendor/model did not answer: Allow it first.");
    const echo = adopt(async () => ({ text: "```js\nconst a = 1;\n```", usage: null }));
    const wanted = { prefix: "const a = ", suffix: "", maxTokens: 10, signal };
    assert.deepEqual(await echo.complete?.(wanted), { text: "1;", usage: null });
  });
});
