/** A model that fails in every way, and a server that dies in the middle: each ends in a clear state, and the conversation is intact. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { createClient } from "../../src/client/client.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { conversing, questionOf } from "../support/conversing.ts";
import { type FakeModel, type Step, startFakeModel } from "../support/fake-model.ts";
import { startServer } from "../support/server-process.ts";

const hostile =
  "<img src=x onerror=alert(1)><script>alert(1)</script>\n[a](javascript:alert(1)) ![b](http://127.0.0.1:9/x)\n\u0000\u2028```html\n</script>\n";

describe("conversations in hardship", function () {
  this.timeout(60_000);
  let folder: string;
  let model: FakeModel;
  const settings = async () => ({ baseUrl: model.baseUrl, name: "scripted", apiKey: "sk-an-unusual-secret" });
  const start = (dataDir: string): Promise<TestBackend> =>
    startTestBackend({ dataDir, model: settings, modelRetries: 0, modelSilenceMs: 3_000 });
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-hardship-"));
    model = await startFakeModel();
  });
  after(async () => {
    await model.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const cases: readonly (readonly [title: string, step: Step, code: string, message: RegExp, kept: RegExp])[] = [
    ["a stream cut in the middle", { breakOff: "This is the beginning" }, "model_failed", /broke off/, /^This is/],
    ["a stream that just ends", { halfSaid: "Half an answer" }, "model_failed", /broke off/, /^Half an answer$/],
    ["a refused key", { status: 401 }, "model_failed", /refused the key/, /^$/],
    ["too many requests", { status: 429, retryAfterS: 7 }, "model_failed|rate_limited", /too many requests/i, /^$/],
    ["an endpoint that fails", { status: 500 }, "model_failed", /failed \(500\)/, /^$/],
    ["an endpoint that is overloaded", { status: 503 }, "model_failed", /failed \(503\)/, /^$/],
    ["a model that hangs", { hang: true }, "model_timeout", /said nothing/, /^$/],
    ["garbage", { garbage: "data: {not json\n\n" }, "model_failed", /did not answer/, /^$/],
    ["an empty answer", { say: "" }, "model_failed", /answered nothing|broke off/, /^$/],
  ];

  it("each failure ends in a clear state, what had come is kept, and the next question is answered", async function () {
    this.timeout(30_000);
    const dataDir = join(folder, "failures");
    let backend = await start(dataDir);
    const conversation = await conversing(backend.client).begin();
    for (const [title, step, code, message, kept] of cases) {
      const talk = conversing(backend.client);
      model.script(step);
      const error = await failureOf(talk.ask(conversation, questionOf(title)));
      assert.match(error.code, new RegExp(`^(${code})$`), `${title}: ${error.message}`);
      assert.match(error.message, message, title);
      const turn = (await talk.turns(conversation)).at(-1);
      assert.deepEqual([turn?.status, turn?.errorMessage], ["failed", error.message], title);
      assert.match(turn?.markdown ?? "", kept, title);
      model.script({ say: "all is well" });
      assert.equal((await talk.ask(conversation, questionOf(`after ${title}`))).markdown, "all is well");
    }
    const before = await conversing(backend.client).turns(conversation);
    await backend.stop();
    backend = await start(dataDir);
    assert.deepEqual(await conversing(backend.client).turns(conversation), before);
    assert.equal(before.length, 2 * cases.length);
    assert.ok(!JSON.stringify(before).includes("sk-an-unusual-secret"));
    await backend.stop();
  });

  it("an answer of 200 kB and hostile Markdown are kept to the letter", async () => {
    const dataDir = join(folder, "long");
    const long = `${"가나다 long words\n".repeat(12_000)}`;
    for (const text of [long, hostile]) {
      const first = await start(dataDir);
      model.script({ say: text });
      const talk = conversing(first.client);
      const conversation = await talk.begin();
      let streamed = "";
      const turn = await talk.ask(conversation, questionOf("long"), {
        onDelta: (piece) => {
          streamed += piece;
        },
      });
      await first.stop();
      assert.equal(turn.markdown, text);
      assert.equal(streamed, text);
      const second = await start(dataDir);
      assert.equal((await conversing(second.client).turns(conversation))[0]?.markdown, text);
      await second.stop();
    }
  });

  it("limited, it says how long to wait", async () => {
    const limited = await startTestBackend({ model: settings, limits: { modelTokensPerMinute: 100 } });
    try {
      model.script({ say: "a long answer" });
      const talk = conversing(limited.client);
      const conversation = await talk.begin();
      await talk.ask(conversation, questionOf("first"));
      const error = await failureOf(talk.ask(conversation, questionOf("second")));
      assert.equal(error.code, "rate_limited");
      assert.ok(Number((error.details as { retry_after_s: number }).retry_after_s) > 0);
      const [, second] = await talk.turns(conversation);
      assert.deepEqual([second?.status, second?.errorDetails], ["failed", error.details]);
    } finally {
      await limited.stop();
    }
  });

  it("kill -9 in the middle of an answer: opened again, the turn is interrupted, with what had been saved", async function () {
    this.timeout(60_000);
    const dataDir = join(folder, "killed");
    model.script({ say: "first answer" }, { say: `${"said before the end. ".repeat(2_000)}`, pauseMs: 10 });
    const server = await startServer(dataDir, { HAPA_MODEL_BASE_URL: model.baseUrl, HAPA_MODEL: "scripted" });
    const apiKey = server.apiKey ?? "";
    const talk = conversing(createClient({ baseUrl: server.url, apiKey }));
    const conversation = await talk.begin();
    await talk.ask(conversation, questionOf("the first"));
    const asking = failureOf(talk.ask(conversation, questionOf("the second")));
    let saved = "";
    while (saved === "") saved = (await talk.turns(conversation))[1]?.markdown ?? "";
    // A second window that opens meanwhile leaves what is under way alone.
    const neighbour = await startTestBackend({ dataDir, apiKey });
    assert.equal((await conversing(neighbour.client).turns(conversation))[1]?.status, "running");
    await neighbour.stop();
    server.process.kill("SIGKILL");
    await asking;
    await server.exited;
    const backend = await startTestBackend({ dataDir, apiKey });
    try {
      const [first, second, ...more] = await conversing(backend.client).turns(conversation);
      assert.deepEqual([first?.status, first?.markdown], ["done", "first answer"]);
      assert.equal(second?.status, "interrupted");
      assert.ok(second.markdown.startsWith(saved) && saved.startsWith("said before"));
      assert.equal(more.length, 0);
    } finally {
      await backend.stop();
    }
  });

  it("a server that is stopped in the middle keeps what had come", async () => {
    const dataDir = join(folder, "stopped");
    const backend = await start(dataDir);
    const talk = conversing(backend.client);
    model.script({ say: "word ".repeat(2_000), pauseMs: 20 });
    const conversation = await talk.begin();
    const begun = Promise.withResolvers<void>();
    const asking = failureOf(talk.ask(conversation, questionOf("slow"), { onDelta: () => begun.resolve() }));
    await begun.promise;
    await backend.stop();
    assert.equal((await asking).code, "shutting_down");
    const again = await start(dataDir);
    const [turn] = await conversing(again.client).turns(conversation);
    assert.equal(turn?.status, "interrupted");
    assert.match(turn.markdown, /^word/);
    await again.stop();
  });

  it("what was deleted a day ago is gone for good; a draft program lives as long as a conversation shows it", async () => {
    const dataDir = join(folder, "purged");
    const backend = await startTestBackend({ dataDir });
    const talk = conversing(backend.client);
    const examples = [
      { input: "ab-cd", output: "cd-ab" },
      { input: "left-right", output: "right-left" },
      { input: "1-22", output: "22-1" },
    ];
    const kept = await talk.begin("kept");
    const { artifact } = await talk.ask(kept, questionOf("swap", { examples }));
    const gone = await talk.begin("gone");
    const other = await talk.ask(gone, questionOf("swap them", { examples }));
    await backend.client.call("deleteConversation", { params: { id: gone.id } });
    await backend.stop();
    const { default: Sqlite } = await import("better-sqlite3");
    const sqlite = new Sqlite(join(dataDir, "hapa.db"));
    sqlite.exec("update conversations set deleted_at = '2020' where deleted_at is not null");
    sqlite.exec("update tasks set updated_at = '2020'");
    sqlite.close();
    const again = await startTestBackend({ dataDir, apiKey: backend.apiKey });
    try {
      const call = (id: string) => again.client.call("getConversation", { params: { id } });
      assert.equal((await failureOf(call(gone.id))).code, "not_found");
      assert.equal((await conversing(again.client).turns(kept))[0]?.artifact?.id, artifact?.id);
      const program = { taskId: other.artifact?.taskId ?? "", version: "1" };
      assert.equal((await failureOf(again.client.call("getArtifact", { params: program }))).code, "not_found");
    } finally {
      await again.stop();
    }
  });
});
