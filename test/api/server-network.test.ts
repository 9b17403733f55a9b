/** The server on its own, in the network it is started in: the environment says the proxy and whom to trust. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, describe, it } from "mocha";
import { createClient } from "../../src/client/client.ts";
import { failureOf } from "../support/asking.ts";
import { authorityFile, signed } from "../support/certificates.ts";
import { type FakeModel, startFakeModel } from "../support/fake-model.ts";
import { startProxy, type TestProxy } from "../support/proxy.ts";

describe("the server in its network", function () {
  this.timeout(60_000); // Each question starts a server of its own.
  let dataDir: string;
  let model: FakeModel;
  let proxy: TestProxy;
  const stops: (() => Promise<void>)[] = [];

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "hapa-network-"));
    model = await startFakeModel({ tls: signed });
    proxy = await startProxy("me:secret");
    model.script({ say: "Done." });
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });
  after(async () => {
    await proxy.stop();
    await model.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Asks a server that is started with this environment. */
  async function ask(host: string, environment: Readonly<Record<string, string>>) {
    const cli = join(import.meta.dirname, "../../src/backend/cli.ts");
    const inherited = Object.entries(process.env).filter(([name]) => !/proxy|NODE_EXTRA_CA_CERTS/i.test(name));
    const options = ["--json", "--port", "0", "--data", dataDir, "--new-key", "--log", "silent"];
    const child = spawn(process.execPath, [cli, ...options], {
      env: {
        ...Object.fromEntries(inherited),
        HAPA_MODEL_BASE_URL: `https://${host}:${model.port}/v1`,
        HAPA_MODEL: "scripted",
        ...environment,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    stops.push(async () => {
      child.kill("SIGTERM");
      await exited;
    });
    const first = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.once("exit", () => reject(new Error("the server ended at once")));
    });
    const { url, api_key: apiKey } = JSON.parse(first) as { url: string; api_key: string };
    return createClient({ baseUrl: url, apiKey }).call("generateCode", {
      params: {},
      body: { userQuestion: `Write ${host} ${JSON.stringify(environment)}`, language: "python", strategy: "auto" },
    });
  }

  it("trusts what NODE_EXTRA_CA_CERTS names, and nothing it does not know", async () => {
    const error = await failureOf(ask("localhost", {}));
    assert.match(
      error.message,
      /certificate of https:\/\/localhost:\d+ is not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/,
    );
    assert.equal(model.requests.length, 0);
    assert.equal((await ask("localhost", { NODE_EXTRA_CA_CERTS: authorityFile })).explanation, "Done.");
  });

  it("goes by HTTPS_PROXY with its password, but not to this computer, and says where the password is missing", async () => {
    const trusting = { NODE_EXTRA_CA_CERTS: authorityFile };
    const withPassword = proxy.url.replace("//", "//me:secret@");
    assert.equal((await ask("models.test", { ...trusting, HTTPS_PROXY: withPassword })).explanation, "Done.");
    assert.deepEqual(proxy.passed, [`models.test:${model.port}`]);
    assert.equal(
      (await ask("localhost", { ...trusting, HTTPS_PROXY: withPassword, NO_PROXY: "" })).explanation,
      "Done.",
    );
    assert.equal(proxy.passed.length, 1);
    const error = await failureOf(ask("models.test", { ...trusting, HTTPS_PROXY: proxy.url }));
    assert.match(error.message, /the proxy wants a name and a password/);
    assert.deepEqual(error.details, { reason: "proxy_password" });
  });
});
