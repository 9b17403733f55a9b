/** The store where it is full, old, large, or opened by several at once. */
import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { NewTask } from "../../src/contract/tasks.ts";
import { noUsage } from "../../src/generation/candidate.ts";
import { createArtifactRepository, type NewArtifactFields } from "../../src/store/artifacts.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createExecutionRepository } from "../../src/store/executions.ts";
import { ascendingIds } from "../../src/store/ids.ts";
import { createKeyRepository } from "../../src/store/keys.ts";
import { readPage } from "../../src/store/page.ts";
import type { ExecutionRow } from "../../src/store/schema.ts";
import { openStore } from "../../src/store/store.ts";
import { createTaskRepository } from "../../src/store/tasks.ts";

const newTask: NewTask = {
  name: "t",
  description: "",
  language: "javascript",
  inputSchema: undefined,
  outputSchema: undefined,
  examples: [],
  accuracyTarget: 0.9,
  latencyTargetMs: 10,
  samplingRate: 0,
};

describe("the store", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-store-"));
    path = join(folder, "hapa.db");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const nextId = ascendingIds("exec");
  const execution = (taskId: string, over: Partial<ExecutionRow> = {}): ExecutionRow => ({
    id: nextId(),
    task_id: taskId,
    artifact_id: "art",
    version: 1,
    status: "success",
    input: "1",
    output: "1",
    error_message: null,
    latency_ms: 1,
    sampled: 0,
    executed_at: "2030-01-01T00:00:00.000Z",
    ...over,
  });
  const artifact = (taskId: string, code: string): NewArtifactFields => ({
    taskId,
    language: "javascript",
    code,
    state: "active",
    explanation: null,
    generator: "person",
    model: null,
    promptHash: null,
    usage: noUsage,
    durationMs: 1,
    verification: {} as NewArtifactFields["verification"],
  });

  it("counts executions by version and outcome, for tasks that are still there", async () => {
    const database = await openDatabase(path);
    const [tasks, executions] = [createTaskRepository(database), createExecutionRepository(database)];
    const [a, b] = [await tasks.create(newTask), await tasks.create(newTask)];
    await executions.insert([execution(a.id), execution(a.id, { status: "timeout" }), execution(b.id)]);
    await executions.insert([execution(a.id, { version: 2 })]);
    const stats = await executions.stats(a.id);
    assert.deepEqual([stats.total, stats.succeeded, stats.failed], [3, 2, 1]);
    assert.deepEqual(
      stats.byVersion.map(({ version, total, failed }) => [version, total, failed]),
      [
        [2, 1, 0],
        [1, 2, 1],
      ],
    );
    assert.equal(await executions.count(), 4);
    await tasks.delete(a.id);
    assert.equal(await executions.count(), 1);
    await database.close();
  });

  it("counts the executions of a database made before they were counted", async () => {
    const old = await openDatabase(path);
    const task = await createTaskRepository(old).create(newTask);
    await createExecutionRepository(old).insert([execution(task.id), execution(task.id, { status: "error" })]);
    await sql`drop table execution_counts`.execute(old.kysely);
    await sql`delete from migrations where name = '002-execution-counts'`.execute(old.kysely);
    await old.close();
    const store = await openStore(folder);
    const stats = await store.executions.stats(task.id);
    assert.deepEqual([stats.total, stats.failed], [2, 1]);
    await store.close();
  });

  it("knows how often a model agrees with others: by what it was asked blindly, as soon as that is enough", async () => {
    const store = await openStore(folder);
    const { id } = await store.tasks.create(newTask);
    const judged = async (n: number, agrees: boolean, blind: boolean) => {
      const rows = Array.from({ length: n }, () => execution(id));
      await store.executions.insert(rows);
      for (const { id: executionId } of rows) {
        if (blind) await store.modelChecks.mark(id, executionId);
        const verdict = (oracle: "model" | "person", correct: boolean) => ({
          executionId,
          version: 1,
          oracle,
          correct,
        });
        await store.validations.keep(id, [verdict("person", true), verdict("model", agrees)]);
      }
    };
    // A person looked at these because of what the model had said.
    await judged(10, false, false);
    await judged(19, true, true);
    assert.deepEqual(await store.modelChecks.agreement(id), { agreed: 19, n: 29 });
    await judged(1, true, true);
    assert.deepEqual(await store.modelChecks.agreement(id), { agreed: 20, n: 20 });
    await store.close();
  });

  it("says that the disk is full, keeps nothing by halves, and goes on when there is space again", async () => {
    const database = await openDatabase(path);
    const artifacts = createArtifactRepository(database);
    const executions = createExecutionRepository(database);
    const task = await createTaskRepository(database).create(newTask);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.kysely);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 2)}`.execute(database.kysely);
    const full = { code: "SQLITE_FULL" };
    await assert.rejects(artifacts.create(artifact(task.id, "x".repeat(500_000))), full);
    const many = Array.from({ length: 5_000 }, () => execution(task.id));
    await assert.rejects(executions.insert(many), full);
    assert.deepEqual([await executions.count(), (await executions.list(task.id, { limit: 10 })).items.length], [0, 0]);
    await sql`pragma max_page_count = 1000000`.execute(database.kysely);
    assert.equal((await artifacts.create(artifact(task.id, "x".repeat(500_000)))).version, 1);
    await executions.insert(many);
    assert.equal(await executions.count(), 5_000);
    await database.close();
  });

  it("keeps what fits and says what does not, also where both are written at the same time", async () => {
    const database = await openDatabase(path);
    const [tasks, executions] = [createTaskRepository(database), createExecutionRepository(database)];
    const task = await tasks.create(newTask);
    const gone = await tasks.create(newTask);
    await tasks.delete(gone.id);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.kysely);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 20)}`.execute(database.kysely);
    const small = execution(task.id);
    const outcomes = await Promise.allSettled([
      executions.insert([small]),
      executions.insert([execution(gone.id)]),
      executions.insert([execution(task.id, { input: JSON.stringify("x".repeat(500_000)) })]),
      executions.insert([execution(task.id)]),
    ]);
    assert.deepEqual(
      outcomes.map((one) => (one.status === "fulfilled" ? "kept" : (one.reason as { code: string }).code)),
      ["kept", "SQLITE_CONSTRAINT_FOREIGNKEY", "SQLITE_FULL", "kept"],
    );
    const { items } = await executions.list(task.id, { limit: 10 });
    assert.deepEqual([items.length, items.at(-1)?.executionId], [2, small.id]);
    assert.equal(await executions.count(), 2);
    await database.close();
  });

  it("does not read what is not committed, nor write into somebody's open transaction", async () => {
    const database = await openDatabase(path);
    const [tasks, executions] = [createTaskRepository(database), createExecutionRepository(database)];
    const task = await tasks.create(newTask);
    const began = Promise.withResolvers<void>();
    const abandon = Promise.withResolvers<void>();
    const abandoned = database.kysely.transaction().execute(async (tx) => {
      await tx.updateTable("tasks").set({ active_version: 7 }).where("id", "=", task.id).execute();
      began.resolve();
      await abandon.promise;
      throw new Error("changed my mind");
    });
    await began.promise;
    const reading = tasks.getRunSettings(task.id);
    const writing = executions.insert([execution(task.id)]);
    setImmediate(() => setImmediate(abandon.resolve));
    await assert.rejects(abandoned, /changed my mind/);
    assert.equal((await reading)?.activeVersion, null);
    await writing;
    assert.equal(await executions.count(), 1);
    await database.close();
  });

  it("makes the first key once, however many ask at the same time", async () => {
    const databases = [await openDatabase(path), await openDatabase(path), await openDatabase(path)];
    const made = await Promise.all(
      databases.map((database) => createKeyRepository(database).createFirst({ name: "admin", role: "admin" })),
    );
    assert.equal(made.filter(Boolean).length, 1);
    for (const database of databases) await database.close();
  });

  it("lets drafts of yesterday go, and nothing else", async () => {
    const store = await openStore(folder);
    const [kept, fresh, old] = [
      await store.tasks.create(newTask),
      await store.tasks.create(newTask, { draft: true }),
      await store.tasks.create(newTask, { draft: true }),
    ];
    const neighbour = await openDatabase(path);
    await neighbour.kysely
      .updateTable("tasks")
      .set({ updated_at: "2020-01-01T00:00:00.000Z" })
      .where("id", "in", [old.id, kept.id])
      .execute();
    await neighbour.close();
    await store.clearExpired();
    const left = await Promise.all([kept, fresh, old].map(async ({ id }) => (await store.tasks.get(id)) !== undefined));
    assert.deepEqual(left, [true, true, false]);
    await store.close();
  });

  it("keeps the file to its owner", async function () {
    if (process.platform === "win32") this.skip();
    await (await openStore(folder)).close();
    assert.equal((await stat(path)).mode & 0o077, 0);
  });

  it("ends a page before it grows too large to be answered, and loses no row between pages", async () => {
    const rows = Array.from({ length: 9 }, (_, index) => ({ id: String(9 - index), bytes: 30_000_000 }));
    const seen: string[][] = [];
    let cursor: string | null = null;
    do {
      const rest: typeof rows = cursor === null ? rows : rows.filter(({ id }) => id < String(cursor));
      const page = await readPage(
        rest.slice(0, 6),
        5,
        async (count) => rest.slice(0, count),
        ({ id }) => id,
      );
      seen.push(page.items);
      cursor = page.cursor;
    } while (cursor !== null);
    assert.deepEqual(seen, [["9", "8"], ["7", "6"], ["5", "4"], ["3", "2"], ["1"]]);
    const whole = await readPage([{ id: "1", bytes: 900_000_000 }], 5, async () => rows.slice(0, 1), String);
    assert.deepEqual([whole.items.length, whole.cursor], [1, null]);
  });
});
