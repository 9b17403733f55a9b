/** What callers get when programs, children or the callers themselves misbehave. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/supervisor.ts";
import { childPath, eventLog, isAlive, javascript, unstoppable } from "./support.ts";

const double = javascript("function run(n) { return n * 2; }");
const refusing = (code: string) => (error: unknown) => error instanceof HapaError && error.code === code;

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
    assert.deepEqual(own.info(), {
      engine: "isolated-vm",
      nodeVersion: null,
      nodePath: process.execPath,
      state: "idle",
      restarts: 0,
    });
    await own.run(double, "1", { budgetMs: 100 });
    if (log.pids().length < 2) await log.next("started"); // The spare.
    assert.equal(own.info().state, "ready");
    assert.equal(own.info().nodeVersion, process.version);
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

  it("says which Node it tried and what to do when none can run programs", async () => {
    const missing = another({ childPath, nodePath: "/nowhere/node" });
    await assert.rejects(missing.run(double, "1", { budgetMs: 100 }), (error: unknown) => {
      assert.ok(error instanceof HapaError);
      assert.equal(error.code, "sandbox_unavailable");
      assert.match(error.message, /\/nowhere\/node.*Node 24.*hapa\.sandbox\.nodePath/);
      return true;
    });
    assert.equal(missing.info().state, "unavailable");
    assert.match(missing.info().reason ?? "", /nowhere/);

    const folder = mkdtempSync(join(tmpdir(), "hapa-test-"));
    const old = join(folder, "node");
    writeFileSync(
      old,
      '#!/bin/sh\n[ "$1" = --version ] && echo v18.2.0 && exit\necho "node: bad option: --permission" >&2; exit 9\n',
      {
        mode: 0o755,
      },
    );
    const tooOld = another({ childPath, nodePath: old });
    await assert.rejects(tooOld.run(double, "1", { budgetMs: 100 }), /with Node v18\.2\.0 at .*bad option/);
    rmSync(folder, { recursive: true });

    const noChild = another({ childPath: `${childPath}.missing` });
    await assert.rejects(noChild.run(double, "1", { budgetMs: 100 }), refusing("sandbox_unavailable"));
  });
});
