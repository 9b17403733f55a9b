/** How models are reached from inside VS Code: its proxy settings, certificates, a model per use, and its own models. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { ConfigurationTarget, workspace } from "vscode";
import type { Told } from "../../../src/extension/commands/test-connection.ts";
import type { ModelOption } from "../../../src/extension/models/catalogue.ts";
import { selfSigned, signed } from "../../support/certificates.ts";
import { type FakeModel, type FakeModelOptions, startFakeModel } from "../../support/fake-model.ts";
import { startProxy, type TestProxy } from "../../support/proxy.ts";
import { done, hapa } from "../support/editors.ts";

describe("reaching a model from VS Code", () => {
  let proxy: TestProxy;
  const servers: FakeModel[] = [];
  const set = (section: string, values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).reduce(async (before, [name, value]) => {
      await before;
      await workspace.getConfiguration(section).update(name, value, ConfigurationTarget.Global);
    }, Promise.resolve());
  const test = (use = "chat") => done<Told>("hapa.testConnection", { use });

  async function serve(options?: FakeModelOptions): Promise<FakeModel> {
    const model = await startFakeModel(options);
    servers.push(model);
    model.script({ say: "OK" });
    return model;
  }
  /** Chooses a model by a name that is not this computer's: only the proxy knows where it is. */
  const choose = (model: FakeModel) =>
    done("hapa.chooseModel", { baseUrl: model.baseUrl.replace("127.0.0.1", "models.test"), name: "scripted" });

  before(hapa);
  beforeEach(async () => {
    proxy = await startProxy("me:secret");
  });
  afterEach(async () => {
    const keys = ["proxy", "proxyStrictSSL", "proxyAuthorization", "noProxy", "proxySupport"];
    await set("http", Object.fromEntries(keys.map((name) => [name, undefined])));
    await proxy.stop();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  after(() => done("hapa.chooseModel", { offline: true }));

  for (const [what, options] of [
    ["HTTP", {}],
    ["HTTPS", { tls: signed }],
  ] as const) {
    it(`goes by http.proxy with its password, and says where the password is missing (${what})`, async () => {
      const model = await serve(options);
      await choose(model);
      await set("http", { proxy: proxy.url });
      const refused = await test();
      assert.equal(refused.trouble, "proxy_password", refused.message);
      assert.match(refused.message, /the proxy wants a name and a password/);
      assert.deepEqual(proxy.passed, []);
      await set("http", { proxy: proxy.url.replace("//", "//me:secret@") });
      const report = await test();
      assert.ok(report.ok, report.message);
      assert.ok(proxy.passed.every((target) => target === `models.test:${model.port}`) && proxy.passed.length > 0);
    });
  }

  it("sends http.proxyAuthorization, and goes past the proxy as http.proxySupport and http.noProxy say", async () => {
    await choose(await serve());
    await set("http", { proxy: proxy.url, proxyAuthorization: `Basic ${btoa("me:secret")}` });
    assert.ok((await test()).ok);
    const passed = proxy.passed.length;
    await set("http", { noProxy: ["models.test"] });
    assert.equal((await test()).trouble, "unreachable");
    await set("http", { noProxy: undefined, proxySupport: "off" });
    assert.equal((await test()).trouble, "unreachable");
    assert.equal(proxy.passed.length, passed);
  });

  it("never asks the proxy for a model on this computer", async () => {
    const model = await serve();
    await set("http", { proxy: proxy.url });
    for (const host of ["127.0.0.1", "localhost"]) {
      await done("hapa.chooseModel", { baseUrl: `http://${host}:${model.port}/v1`, name: "scripted" });
      assert.ok((await test()).ok);
    }
    assert.deepEqual([proxy.passed, proxy.refused], [[], 0]);
  });

  it("refuses a certificate nobody signed, and takes it where http.proxyStrictSSL is off", async () => {
    const model = await serve({ tls: selfSigned });
    await set("http", { proxy: proxy.url.replace("//", "//me:secret@") });
    for (const host of ["models.test", "localhost"]) {
      await set("http", { proxyStrictSSL: undefined });
      await done("hapa.chooseModel", { baseUrl: `https://${host}:${model.port}/v1`, name: "scripted" });
      const refused = await test();
      assert.equal(refused.trouble, "certificate", refused.message);
      assert.match(refused.message, /is not trusted \(\w+\).*NODE_EXTRA_CA_CERTS.*http\.proxyStrictSSL/);
      await set("http", { proxyStrictSSL: false });
      const report = await test();
      assert.ok(report.ok, report.message);
    }
  });

  it("a use may have a model of its own, and the others keep theirs", async () => {
    const [all, own] = [await serve(), await serve()];
    await done("hapa.chooseModel", { baseUrl: all.baseUrl, name: "scripted" });
    await done("hapa.chooseModel", { baseUrl: own.baseUrl, name: "other", use: "completion" });
    const perUse = workspace.getConfiguration("hapa.model").get("perUse");
    assert.deepEqual(perUse, { completion: { baseUrl: own.baseUrl, name: "other" } });
    assert.ok((await test("completion")).ok && (await test("judge")).ok);
    assert.deepEqual(
      [own.requests.map(({ model }) => model), all.requests.map(({ model }) => model)],
      [["other"], ["scripted"]],
    );
    const options = await done<readonly ModelOption[]>("hapa.chooseModel", { list: true });
    const ofThese = options.filter(({ id }) => id.startsWith(own.baseUrl) || id.startsWith(all.baseUrl));
    assert.deepEqual(ofThese.map(({ name }) => name).sort(), ["other", "other", "scripted", "scripted"]);
    await done("hapa.chooseModel", { offline: true, use: "completion" });
    assert.deepEqual(workspace.getConfiguration("hapa.model").get("perUse"), {});
  });

  it("another model's prices are forgotten", async () => {
    const model = await serve();
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: "scripted" });
    await set("hapa.model", { promptPrice: 1, completionPrice: 2 });
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: "scripted" });
    assert.equal(workspace.getConfiguration("hapa.model").get("promptPrice"), 1);
    await done("hapa.chooseModel", { baseUrl: model.baseUrl, name: "other" });
    assert.equal(workspace.getConfiguration("hapa.model").get("promptPrice"), null);
  });
});

describe("the models VS Code offers", () => {
  before(hapa);
  after(() => done("hapa.chooseModel", { offline: true }));

  it("stand in the list without a key or a question", async () => {
    const options = await done<readonly ModelOption[]>("hapa.chooseModel", { list: true });
    const offered = options.filter(({ id }) => id.startsWith("vscode "));
    const provider = "VS Code: Scripted";
    assert.deepEqual(offered, [
      { id: "vscode scripted/echo", name: "Scripted Echo", provider },
      { id: "vscode scripted/forbidden", name: "Scripted Forbidden", provider },
    ]);
  });

  it("answer like any other, what they used is unknown, and where they cannot it is told with what to do", async () => {
    await done("hapa.chooseModel", { baseUrl: "vscode", name: "scripted/echo" });
    const report = await done<Told>("hapa.testConnection");
    assert.deepEqual([report.ok, report.tellsUsage], [true, false], report.message);
    await done("hapa.chooseModel", { baseUrl: "vscode", name: "scripted/forbidden" });
    const forbidden = await done<Told>("hapa.testConnection");
    assert.equal(forbidden.trouble, "key_refused", forbidden.message);
    assert.match(
      forbidden.message,
      /scripted\/forbidden did not answer: HAPA may not use it\. Allow it when VS Code asks/,
    );
    await done("hapa.chooseModel", { baseUrl: "vscode", name: "scripted/gone" });
    const gone = await done<Told>("hapa.testConnection");
    assert.equal(gone.trouble, "model_unknown", gone.message);
    assert.match(gone.message, /scripted\/gone did not answer: VS Code does not offer it now\. Sign in/);
  });
});
