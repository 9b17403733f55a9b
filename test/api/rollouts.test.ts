/** A candidate beside the incumbent on live requests: who answers, what is counted, and how it ends. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { HapaError } from "../../src/contract/errors.ts";
import type { HapaEvent } from "../../src/contract/events.ts";
import type { Rollout } from "../../src/contract/rollouts.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";
import { startFakeModel } from "../support/fake-model.ts";

/** Doubles; versions of it that err are made below. */
const doubling = {
  name: "double",
  description: "",
  language: "javascript" as const,
  examples: [{ input: 2, output: 4 }],
  accuracyTarget: 0.5,
  latencyTargetMs: 200,
  samplingRate: 0,
};
/** Right where `when` says so, else off by one. */
const rightWhen = (when: string) => `function run(x) { return x === 2 || (${when}) ? x * 2 : x * 2 + 1; }`;
const right = rightWhen("true");
const wrongInAThird = rightWhen("x % 3 !== 0");

describe("rollouts", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  const told: HapaEvent[] = [];
  before(async () => {
    backend = await startTestBackend();
    backend.onEvent((event) => told.push(event));
  });
  after(() => backend.stop());

  /** A task whose first version is active. */
  async function taskWith(...versions: readonly string[]) {
    const { client } = backend;
    const { id } = await client.call("createTask", { params: {}, body: doubling });
    const params = { id };
    const add = (code: string) =>
      client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
    for (const code of versions) await add(code);
    const current = async (): Promise<Rollout> => {
      const { rollout } = await client.call("getRollout", { params });
      return rollout ?? assert.fail("no rollout");
    };
    return {
      id,
      params,
      add,
      current,
      start: async (candidateVersion: number, more: { goal?: "not_worse"; reason?: string } = {}) => {
        const { rollout } = await client.call("startRollout", { params, body: { candidateVersion, ...more } });
        return rollout ?? assert.fail("no rollout");
      },
      run: (input: JsonValue) => client.call("execute", { params, body: { input } }),
      batch: (inputs: readonly JsonValue[], log: boolean | "sampled" = true) =>
        client.call("executeBatch", {
          params: {},
          body: { taskId: id, items: inputs.map((input) => ({ input })), stopOnFirstError: false, log },
        }),
      label: (numbers: readonly number[]) =>
        client.call("setReference", {
          params,
          body: { rows: numbers.map((input) => ({ input, output: input * 2 })) },
        }),
      until: (check: (rollout: Rollout) => void) =>
        eventually(async () => {
          const rollout = await current();
          check(rollout);
          return rollout;
        }),
      /** Children are killed and started, which takes a busy machine long. */
      heard: (type: string) =>
        new Promise<void>((resolve) => {
          const end = backend.onEvent((event) => {
            if (event.taskId !== id || event.type !== type) return;
            end();
            resolve();
          });
        }),
      active: async () => (await client.call("getTask", { params })).activeVersion,
      events: () => told.filter((event) => event.taskId === id && event.type !== "metrics"),
      rollBack: () => client.call("rollBack", { params, body: {} }),
    };
  }
  const dataOf = (event: HapaEvent | undefined) => (event ?? assert.fail("no event")).data as Record<string, JsonValue>;
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
  const refused = (work: Promise<unknown>, code: string) =>
    assert.rejects(work, (error: HapaError) => {
      assert.equal(error.code, code, error.message);
      return true;
    });

  it("a better version is promoted by labelled rows, stage by stage, and every step is told", async () => {
    const task = await taskWith(wrongInAThird, right);
    await task.label(numbers(0, 400));
    const started = await task.start(2, { reason: "It mends every third." });
    assert.deepEqual(
      [started.state, started.stage, started.share, started.startedBy, started.reason, started.goal],
      ["running", "shadow", 0, "person", "It mends every third.", "better"],
    );
    let rollout = started;
    for (let from = 0; rollout.state === "running"; from += 6) {
      for (const input of numbers(from, from + 6)) await task.run(input);
      // As it is while requests come one by one: no stage is passed over.
      rollout = await task.until(({ state, requests }) => assert.ok(state !== "running" || requests === from + 6));
    }
    assert.equal(rollout.state, "promoted");
    assert.deepEqual(
      [rollout.stage, rollout.share, rollout.endedBy, rollout.incumbentRight, rollout.candidateFailed],
      ["full", 1, "hapa", 0, 0],
    );
    assert.equal(await task.active(), 2);
    assert.equal((await task.run(3)).version, 2);
    const types = task.events().map(({ type }) => type);
    assert.deepEqual(
      [...new Set(types.filter((type) => type.startsWith("rollout.")))],
      ["rollout.started", "rollout.stage", "rollout.promoted"],
    );
    assert.deepEqual(types.slice(-2), ["artifact.activated", "rollout.promoted"]);
    const promoted = dataOf(task.events().at(-1));
    assert.deepEqual(
      [promoted["rollout_id"], promoted["incumbent_version"], promoted["candidate_version"], promoted["by"]],
      [rollout.id, 1, 2, "hapa"],
    );
    assert.match(String(promoted["reason"]), /right more often/);
  });

  it("a worse version is rolled back; every answer until then is the incumbent's", async () => {
    const task = await taskWith(right, wrongInAThird);
    await task.label(numbers(0, 400));
    await task.start(2);
    const answers = [];
    for (const input of numbers(0, 120)) answers.push(await task.run(input));
    const rollout = await task.until(({ state }) => assert.equal(state, "rolled_back"));
    assert.ok(rollout.incumbentRight > 5 && rollout.candidateRight === 0, JSON.stringify(rollout));
    assert.ok(rollout.requests <= 120);
    assert.deepEqual([rollout.stage, rollout.share, rollout.endedBy], ["stopped", 0, "hapa"]);
    assert.equal(await task.active(), 1);
    assert.ok(answers.every(({ version, output }, at) => version === 1 && output === at * 2));
  });

  it("a version that hangs or crashes is gone after a few requests, and nobody who asked notices", async () => {
    for (const code of [
      "function run(x) { if (x === 2) return 4; for (;;); }",
      "function run(x) { if (x === 2) return 4; throw new Error('no'); }",
    ]) {
      const task = await taskWith(right, code);
      // The incumbent's record says how seldom it fails.
      await task.batch(numbers(100, 1_100));
      await task.start(2);
      const ended = task.heard("rollout.rolled_back");
      for (const input of numbers(10, 30)) assert.equal((await task.run(input)).output, input * 2);
      await ended;
      const rollout = await task.current();
      assert.ok(rollout.candidateFailed >= 2 && rollout.requests <= 12, JSON.stringify(rollout));
      assert.match(String(rollout.endReason), /fails more often/);
    }
  });

  it("each distinct input counts once, in runs and batches, whatever the order of keys; what is not kept does not", async () => {
    const keyed = "function run(x) { return typeof x === 'object' ? x.a + x.b : x * 2; }";
    const task = await taskWith(keyed, `${keyed} // the same`);
    await task.start(2);
    await task.run({ a: 1, b: 2 });
    await task.run({ b: 2, a: 1 });
    await task.batch([1, 2, 3, 3, 2, 1, { b: 2, a: 1 }]);
    await task.batch([3, 4], "sampled");
    await task.batch([100, 101], false);
    const rollout = await task.until(({ requests }) => assert.equal(requests, 5));
    assert.deepEqual([rollout.differing, rollout.judged, rollout.state], [0, 0, "running"]);
    // Nothing more comes: a later one is the sixth.
    await task.run(5);
    await task.until(({ requests }) => assert.equal(requests, 6));
    const stats = await backend.client.call("getAnalytics", { params: { taskId: task.id } });
    assert.deepEqual(
      stats.byVersion.map(({ version, total }) => [version, total]),
      [[1, 12]],
    );
  });

  it("at a tenth and a half the candidate answers its share, the same inputs always, and they are its executions", async () => {
    const hangs =
      "function run(x) { while (x > 4_990 && x < 4_995); if (x >= 4_995) throw new Error('no'); return x * 2; }";
    const task = await taskWith(wrongInAThird, hangs);
    await task.start(2);
    const inputs = numbers(1_000, 1_120);
    await task.batch(inputs);
    await task.until(({ requests }) => assert.equal(requests, 120));
    const waiting = await backend.client.call("listDisagreements", { params: task.params, query: { limit: 500 } });
    assert.equal(waiting.waiting, 40);
    // A person says who was right until half of the requests are the candidate's.
    let rollout = await task.current();
    for (const { id } of waiting.items) {
      if (rollout.stage === "half") break;
      await backend.client.call("judgeDisagreement", {
        params: { ...task.params, did: id },
        body: { right: "candidate" },
      });
      rollout = await task.current();
    }
    assert.deepEqual([rollout.state, rollout.stage, rollout.share], ["running", "half", 0.5]);
    await task.run(0); // the candidate's child starts
    const byCandidate = async () => {
      const outputs = [];
      for (const input of inputs) outputs.push(await task.run(input));
      return outputs.filter(({ version }) => version === 2);
    };
    await byCandidate();
    const [first, second] = [await byCandidate(), await byCandidate()];
    assert.ok(first.length > 40 && first.length < 80, String(first.length));
    assert.deepEqual(
      first.map(({ output }) => output),
      second.map(({ output }) => output),
    );
    const { results = [] } = await task.batch(inputs);
    const rightOnes = results.filter(({ output }, at) => output === 2 * (inputs[at] ?? 0)).length;
    const expected = inputs.filter((x) => x % 3 !== 0 || first.some(({ output }) => output === x * 2)).length;
    assert.equal(rightOnes, expected);
    const stats = await backend.client.call("getAnalytics", { params: { taskId: task.id } });
    assert.ok((stats.byVersion.find(({ version }) => version === 2)?.total ?? 0) >= 3 * first.length);
    // Where the candidate fails the incumbent answers, as if nothing were.
    for (const input of numbers(4_991, 4_999)) {
      const { status, version } = await task.run(input);
      assert.deepEqual([status, version], ["success", 1]);
    }
    assert.ok((await task.batch(numbers(4_991, 4_999))).results?.every(({ status }) => status === "success"));
    await task.rollBack();
    assert.equal((await byCandidate()).length, 0);
  });

  it("a person's verdicts decide and overrule; a contradiction is refused", async () => {
    const task = await taskWith(right, wrongInAThird);
    await task.label([3]);
    await task.start(2);
    await task.batch([1, 3, 6]);
    const params = task.params;
    const list = (waiting?: boolean) =>
      backend.client.call("listDisagreements", { params, query: { limit: 1, ...(waiting ? { waiting } : {}) } });
    const page = await eventually(async () => {
      const found = await list();
      assert.equal(found.waiting, 1);
      return found;
    });
    const [six] = page.items;
    const [three] = (
      await backend.client.call("listDisagreements", { params, query: { limit: 5, cursor: page.cursor ?? "" } })
    ).items;
    assert.deepEqual(
      [six, three].map((one) => [one?.input, one?.incumbentOutput, one?.candidateOutput, one?.right, one?.oracle]),
      [
        [6, 12, 13, null, null],
        [3, 6, 7, "incumbent", "reference"],
      ],
    );
    assert.deepEqual((await list(true)).items, [six]);
    const say = (did: string | undefined, body: { right: "candidate" | "incumbent"; expectedOutput?: JsonValue }) =>
      backend.client.call("judgeDisagreement", { params: { ...params, did: did ?? "" }, body });
    await refused(say(six?.id, { right: "candidate", expectedOutput: 12 }), "invalid_request");
    await refused(say("dis_none", { right: "candidate" }), "not_found");
    const judged = await say(six?.id, { right: "incumbent", expectedOutput: 12 });
    assert.deepEqual([judged.right, judged.oracle], ["incumbent", "person"]);
    let rollout = await task.current();
    assert.deepEqual([rollout.judged, rollout.incumbentRight, rollout.candidateRight], [2, 2, 0]);
    await say(three?.id, { right: "candidate" });
    rollout = await task.current();
    assert.deepEqual([rollout.judged, rollout.incumbentRight, rollout.candidateRight], [2, 1, 1]);
    // Labelled rows that come later judge what waits, and do not overrule a person.
    await task.batch([9, 12]);
    await task.until(({ differing }) => assert.equal(differing, 4));
    await task.label([3, 9, 12]);
    await task.until(({ incumbentRight }) => assert.equal(incumbentRight, 3));
    assert.equal((await task.current()).candidateRight, 1);
  });

  it("a verdict on an execution judges the disagreement on the same input", async () => {
    const task = await taskWith(wrongInAThird, right);
    await task.start(2);
    const { executionId } = await task.run(9);
    await task.until(({ differing }) => assert.equal(differing, 1));
    const body = { executionId, expectedOutput: 18 };
    await backend.client.call("judgeExecution", { params: task.params, body });
    await task.until(({ candidateRight }) => assert.equal(candidateRight, 1));
    const other = await taskWith(wrongInAThird, right);
    const before = await other.run(9);
    await backend.client.call("judgeExecution", {
      params: other.params,
      body: { executionId: before.executionId, expectedOutput: 18 },
    });
    await other.start(2);
    await other.run(9);
    await other.until(({ candidateRight }) => assert.equal(candidateRight, 1));
  });

  it("by hand: paused, resumed, promoted, rolled back to what was before", async () => {
    const task = await taskWith(right, `${right} // 2`, `${right} // 3`);
    const { client } = backend;
    const { params } = task;
    const body = { reason: "as I say" };
    await refused(client.call("pauseRollout", { params, body }), "conflict");
    await task.start(2);
    await task.run(1);
    await task.until(({ requests }) => assert.equal(requests, 1));
    assert.equal((await client.call("pauseRollout", { params, body })).rollout?.state, "paused");
    await task.run(2);
    await refused(client.call("pauseRollout", { params, body }), "conflict");
    assert.equal((await client.call("resumeRollout", { params, body })).rollout?.state, "running");
    await task.run(3);
    const rollout = await task.until(({ requests }) => assert.equal(requests, 2));
    assert.equal(rollout.state, "running");
    const promoted = (await client.call("promoteRollout", { params, body })).rollout;
    assert.deepEqual([promoted?.state, promoted?.endedBy, promoted?.endReason], ["promoted", "person", "as I say"]);
    assert.equal(await task.active(), 2);
    await task.start(3);
    await client.call("promoteRollout", { params, body });
    assert.equal(await task.active(), 3);
    assert.equal((await task.rollBack()).rollout?.state, "rolled_back");
    assert.equal(await task.active(), 2);
    await task.rollBack();
    assert.equal(await task.active(), 1);
    await refused(task.rollBack(), "conflict");
    assert.deepEqual(
      task
        .events()
        .filter(({ type }) => type.startsWith("rollout."))
        .map(({ type }) => type.slice("rollout.".length)),
      ["started", "paused", "resumed", "promoted", "started", "promoted", "rolled_back", "rolled_back"],
    );
  });

  it("where no difference is found it says so, and leaves the choice to a person", async () => {
    const task = await taskWith(right, `${right} // the same`);
    await task.start(2);
    const ended = task.heard("rollout.undecided");
    await task.batch(numbers(0, 11_000), "sampled");
    await ended;
    const rollout = await task.current();
    assert.deepEqual([rollout.state, rollout.requests, rollout.endedBy], ["undecided", 10_000, "hapa"]);
    assert.equal(await task.active(), 1);
    const alert = dataOf(task.events().find(({ type }) => type === "alert"));
    assert.deepEqual([alert["kind"], alert["severity"]], ["rollout.undecided", "warning"]);
    const promoted = await backend.client.call("promoteRollout", { params: task.params, body: {} });
    assert.equal(promoted.rollout?.state, "promoted");
    assert.equal(await task.active(), 2);
  });

  it("ends where the same inputs come again and again, which show no more than they have shown", async () => {
    const task = await taskWith(right, `${right} // the same`);
    await task.start(2);
    const ended = task.heard("rollout.undecided");
    await task.batch(
      Array.from({ length: 10_020 }, (_, at) => at % 20),
      "sampled",
    );
    await ended;
    const rollout = await task.current();
    assert.deepEqual([rollout.requests, rollout.state], [20, "undecided"]);
    assert.match(String(rollout.endReason), /again and again/);
  });

  it("a model judges where that was switched on, within the day's cap, and nothing is asked about twice", async () => {
    const model = await startFakeModel();
    const own = await startTestBackend({
      model: async () => ({ baseUrl: model.baseUrl, name: "judge", prices: { prompt: 1, completion: 2 } }),
      modelRetries: 0,
    });
    try {
      const { client } = own;
      const { id } = await client.call("createTask", { params: {}, body: { ...doubling, modelVerdictsPerDay: 2 } });
      const params = { id };
      for (const code of [wrongInAThird, right]) {
        await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
      }
      await client.call("startRollout", { params, body: { candidateVersion: 2 } });
      const says = (output: number) => ({ say: JSON.stringify({ why: "", known: true, output: `${output}` }) });
      model.script(says(6), says(6), says(12), says(12));
      for (const input of [3, 6, 9]) await client.call("execute", { params, body: { input } });
      const rollout = await eventually(async () => {
        const { rollout } = await client.call("getRollout", { params });
        assert.deepEqual([rollout?.candidateRight, rollout?.judged, rollout?.differing], [2, 2, 3]);
        return rollout;
      });
      assert.equal(rollout?.state, "running");
      assert.equal(model.requests.length, 4);
      const { items } = await client.call("listDisagreements", { params, query: { limit: 10 } });
      assert.deepEqual(
        items.map(({ input, right, oracle }) => [input, right, oracle]),
        [
          [9, null, null],
          [6, "candidate", "model"],
          [3, "candidate", "model"],
        ],
      );
    } finally {
      await own.stop();
      await model.stop();
    }
  });

  it("refuses what cannot be rolled out", async () => {
    const task = await taskWith(right, `${right} // 2`, "function run(x) { return 0; }");
    await refused(task.start(1), "conflict");
    await refused(task.start(3), "conflict");
    await refused(task.start(9), "not_found");
    await task.start(2);
    await refused(task.start(2), "conflict");
    const bare = await taskWith();
    await refused(bare.start(1), "not_found");
  });

  it("ends when its ground is gone: another version, another comparison, another rollout, no task", async () => {
    const { client } = backend;
    const three = () => taskWith(right, `${right} // 2`, `${right} // 3`);
    const activated = await three();
    await activated.start(2);
    await client.call("activateArtifact", { params: { taskId: activated.id, version: "3" } });
    assert.equal((await activated.run(1)).version, 3);
    assert.equal((await activated.current()).state, "rolled_back");
    const byHand = await three();
    await byHand.start(2);
    await client.call("activateArtifact", { params: { taskId: byHand.id, version: "2" } });
    assert.deepEqual([(await byHand.current()).state, (await byHand.current()).endedBy], ["promoted", "person"]);
    const compared = await three();
    await compared.start(2);
    await client.call("changeTask", { params: compared.params, body: { comparison: "number" } });
    assert.equal((await compared.current()).state, "rolled_back");
    const again = await three();
    const first = await again.start(2);
    await again.start(3);
    const ended = again.events().find(({ type }) => type === "rollout.rolled_back");
    assert.equal(dataOf(ended)["rollout_id"], first.id);
    assert.equal((await again.current()).candidateVersion, 3);
    const deleted = await three();
    await deleted.start(2);
    await client.call("deleteTask", { params: deleted.params });
    // Nobody asks: it is heard of.
    await eventually(async () => assert.equal(deleted.events().at(-1)?.type, "rollout.rolled_back"));
    await client.call("changeTask", { params: deleted.params, body: { deleted: false } });
    assert.equal((await deleted.current()).state, "rolled_back");
    assert.equal((await deleted.run(1)).version, 1);
  });

  it("replay shows what would change, without counting", async () => {
    const task = await taskWith(
      right,
      "function run(x) { if (x === 5) throw new Error('five'); return x === 6 ? 0 : x * 2; }",
    );
    await task.batch([4, 5, 6, 7, 7, 6]);
    const replay = await backend.client.call("replayVersion", {
      params: task.params,
      query: { version: 2, limit: 100 },
    });
    assert.deepEqual([replay.ran, replay.changed, replay.failing, replay.activeVersion], [4, 2, 1, 1]);
    assert.deepEqual(replay.items[0]?.input, 5);
    assert.match(String(replay.items[0]?.error), /five/);
    assert.deepEqual(replay.items[1], { input: 6, before: 12, after: 0 });
    const stats = await backend.client.call("getAnalytics", { params: { taskId: task.id } });
    assert.equal(stats.total, 6);
    const few = await backend.client.call("replayVersion", { params: task.params, query: { version: 2, limit: 1 } });
    assert.equal(few.ran, 1);
  });
});
