/** The monthly cap, through the front door: it stops before the call, and counts what the provider says. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import type { HapaError } from "../../src/contract/errors.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, type FakeModelOptions, startFakeModel } from "../support/fake-model.ts";

describe("what models cost", () => {
  let dataDir: string;
  let model: FakeModel;
  let backend: TestBackend;
  let capUsd: number | undefined;
  let prices: { prompt: number; completion: number } | undefined;
  let count = 0;

  async function start(options?: FakeModelOptions) {
    await backend?.stop();
    await model?.stop();
    model = await startFakeModel(options);
    model.script({ say: "Done." });
    await restart();
  }
  async function restart() {
    backend = await startTestBackend({
      dataDir,
      model: async () => ({ baseUrl: model.baseUrl, name: "scripted", ...(prices ? { prices } : {}) }),
      monthlyCapUsd: () => capUsd,
      modelRetries: 0,
      modelSilenceMs: 20_000,
    });
  }
  const ask = (client = backend.client) =>
    client.call("generateCode", {
      params: {},
      body: { userQuestion: `Write it ${++count}`, language: "python", strategy: "auto" },
    });
  const spending = () => backend.client.call("getSpending", { params: {} });

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "hapa-spending-"));
  });
  beforeEach(async () => {
    capUsd = undefined;
    // 100 + 50 tokens are told: a tenth of a dollar.
    prices = { prompt: 500, completion: 1_000 };
    await start();
  });
  afterEach(async () => {
    await backend.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  after(() => model.stop());

  it("is told by use and model, as the provider counted, and survives a restart", async () => {
    await ask();
    await ask();
    await backend.stop();
    await restart();
    const { items, month, resetsAt, ...rest } = await spending();
    assert.deepEqual(rest, { capUsd: null, capHolds: true, spentUsd: 0.2, reservedUsd: 0 });
    assert.deepEqual(items, [
      {
        use: "generation",
        model: "scripted",
        provider: new URL(model.baseUrl).host,
        calls: 2,
        promptTokens: 200,
        completionTokens: 100,
        costUsd: 0.2,
        estimatedUsd: 0,
        untoldCalls: 0,
        unpricedCalls: 0,
      },
    ]);
    assert.ok(resetsAt > `${month}-28` && Date.parse(resetsAt) > Date.now(), resetsAt);
  });

  it("a call that may go beyond the cap is refused before it is made, and says what to do", async () => {
    capUsd = 100;
    await ask();
    assert.equal(model.requests[0]?.max_tokens, 16_384); // so that its price is known beforehand
    capUsd = 1;
    const { error, status } = await refusal();
    assert.equal(status, 402);
    assert.equal(error.code, "spend_cap_reached");
    assert.match(error.message, /^This month's cap of \$1\.00 would be passed: \$0\.1000 is spent or held back/);
    assert.match(error.message, /The next month begins on \d{4}-\d{2}-01 \(UTC\)\. Raise the cap with .*monthlyCapUsd/);
    assert.equal(model.requests.length, 1);
    assert.deepEqual((await spending()).reservedUsd, 0);
    capUsd = 100;
    await ask();
  });

  async function refusal() {
    const response = await backend.fetch("/api/v1/code/generate", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user_question: `Refuse ${++count}`, language: "python" }),
    });
    return { status: response.status, ...((await response.json()) as { error: { code: string; message: string } }) };
  }

  it("calls at the same time, of two backends, cannot go beyond it together", async () => {
    const most = (16_384 * 1_000) / 1_000_000;
    capUsd = most * 3.5;
    model.script({ say: "Done.", pauseMs: 50 });
    const other = await startTestBackend({
      dataDir,
      model: async () => ({ baseUrl: model.baseUrl, name: "scripted", ...(prices ? { prices } : {}) }),
      monthlyCapUsd: () => capUsd,
    });
    try {
      const calls = Array.from({ length: 10 }, (_, at) => ask(at % 2 ? other.client : backend.client));
      const ends = await Promise.allSettled(calls);
      const made = ends.filter(({ status }) => status === "fulfilled").length;
      const refused = ends.flatMap((end) => (end.status === "rejected" ? [(end.reason as HapaError).code] : []));
      assert.ok(made >= 1 && made < 10, `${made} made`);
      assert.deepEqual(new Set(refused), new Set(["spend_cap_reached"]));
      const { spentUsd, reservedUsd } = await spending();
      assert.equal(model.requests.length, made);
      assert.ok(Math.abs(spentUsd - made * 0.1) < 1e-9);
      assert.equal(reservedUsd, 0);
    } finally {
      await other.stop();
    }
  });

  it("a call that was refused costs nothing; one that broke off is estimated from above, never told as fact", async () => {
    capUsd = 100;
    for (const status of [401, 404, 500]) {
      model.script({ status });
      await failureOf(ask());
    }
    assert.deepEqual((await spending()).items, []);
    model.script({ breakOff: "Something came before" });
    await failureOf(ask());
    const { items, spentUsd, reservedUsd } = await spending();
    const [item] = items;
    assert.deepEqual([item?.calls, item?.untoldCalls, item?.promptTokens, item?.costUsd], [1, 1, 0, 0]);
    assert.ok(item && item.estimatedUsd > 0.1 && item.estimatedUsd < 16, String(item?.estimatedUsd));
    assert.deepEqual([spentUsd, reservedUsd], [item.estimatedUsd, 0]);
  });

  it("without prices a cap cannot hold, and that is told; what was used is unknown where nobody said", async () => {
    prices = undefined;
    capUsd = 0;
    await start({ tellsUsage: false });
    const answer = await ask();
    assert.equal(answer.usage, null);
    const { capHolds, items, spentUsd } = await spending();
    assert.deepEqual([capHolds, spentUsd], [false, 0]);
    assert.deepEqual([items[0]?.costUsd, items[0]?.untoldCalls, items[0]?.unpricedCalls], [null, 1, 1]);
    assert.equal(model.requests[0]?.max_tokens, undefined);
  });

  it("a model whose price is set to nothing works at any cap", async () => {
    prices = { prompt: 0, completion: 0 };
    capUsd = 0;
    const answer = await ask();
    assert.equal(answer.usage?.costUsd, 0);
    assert.equal((await spending()).capHolds, true);
  });

  it("a limit of tokens that the model does not allow is lowered to the one it names", async () => {
    capUsd = 100;
    await start({
      refuses: ({ max_tokens = 0 }) =>
        max_tokens > 4_096
          ? "max_tokens is too large: 16384. This model supports at most 4096 completion tokens"
          : undefined,
    });
    await ask();
    assert.deepEqual(
      model.requests.map((request) => request.max_tokens),
      [16_384, 4_096],
    );
  });
});
