/** Listening for as long as wanted: nothing is missed, and nothing heard twice, whatever the connection does. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { listenToEvents } from "../../src/client/events.ts";
import type { HapaError } from "../../src/contract/errors.ts";
import type { HapaEvent } from "../../src/contract/events.ts";
import { openStore } from "../../src/store/store.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { startCuttingProxy } from "../support/cutting-proxy.ts";

describe("listening to events", () => {
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  it("a client whose connection breaks again and again misses nothing, and hears nothing twice", async () => {
    const store = await openStore(backend.dataDir);
    // xorshift, so that a failure can be had again
    let state = 20_261_122;
    const random = () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) / 2 ** 32;
    };
    const proxy = await startCuttingProxy(backend.url, () => 500 + Math.floor(random() * 20_000));
    const count = 600;
    const readers = Array.from({ length: 3 }, async () => {
      const leaving = new AbortController();
      const seen: unknown[] = [];
      const standing = Promise.withResolvers<void>();
      const options = {
        taskId: "cut",
        lastEventId: Number((await store.events.bounds()).last),
        signal: leaving.signal,
        onOpen: standing.resolve,
        retryMs: { least: 1, most: 20 },
      };
      const listen = (async () => {
        for await (const event of listenToEvents({ baseUrl: proxy.url, apiKey: backend.apiKey }, options)) {
          seen.push((event as HapaEvent & { data: { at: number } }).data.at);
          if (event.data && seen.length === count) leaving.abort();
        }
        return seen;
      })();
      await standing.promise;
      return { listen };
    });
    const listening = await Promise.all(readers);
    for (let at = 0; at < count; at++)
      await store.events.append({ type: "rollout.stage", taskId: "cut", data: { at, filler: "x".repeat(100) } });
    const expected = Array.from({ length: count }, (_, at) => at);
    for (const { listen } of listening) assert.deepEqual(await listen, expected);
    assert.ok(proxy.cuts() > 20, `only ${proxy.cuts()} connections broke`);
    await proxy.close();
    await store.close();
  }).timeout(60_000);

  it("a listening client hears that its key is not good any more, instead of trying for ever", async () => {
    const viewer = await backend.client.call("createKey", { params: {}, body: { name: "v", role: "viewer" } });
    const standing = Promise.withResolvers<void>();
    const options = { onOpen: standing.resolve, retryMs: { least: 1, most: 1 } };
    const listening = (async () => {
      for await (const _ of listenToEvents({ baseUrl: backend.url, apiKey: viewer.apiKey }, options));
    })();
    await standing.promise;
    await backend.client.call("revokeKey", { params: { id: viewer.key.id } });
    await assert.rejects(listening, (error: HapaError) => error.code === "unauthorized");
  });

  it("goes on with a server that starts again at its place, with what happened in between", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "hapa-test-"));
    const own = await startTestBackend({ dataDir });
    const { apiKey, url } = own;
    const port = Number(new URL(url).port);
    const standing = Promise.withResolvers<void>();
    const options = { onOpen: standing.resolve, retryMs: { least: 1, most: 20 } };
    const events = listenToEvents({ baseUrl: url, apiKey }, options);
    const first = events.next();
    await standing.promise;
    const store = await openStore(dataDir);
    const tell = (at: number) => store.events.append({ type: "rollout.stage", taskId: null, data: { at } });
    await tell(1);
    const seen = [(await first).value];
    const broken = events.next();
    await own.stop();
    await tell(2);
    const again = await startTestBackend({ dataDir, apiKey, port });
    seen.push((await broken).value);
    await tell(3);
    seen.push((await events.next()).value);
    assert.deepEqual(
      seen.map((event) => (event as HapaEvent & { data: { at: number } }).data.at),
      [1, 2, 3],
    );
    await events.return(undefined);
    await store.close();
    await again.stop();
    await rm(dataDir, { recursive: true });
  });

  it("ends when it is aborted, and when its loop is left", async () => {
    const leaving = new AbortController();
    const standing = Promise.withResolvers<void>();
    const { url: baseUrl, apiKey } = backend;
    const events = listenToEvents({ baseUrl, apiKey }, { signal: leaving.signal, onOpen: standing.resolve });
    const next = events.next();
    await standing.promise;
    leaving.abort();
    assert.deepEqual(await next, { done: true, value: undefined });
  });
});
