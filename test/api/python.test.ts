/** Python programs over HTTP: set up when asked, written by a (scripted) model, proven, kept and run like any other. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import type { NewTask } from "../../src/contract/tasks.ts";
import { failureOf, freshQuestions } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type FakeModel, fencedAnswer, startFakeModel, structuredAnswer } from "../support/fake-model.ts";
import { packPyodide, startRegistry } from "../support/tarball.ts";

const right = 'import re\n\n\ndef run(input):\n    return re.sub(r"\\s+", " ", input).strip().title()\n';
const wrong = "def run(input):\n    return input.title()\n";
const examples = [
  { input: "  ada   LOVELACE ", output: "Ada Lovelace" },
  { input: "grace\thopper", output: "Grace Hopper" },
  { input: "alan  turing", output: "Alan Turing" },
  { input: "marie curie", output: "Marie Curie" },
];
const newTask: NewTask = {
  name: "names in Python",
  description: "",
  language: "python",
  examples,
  accuracyTarget: 0.9,
  latencyTargetMs: 50,
  samplingRate: 0,
};
const question = freshQuestions(examples);
/** Pyodide takes seconds to load, on a busy machine many. */
const loadingMs = 120_000;

describe("Python where it is not set up", () => {
  let model: FakeModel;
  let offline: TestBackend;
  let online: TestBackend;

  before(async () => {
    model = await startFakeModel();
    const python = { beside: null, source: () => "/no/such/file.tgz" };
    offline = await startTestBackend({ python });
    online = await startTestBackend({ python, model: async () => ({ baseUrl: model.baseUrl, name: "scripted" }) });
  });
  after(async () => {
    await online.stop();
    await offline.stop();
    await model.stop();
  });

  it("says what to do in the editor and on a server, and keeps no unproven program", async () => {
    const { id } = await offline.client.call("createTask", { params: {}, body: newTask });
    const body = { taskId: id, code: right, language: "python" as const };
    const error = await failureOf(offline.client.call("createArtifact", { params: {}, body }));
    assert.equal(error.code, "sandbox_unavailable");
    assert.match(error.message, /"HAPA: Set Up Python…" in VS Code.*--set-up-python/);
    assert.deepEqual(error.details, { set_up: "python" });
    const { items } = await offline.client.call("listArtifacts", { params: { taskId: id } });
    assert.deepEqual(items, []);
    assert.equal((await offline.fetch("/health")).status, 200);
  });

  it("asks no model for a program that could not be run", async () => {
    const asked = model.requests.length;
    const asking = online.client.call("generateCode", { params: {}, body: question({ language: "python" }) });
    assert.equal((await failureOf(asking)).code, "sandbox_unavailable");
    assert.equal(model.requests.length, asked);
  });

  it("tells why it could not be fetched, as a stream and as a plain answer", async () => {
    for (const how of ["call", "stream"] as const) {
      const error = await failureOf(offline.client[how]("setUpPython", { params: {} }, {}));
      assert.equal(error.code, "sandbox_unavailable");
      assert.match(error.message, /\/no\/such\/file\.tgz cannot be read/);
    }
  });

  for (const strategy of ["offline", "auto"] as const) {
    it(`says so too where no model is needed to write the program (strategy "${strategy}")`, async () => {
      const asking = offline.client.call("generateCode", {
        params: {},
        body: question({ language: "python", strategy }),
      });
      assert.equal((await failureOf(asking)).code, "sandbox_unavailable");
    });

    it(`says that without a model programs are not in TypeScript (strategy "${strategy}")`, async () => {
      const asking = offline.client.call("generateCode", {
        params: {},
        body: question({ language: "typescript", strategy }),
      });
      const error = await failureOf(asking);
      assert.equal(error.code, "model_not_configured");
      assert.match(error.message, /JavaScript or Python, and this one is to be in TypeScript: choose JavaScript, or/);
    });
  }

  it("says that the offline generator writes no TypeScript where a model could", async () => {
    const asking = online.client.call("generateCode", {
      params: {},
      body: question({ language: "typescript", strategy: "offline" }),
    });
    const error = await failureOf(asking);
    assert.equal(error.code, "invalid_request");
    assert.match(error.message, /in TypeScript.*let the model write it/);
  });
});

describe("a server started with --set-up-python", () => {
  const start = async (...more: string[]) => {
    const dataDir = await mkdtemp(join(tmpdir(), "hapa-serve-"));
    const cli = join(import.meta.dirname, "../../src/backend/cli.ts");
    const options = ["--port", "0", "--data", dataDir, "--log", "silent", "--set-up-python", ...more];
    const child = spawn(process.execPath, [cli, ...options], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("Ctrl+C stops it.")) child.kill("SIGTERM");
      });
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    await rm(dataDir, { recursive: true, force: true });
    return { code, said };
  };

  it("says where Python is, and then serves", async () => {
    const { code, said } = await start();
    assert.match(said, /^Python is in .*node_modules.pyodide\nHAPA listens on /);
    assert.equal(code, 0);
  });

  it("says in one line what an option is for", async () => {
    const { said } = await start("--help");
    assert.match(said, /--set-up-python .*Pyodide, 6\.5 MB.*\n {2}--python-source S .*mirror/);
  });
});

describe("Python, fetched from a registry", function () {
  this.timeout(loadingMs);

  it("is set up by one call that tells how far it is, and then programs run", async () => {
    const registry = await startRegistry();
    const { bytes, published } = await packPyodide();
    registry.answer((_, res) => res.writeHead(200, { "content-length": bytes.length }).end(bytes));
    const backend = await startTestBackend({ python: { beside: null, source: () => registry.url, published } });
    try {
      const stages = new Set<string>();
      const onProgress = ({ stage }: { readonly stage: string }) => void stages.add(stage);
      const info = await backend.client.stream("setUpPython", { params: {} }, { onProgress });
      assert.deepEqual([info.engine, info.state], ["pyodide", "ready"]);
      assert.deepEqual([...stages], ["fetching", "loading"]);
      assert.equal((await backend.client.call("setUpPython", { params: {} })).state, "ready");
      assert.equal(registry.requests.length, 1);
      const { id } = await backend.client.call("createTask", { params: {}, body: newTask });
      const body = { taskId: id, code: right, language: "python" as const };
      const artifact = await backend.client.call("createArtifact", { params: {}, body });
      assert.equal(artifact.state, "active");
    } finally {
      await backend.stop();
      await registry.stop();
    }
  });
});

describe("Python programs", function () {
  this.timeout(loadingMs);
  let model: FakeModel;
  let backend: TestBackend;

  before(async () => {
    model = await startFakeModel();
    backend = await startTestBackend({ model: async () => ({ baseUrl: model.baseUrl, name: "scripted" }) });
    await backend.client.call("setUpPython", { params: {} });
  });
  after(async () => {
    await backend.stop();
    await model.stop();
  });
  afterEach(() => model.script({ say: "nothing was scripted" }));

  const byHand = async (code: string) => {
    const { id } = await backend.client.call("createTask", { params: {}, body: newTask });
    const body = { taskId: id, code, language: "python" as const };
    return backend.client.call("createArtifact", { params: {}, body });
  };

  it("are written by the model, proven, kept, run and run in batches", async () => {
    model.script({ say: structuredAnswer(right) });
    const { id } = await backend.client.call("createTask", { params: {}, body: newTask });
    const artifact = await backend.client.call("generateProgram", { params: { id }, body: { strategy: "model" } });
    assert.deepEqual([artifact.state, artifact.language, artifact.generator], ["active", "python", "model"]);
    assert.deepEqual(artifact.verification.heldOut, { passed: 1, total: 1 });
    const system = model.requests.at(-1)?.messages[0]?.content ?? "";
    assert.match(system, /Python 3 program that defines `def run\(input\):`/);
    assert.ok(!/JavaScript|ECMAScript/.test(system));

    const run = await backend.client.call("execute", { params: { id }, body: { input: " katherine  johnson" } });
    assert.deepEqual([run.status, run.output], ["success", "Katherine Johnson"]);
    const items = ["a  b", "c d", 5].map((input) => ({ input }));
    const batch = await backend.client.call("executeBatch", {
      params: {},
      body: { taskId: id, items, stopOnFirstError: false, log: true },
    });
    assert.deepEqual(
      batch.results.map(({ status, output }) => [status, output]),
      [
        ["success", "A B"],
        ["success", "C D"],
        ["error", null],
      ],
    );
    const stats = await backend.client.call("stats", { params: {} });
    assert.deepEqual([stats.sandbox.python.engine, stats.sandbox.python.state], ["pyodide", "ready"]);
  });

  it("answer a question with examples, with a draft task; a repair stays in Python", async () => {
    const from = model.requests.length;
    model.script({ say: fencedAnswer(wrong, "Titles.", "python") }, { say: fencedAnswer(right, "Tidies.", "python") });
    let streamed = "";
    const answer = await backend.client.stream(
      "generateCode",
      { params: {}, body: question({ language: "python" }) },
      {
        onDelta: (text) => {
          streamed += text;
        },
      },
    );
    assert.deepEqual([answer.status, answer.artifact?.language], ["success", "python"]);
    assert.equal(answer.generatedCode, right.trimEnd());
    assert.match(streamed, /```python\n/);
    assert.equal(model.requests.length - from, 2);
    assert.match(model.requests.at(-1)?.messages.at(-1)?.content ?? "", /corrected program, still in Python/);
    const task = await backend.client.call("getTask", { params: { id: answer.artifact?.taskId ?? "" } });
    assert.deepEqual([task.language, task.draft], ["python", true]);
  });

  it("are kept apart from JavaScript ones by the cache", async () => {
    model.script({ say: structuredAnswer(right) });
    const asked = question({ language: "python" });
    const ask = (language: "python" | "javascript") =>
      backend.client.call("generateCode", { params: {}, body: { ...asked, language } });
    assert.deepEqual([(await ask("python")).cached, (await ask("python")).cached], [false, true]);
    model.script({
      say: structuredAnswer(
        'function run(input) {\n  return input.trim().toLowerCase().replace(/\\s+/g, " ").replace(/\\b\\w/g, (c) => c.toUpperCase());\n}',
      ),
    });
    const other = await ask("javascript");
    assert.deepEqual([other.cached, other.artifact?.language], [false, "javascript"]);
  });

  it("are learned from examples without a model, proven in Python, with rows to ask about", async () => {
    const from = model.requests.length;
    const names = [
      { input: "Lovelace, Ada", output: "Ada Lovelace" },
      { input: "Hopper, Grace", output: "Grace Hopper" },
    ];
    for (const strategy of ["offline", "auto"] as const) {
      const body = question({ language: "python", strategy, examples: names, inputs: ["van Rossum, Guido"] });
      const answer = await backend.client.call("generateCode", { params: {}, body });
      assert.deepEqual([answer.status, answer.model, answer.artifact?.language], ["success", "offline", "python"]);
      assert.match(answer.generatedCode, /^def run\(input\):/m);
      assert.equal(answer.ambiguous?.[0]?.input, "van Rossum, Guido");
      const id = answer.artifact?.taskId ?? "";
      const run = await backend.client.call("execute", { params: { id }, body: { input: "Turing, Alan" } });
      assert.deepEqual([run.status, run.output], ["success", "Alan Turing"]);
    }
    assert.equal(model.requests.length, from);
  });

  for (const [title, code] of [
    ["an endless loop", "def run(input):\n    while True:\n        pass\n"],
    ["one that reads files", 'def run(input):\n    return open("/etc/passwd").read()\n'],
    ["one that reaches for JavaScript", "import js\n\ndef run(input):\n    return str(js.process.env)\n"],
    ["one that is no Python", "function run(input) { return input; }"],
    ["one without run", "x = 1\n"],
  ] as const) {
    it(`written by hand are rejected with their report: ${title}`, async () => {
      const artifact = await byHand(code);
      assert.equal(artifact.state, "rejected");
      assert.equal(artifact.verification.passed, false);
      assert.equal(artifact.verification.failures.length, examples.length);
      for (const { status, errorMessage } of artifact.verification.failures) {
        assert.notEqual(status, "success");
        assert.ok(errorMessage);
      }
      assert.equal((await byHand(right)).state, "active", "the next good program runs");
    });
  }
});
