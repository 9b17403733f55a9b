import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import { spoken } from "../../src/contract/say.ts";
import type { Example } from "../../src/contract/tasks.ts";
import { createSynthesizer } from "../../src/synthesis/client.ts";

const fixture = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const workerPath = fixture("../../src/synthesis/worker.ts");
const easy: Example[] = [
  { input: "John Smith", output: "Smith" },
  { input: "Ada Lovelace", output: "Lovelace" },
];
/** Nothing fits these: the search takes all its budget. */
const hopeless: Example[] = Array.from({ length: 60 }, (_, i) => ({
  input: `x${i} y${i * 3}`,
  output: `q${(i * 7919) % 997} ${(i * 31) % 17}`,
}));
const code = (expected: string) => (error: unknown) => error instanceof HapaError && error.code === expected;

describe("the offline generator's worker thread", function () {
  this.timeout(30_000);
  const synthesizer = createSynthesizer(workerPath);
  after(() => synthesizer.stop());

  it("answers requests that arrive together, each with its own result, and reports progress", async () => {
    const heard: string[] = [];
    const [a, b] = await Promise.all([
      synthesizer.synthesize(easy, { onProgress: ({ message }) => heard.push(spoken(message)) }),
      synthesizer.synthesize(easy.map(({ input, output }) => ({ input: output, output: input }))),
    ]);
    assert.ok("program" in a && "reason" in b && b.reason === "not_found");
    assert.ok(heard.length > 0);
  });

  it("stops a search at once when it is cancelled, and takes the next request", async () => {
    const controller = new AbortController();
    const started = synthesizer.synthesize(hopeless, {
      budgetMs: 600_000,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    const waiting = synthesizer.synthesize(easy);
    await assert.rejects(started, code("client_closed_request"));
    assert.ok("program" in (await waiting));
  });

  it("takes a cancelled request out of the queue without disturbing the one under way", async () => {
    const controller = new AbortController();
    const first = synthesizer.synthesize(easy);
    const second = synthesizer.synthesize(easy, { signal: controller.signal });
    controller.abort();
    await assert.rejects(second, code("client_closed_request"));
    assert.ok("program" in (await first));
    await assert.rejects(synthesizer.synthesize(easy, { signal: AbortSignal.abort() }), code("client_closed_request"));
  });

  it("says so when the worker dies or cannot start, for each request", async () => {
    for (const name of ["./fixtures/dying-worker.mjs", "./fixtures/no-such-worker.mjs"]) {
      const broken = createSynthesizer(fixture(name));
      await assert.rejects(broken.synthesize(easy), code("internal"));
      await assert.rejects(broken.synthesize(easy), code("internal"));
      await broken.stop();
    }
  });

  it("serves many requests in their order, and the others where some are cancelled while they wait", async () => {
    const own = createSynthesizer(workerPath);
    const cancel = new AbortController();
    const order: number[] = [];
    const requests = Array.from({ length: 60 }, (_, i) => {
      const request = own.synthesize(easy, i % 2 === 1 ? { signal: cancel.signal } : {});
      return request.then(
        (result) => "program" in result && order.push(i),
        (error: unknown) => error,
      );
    });
    cancel.abort();
    const ends = await Promise.all(requests);
    assert.deepEqual(
      order,
      Array.from({ length: 30 }, (_, i) => i * 2),
    );
    assert.ok(ends.every((end, i) => i % 2 === 0 || code("client_closed_request")(end)));
    await own.stop();
  });

  it("lets an idle worker go, and starts another when it is needed", async () => {
    const own = createSynthesizer(workerPath, 1);
    assert.ok("program" in (await own.synthesize(easy)));
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok("program" in (await own.synthesize(easy)));
    await own.stop();
  });

  it("survives a worker that dies halfway: the request fails, the next ones are served", async () => {
    const flaky = createSynthesizer(fixture("./fixtures/dying-once-worker.mjs"));
    const [first, second] = await Promise.allSettled([flaky.synthesize(hopeless), flaky.synthesize(easy)]);
    assert.ok(first.status === "rejected" && code("internal")(first.reason));
    assert.ok(second.status === "fulfilled" && "program" in second.value);
    await flaky.stop();
  });

  it("ends a worker that overruns its budget", async () => {
    const hanging = createSynthesizer(fixture("./fixtures/hanging-worker.mjs"));
    const result = await hanging.synthesize(easy, { budgetMs: 1 });
    assert.ok("reason" in result && result.reason === "timed_out");
    await hanging.stop();
  });

  it("does not end a search early because a part of it was kept waiting", async () => {
    const waiting = createSynthesizer(fixture("./fixtures/waiting-worker.mjs"));
    const result = await waiting.synthesize(easy, { budgetMs: 5_000 });
    assert.ok("reason" in result && result.reason === "not_found");
    await waiting.stop();
  });

  it("rejects what is under way, waiting or new once it is stopped", async () => {
    const own = createSynthesizer(workerPath);
    const [first, second] = [own.synthesize(easy), own.synthesize(easy)];
    const both = Promise.all([
      assert.rejects(first, code("shutting_down")),
      assert.rejects(second, code("shutting_down")),
    ]);
    await own.stop();
    await both;
    await assert.rejects(own.synthesize(easy), code("shutting_down"));
  });
});
