/** One endpoint: filling in, and what it says it used. The model is scripted, the HTTP is real. */
import assert from "node:assert/strict";
import { after, afterEach, describe, it } from "mocha";
import { createEndpoint, type Endpoint, type ModelSettings } from "../../src/models/endpoint.ts";
import { createTransport, networkOfNode } from "../../src/models/transport.ts";
import { type FakeModel, type FakeModelOptions, startFakeModel } from "../support/fake-model.ts";

describe("an endpoint", () => {
  let model: FakeModel;
  const { fetch, close } = createTransport(networkOfNode);
  const signal = new AbortController().signal;

  async function start(options: FakeModelOptions = {}, settings: Partial<ModelSettings> = {}): Promise<Endpoint> {
    model = await startFakeModel(options);
    return createEndpoint(
      { baseUrl: model.baseUrl, name: "scripted", ...settings },
      { silenceMs: 20_000, retries: 0, fetch },
    );
  }
  afterEach(() => model.stop());
  after(() => close());

  const wanted = { prefix: "const a = [1, 2];\nconst sum = ", suffix: ";\nprint(sum);", maxTokens: 64, signal };

  it("fills in by /completions with a suffix where the server has it", async () => {
    const endpoint = await start({ fillIn: "a[0] + a[1]" }, { prices: { prompt: 1, completion: 2 } });
    const { text, usage } = (await endpoint.complete?.({ ...wanted, stop: ["\n\n"] })) ?? {};
    assert.equal(text, "a[0] + a[1]");
    assert.deepEqual(usage, { promptTokens: 20, completionTokens: 5, costUsd: 0.00003 });
    const { prompt, suffix, max_tokens, stop } = model.fillIns[0] ?? {};
    assert.deepEqual(
      { prompt, suffix, max_tokens, stop },
      { prompt: wanted.prefix, suffix: wanted.suffix, max_tokens: 64, stop: ["\n\n"] },
    );
    assert.equal(model.requests.length, 0);
  });

  it("asks the chat where the server refuses that, and tries the other way only once", async () => {
    const endpoint = await start();
    model.script({ say: "```js\nconst sum = a[0] + a[1]\n```" }, { say: "a.length" });
    assert.equal((await endpoint.complete?.(wanted))?.text, "a[0] + a[1]");
    assert.equal((await endpoint.complete?.(wanted))?.text, "a.length");
    assert.equal(model.fillIns.length, 1);
    assert.equal(model.requests.length, 2);
    assert.equal(model.requests[0]?.max_tokens, 64);
  });

  it("a server that streams no usage has used an unknown amount, at an unknown price", async () => {
    const endpoint = await start({ tellsUsage: false }, { prices: { prompt: 1, completion: 2 } });
    model.script({ say: "Hello." });
    assert.deepEqual(await endpoint.ask([{ role: "user", content: "Hi" }], { signal }), {
      text: "Hello.",
      usage: null,
    });
  });
});
