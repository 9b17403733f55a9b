/** Test Connection, and what a model is chosen from. Real HTTP; the servers are scripted. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, describe, it } from "mocha";
import { spoken } from "../../src/contract/say.ts";
import { type ConnectionReport, testConnection } from "../../src/models/connection.ts";
import { createEndpoint, type ModelSettings } from "../../src/models/endpoint.ts";
import { listModels } from "../../src/models/listing.ts";
import { findLocalServers } from "../../src/models/local-servers.ts";
import { createTransport, networkOfNode } from "../../src/models/transport.ts";
import { signed } from "../support/certificates.ts";
import { type FakeModel, type FakeModelOptions, startFakeModel } from "../support/fake-model.ts";

const signal = new AbortController().signal;

describe("testing the connection to a model", () => {
  const { fetch, close } = createTransport(networkOfNode);
  const servers: FakeModel[] = [];
  const serve = async (options?: FakeModelOptions) => {
    const model = await startFakeModel(options);
    servers.push(model);
    return model;
  };
  const test = (
    model: { readonly baseUrl: string },
    settings: Partial<ModelSettings> = {},
    silenceMs = 20_000,
  ): Promise<ConnectionReport> => {
    const set = { baseUrl: model.baseUrl, name: "scripted", ...settings };
    return testConnection(createEndpoint(set, { silenceMs, retries: 0, fetch }), fetch, signal);
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  after(() => close());

  it("says that it works, how long the first word took, and whether it streams and counts", async () => {
    const model = await serve();
    model.script({ say: "OK" });
    const report = await test(model);
    assert.match(
      spoken(report.message),
      /^scripted works: the first word came after \d+ ms, and it tells the tokens it used\.$/,
    );
    assert.deepEqual([report.ok, report.trouble, report.streams, report.tellsUsage], [true, null, true, true]);
    assert.equal(model.requests[0]?.max_tokens, 1);
  });

  it("says what a working endpoint does not do", async () => {
    const model = await serve({ tellsUsage: false });
    model.script({ say: "OK" });
    assert.match(spoken((await test(model)).message), /does not tell the tokens/);
    const whole = {
      choices: [{ message: { content: "OK" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1, completion_tokens: 1 },
    };
    model.script({ garbage: JSON.stringify(whole), contentType: "application/json; charset=utf-8" });
    const report = await test(model);
    assert.match(spoken(report.message), /all at once. It does not stream/);
    assert.deepEqual([report.ok, report.streams, report.tellsUsage], [true, false, true]);
  });

  it("learns the name of the limit, and what else a server does not take, by its refusals", async () => {
    const model = await serve({
      refuses: (request) =>
        "stream_options" in request
          ? "Unrecognized request argument supplied: stream_options"
          : request.max_tokens !== undefined
            ? "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
            : undefined,
    });
    model.script({ say: "OK" });
    assert.ok((await test(model)).ok);
    assert.equal(model.requests.at(-1)?.max_completion_tokens, 1);
  });

  it("nothing listens", async () => {
    const model = await serve();
    await servers.splice(0)[0]?.stop();
    const report = await test(model);
    assert.equal(report.trouble, "unreachable");
    assert.match(spoken(report.message), /cannot be reached \(ECONNREFUSED\)/);
  });

  it("an address without its version: the one that works is named", async () => {
    const model = await serve();
    const report = await test({ baseUrl: model.baseUrl.replace(/\/v1$/, "") });
    assert.deepEqual([report.trouble, report.worksAt], ["wrong_path", model.baseUrl]);
    assert.ok(spoken(report.message).includes(`This address works: ${model.baseUrl}`), spoken(report.message));
  });

  it("a refused key, and a key that is missing", async () => {
    const model = await serve();
    model.script({ status: 401, message: "Incorrect API key provided: sk-abcdefgh1234." });
    const refused = await test(model, { apiKey: "sk-abcdefgh1234" });
    assert.deepEqual([refused.trouble, refused.command], ["key_refused", "hapa.setApiKey"]);
    assert.ok(!JSON.stringify(refused).includes("abcdefgh"));
    const missing = await test(model);
    assert.equal(missing.trouble, "key_missing");
    assert.match(spoken(missing.message), /wants a key/);
  });

  it("a model it does not have: the nearest names", async () => {
    const model = await serve({ names: ["llama3.2:3b", "qwen2.5-coder:1.5b", "qwen2.5-coder:7b"] });
    model.script({ status: 404, message: "model 'qwen2.5-coder' not found" });
    const report = await test(model, { name: "qwen2.5-coder" });
    assert.deepEqual([report.trouble, report.nearest?.[0]], ["model_unknown", "qwen2.5-coder:7b"]);
    assert.match(
      spoken(report.message),
      /does not know the model qwen2.5-coder\. The nearest it has: qwen2.5-coder:7b, qwen/,
    );
    model.script({ status: 400, message: "invalid model ID" });
    assert.equal((await test(model, { name: "qwen" })).trouble, "model_unknown");
  });

  it("too slow, and an answer that is none", async () => {
    const model = await serve();
    model.script({ hang: true });
    assert.equal((await test(model, {}, 200)).trouble, "slow");
    for (const step of [
      { garbage: "<html>Sign in</html>", contentType: "text/html" },
      { garbage: "Hello from a router", contentType: "text/plain" },
      { garbage: '{"hello": 1}', contentType: "application/json" },
      { garbage: "data: {not json\n\n" },
    ]) {
      model.script(step);
      const report = await test(model);
      assert.equal(report.trouble, "not_compatible", JSON.stringify(step));
      assert.match(spoken(report.message), /did not answer as an OpenAI-compatible endpoint does/);
    }
  });

  it("a server that speaks no HTTPS, and one whose certificate is not trusted", async () => {
    const plain = await serve();
    const wrong = await test({ baseUrl: plain.baseUrl.replace("http:", "https:") });
    assert.equal(wrong.trouble, "not_secure", spoken(wrong.message));
    const secure = await serve({ tls: signed });
    const report = await test({ baseUrl: secure.baseUrl.replace("127.0.0.1", "localhost") });
    assert.deepEqual([report.trouble, secure.requests.length], ["certificate", 0]);
  });

  it("too many requests: how long to wait", async () => {
    const model = await serve();
    model.script({ status: 429, retryAfterS: 37 });
    assert.match(spoken((await test(model)).message), /too many requests\. Try again in 37 s\./);
  });

  it("lists the models of an endpoint, with the key, by name, each once; never anywhere else than there", async () => {
    const model = await serve({ names: ["b", "a", "b", ""] });
    assert.deepEqual(await listModels({ baseUrl: `${model.baseUrl}/` }, fetch, signal), {
      ok: true,
      names: ["a", "b"],
    });
    const followed: string[] = [];
    const elsewhere = createServer((request, response) => {
      followed.push(request.url ?? "");
      response.end('{"data":[]}');
    }).listen(0, "127.0.0.1");
    const here = createServer((request, response) => {
      const { port } = elsewhere.address() as AddressInfo;
      response.writeHead(302, { location: `http://127.0.0.1:${port}${request.url}` }).end();
    });
    await new Promise<void>((resolve) => here.listen(0, "127.0.0.1", resolve));
    try {
      const baseUrl = `http://127.0.0.1:${(here.address() as AddressInfo).port}/v1`;
      const listing = await listModels({ baseUrl, apiKey: "k-1" }, fetch, signal);
      assert.ok(!listing.ok && listing.diagnosis.trouble === "redirected");
      assert.deepEqual(followed, []);
    } finally {
      here.close();
      elsewhere.close();
    }
  });

  it("finds local servers by IPv4 and by IPv6, each once, and nothing where nothing listens", async () => {
    const four = await serve({ names: ["llama"] });
    const six = await serve({ names: ["qwen"], host: "::1" });
    const neither = await serve();
    await servers.pop()?.stop();
    const found = await findLocalServers(fetch, signal, [
      { label: "Ollama", port: four.port },
      { label: "LM Studio", port: six.port },
      { label: "Nobody", port: neither.port },
    ]);
    assert.deepEqual(found, [
      { label: "Ollama", baseUrl: `http://127.0.0.1:${four.port}/v1`, names: ["llama"] },
      { label: "LM Studio", baseUrl: `http://[::1]:${six.port}/v1`, names: ["qwen"] },
    ]);
    assert.equal(four.requests.length + six.requests.length, 0);
  });
});
