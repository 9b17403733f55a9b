/** What callers get when programs, children or the callers themselves misbehave. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import type { Launch } from "../../src/sandbox/child-process.ts";
import { createSandbox } from "../../src/sandbox/lanes.ts";
import type { Machine, Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { type LaneOptions, Supervisor } from "../../src/sandbox/supervisor.ts";
import { buildSandboxChild, childPath, eventLog, isAlive, javascript, unstoppable } from "./support.ts";

const double = javascript("function run(n) { return n * 2; }");
const refusing = (code: string) => (error: unknown) => error instanceof HapaError && error.code === code;

/** One lane by itself, on isolated-vm. */
function laneWith(options: Partial<LaneOptions>): Supervisor {
  const launch: Launch = {
    childPath,
    node: { path: process.execPath, isElectron: false },
    orders: { engines: ["isolated-vm"], memoryLimitMb: 64 },
    ...{ spawnMs: 5_000, restricted: true },
  };
  return new Supervisor({ launch: async () => launch, ...options });
}

describe("the sandbox", function () {
  this.timeout(20_000);
  const sandbox = createSandbox({ childPath });
  after(() => sandbox.stop());
  const others: Sandbox[] = [];
  const another = (...[options]: Parameters<typeof createSandbox>) => {
    const made = createSandbox(options);
    others.push(made);
    return made;
  };
  afterEach(async () => {
    for (const other of others.splice(0)) await other.stop();
  });

  it("answers a batch in its order", async () => {
    const inputs = Array.from({ length: 5_000 }, (_, n) => String(n));
    const verdicts = await sandbox.runBatch(double, inputs, { budgetMs: 100 });
    assert.deepEqual(
      verdicts.map((v) => v.output),
      inputs.map((n) => String(Number(n) * 2)),
    );
    assert.deepEqual(await sandbox.runBatch(double, [], { budgetMs: 100 }), []);
  });

  it("names the one row of a batch that kills its process, and gives all others their results", async () => {
    const program = javascript(`function run(n) { if (n === 700) return ${unstoppable}; return n + 1; }`);
    const inputs = Array.from({ length: 2_000 }, (_, n) => String(n));
    const verdicts = await sandbox.runBatch(program, inputs, { budgetMs: 20 });
    assert.equal(verdicts.length, 2_000);
    for (const [n, verdict] of verdicts.entries()) {
      if (n === 700) assert.equal(verdict.status, "timeout");
      else assert.deepEqual([verdict.status, verdict.output], ["success", String(n + 1)]);
    }
    assert.ok(sandbox.info().restarts > 0);
  });

  it("goes on with a batch whose process was killed from outside", async () => {
    const log = eventLog();
    const own = another({ childPath, onEvent: log.onEvent });
    const started = log.next("started");
    const slow = javascript("function run(n) { let x = 0; for (let i = 0; i < 300_000; i++) x += i % 7; return n; }");
    const inputs = Array.from({ length: 1_500 }, (_, n) => String(n));
    const batch = own.runBatch(slow, inputs, { budgetMs: 1_000 });
    await started;
    await own.run(double, "1", { budgetMs: 1_000 }); // The batch is under way by now.
    const exited = log.next("exited");
    process.kill(log.pids()[0] ?? Number.NaN, "SIGKILL");
    await exited;
    assert.deepEqual(
      (await batch).map((v) => v.output),
      inputs,
    );
  });

  it("blames no program for this process being busy itself", async () => {
    const log = eventLog();
    const own = another({ childPath, onEvent: log.onEvent });
    await own.run(double, "1", { budgetMs: 100 });
    const batch = own.runBatch(double, Array(3_000).fill("1"), { budgetMs: 20 });
    const until = performance.now() + 300;
    while (performance.now() < until);
    assert.ok((await batch).every((v) => v.output === "2"));
    assert.deepEqual(
      log.events.filter((e) => e.kind === "killed"),
      [],
    );
  });

  it("stops a batch at its first failure when asked to", async () => {
    const program = javascript("function run(n) { if (n === 300) throw new Error('no'); return n; }");
    const inputs = Array.from({ length: 3_000 }, (_, n) => String(n));
    const verdicts = await sandbox.runBatch(program, inputs, { budgetMs: 100, stopOnFirstError: true });
    assert.equal(verdicts.length, 301);
    assert.equal(verdicts[300]?.status, "error");
    assert.equal((await sandbox.run(double, "4", { budgetMs: 100 })).output, "8");
  });

  it("ends a batch whose outputs would fill this process's memory, and serves the next caller", async () => {
    const flood = javascript("function run() { return 'x'.repeat(900_000); }");
    const inputs = Array.from({ length: 1_000 }, () => "0");
    await assert.rejects(sandbox.runBatch(flood, inputs, { budgetMs: 100 }), refusing("payload_too_large"));
    assert.equal((await sandbox.run(double, "4", { budgetMs: 100 })).output, "8");
  });

  it("serves two hundred callers at once, hostile ones among them, each with its own answer", async () => {
    const loop = javascript("function run() { for (;;) {} }");
    const hang = javascript(`function run() { return ${unstoppable}; }`);
    const calls = Array.from({ length: 200 }, async (_, n) => {
      const program = n % 50 === 10 ? hang : n % 20 === 5 ? loop : double;
      const verdict = await sandbox.run(program, String(n), { budgetMs: 20 });
      if (program === double) assert.deepEqual([verdict.status, verdict.output], ["success", String(n * 2)]);
      else assert.equal(verdict.status, "timeout");
    });
    await Promise.all(calls);
  });

  it("lets single calls through while a long batch runs", async () => {
    const slow = javascript("function run(n) { let x = 0; for (let i = 0; i < 100_000; i++) x += i % 7; return n; }");
    let done = false;
    const batch = sandbox
      .runBatch(
        slow,
        Array.from({ length: 3_000 }, (_, n) => String(n)),
        { budgetMs: 1_000 },
      )
      .then(() => {
        done = true;
      });
    await sandbox.run(double, "1", { budgetMs: 1_000 });
    assert.equal(done, false);
    await batch;
  });

  it("lets go of a cancelled batch and serves the next caller", async () => {
    const controller = new AbortController();
    const slow = javascript("function run(n) { let x = 0; for (let i = 0; i < 1_000_000; i++) x += i % 7; return n; }");
    const batch = sandbox.runBatch(slow, Array(50_000).fill("1"), { budgetMs: 1_000, signal: controller.signal });
    await sandbox.run(double, "1", { budgetMs: 1_000 });
    controller.abort();
    await assert.rejects(batch, refusing("client_closed_request"));
    await assert.rejects(
      sandbox.run(double, "1", { budgetMs: 100, signal: controller.signal }),
      refusing("client_closed_request"),
    );
    assert.equal((await sandbox.run(double, "21", { budgetMs: 100 })).output, "42");
  });

  it("keeps more programs than it holds warm", async () => {
    const programs = Array.from({ length: 40 }, (_, n) => javascript(`function run(x) { return x + ${n}; }`));
    for (let round = 0; round < 2; round++) {
      const outputs = await Promise.all(programs.map((program) => sandbox.run(program, "1", { budgetMs: 100 })));
      assert.deepEqual(
        outputs.map((v) => v.output),
        programs.map((_, n) => String(1 + n)),
      );
    }
  });

  it("refuses input that is no JSON without harm", async () => {
    const verdict = await sandbox.run(double, "{nope", { budgetMs: 100 });
    assert.equal(verdict.status, "error");
    assert.match(verdict.errorMessage ?? "", /not JSON/);
  });

  it("starts nothing before the first call, says what it runs on, and leaves no process behind", async () => {
    const log = eventLog();
    const own = another({ childPath, onEvent: log.onEvent });
    const idle = {
      engine: null,
      nodeVersion: null,
      nodePath: process.execPath,
      state: "idle",
      ...{ restarts: 0, recycled: 0, spares: 0 },
    };
    assert.deepEqual(own.info(), { ...idle, python: idle });
    await own.run(double, "1", { budgetMs: 100 });
    if (log.pids().length < 2) await log.next("started"); // The spare.
    const { state, engine, nodeVersion, spares } = own.info();
    assert.deepEqual([state, engine, nodeVersion, spares], ["ready", "isolated-vm", process.version, 1]);
    const underWay = own.runBatch(javascript("function run() { for (;;) {} }"), ["1", "2"], { budgetMs: 1_000 });
    await own.stop();
    assert.deepEqual(
      (await underWay).map((v) => v.status),
      ["crashed", "crashed"],
    );
    assert.equal(log.pids().length, 2);
    assert.deepEqual(log.pids().filter(isAlive), []);
    await assert.rejects(own.run(double, "1", { budgetMs: 100 }), refusing("shutting_down"));
  });

  it("replaces a child after its number of calls or when it has grown, and no caller notices", async () => {
    const log = eventLog();
    const lane = laneWith({ recycle: { calls: 10_000, grownMb: 400 }, onEvent: log.onEvent });
    const inputs = Array.from({ length: 60_000 }, (_, n) => String(n));
    await lane.runBatch(double, ["1"], { budgetMs: 100 });
    if (log.pids().length < 2) await log.next("started"); // The spare.
    const verdicts = await lane.runBatch(double, inputs, { budgetMs: 100 });
    assert.ok(verdicts.every((verdict, n) => verdict.output === String(n * 2)));
    assert.ok(lane.info().recycled > 0);
    assert.equal(lane.info().restarts, 0);
    await lane.stop();
    assert.deepEqual(log.pids().filter(isAlive), []);
  });

  it("ends its children after a time without work where it is told to, and starts again", async () => {
    const log = eventLog();
    const lane = laneWith({ restAfterMs: 1, onEvent: log.onEvent });
    for (const n of [1, 2, 3]) {
      assert.equal((await lane.runBatch(double, [String(n)], { budgetMs: 100 }))[0]?.output, String(n * 2));
    }
    await lane.stop();
    assert.deepEqual(log.pids().filter(isAlive), []);
  });

  it("runs programs that used up their time apart, so that they hold up nobody", async () => {
    const log = eventLog();
    const own = another({ childPath, onEvent: log.onEvent });
    const slow = javascript(`function run(n) { if (n === 1) for (;;); return ${unstoppable}; }`);
    await own.run(double, "1", { budgetMs: 100 });
    if (log.pids().length < 2) await log.next("started"); // The spare.
    assert.equal((await own.run(slow, "1", { budgetMs: 10 })).status, "timeout");
    if (log.pids().length < 3) await log.next("started"); // For those that are slow.
    const again = own.run(slow, "2", { budgetMs: 100 });
    for (let n = 0; n < 20; n++) assert.equal((await own.run(double, "4", { budgetMs: 100 })).output, "8");
    assert.equal((await again).status, "timeout");
    assert.equal(own.info().restarts, 0);
  });

  it("answers its callers, and at once, whatever a child that broke out makes up", async () => {
    const own = another({ childPath: join(import.meta.dirname, "fixtures/lying-child.mjs") });
    const saying = (slice: object) => javascript(JSON.stringify(slice));
    const honest = saying({ laps: [1, 0.1], end: true, lines: '0"fine"' });
    assert.equal((await own.run(honest, "1", { budgetMs: 100 })).output, '"fine"');
    for (const lie of [
      { laps: [], end: true, lines: "" },
      { laps: [1e12, 0.1], end: true, lines: "01" },
      { laps: [-1, 0.1], end: true, lines: "01" },
      { laps: ["1", 0.1], end: true, lines: "01" },
      { laps: [1, "soon"], end: true, lines: "01" },
    ]) {
      const verdict = await own.run(saying(lie), "1", { budgetMs: 100 });
      assert.equal(verdict.status, "crashed", JSON.stringify(lie));
    }
    const garbled = await own.run(saying({ laps: [1, 0.1], end: true, lines: "?" }), "1", { budgetMs: 100 });
    assert.equal(garbled.status, "crashed");
    assert.equal((await own.run(honest, "1", { budgetMs: 100 })).output, '"fine"');
  });

  it("gives what a program printed with its verdict, of a single run", async () => {
    const program = javascript('function run(n) { console.log("n is", n, { n }); return n; }');
    assert.match((await sandbox.run(program, "3", { budgetMs: 100 })).logs ?? "", /n is 3 \{"n":3\}/);
    assert.equal((await sandbox.run(double, "3", { budgetMs: 100 })).logs, undefined);
  });
});

describe("the engine that runs JavaScript", function () {
  this.timeout(30_000);
  const desktop = (versions: Record<string, string>): Machine => ({
    execPath: process.execPath,
    isElectron: true,
    platform: process.platform,
    env: { PATH: "/usr/bin:/opt/bin" },
    output: async (file) => versions[file],
  });
  const engineOf = async (options: Partial<SandboxOptions>) => {
    const own = createSandbox({ childPath, ...options });
    try {
      const verdict = await own.run(double, "4", { budgetMs: 500 });
      assert.equal(verdict.output, "8", verdict.errorMessage);
      return own.info();
    } finally {
      await own.stop();
    }
  };

  it("is isolated-vm where a Node for it is found, QuickJS by setting", async () => {
    const { engine, nodePath } = await engineOf({
      machine: desktop({ [process.execPath]: "v24.0.0" }),
      nodePath: process.execPath,
    });
    assert.deepEqual([engine, nodePath], ["isolated-vm", process.execPath]);
    assert.equal((await engineOf({ engine: "quickjs" })).engine, "quickjs");
  });

  it("is QuickJS in the editor's own runtime where no Node is found, or none but old ones, and says why", async () => {
    const missing = await engineOf({ machine: desktop({}), nodePath: "/nowhere/node" });
    assert.deepEqual([missing.engine, missing.nodePath], ["quickjs", process.execPath]);
    assert.match(missing.reason ?? "", /\/nowhere\/node is no Node.*no Node 24 or newer in PATH/);
    const tooOld = await engineOf({ machine: desktop({ "/usr/bin/node": "v20.1.0" }) });
    assert.equal(tooOld.engine, "quickjs");
    assert.match(tooOld.reason ?? "", /\/usr\/bin\/node is Node 20, older than 24/);
  });

  it("is QuickJS where isolated-vm cannot be loaded, and says why", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hapa-test-"));
    try {
      await buildSandboxChild(folder); // As in a package, with no native modules beside it.
      const { engine, reason } = await engineOf({ childPath: join(folder, "sandbox-child.cjs") });
      assert.equal(engine, "quickjs");
      assert.match(reason ?? "", /isolated-vm could not be loaded/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is missed with a sentence that says what to do where nothing can be started", async () => {
    const noChild = createSandbox({ childPath: `${childPath}.missing` });
    await assert.rejects(noChild.run(double, "1", { budgetMs: 100 }), refusing("sandbox_unavailable"));
    assert.equal(noChild.info().state, "unavailable");
    await noChild.stop();
    const folder = mkdtempSync(join(tmpdir(), "hapa-test-"));
    const broken = join(folder, "node");
    writeFileSync(
      broken,
      '#!/bin/sh\n[ "$1" = --version ] && echo v24.2.0 && exit\necho "node: bad option: --permission" >&2; exit 9\n',
      {
        mode: 0o755,
      },
    );
    const own = createSandbox({ childPath, nodePath: broken });
    await assert.rejects(
      own.run(double, "1", { budgetMs: 100 }),
      /did not start with Node at .*bad option.*hapa\.sandbox\.nodePath/,
    );
    await own.stop();
    rmSync(folder, { recursive: true });
    const alone = createSandbox({ childPath, engine: "isolated-vm", machine: desktop({}) });
    await assert.rejects(alone.run(double, "1", { budgetMs: 100 }), /needs a Node of its own/);
    await alone.stop();
  });
});
