/** How models are reached: proxies, certificates, redirects. Real sockets; the model and the proxy are scripted. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { createEndpoint, type Endpoint, type ModelSettings } from "../../src/models/endpoint.ts";
import { createTransport, isLoopback, type NetworkSettings, type Transport } from "../../src/models/transport.ts";
import { selfSigned } from "../support/certificates.ts";
import { type FakeModel, type FakeModelOptions, startFakeModel } from "../support/fake-model.ts";
import { startProxy, type TestProxy } from "../support/proxy.ts";

const signal = new AbortController().signal;

describe("reaching a model", () => {
  let model: FakeModel;
  let proxy: TestProxy | undefined;
  let transport: Transport | undefined;

  async function start(
    network: NetworkSettings,
    options: FakeModelOptions & { readonly login?: string; readonly host?: string } = {},
  ) {
    proxy = await startProxy(options.login);
    model = await startFakeModel(options);
    return (settings: Partial<ModelSettings> = {}): Endpoint => {
      const set = { ...network, ...(network.proxy === undefined ? {} : { proxy: network.proxy || proxy?.url }) };
      transport = createTransport({ settings: () => set });
      const { fetch } = transport;
      const baseUrl = model.baseUrl.replace("127.0.0.1", "models.test");
      return createEndpoint({ baseUrl, name: "scripted", ...settings }, { silenceMs: 20_000, retries: 2, fetch });
    };
  }
  const ask = (endpoint: Endpoint) => endpoint.ask([{ role: "user", content: "Hi" }], { signal });

  afterEach(async () => {
    await transport?.close();
    await proxy?.stop();
    await model.stop();
  });

  it("goes through the proxy that is set, by HTTP and by HTTPS", async () => {
    const plain = await start({ proxy: "" });
    model.script({ say: "Hello." });
    assert.equal((await ask(plain())).text, "Hello.");
    assert.deepEqual(proxy?.passed, [`models.test:${model.port}`]);
    await Promise.all([transport?.close(), proxy?.stop(), model.stop()]);

    const secure = await start({ proxy: "", strictSsl: false }, { tls: selfSigned });
    model.script({ say: "Hello again." });
    assert.equal((await ask(secure())).text, "Hello again.");
    assert.deepEqual(proxy?.passed, [`models.test:${model.port}`]);
  });

  it("never asks a proxy for what is on this computer, and asks none for hosts that are excepted", async () => {
    const endpoint = await start({ proxy: "" });
    model.script({ say: "Hello." });
    for (const host of ["127.0.0.1", "localhost"])
      assert.equal((await ask(endpoint({ baseUrl: `http://${host}:${model.port}/v1` }))).text, "Hello.");
    assert.deepEqual(proxy?.passed, []);
    const excepted = createTransport({ settings: () => ({ proxy: proxy?.url, noProxy: [".test"] }) });
    await assert.rejects(excepted.fetch(`http://models.test:${model.port}/v1/models`), /fetch failed/);
    await excepted.close();
    assert.deepEqual(proxy?.passed, []);
  });

  for (const [what, options] of [
    ["HTTP", {}],
    ["HTTPS", { tls: selfSigned }],
  ] as const) {
    it(`says at once that the proxy wants a password (${what}), and passes with it`, async () => {
      const endpoint = await start({ proxy: "", strictSsl: false }, { ...options, login: "me:secret" });
      model.script({ say: "Hello." });
      await assert.rejects(ask(endpoint()), (error: Error & { code: string; details: object }) => {
        assert.match(error.message, /proxy wants a name and a password.*http\.proxy.*HTTPS_PROXY/);
        assert.deepEqual([error.code, error.details], ["model_failed", { reason: "proxy_password" }]);
        return true;
      });
      assert.equal(proxy?.refused, 1);
      assert.deepEqual(proxy?.passed, []);
      const withPassword = createTransport({
        settings: () => ({ proxy: proxy?.url.replace("//", "//me:secret@"), strictSsl: false }),
      });
      const byHeader = createTransport({
        settings: () => ({ proxy: proxy?.url, proxyAuthorization: `Basic ${btoa("me:secret")}`, strictSsl: false }),
      });
      const address = `${model.baseUrl.replace("127.0.0.1", "models.test")}/models`;
      assert.equal((await withPassword.fetch(address)).status, 200);
      assert.equal((await byHeader.fetch(address)).status, 200);
      await Promise.all([withPassword.close(), byHeader.close()]);
    });
  }

  it("refuses a certificate nobody signed with words that help, and takes it where the person said so", async () => {
    const endpoint = await start({}, { tls: selfSigned });
    model.script({ say: "Hello." });
    const local = { baseUrl: `https://localhost:${model.port}/v1` };
    await assert.rejects(ask(endpoint(local)), (error: Error & { details: object }) => {
      assert.match(
        error.message,
        /not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS.*http\.proxyStrictSSL/,
      );
      assert.deepEqual(error.details, { reason: "certificate" });
      return true;
    });
    assert.equal(model.requests.length, 0);
    const trusting = createTransport({ settings: () => ({ strictSsl: false }) });
    assert.equal((await trusting.fetch(`${local.baseUrl}/models`)).status, 200);
    await trusting.close();
  });

  it("does not follow a redirect: neither the key nor the prompt goes to another address", async () => {
    const endpoint = await start({});
    const other = await startFakeModel();
    try {
      model.script({ redirect: `${other.baseUrl}/chat/completions` });
      await assert.rejects(ask(endpoint({ baseUrl: model.baseUrl, apiKey: "sk-1234567890" })), (error: Error) => {
        assert.match(error.message, /sends on to another address \(http:.*does not follow/);
        return true;
      });
      assert.equal(other.requests.length, 0);
      assert.equal(model.requests.length, 1);
    } finally {
      await other.stop();
    }
  });

  it("leaves the whole process's fetch as it was", async () => {
    const slots = ["undici.globalDispatcher.1", "undici.globalDispatcher.2"].map((name) => Symbol.for(name));
    const before = slots.map((slot) => Reflect.get(globalThis, slot));
    const endpoint = await start({});
    model.script({ say: "Hello." });
    await ask(endpoint({ baseUrl: model.baseUrl }));
    assert.deepEqual(
      slots.map((slot) => Reflect.get(globalThis, slot)),
      before,
    );
    assert.equal((await fetch(`${model.baseUrl}/models`)).status, 200);
  });

  it("takes the host's fetch for other computers, and its own where the host cannot trust what the person does", async () => {
    const asked: string[] = [];
    const refusal = Object.assign(new TypeError("fetch failed"), { cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } });
    await start({}, { tls: selfSigned });
    let strictSsl = true;
    transport = createTransport({
      settings: () => ({ strictSsl, proxy: proxy?.url }),
      hostFetch: async (address) => {
        asked.push(address);
        throw refusal;
      },
    });
    const address = `https://models.test:${model.port}/v1/models`;
    await assert.rejects(transport.fetch(address), TypeError);
    strictSsl = false;
    assert.equal((await transport.fetch(address)).status, 200);
    assert.equal((await transport.fetch(address)).status, 200);
    assert.equal(asked.length, 2); // learned from the first refusal
    assert.equal((await transport.fetch(`https://localhost:${model.port}/v1/models`)).status, 200);
    assert.equal(asked.length, 2);
  });

  it("knows which addresses are this computer", () => {
    const hosts = ["localhost", "a.localhost", "127.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433"];
    for (const host of hosts) assert.ok(isLoopback(new URL(`http://${host}/`).hostname), host);
    for (const host of ["localhost.example.com", "128.0.0.1", "[::2]", "example.com", "127.example.com"])
      assert.ok(!isLoopback(new URL(`http://${host}/`).hostname), host);
  });
});
