/** Daily files in a real folder: what is in them, when they turn, when they go, and what disturbs them. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { PrivacyMode } from "../../../src/contract/datasets.ts";
import { createDatasets, type DatasetOptions, type Datasets } from "../../../src/learning/dataset/dataset.ts";
import { type StoredDay, tooMuch } from "../../../src/learning/dataset/files.ts";
import type { ExecutionLine, ValidationLine } from "../../../src/learning/dataset/rows.ts";
import { executionRow, key, validationRow } from "./rows.ts";

const task = "task_shared";

describe("datasets", () => {
  let folder: string;
  let today: Date;
  let mode: PrivacyMode;
  let told: { level: string; message: string; dropped: unknown }[];
  let rows: { written: number; dropped: number };
  const started: Datasets[] = [];

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "hapa-datasets-")), "datasets");
    today = new Date("2026-11-22T12:00:00Z");
    mode = "balanced";
    told = [];
    rows = { written: 0, dropped: 0 };
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((datasets) => datasets.stop()));
    await rm(join(folder, ".."), { recursive: true, force: true });
  });

  const open = (over: Partial<DatasetOptions> = {}): Datasets => {
    const teller = (level: string) => (fields: { dropped?: unknown }, message: string) =>
      told.push({ level, message, dropped: fields.dropped });
    const datasets = createDatasets({
      folder,
      key,
      privacyOf: async () => mode,
      log: { warn: teller("warn"), info: teller("info") } as unknown as DatasetOptions["log"],
      onRows: (outcome, count) => {
        rows[outcome] += count;
      },
      now: () => today,
      ...over,
    });
    started.push(datasets);
    return datasets;
  };
  const path = (name: string) => join(folder, task, name);
  const lines = async <Line = ExecutionLine>(name: string): Promise<Line[]> => {
    const text = await readFile(path(name), "utf8");
    assert.ok(text.endsWith("\n"));
    return text
      .slice(0, -1)
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  };
  const names = async (kind: string) => (await readdir(path(kind)).catch(() => [])).sort();
  const read = async (...ask: Parameters<Datasets["read"]>): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of (started.at(-1) as Datasets).read(...ask)) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  const idsOf = (text: string): string[] =>
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as ExecutionLine).execution_id);

  it("a row goes into the file of its own day, whatever day it is", async () => {
    const datasets = open();
    datasets.append("executions", task, [
      executionRow({ id: "a", executed_at: "2026-11-21T23:59:59.999Z" }),
      executionRow({ id: "b", executed_at: "2026-11-22T00:00:00.000Z" }),
      executionRow({ id: "c", executed_at: "2026-11-22T08:30:00.000+09:00" }),
    ]);
    datasets.append("validations", task, [validationRow({ expected_output: '"Ada"', correct: 0 })]);
    await datasets.flush();
    assert.deepEqual(await names("executions"), ["2026-11-21.jsonl", "2026-11-22.jsonl"]);
    assert.deepEqual(
      (await lines("executions/2026-11-21.jsonl")).map((line) => line.execution_id),
      ["a", "c"],
    );
    const [line] = await lines("executions/2026-11-22.jsonl");
    assert.deepEqual(line, {
      execution_id: "b",
      task_id: task,
      artifact_id: "art_1",
      version: 1,
      status: "success",
      executed_at: "2026-11-22T00:00:00.000Z",
      latency_ms: 0.02,
      input: '"Lovelace, Ada"',
      output: '"Ada Lovelace"',
      error_message: null,
      input_chars: 15,
      output_chars: 14,
      input_hash: createHmac("sha256", key).update(`${task}\0"Lovelace, Ada"`).digest("hex").slice(0, 32),
      output_hash: createHmac("sha256", key).update(`${task}\0"Ada Lovelace"`).digest("hex").slice(0, 32),
      masked: 0,
      privacy: "balanced",
      sampling: "chance",
    });
    const [validation] = await lines<ValidationLine>("validations/2026-11-22.jsonl");
    assert.equal(validation?.expected_output, '"Ada"');
    assert.equal(validation?.correct, false);
    assert.deepEqual(rows, { written: 4, dropped: 0 });
    if (process.platform !== "win32") {
      assert.equal((await stat(path("executions/2026-11-21.jsonl"))).mode & 0o777, 0o600);
      assert.equal((await stat(path("executions"))).mode & 0o777, 0o700);
    }
  });

  it("each privacy mode lets through what it says, from the moment it is set", async () => {
    const datasets = open();
    const row = executionRow({
      input: '{"mail":"ada@example.org","n":1}',
      output: '"ADA@example.org"',
      status: "error",
      error_message: "no ada@example.org",
    });
    for (const next of ["strict", "balanced", "permissive"] as const) {
      mode = next;
      datasets.append("executions", task, [row]);
      await datasets.flush();
    }
    const [strict, balanced, permissive] = await lines("executions/2026-11-22.jsonl");
    assert.deepEqual(
      [strict?.input, strict?.output, strict?.error_message, strict?.input_chars, strict?.masked],
      [null, null, null, 32, 0],
    );
    assert.ok(!JSON.stringify(strict).includes("example"));
    const name = /<email:[0-9a-f]{8}>/.exec(balanced?.output ?? "")?.[0];
    assert.equal(balanced?.input, `{"mail":"${name}","n":1}`);
    assert.equal(balanced?.error_message, `no ${name}`);
    assert.equal(balanced?.masked, 3);
    assert.equal(permissive?.input, row.input);
    assert.equal(new Set([strict, balanced, permissive].map((line) => line?.input_hash)).size, 1);
  });

  it("one person has one name in a task, another one in another task or installation", async () => {
    const nameIn = async (options: Partial<DatasetOptions>, taskId: string): Promise<string> => {
      const datasets = open(options);
      datasets.append("executions", taskId, [executionRow({ task_id: taskId, input: '"ada@example.org"' })]);
      await datasets.flush();
      const text = await readFile(join(folder, taskId, "executions/2026-11-22.jsonl"), "utf8");
      return (JSON.parse(text.trim().split("\n").at(-1) ?? "") as ExecutionLine).input ?? "";
    };
    const first = await nameIn({}, task);
    assert.equal(await nameIn({}, task), first);
    assert.notEqual(await nameIn({}, "task_other"), first);
    assert.notEqual(await nameIn({ key: Buffer.alloc(32, 8) }, task), first);
  });

  it("a text too long for a line is left out, its length and hash are not", async () => {
    const datasets = open();
    datasets.append("executions", task, [executionRow({ input: JSON.stringify("x".repeat(1_000_001)) })]);
    await datasets.flush();
    const [line] = await lines("executions/2026-11-22.jsonl");
    assert.deepEqual([line?.input, line?.input_chars, line?.output], [null, 1_000_003, '"Ada Lovelace"']);
  });

  it("a line cut off by a kill is cut away before the next one, and no reader sees it", async () => {
    const datasets = open();
    datasets.append("executions", task, [executionRow({ id: "whole" })]);
    await datasets.flush();
    const file = path("executions/2026-11-22.jsonl");
    await appendFile(file, `{"execution_id":"torn","input":"${"x".repeat(200_000)}`);
    assert.deepEqual(idsOf(await read(task, "executions", {})), ["whole"]);
    datasets.append("executions", task, [executionRow({ id: "next" })]);
    await datasets.flush();
    assert.deepEqual(idsOf(await readFile(file, "utf8")), ["whole", "next"]);
    await appendFile(file, '{"execution_id":"torn by a process that is gone');
    await open().tidy(async (ids) => [...ids]);
    assert.deepEqual(idsOf(await readFile(file, "utf8")), ["whole", "next"], "readable by others from the start on");
    await writeFile(file, '{"execution_id":"torn at once');
    assert.equal(await read(task, "executions", {}), "");
    datasets.append("executions", task, [executionRow({ id: "first" })]);
    await datasets.flush();
    assert.deepEqual(idsOf(await read(task, "executions", {})), ["first"]);
  });

  it("days are chosen with both ends included, and come oldest first", async () => {
    const datasets = open();
    for (const day of [22, 19, 21, 20])
      datasets.append("executions", task, [
        executionRow({ id: `${day}`, executed_at: `2026-11-${day}T05:00:00.000Z` }),
      ]);
    assert.deepEqual(idsOf(await read(task, "executions", {})), ["19", "20", "21", "22"]);
    assert.deepEqual(idsOf(await read(task, "executions", { from: "2026-11-20", to: "2026-11-21" })), ["20", "21"]);
    assert.deepEqual(idsOf(await read(task, "validations", {})), []);
    assert.deepEqual(idsOf(await read("task_none", "executions", {})), []);
  });

  it("the numbers of a day are made when it is over, and again when something comes late", async () => {
    const datasets = open();
    const file = path("analytics/daily-stats-2026-11-22.json");
    datasets.append("executions", task, [
      executionRow({ latency_ms: 1 }),
      executionRow({ latency_ms: 3, version: 2, status: "timeout", output: null, input: '"ada@example.org"' }),
    ]);
    datasets.append("validations", task, [validationRow(), validationRow({ correct: 0 })]);
    await datasets.stop();
    assert.deepEqual(await names("analytics"), []);

    today = new Date("2026-11-23T00:02:00Z");
    const next = open();
    next.append("executions", task, [executionRow({ executed_at: "2026-11-23T00:00:01.000Z" })]);
    await next.flush();
    assert.deepEqual(await names("analytics"), ["daily-stats-2026-11-22.json"]);
    assert.deepEqual(JSON.parse(await readFile(file, "utf8")), {
      day: "2026-11-22",
      task_id: task,
      ...{ executions: 2, success: 1, validations: 2, correct: 1 },
      ...{ error: 0, timeout: 1, memory: 0, invalid_output: 0, crashed: 0 },
      ...{ latency_avg_ms: 2, latency_p50_ms: 3, latency_p95_ms: 3, latency_p99_ms: 3 },
      ...{ distinct_inputs: 2, masked: 1, unreadable: 0 },
      versions: [
        { version: 1, executions: 1, success: 1, validations: 2, correct: 1 },
        { version: 2, executions: 1, success: 0, validations: 0, correct: 0 },
      ],
    });
    const last = open();
    last.append("executions", task, [executionRow({ executed_at: "2026-11-22T23:59:59.000Z" })]);
    await last.flush();
    assert.equal((JSON.parse(await readFile(file, "utf8")) as { executions: number }).executions, 3);
  });

  it("days older than the retention go, when the first row of a new day is written", async () => {
    const datasets = open({ limits: { retentionDays: 2 } });
    for (const day of [19, 20, 21, 22])
      datasets.append("executions", task, [executionRow({ executed_at: `2026-11-${day}T05:00:00.000Z` })]);
    await datasets.flush();
    assert.equal((await names("executions")).length, 4);
    today = new Date("2026-11-23T00:00:01Z");
    datasets.append("executions", task, [executionRow({ executed_at: "2026-11-23T00:00:00.500Z" })]);
    await datasets.flush();
    assert.deepEqual(await names("executions"), ["2026-11-21.jsonl", "2026-11-22.jsonl", "2026-11-23.jsonl"]);
  });

  it("where there is too much, the oldest days go: of a task, then of all; today's and a day's numbers stay", () => {
    const file = (taskId: string, day: string, bytes: number, kind: StoredDay["kind"] = "executions"): StoredDay => ({
      ...{ taskId, kind, day: `2026-11-${day}`, bytes },
      path: `${taskId}/${kind}/${day}`,
    });
    const days = [
      ...[file("a", "19", 10), file("a", "19", 5, "analytics"), file("a", "20", 10), file("a", "22", 40)],
      ...[file("b", "18", 20), file("b", "20", 5), file("b", "20", 5, "validations"), file("b", "21", 10)],
    ];
    const gone = (limits: { taskBytes: number; bytes: number }) => {
      const { gone, bytesLeft } = tooMuch(days, { retentionDays: 90, ...limits }, "2026-11-22");
      return [gone.map(({ path }) => path).sort(), bytesLeft];
    };
    assert.deepEqual(gone({ taskBytes: 60, bytes: 100 }), [[], 100]);
    assert.deepEqual(gone({ taskBytes: 50, bytes: 100 }), [["a/executions/19"], 90]);
    assert.deepEqual(gone({ taskBytes: 60, bytes: 75 }), [["a/executions/19", "b/executions/18"], 70]);
    assert.deepEqual(gone({ taskBytes: 10, bytes: 1 })[1], 40);
  });

  it("what a day brings beyond the limit of a task is dropped, counted, and told once", async () => {
    const datasets = open({ limits: { taskBytes: 100_000 } });
    for (let i = 0; i < 5; i++) {
      datasets.append("executions", task, [executionRow({ input: JSON.stringify("x y ".repeat(10_000)) })]);
      await datasets.flush();
    }
    assert.deepEqual(rows, { written: 2, dropped: 3 });
    assert.equal((await lines("executions/2026-11-22.jsonl")).length, 2);
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? "", /size limit/);
    today = new Date("2026-11-23T00:00:01Z");
    datasets.append("executions", task, [executionRow({ executed_at: today.toISOString() })]);
    await datasets.flush();
    assert.deepEqual([told[1]?.level, told[1]?.dropped, rows.written], ["info", 3, 3]);
  });

  it("rows that come faster than they can be written are dropped, counted and told", async () => {
    const datasets = open();
    const input = JSON.stringify("x y ".repeat(200_000));
    datasets.append("executions", task, Array(60).fill(executionRow({ input })));
    await datasets.flush();
    assert.equal(rows.written + rows.dropped, 60);
    assert.ok(rows.dropped > 10 && rows.written > 10, JSON.stringify(rows));
    assert.match(told[0]?.message ?? "", /faster/);
    assert.equal(told[0]?.dropped, rows.dropped);
  });

  it("a deleted task's folder is gone, with what was on its way; others stay", async () => {
    const datasets = open();
    datasets.append("executions", task, [executionRow()]);
    datasets.append("executions", "task_other", [executionRow({ task_id: "task_other" })]);
    await datasets.flush();
    datasets.append("executions", task, [executionRow()]);
    await datasets.delete(task);
    await datasets.flush();
    assert.deepEqual((await readdir(folder)).sort(), [".lock", "task_other"]);
    datasets.append("executions", task, [executionRow({ id: "anew" })]);
    assert.deepEqual(idsOf(await read(task, "executions", {})), ["anew"]);
  });

  it("no task's id leads out of the folder", async () => {
    const datasets = open();
    const victim = join(folder, "..", "victim");
    await mkdir(victim);
    for (const id of ["../victim", "..", "", "task_../../victim", "task_a/../../victim", "/etc", "task_\0", "."]) {
      await assert.rejects(async () => datasets.delete(id), RangeError, id);
      await assert.rejects(read(id, "executions", {}), RangeError, id);
      datasets.append("executions", id, [executionRow({ task_id: id })]);
      await datasets.flush();
    }
    datasets.append("executions", task, [executionRow({ executed_at: "../../../victim" })]);
    await datasets.flush();
    assert.deepEqual(await readdir(victim), []);
    assert.deepEqual(rows, { written: 0, dropped: 9 });
  });

  it("folders of tasks that are no more are swept, those of another database are not", async () => {
    const foreign = open({ key: Buffer.alloc(32, 9) });
    foreign.append("executions", "task_foreign", [executionRow({ task_id: "task_foreign" })]);
    await foreign.flush();
    const datasets = open();
    for (const id of ["task_kept", "task_gone"]) datasets.append("executions", id, [executionRow({ task_id: id })]);
    await datasets.flush();
    await datasets.tidy(async (ids) => ids.filter((id) => id === "task_kept"));
    assert.deepEqual((await readdir(folder)).sort(), [".lock", "task_foreign", "task_kept"]);
  });

  it("a folder that cannot be written is told once, and works again when it can", async () => {
    if (process.getuid?.() === 0) {
      // Root may write anywhere: a file stands where the folder should be.
      await writeFile(folder, "");
    } else {
      await mkdir(folder);
      await chmod(folder, 0o500);
    }
    const datasets = open();
    for (let i = 0; i < 3; i++) {
      datasets.append("executions", task, [executionRow()]);
      await datasets.flush();
    }
    assert.deepEqual(rows, { written: 0, dropped: 3 });
    assert.deepEqual([told.length, told[0]?.level], [1, "warn"]);
    if (process.getuid?.() === 0) await rm(folder);
    else await chmod(folder, 0o700);
    datasets.append("executions", task, [executionRow()]);
    await datasets.flush();
    assert.deepEqual([rows.written, told[1]?.level, told[1]?.dropped], [1, "info", 3]);
  });

  it("a full disk costs the rows it has no room for, never a line before them", async function () {
    await mkdir(folder);
    const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "none", folder]);
    if (mount.status !== 0) return this.skip(); // Only root may.
    try {
      const datasets = open();
      const input = JSON.stringify("x y ".repeat(15_000));
      for (let i = 0; i < 8; i++) {
        datasets.append("executions", task, [executionRow({ id: `${i}`, input })]);
        await datasets.flush();
      }
      assert.ok(rows.written > 1 && rows.dropped > 1, JSON.stringify(rows));
      assert.equal(told.length, 1);
      assert.equal((await lines("executions/2026-11-22.jsonl")).length, rows.written);
      await writeFile(join(folder, "filler"), "").catch(() => {});
      datasets.append("executions", task, [executionRow({ id: "small" })]);
      assert.deepEqual(idsOf(await read(task, "executions", {})).at(-1), "small");
    } finally {
      spawnSync("umount", [folder]);
    }
  });

  it("two processes append to one file, and every line of both is whole", async function () {
    this.timeout(60_000);
    const run = async (name: string) => {
      const child = appender(name, "200");
      const [code] = (await once(child, "exit")) as [number];
      assert.equal(code, 0);
    };
    await Promise.all([run("a"), run("b"), run("c")]);
    const ids = (await lines("executions/2026-11-22.jsonl")).map((line) => line.execution_id);
    assert.equal(ids.length, 600);
    assert.equal(new Set(ids).size, 600);
  });

  it("kill -9 at any moment loses nothing that was flushed, and leaves no broken line", async function () {
    this.timeout(120_000);
    let seed = 1;
    const expected = new Set<string>();
    for (let round = 0; round < 10; round++) {
      const child = appender(`${round}`);
      const said = createInterface({ input: child.stdout });
      let flushed = 0;
      seed = (seed * 16_807) % 2_147_483_647;
      const killAt = 20 * (1 + (seed % 6));
      for await (const line of said) {
        flushed = Math.max(flushed, Number(line));
        // From here on it is in the middle of the next one.
        if (flushed >= killAt) child.kill("SIGKILL");
      }
      for (let at = 0; at < flushed; at++) expected.add(`exec_${round}-${at}`);
      open();
      const there = new Set(idsOf(await read(task, "executions", {})));
      for (const id of expected) assert.ok(there.has(id), `${id} is lost`);
    }
    const datasets = open();
    datasets.append("executions", task, [executionRow({ id: "after" })]);
    await datasets.flush();
    const all = await lines("executions/2026-11-22.jsonl");
    assert.equal(all.at(-1)?.execution_id, "after");
    assert.equal(new Set(all.map((line) => line.execution_id)).size, all.length);
  });

  const appender = (name: string, most?: string) =>
    spawn(process.execPath, [join(import.meta.dirname, "appender.ts"), folder, name, ...(most ? [most] : [])], {
      stdio: ["ignore", "pipe", "inherit"],
    });
});
