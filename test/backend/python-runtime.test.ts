/** Getting the Python runtime: from a registry on this machine, whole or not at all, whatever comes in between. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "mocha";
import { createPythonRuntime, type PythonOptions, pyodide } from "../../src/backend/python-runtime.ts";
import { spoken } from "../../src/contract/say.ts";
import { failureOf } from "../support/asking.ts";
import { type Archive, packFiles, type Registry, startRegistry } from "../support/tarball.ts";

const small = packFiles(
  {
    "package.json": '{"version":"314.0.7"}',
    "pyodide.mjs": "export {};",
    "python_stdlib.zip": Buffer.alloc(700_000, "x"),
    "README.md": "not needed",
  },
  ["package.json", "pyodide.mjs", "python_stdlib.zip"],
);
const archivePath = "/pyodide/-/pyodide-314.0.7.tgz";

describe("the Python runtime", () => {
  let root: string;
  let dataDir: string;
  let registry: Registry;
  let count = 0;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "hapa-python-"));
    registry = await startRegistry();
  });
  after(async () => {
    await registry.stop();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    dataDir = join(root, String(++count));
    registry.answer((_, res) => res.writeHead(200, { "content-length": small.bytes.length }).end(small.bytes));
  });

  const engines = () => join(dataDir, "engines");
  const left = () => readdir(engines()).catch(() => []);
  const runtime = (options: PythonOptions = {}, { published }: Archive = small) =>
    createPythonRuntime(dataDir, { beside: null, source: () => registry.url, published, ...options });
  const quiet = () => {};
  const setUp = (options?: PythonOptions, archive?: Archive) =>
    runtime(options, archive).setUp(new AbortController().signal, quiet);

  it("is pinned to what package-lock.json has", async () => {
    const lock = JSON.parse(await readFile(join(import.meta.dirname, "../../package-lock.json"), "utf8"));
    const { version, integrity } = lock.packages["node_modules/pyodide"];
    assert.deepEqual([pyodide.version, pyodide.integrity], [version, integrity]);
  });

  it("is not fetched unasked: a Python program is told what to do in the editor and on a server", async () => {
    const asked = registry.requests.length;
    const error = await failureOf(runtime().folder());
    assert.equal(error.code, "sandbox_unavailable");
    assert.match(error.message, /Set Up Python….*--set-up-python.*POST \/api\/v1\/sandbox\/python/s);
    assert.deepEqual(error.details, { set_up: "python" });
    assert.equal(registry.requests.length, asked);
    assert.deepEqual(await left(), []);
  });

  it("says what would be fetched before it is", async () => {
    const about = await runtime({ source: () => "" }).about();
    assert.deepEqual(about, {
      isThere: false,
      version: "314.0.7",
      downloadMb: 6.5,
      from: "registry.npmjs.org",
      folder: join(engines(), "pyodide-314.0.7"),
    });
  });

  it("is fetched once, with progress in MB, and only what is needed is kept", async () => {
    const told: [string, number | undefined][] = [];
    const python = runtime();
    await python.setUp(new AbortController().signal, (message, fraction) => told.push([spoken(message), fraction]));
    const folder = await python.folder();
    assert.deepEqual((await readdir(folder)).sort(), ["package.json", "pyodide.mjs", "python_stdlib.zip"]);
    assert.equal((await readFile(join(folder, "python_stdlib.zip"))).length, 700_000);
    assert.deepEqual(await left(), ["pyodide-314.0.7"]);
    assert.match(told[0]?.[0] ?? "", /^Fetching Python from 127\.0\.0\.1:\d+$/);
    assert.match(told.at(-1)?.[0] ?? "", /^Fetching Python: \d\.\d of \d\.\d MB$/);
    assert.equal(told.at(-1)?.[1], 1);
    const asked = registry.requests.length;
    assert.equal(registry.requests.at(-1), archivePath);
    await setUp();
    assert.equal(registry.requests.length, asked);
  });

  it("comes from a mirror's folder, from the archive's own address, or from a downloaded file", async () => {
    await setUp({ source: () => `${registry.url}/api/npm/ ` });
    assert.equal(registry.requests.at(-1), `/api/npm${archivePath}`);
    dataDir = join(root, String(++count));
    await setUp({ source: () => `${registry.url}/files/python.tgz` });
    assert.equal(registry.requests.at(-1), "/files/python.tgz");
    dataDir = join(root, String(++count));
    const file = join(root, "downloaded.tgz");
    await writeFile(file, small.bytes);
    await setUp({ source: () => file });
    assert.ok((await runtime().about()).isThere);
  });

  it("is taken from node_modules beside the code, where it has this version", async () => {
    const python = createPythonRuntime(dataDir, { source: () => "/nowhere" });
    await python.setUp(new AbortController().signal, quiet);
    assert.match(await python.folder(), /node_modules.pyodide$/);
    const other = { ...small.published, version: "1.0.0" };
    assert.equal(
      (await failureOf(createPythonRuntime(dataDir, { published: other }).folder())).code,
      "sandbox_unavailable",
    );
  });

  for (const [title, listener, wanted] of [
    [
      "another archive",
      (_, res) => res.end(packFiles({ "package.json": "{}" }, []).bytes),
      /not pyodide 314\.0\.7 as it was published/,
    ],
    ["half of it", (_, res) => res.end(small.bytes.subarray(0, 300)), /checksum is another/],
    ["a page", (_, res) => res.end("<html>Please log in</html>"), /checksum is another/],
    ["404", (_, res) => res.writeHead(404).end("no"), /does not have it \(404 at \/pyodide/],
    ["403", (_, res) => res.writeHead(403).end(), /wants a login for it \(403\)/],
    ["500", (_, res) => res.writeHead(500).end(), /answered 500/],
    [
      "a connection that breaks",
      (_, res) => {
        res.writeHead(200, { "content-length": small.bytes.length });
        res.write(small.bytes.subarray(0, 300), () => res.destroy());
      },
      /broke off/,
    ],
  ] as [string, Parameters<Registry["answer"]>[0], RegExp][]) {
    it(`says so, and keeps nothing, where the registry gives ${title}`, async () => {
      registry.answer(listener);
      const error = await failureOf(setUp());
      assert.equal(error.code, "sandbox_unavailable");
      assert.match(error.message, wanted);
      assert.match(error.message, /hapa\.python\.source.*--python-source/);
      assert.deepEqual(await left(), []);
    });
  }

  it("says so where there is no network, no file, an archive without a file, or a source that is none", async () => {
    const gone = await startRegistry();
    await gone.stop();
    const message = async (options: PythonOptions, archive?: Archive) =>
      (await failureOf(setUp(options, archive))).message;
    assert.match(
      await message({ source: () => gone.url }),
      /cannot be reached \(ECONNREFUSED\): is this computer online\?/,
    );
    assert.match(await message({ source: () => join(root, "no.tgz") }), /no\.tgz cannot be read/);
    assert.match(await message({ source: () => root }), /is not a file/);
    const lacking = { ...small, published: { ...small.published, files: ["pyodide.asm.wasm"] } };
    assert.match(await message({}, lacking), /holds no pyodide\.asm\.wasm/);
    for (const source of ["ftp://x", "pyodide.tgz", "https://me:secret@mirror.example"]) {
      const error = await failureOf(setUp({ source: () => source }));
      assert.equal(error.code, "invalid_request");
      assert.ok(!error.message.includes("secret"));
    }
    assert.deepEqual(await left(), []);
  });

  it("says so where the data folder cannot be written to", async () => {
    await mkdir(dataDir);
    await writeFile(engines(), "a file in its place");
    const error = await failureOf(setUp());
    assert.equal(error.code, "storage_failed");
    assert.match(error.message, /cannot be kept in .*engines \(E\w+\)/);
  });

  it("leaves nothing behind when it is cancelled, and is fetched the next time", async () => {
    const controller = new AbortController();
    registry.answer((_, res) => {
      res.writeHead(200, { "content-length": small.bytes.length });
      res.write(small.bytes.subarray(0, 300), () => controller.abort());
    });
    const python = runtime();
    await assert.rejects(python.setUp(controller.signal, quiet));
    await python.settled();
    assert.deepEqual(await left(), []);
    registry.answer((_, res) => res.end(small.bytes));
    await python.setUp(new AbortController().signal, quiet);
    assert.deepEqual(await left(), ["pyodide-314.0.7"]);
  });

  it("is downloaded once for all who ask at the same time; one who leaves does not stop it for the others", async () => {
    const asked = registry.requests.length;
    const python = runtime();
    const leaving = new AbortController();
    const left = python.setUp(leaving.signal, () => leaving.abort());
    await Promise.all([assert.rejects(left), ...[1, 2].map(() => python.setUp(new AbortController().signal, quiet))]);
    assert.equal(registry.requests.length, asked + 1);
  });

  it("is whole when two windows fetch it at once", async () => {
    await Promise.all([setUp(), setUp(), setUp()]);
    assert.deepEqual(await left(), ["pyodide-314.0.7"]);
    assert.ok((await runtime().about()).isThere);
  });

  it("takes the place of a broken one", async () => {
    const folder = join(engines(), "pyodide-314.0.7");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "pyodide.mjs"), "half");
    assert.ok(!(await runtime().about()).isThere);
    await setUp();
    assert.ok((await runtime().about()).isThere);
  });

  it("is not there after a process was killed on the way; what that left goes in time", async () => {
    const child = fork(join(import.meta.dirname, "fixtures/set-up-python.mjs"), [dataDir, registry.url], {
      execArgv: ["--no-warnings"],
      stdio: "ignore",
    });
    const exited = new Promise((resolve) => child.once("exit", resolve));
    registry.answer((_, res) => {
      res.writeHead(200, { "content-length": small.bytes.length });
      res.write(small.bytes.subarray(0, 300), () => child.kill("SIGKILL"));
    });
    await exited;
    assert.ok(!(await runtime().about()).isThere);
    const [partial] = await left();
    assert.match(partial ?? "", /^pyodide-314\.0\.7\.partial-/);
    registry.answer((_, res) => res.end(small.bytes));
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(engines(), partial ?? ""), longAgo, longAgo);
    await setUp();
    assert.deepEqual(await left(), ["pyodide-314.0.7"]);
  });
});
