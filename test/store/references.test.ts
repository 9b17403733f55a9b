/** What executions are judged by, in the database; and that a verdict is told once, whoever else gave it. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { openStore, type Store } from "../../src/store/store.ts";

describe("references in the store", () => {
  let folder: string;
  let store: Store;
  let id: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-references-"));
    store = await openStore(folder);
    id = await make();
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const make = async (): Promise<string> => {
    const fields = { name: "t", description: "", language: "javascript" as const, examples: [] };
    return (await store.tasks.create({ ...fields, accuracyTarget: 0.9, latencyTargetMs: 10, samplingRate: 1 })).id;
  };

  it("are put in place one by one or together; of rows with the same input the last counts", async () => {
    const { references } = store;
    const rows = [
      { input: '"a"', output: "1" },
      { input: '"b"', output: "2" },
      { input: '"a"', output: "3" },
    ];
    await references.set(id, { rows });
    assert.deepEqual([await references.countRows(id), await references.program(id)], [2, undefined]);
    assert.deepEqual([...(await references.outputs(id, ['"a"', '"c"', '"a"']))], [['"a"', "3"]]);
    await references.set(id, { program: { taskId: "task_other", version: 2 } });
    await references.set(id, { program: { taskId: "task_other", version: 3 } });
    assert.deepEqual(await references.program(id), { taskId: "task_other", version: 3 });
    assert.equal(await references.hasRows(id), true);
    await references.set(id, { rows: [], program: null });
    assert.deepEqual([await references.hasRows(id), await references.program(id)], [false, undefined]);
    const told = (await store.events.read({ after: 0, limit: 100, taskId: id })).filter(
      ({ type }) => type === "task.changed",
    );
    assert.deepEqual(told.length, 4);
  });

  it("go with their task, and name those that have one", async () => {
    const { references, tasks } = store;
    const other = await make();
    await make();
    await references.set(id, { rows: [{ input: "1", output: "2" }] });
    await references.set(other, { program: { taskId: id, version: 1 } });
    assert.deepEqual((await references.tasks()).sort(), [id, other].sort());
    await tasks.setAside(id);
    assert.deepEqual(await references.tasks(), [other]);
    await tasks.delete(id);
    assert.deepEqual(
      [await references.countRows(id), await references.program(other)],
      [0, { taskId: id, version: 1 }],
    );
    await tasks.delete(other);
    assert.equal(await references.program(other), undefined);
  });

  it("judge once: the same verdict again is no news, another is, and a person's always is", async () => {
    const execution = { id: "exec_1", task_id: id, artifact_id: "art", version: 1, status: "success" as const };
    await store.executions.insert([
      { ...execution, input: "1", output: "2", error_message: null, latency_ms: 1, sampled: 1, executed_at: "" },
    ]);
    const say = async (oracle: "reference" | "person", correct: boolean, expectedOutput?: number) => {
      const expected = expectedOutput === undefined ? {} : { expectedOutput };
      return (await store.validations.keep(id, [{ executionId: "exec_1", version: 1, oracle, correct, ...expected }]))
        .length;
    };
    assert.deepEqual([await say("reference", false, 3), await say("reference", false, 3)], [1, 0]);
    assert.deepEqual([await say("reference", false, 4), await say("reference", true)], [1, 1]);
    assert.deepEqual([await say("person", true), await say("person", true)], [1, 1]);
  });
});
