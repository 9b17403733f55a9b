/** Files through the real backend and the worker thread: results, journals, views; killed, cancelled, run again. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { runInWorker } from "../../../src/extension/files/in-worker.ts";
import {
  beginRun,
  clearRuns,
  describeSource,
  findInterrupted,
  type RunFolder,
  type RunOrder,
  type RunState,
} from "../../../src/extension/files/journal.ts";
import { FileResult, type FinishedRun } from "../../../src/extension/files/result.ts";
import type { RunWork } from "../../../src/extension/files/work.ts";
import { startTestBackend, type TestBackend } from "../../support/backend.ts";

const worker = join(import.meta.dirname, "../../../src/extension/files/worker.ts");
const runner = join(import.meta.dirname, "../../support/run-file.ts");
const code = `function run(name) {
  const [last, first] = name.split(", ");
  if (first === undefined) throw new Error("no comma in " + name.length + " letters");
  return first === "nobody" ? null : first + " " + last;
}`;
const never = new AbortController().signal;

describe("a file through the backend, in a thread of its own", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  let folder = "";
  let runs = "";
  let program: RunOrder["program"];

  before(async () => {
    backend = await startTestBackend();
    folder = await mkdtemp(join(tmpdir(), "hapa-whole-"));
    runs = join(folder, "runs");
    const examples = [{ input: "Lovelace, Ada", output: "Ada Lovelace" }];
    const fields = { description: "", language: "javascript" as const, accuracyTarget: 0.9, latencyTargetMs: 100 };
    const { call } = backend.client;
    const task = await call("createTask", {
      params: {},
      body: { name: "turn", examples, samplingRate: 0.1, ...fields },
    });
    const { version } = await call("createArtifact", {
      params: {},
      body: { taskId: task.id, code, language: "javascript" },
    });
    program = { taskId: task.id, version, language: "javascript" };
  });
  after(async () => {
    await backend.stop();
    await rm(folder, { recursive: true });
  });

  const orderFor = async (name: string, content: string, more: Partial<RunOrder> = {}): Promise<RunOrder> => {
    const path = join(folder, name);
    await writeFile(path, content);
    const source = await describeSource(path);
    return { source, program, name: "turn", draft: false, doubtful: [], ...more };
  };
  const workFor = (order: RunOrder, runFolder: RunFolder, more: Partial<RunWork> = {}): RunWork => {
    return { kind: "run", order, folder: runFolder, url: backend.url, apiKey: backend.apiKey, ...more };
  };
  const run = async (order: RunOrder, more: Partial<RunWork> = {}): Promise<FinishedRun & { text: string }> => {
    const runFolder = await beginRun(runs, order);
    const state = await runInWorker(worker, workFor(order, runFolder, more), never, () => {});
    return { order, folder: runFolder, state, text: await readFile(runFolder.result, "utf8") };
  };
  /** Rows of every kind: quotes, line breaks, other alphabets, failures, broken ones. */
  const people = (rows: number): string =>
    `id,name\n${Array.from({ length: rows }, (_, n) =>
      n % 997 === 5
        ? `${n},x,y\n`
        : n % 101 === 7
          ? `${n},nocomma\n`
          : `${n},"Family${n}${n % 50 === 0 ? "\n가" : ""}, Given${n}"\n`,
    ).join("")}`;

  it("runs the elements of a JSON list and leaves the rest of the file as it was", async () => {
    const source =
      '{"at": 1.50,\n "people": [\n  {"id": 12345678901234567890, "who": "Wirth, Niklaus"},\n  {"who": oops}\n ],\n "end": []}\n';
    const order = await orderFor("a.json", source, { at: "people", inputColumn: "who", outputColumn: "turned" });
    const { text, state } = await run(order);
    assert.equal(
      text,
      '{"at": 1.50,\n "people": [\n  {"id": 12345678901234567890, "who": "Wirth, Niklaus", "turned": "Niklaus Wirth"},\n  {"who": oops}\n ],\n "end": []}\n',
    );
    assert.deepEqual([state.rows, state.done, state.problems[0]?.line], [2, 1, 4]);
  });

  it("keeps UTF-16 with its mark and its line ends", async () => {
    const order = await orderFor("b.txt", "");
    const source = Buffer.from("\ufeffWirth, Niklaus\r\n홍, 길동", "utf16le");
    await writeFile(order.source.path, source);
    const { folder: runFolder } = await run({ ...order, source: await describeSource(order.source.path) });
    assert.equal((await readFile(runFolder.result)).toString("utf16le"), "\ufeffNiklaus Wirth\r\n길동 홍");
  });

  it("counts every execution and keeps a sample of them", async () => {
    const { call } = backend.client;
    const before = await call("getAnalytics", { params: { taskId: program.taskId } });
    await run(await orderFor("c.csv", people(5_000), { inputColumn: "name", outputColumn: "turned" }));
    const { total, failed } = await call("getAnalytics", { params: { taskId: program.taskId } });
    const [ran, wrong] = [total - before.total, failed - before.failed];
    assert.deepEqual([ran, wrong], [4_994, 50]);
    let kept = 0;
    let cursor: string | undefined;
    do {
      const page = await call("listExecutions", { params: { id: program.taskId }, query: { limit: 500, cursor } });
      kept += page.items.length;
      cursor = page.cursor ?? undefined;
    } while (cursor);
    assert.ok(kept > 200 && kept < 1_500, `${kept} are kept`);
  });

  it("gives the same bytes after being killed at random places, again and again", async () => {
    const order = await orderFor("d.csv", people(20_000), { inputColumn: "name", outputColumn: "turned" });
    const { text: wanted, state: whole } = await run(order);
    let kills = 0;
    let resume: RunState | undefined;
    let runFolder = await beginRun(runs, order);
    for (;;) {
      const child = fork(runner, { execArgv: [], stdio: "inherit" });
      const ended = once(child, "exit");
      let groups = 1 + Math.floor(Math.random() * 6);
      child.on("message", () => {
        groups -= 1;
        if (groups === 0 && kills < 6) child.kill("SIGKILL");
      });
      child.send(workFor(order, runFolder, { checkpointMs: 0, ...(resume ? { resume } : {}) }));
      const [code_, signal] = await ended;
      if (signal === null) {
        assert.equal(code_, 0);
        break;
      }
      kills += 1;
      const found = await findInterrupted(runs, order.source.path);
      assert.ok(found, "nothing to go on from");
      assert.ok(!resume || found.journal.state.rows >= resume.rows);
      runFolder = found.folder;
      resume = found.journal.state;
    }
    assert.ok(kills >= 3, `only ${kills} kills`);
    assert.equal(await readFile(runFolder.result, "utf8"), wanted);
    const journal = JSON.parse(await readFile(runFolder.journal, "utf8")) as { state: RunState };
    const { elapsedMs: _, ...state } = journal.state;
    const { elapsedMs: __, ...known } = whole;
    assert.deepEqual(state, known);
    assert.equal(await findInterrupted(runs, order.source.path), undefined);
  });

  it("says where a cancelled run can go on, and not where the file has changed since", async () => {
    const order = await orderFor("e.csv", people(20_000), {
      ...{ inputColumn: "name", outputColumn: "turned", target: join(folder, "e.out.csv") },
    });
    const runFolder = await beginRun(runs, order);
    const stopping = new AbortController();
    const running = runInWorker(worker, workFor(order, runFolder), stopping.signal, () => stopping.abort());
    await assert.rejects(running, { name: "AbortError" });
    assert.ok((await readdir(folder)).includes("e.out.csv.hapa-partial"));
    assert.ok(!(await readdir(folder)).includes("e.out.csv"));
    const found = await findInterrupted(runs, order.source.path);
    assert.ok(found && found.journal.state.rows > 0);
    await writeFile(order.source.path, people(20_001));
    assert.equal(await findInterrupted(runs, order.source.path), undefined);
    await writeFile(order.source.path, people(20_000));
    const { utimes } = await import("node:fs/promises");
    await utimes(order.source.path, new Date(), new Date(order.source.mtimeMs));
    const again = await findInterrupted(runs, order.source.path);
    const state = await runInWorker(
      worker,
      workFor(order, runFolder, { resume: (again ?? found).journal.state }),
      never,
      () => {},
    );
    assert.equal(state.rows, 20_000);
    assert.equal(
      await readFile(join(folder, "e.out.csv"), "utf8"),
      (await run({ ...order, target: join(folder, "e2.csv") })).text,
    );
    await clearRuns(runs, () => false);
  });

  it("shows, filters, searches and sorts a result, and runs what failed again", async () => {
    const source = 'id,name\n3,"Wirth, Niklaus"\n20,nocomma\n1,"Hopper, nobody"\n4,a,b\n100,"Allen, Frances"\n';
    const doubtful = [JSON.stringify("Allen, Frances")];
    const finished = await run(
      await orderFor("f.csv", source, { inputColumn: "name", outputColumn: "turned", doubtful }),
    );
    const result = await FileResult.open(finished);
    const info = result.info("f.csv", "");
    assert.deepEqual(info.counts, { all: 5, failed: 2, unsure: 2, changed: 3 });
    assert.deepEqual([info.columns, info.outputColumn, info.again], [["id", "name", "turned"], 2, 1]);
    const view = async (
      filter: "all" | "failed" | "unsure",
      search = "",
      sort: { column: number; descending: boolean } | null = null,
    ) => {
      const total = await result.setView({ filter, search, sort }, worker, never);
      const rows = await result.page(0, 100);
      assert.equal(rows.length, total);
      return rows;
    };
    assert.deepEqual(
      (await view("failed")).map(({ line, state, reason }) => [line, state, reason]),
      [
        [3, "failed", "Error: no comma in 7 letters (line 3)"],
        [5, "broken", "it has 3 cells where the header has 2"],
      ],
    );
    assert.deepEqual(
      (await view("unsure")).map(({ line }) => line),
      [4, 6],
    );
    assert.deepEqual(
      (await view("all", "FRANCES")).map(({ cells }) => cells),
      [["100", "Allen, Frances", "Frances Allen"]],
    );
    const sorted = await view("all", "", { column: 0, descending: true });
    assert.deepEqual(
      sorted.map(({ cells }) => cells[0]),
      ["100", "20", "4", "3", "1"],
    );

    const better = code.replace(/throw .*;/, "return name;");
    const body = { taskId: program.taskId, code: better, language: "javascript" as const };
    const { version } = await backend.client.call("createArtifact", { params: {}, body });
    const order: RunOrder = { ...finished.order, program: { ...program, version }, again: true };
    const rows = await readFile(finished.folder.rows);
    const next = await run(order, { again: { path: finished.folder.result, rows, reasons: finished.state.reasons } });
    assert.deepEqual([next.state.rows, next.state.done, next.state.failed, next.state.unsure], [5, 4, 1, 2]);
    assert.equal(next.text, finished.text.replace("20,nocomma,", "20,nocomma,nocomma"));
    const [line] = await (await FileResult.open(next)).page(1, 1);
    assert.deepEqual([line?.line, line?.state], [3, "done"]);
  });

  it("shows lines with what they were made of", async () => {
    const finished = await run(await orderFor("g.txt", "Wirth, Niklaus\n\nHopper, Grace\n"));
    const result = await FileResult.open(finished);
    assert.deepEqual(
      (await result.page(1, 5)).map(({ line, cells }) => [line, cells]),
      [[3, ["Hopper, Grace", "Grace Hopper"]]],
    );
    assert.deepEqual([result.info("g.txt", "").columns, result.info("g.txt", "").width], [null, 2]);
  });
});
