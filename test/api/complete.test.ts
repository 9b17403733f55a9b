/** Completion over HTTP: fill-in-the-middle or chat, what is cut away, what is not asked twice, what is never sent. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import type { CompleteAnswer } from "../../src/contract/completion.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, startFakeModel } from "../support/fake-model.ts";

describe("completion", function () {
  this.timeout(60_000);
  let filling: FakeModel;
  let chatting: FakeModel;
  let model: FakeModel | undefined;
  let backend: TestBackend;
  let count = 0;

  before(async () => {
    filling = await startFakeModel({ fillIn: "a + b;\n" });
    chatting = await startFakeModel();
    backend = await startTestBackend({
      model: async () => model && { baseUrl: model.baseUrl, name: `scripted-${count}` },
      modelRetries: 0,
      limits: { modelTokensPerMinute: 5_000 },
    });
  });
  after(async () => {
    await backend.stop();
    await Promise.all([filling.stop(), chatting.stop()]);
  });
  afterEach(() => {
    count += 1;
    model = undefined;
  });

  const complete = (prefix: string, suffix = "", more: { language?: string; filePath?: string } = {}) =>
    backend.client.call("completeCode", { params: {}, body: { prefix, suffix, language: "typescript", ...more } });
  const textOf = ({ completions }: CompleteAnswer) => completions[0]?.text;

  it("asks the endpoint that takes a suffix with both sides of the cursor", async () => {
    model = filling;
    const answer = await complete("const sum = (a, b) => ", "\nexport { sum };\n");
    assert.deepEqual(answer.completions, [{ text: "a + b;" }]);
    assert.deepEqual([answer.cached, answer.usage?.promptTokens], [false, 20]);
    const asked = filling.fillIns.at(-1);
    assert.deepEqual([asked?.prompt, asked?.suffix], ["const sum = (a, b) => ", "\nexport { sum };\n"]);
    assert.equal(filling.requests.length, 0);
  });

  it("asks a chat model where that is all there is, and takes only what is new from its answer", async () => {
    model = chatting;
    chatting.script({ say: "```ts\nconst sum = (a, b) => a + b;\n```" });
    assert.equal(textOf(await complete("const sum = (a, b) => ")), "a + b;");
    assert.match(chatting.requests.at(-1)?.messages.at(-1)?.content ?? "", /const sum = \(a, b\) => /);
  });

  it("does not ask again at the same place, nor while the person types what was proposed", async () => {
    model = filling;
    const asked = filling.fillIns.length;
    const start = "const total = (a, b) => ";
    await complete(start);
    const again = await complete(start);
    assert.deepEqual([textOf(again), again.cached, again.usage?.promptTokens], ["a + b;", true, 0]);
    assert.equal(textOf(await complete(`${start}a +`)), " b;");
    assert.equal(filling.fillIns.length, asked + 1);
    assert.equal((await complete(`${start}b`)).cached, false, "something else was typed");
    assert.equal((await complete(start, ";")).cached, false, "something else follows");
    assert.equal((await complete(start, "", { language: "javascript" })).cached, false, "another language");
    assert.equal(filling.fillIns.length, asked + 4);
  });

  it("is not fooled by a place further up that looks the same in a long file", async () => {
    model = filling;
    const long = `${"// a line of comment that is always the same\n".repeat(400)}const x = `;
    assert.equal((await complete(long)).cached, false);
    assert.equal(textOf(await complete(`${long}a +`)), " b;", "the window on a long file slides");
    assert.equal((await complete(`${long}a + b; `)).cached, false);
  });

  it("shows the model no more than eight thousand characters before the cursor and two thousand after", async () => {
    model = filling;
    await complete("p".repeat(50_000), "s".repeat(50_000));
    const asked = filling.fillIns.at(-1);
    assert.deepEqual([asked?.prompt.length, asked?.suffix.length], [8_000, 2_000]);
  });

  it("ends the model call when the editor no longer wants the answer", async () => {
    model = chatting;
    chatting.script({ hang: true });
    const stop = new AbortController();
    const before = chatting.requests.length;
    const body = { prefix: "let y = ", suffix: "", language: "typescript" };
    const asked = backend.client.call("completeCode", { params: {}, body }, { signal: stop.signal });
    const failed = failureOf(asked);
    while (chatting.requests.length === before) await new Promise((resolve) => setImmediate(resolve));
    const cut = chatting.nextCutOff();
    stop.abort();
    assert.equal((await failed).code, "client_closed_request");
    await cut;
  });

  it("sends nothing of files that hold secrets", async () => {
    model = filling;
    const asked = filling.fillIns.length;
    const paths = [
      ...[
        ".env",
        "/app/.env.local",
        "prod.env",
        "C:\\keys\\server.PEM",
        "/home/me/.ssh/config",
        "id_rsa",
        "id_ed25519",
      ],
      ...["tls.key", "/home/me/.aws/credentials", "credentials.json", ".npmrc", ".netrc", "/home/me/.kube/config"],
      ...["secrets.yaml", "app.secrets.json", "service-account-prod.json", "terraform.tfstate", ".git-credentials"],
    ];
    for (const filePath of paths) {
      const { code, message } = await failureOf(complete("KEY=", "", { filePath }));
      assert.deepEqual([code, /secrets/.test(message)], ["invalid_request", true], filePath);
    }
    assert.equal(filling.fillIns.length, asked);
    for (const filePath of ["src/environment.ts", "keyboard.ts", "docs/secrets-of-success.md", "id_rsa.test.ts"]) {
      assert.ok(await complete(`const ${filePath.length} = `, "", { filePath }), filePath);
    }
  });

  it("says what to do without a model, and what the model said where it failed", async () => {
    assert.equal((await failureOf(complete("a"))).code, "model_not_configured");
    model = chatting;
    chatting.script({ status: 401 });
    assert.match((await failureOf(complete("a"))).message, /wants a key/);
    chatting.script({ say: "" });
    assert.deepEqual((await complete("nothing to add")).completions, []);
  });

  it("stops at the allowance of model tokens, before the call", async () => {
    model = filling;
    let failure: Error & { code?: string } = new Error("none");
    let known = "";
    for (let at = 0; at < 300 && failure.code === undefined; at++) {
      const prefix = `const n${at} = `;
      await complete(prefix).then(
        () => {
          known = prefix;
        },
        (error: Error) => {
          failure = error;
        },
      );
    }
    assert.equal(failure.code, "rate_limited");
    assert.equal((await complete(known)).cached, true, "what is known costs nothing");
  });
});
