/** Webhooks: signed, retried, never lost, and never sent where they must not go. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { createClient } from "../../src/client/client.ts";
import type { HapaError } from "../../src/contract/errors.ts";
import type { HapaEvent } from "../../src/contract/events.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { startServer } from "../support/server-process.ts";

const body = {
  name: "names",
  description: "",
  language: "javascript" as const,
  examples: [],
  accuracyTarget: 0.9,
  latencyTargetMs: 10,
  samplingRate: 0,
};
const ok = (_: unknown, res: ServerResponse) => void res.writeHead(204).end();

describe("webhooks", () => {
  let backend: TestBackend;
  let allowed: readonly string[] = ["127.0.0.1"];
  const heard = new EventEmitter();
  const receivers: Receiver[] = [];
  before(async () => {
    const webhooks = { allowed: () => allowed, attempts: 3, firstRetryMs: 5, timeoutMs: 500 };
    backend = await startTestBackend({ webhooks });
    backend.onEvent((event) => heard.emit(event.type, event));
  });
  afterEach(async () => {
    allowed = ["127.0.0.1"];
    const { items } = await backend.client.call("listWebhooks", { params: {} });
    for (const { id } of items) await backend.client.call("deleteWebhook", { params: { id } });
    for (const receiver of receivers.splice(0)) await receiver.close();
  });
  after(() => backend.stop());

  const receive = async (answer: Parameters<typeof startReceiver>[0]) => {
    const receiver = await startReceiver(answer);
    receivers.push(receiver);
    return receiver;
  };
  const hook = (url: string, more: { events?: string[]; taskId?: string } = {}) =>
    backend.client.call("createWebhook", { params: {}, body: { url, events: ["*"], ...more } });
  const make = (name = "names") => backend.client.call("createTask", { params: {}, body: { ...body, name } });
  const rename = (id: string) => backend.client.call("changeTask", { params: { id }, body: { name: "x" } });
  const listed = async (id: string) => {
    const { items } = await backend.client.call("listWebhooks", { params: {} });
    const found = items.find((item) => item.id === id);
    assert.ok(found);
    return found;
  };
  const failing = async () => ((await once(heard, "alert")) as [HapaEvent & { type: "alert" }])[0];

  it("sends an event as it is told on the stream, signed", async () => {
    const receiver = await receive(ok);
    const { secret, webhook } = await hook(receiver.url);
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    const task = await make();
    await receiver.count(1);
    const [{ headers, body: sent, path } = assert.fail()] = receiver.received;
    assert.equal(path, "/hook");
    assert.equal(headers["content-type"], "application/json");
    const event = JSON.parse(sent) as Record<string, unknown>;
    assert.deepEqual(
      [event["type"], event["task_id"], event["data"]],
      ["task.created", task.id, { name: "names", draft: false }],
    );
    assert.equal(typeof event["id"], "number");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${sent}`;
    const key = Buffer.from(secret.slice(6), "base64");
    assert.equal(headers["webhook-signature"], `v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
    assert.ok(!JSON.stringify(await listed(webhook.id)).includes(secret));
  });

  it("sends what was asked for only: types by their beginning, and one task", async () => {
    const receiver = await receive(ok);
    const [one, other] = [await make(), await make()];
    await hook(receiver.url, { events: ["task.deleted", "artifact.*"] });
    await hook(`${receiver.url}/one`, { taskId: one.id });
    await rename(other.id);
    await rename(one.id);
    for (const { id } of [one, other]) await backend.client.call("deleteTask", { params: { id } });
    await receiver.count(4);
    const told = receiver.received.map((r) => [r.path, (JSON.parse(r.body) as HapaEvent).type].join(" "));
    assert.deepEqual(told.sort(), [
      "/hook task.deleted",
      "/hook task.deleted",
      "/hook/one task.changed",
      "/hook/one task.deleted",
    ]);
  });

  it("tries again, with the same id, until it is received", async () => {
    let refusals = 2;
    const receiver = await receive((_, res) => void res.writeHead(refusals-- > 0 ? 500 : 200).end());
    const { webhook } = await hook(receiver.url);
    await make();
    await receiver.count(3);
    assert.equal(new Set(receiver.received.map(({ id }) => id)).size, 1);
    assert.equal((await listed(webhook.id)).givenUp, 0);
  });

  it("gives up after so many tries, and says so once", async () => {
    const receiver = await receive((_, res) => void res.writeHead(503).end());
    const { webhook } = await hook(receiver.url);
    const told = failing();
    await make();
    const { data } = await told;
    assert.deepEqual(
      [data.kind, data.severity, data.details],
      ["webhook.failing", "warning", { webhook_id: webhook.id }],
    );
    assert.equal(receiver.received.length, 3);
    const { givenUp, failingSince, lastError, pending } = await listed(webhook.id);
    assert.deepEqual([givenUp, lastError, pending], [1, "It answered 503.", 0]);
    assert.ok(failingSince);
    let saidAgain = 0;
    heard.on("alert", () => saidAgain++);
    await make();
    while ((await listed(webhook.id)).givenUp < 2);
    heard.removeAllListeners("alert");
    assert.deepEqual([receiver.received.length, saidAgain], [6, 0]);
  });

  it("hears no more from one that says it is gone", async () => {
    const receiver = await receive((_, res) => void res.writeHead(410).end());
    await hook(receiver.url);
    const told = failing();
    await make();
    await told;
    assert.equal(receiver.received.length, 1);
  });

  it("does not wait for one that does not answer, nor read an answer without end", async () => {
    const silent = await receive(() => {});
    const endless = await receive((_, res) => {
      res.writeHead(200);
      const pour = () => {
        while (!res.destroyed && res.write("x".repeat(10_000)));
      };
      res.on("drain", pour);
      pour();
    });
    await hook(silent.url);
    const { webhook } = await hook(endless.url);
    const { status, delivered } = await backend.client.call("testWebhook", { params: { id: webhook.id } });
    assert.deepEqual([delivered, status], [true, 200]);
    const told = failing();
    for (let n = 0; n < 10; n++) await make();
    await endless.count(11);
    assert.match((await told).data.message, /did not answer within 0.5 s/);
  });

  it("a test tells how it was received", async () => {
    const receiver = await receive((_, res) => void res.writeHead(400).end("a secret of theirs"));
    const { webhook } = await hook(receiver.url);
    const params = { id: webhook.id };
    const refused = await backend.client.call("testWebhook", { params });
    assert.deepEqual([refused.delivered, refused.status, refused.error], [false, 400, "It answered 400."]);
    const { type, data } = JSON.parse(receiver.received[0]?.body ?? "") as { type: string; data: unknown };
    assert.deepEqual([type, data], ["webhook.test", { webhook_id: webhook.id }]);
    await receiver.close();
    receivers.length = 0;
    const down = await backend.client.call("testWebhook", { params });
    assert.deepEqual([down.delivered, down.status], [false, null]);
    assert.match(down.error ?? "", /ECONNREFUSED/);
  });

  it("does not follow a redirect, wherever it leads", async () => {
    const inside = await receive(ok);
    const receiver = await receive((_, res) => void res.writeHead(307, { location: inside.url }).end());
    const { webhook } = await hook(receiver.url);
    const { delivered, error } = await backend.client.call("testWebhook", { params: { id: webhook.id } });
    assert.deepEqual([delivered, error], [false, "It answered 307: redirects are not followed."]);
    assert.equal(inside.received.length, 0);
  });

  it("refuses addresses that lead inside when they are given, and names when they are connected to", async () => {
    const receiver = await receive(ok);
    const { port } = new URL(receiver.url);
    const { webhook } = await hook(`http://127.0.0.1:${port}/`);
    allowed = [];
    for (const host of ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]", "0x7f.1"]) {
      await assert.rejects(hook(`http://${host}:${port}/`), (error: HapaError) => error.code === "invalid_request");
    }
    // By hand, since the client itself refuses the long one.
    for (const url of ["ftp://example.com/", "http://a:b@example.com/", `https://example.com/${"x".repeat(2_100)}`]) {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ url }) };
      assert.equal((await backend.fetch("/api/v1/webhooks", init)).status, 400);
    }
    const named = (await hook(`http://localhost:${port}/`)).webhook;
    for (const { id } of [webhook, named]) {
      const { delivered, status, error } = await backend.client.call("testWebhook", { params: { id } });
      assert.deepEqual([delivered, status], [false, null]);
      assert.match(error ?? "", /is no public address/);
    }
    assert.equal(receiver.received.length, 0);
  });

  it("nothing is lost when the backend is killed with deliveries on their way", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "hapa-test-"));
    let answering = false;
    const receiver = await receive((one, res) => (answering ? ok(one, res) : undefined));
    const args = ["--allow-webhooks-to", "127.0.0.1"];
    const first = await startServer(dataDir, {}, args);
    const apiKey = first.apiKey ?? "";
    const client = createClient({ baseUrl: first.url, apiKey });
    await client.call("createWebhook", { params: {}, body: { url: receiver.url, events: ["task.*"] } });
    const names = Array.from({ length: 20 }, (_, at) => `task ${at}`);
    for (const name of names) await client.call("createTask", { params: {}, body: { ...body, name } });
    await receiver.count(4);
    first.process.kill("SIGKILL");
    await first.exited;
    const before = receiver.received.splice(0);
    answering = true;
    const second = await startServer(dataDir, {}, args);
    await receiver.count(20);
    const byId = new Map(
      receiver.received.map(({ id, body: sent }) => [id, JSON.parse(sent) as { data: { name: string } }]),
    );
    assert.deepEqual([...byId.values()].map(({ data }) => data.name).sort(), [...names].sort());
    for (const { id } of before) assert.ok(byId.has(id), "what was on its way comes again under the same id");
    second.process.kill("SIGTERM");
    await second.exited;
    await rm(dataDir, { recursive: true });
  }).timeout(30_000);

  it("two servers on one data folder send each event once", async () => {
    const receiver = await receive(ok);
    const webhooks = { allowed: () => allowed };
    const second = await startTestBackend({ dataDir: backend.dataDir, apiKey: backend.apiKey, webhooks });
    await hook(receiver.url);
    for (let n = 0; n < 10; n++) {
      await make();
      await second.client.call("createTask", { params: {}, body });
    }
    await receiver.count(20);
    await second.stop();
    assert.equal(new Set(receiver.received.map(({ id }) => id)).size, 20);
    assert.equal(receiver.received.length, 20);
  });
});
