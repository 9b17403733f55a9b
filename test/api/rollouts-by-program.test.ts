/** Rollouts in which nobody but another program says who is right. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Disagreement, Rollout } from "../../src/contract/rollouts.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";

/** Doubles. */
const doubling = {
  name: "double",
  description: "",
  language: "javascript" as const,
  examples: [{ input: 2, output: 4 }],
  accuracyTarget: 0.5,
  latencyTargetMs: 200,
};
const right = "function run(x) { return x * 2; }";
const wrongInAThird = "function run(x) { return x % 3 ? x * 2 : x * 2 + 1; }";
/** Of what it is asked about it knows all but multiples of 30. */
const trusted = "function run(x) { if (x % 30 === 0) throw new Error('no'); return x + x; }";

describe("rollouts by a reference program", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  async function taskWith(versions: readonly string[], samplingRate = 0, { client } = backend) {
    const { id } = await client.call("createTask", { params: {}, body: { ...doubling, samplingRate } });
    const params = { id };
    for (const code of versions) {
      await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
    }
    return {
      id,
      params,
      start: () => client.call("startRollout", { params, body: { candidateVersion: 2 } }),
      by: (taskId: string, version = 1) =>
        client.call("setReference", { params, body: { program: { taskId, version } } }),
      run: async (from: number, to: number) => {
        for (let input = from; input < to; input++) await client.call("execute", { params, body: { input } });
      },
      until: (check: (rollout: Rollout) => void) =>
        eventually(async () => {
          const { rollout } = await client.call("getRollout", { params });
          const found = rollout ?? assert.fail("no rollout");
          check(found);
          return found;
        }),
      disagreements: async (): Promise<Disagreement[]> =>
        (await client.call("listDisagreements", { params, query: { limit: 500 } })).items,
    };
  }

  it("the better version is promoted; on what the program does not know nobody is right", async () => {
    const task = await taskWith([wrongInAThird, right]);
    await task.by((await taskWith([trusted])).id);
    await task.start();
    let from = 1;
    let rollout = await task.until(({ state }) => assert.equal(state, "running"));
    for (; rollout.state === "running" && from < 600; from += 30) {
      await task.run(from, from + 30);
      rollout = await task.until(({ state, differing, judged, requests }) =>
        assert.ok(
          state !== "running" || (requests >= from + 29 && judged === differing - Math.floor(requests / 30)),
          `${state} ${requests}: ${judged} of ${differing}`,
        ),
      );
    }
    assert.deepEqual([rollout.state, rollout.endedBy, rollout.incumbentRight], ["promoted", "hapa", 0]);
    for (const { input, right, oracle } of await task.disagreements()) {
      if (right !== null) assert.deepEqual([oracle, Number(input) % 30 === 0], ["reference", false]);
    }
  });

  it("chosen while it is under way, it judges what waits", async () => {
    const task = await taskWith([right, wrongInAThird]);
    await task.start();
    await task.run(1, 10);
    await task.until(({ differing }) => assert.equal(differing, 3));
    await task.by((await taskWith([trusted])).id);
    const rollout = await task.until(({ judged }) => assert.equal(judged, 3));
    assert.deepEqual([rollout.incumbentRight, rollout.candidateRight], [3, 0]);
  });

  it("what waited when the server ended is judged at the next start", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "hapa-rollout-"));
    try {
      const first = await startTestBackend({ dataDir });
      const task = await taskWith([right, wrongInAThird], 0, first);
      await task.by((await taskWith([trusted], 0, first)).id);
      await task.start();
      await task.run(1, 10);
      await first.stop();
      const second = await startTestBackend({ dataDir, apiKey: first.apiKey });
      try {
        await eventually(async () => {
          const { rollout } = await second.client.call("getRollout", { params: task.params });
          assert.deepEqual([rollout?.requests, rollout?.judged, rollout?.incumbentRight], [9, 3, 3]);
        });
      } finally {
        await second.stop();
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it("a program that is one of the two says nothing of them; another in its place does", async () => {
    const task = await taskWith([right, wrongInAThird], 1);
    await task.by(task.id, 2);
    await task.start();
    await task.run(1, 10);
    await task.until(({ requests }) => assert.equal(requests, 9));
    const { params } = task;
    await eventually(async () => {
      const wrong = await backend.client.call("listValidations", { params, query: { limit: 50, correct: false } });
      assert.equal(wrong.items.length, 3, "of executions it does say what should have come out");
    });
    const copy = await taskWith([wrongInAThird]);
    await task.by(copy.id);
    await task.run(10, 13);
    await task.until(({ requests }) => assert.equal(requests, 12));
    await task.by((await taskWith([trusted])).id);
    const rollout = await task.until(({ judged }) => assert.equal(judged, 4));
    // Had either spoken before, the candidate would be right.
    assert.deepEqual([rollout.incumbentRight, rollout.candidateRight], [4, 0]);
  });
});
