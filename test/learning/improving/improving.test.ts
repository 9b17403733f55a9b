/** Improvements from beginning to end, in a real database and a real sandbox; only the generator and the rollouts are scripted. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { HapaError } from "../../../src/contract/errors.ts";
import { say, spoken } from "../../../src/contract/say.ts";
import { NewTask, type Task } from "../../../src/contract/tasks.ts";
import type { GenerationService } from "../../../src/generation/service.ts";
import { createImproving, type ImprovingParts } from "../../../src/learning/improving/improving.ts";
import type { RolloutDoor } from "../../../src/learning/improving/outcome.ts";
import { createLog } from "../../../src/observability/log.ts";
import { createSandbox } from "../../../src/sandbox/lanes.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { ascendingIds } from "../../../src/store/ids.ts";
import type { KeptImprovement } from "../../../src/store/improvements.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { failureOf } from "../../support/asking.ts";
import { files } from "../../support/backend.ts";
import { eventually } from "../../support/eventually.ts";

/** Right for old inputs only; for both; for both, but for one that was right before; for none of the new ones either. */
const old = 'function run(input) { return input.startsWith("old") ? input.toUpperCase() : ""; }';
const both = "function run(input) { return input.toUpperCase(); }";
const losing = 'function run(input) { return input === "old 7" ? "lost" : input.toUpperCase(); }';
const nextExecution = ascendingIds("exec");

type Recorded = Parameters<RolloutDoor["start"]>[1];

describe("improvements", function () {
  this.timeout(60_000);
  let folder: string;
  let store: Store;
  let sandbox: Sandbox;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-improving-"));
    store = await openStore(folder);
    sandbox = createSandbox({ childPath: files.sandboxChild });
  });
  after(async () => {
    await sandbox.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const artifact = (
    task: Task,
    code: string,
    state: "active" | "verified",
    generator: "offline" | "person" = "offline",
  ) =>
    store.artifacts.create({
      ...{ taskId: task.id, language: "javascript", code, state, explanation: null, generator, model: null },
      ...{ promptHash: null, usage: null, durationMs: 1 },
      verification: {
        ...{ passed: true, method: "shown_only", accuracy: 1, accuracyTarget: 0.9, failures: [], latencyMeanMs: 0 },
        ...{ shown: { passed: 1, total: 1 }, heldOut: { passed: 0, total: 0 }, latencyP99Ms: 0, rehearsal: null },
        ...{ notes: [], ambiguous: [], oddExamples: [] },
      },
    });

  /** A task with its program. */
  async function drifted(over: Partial<NewTask> = {}, generator: "offline" | "person" = "offline") {
    const fields = { name: "shout", examples: [{ input: "old a", output: "OLD A" }], latencyTargetMs: 200, ...over };
    const task = await store.tasks.create({ ...NewTask.parse({ name: "x" }), ...fields });
    const { id: artifactId } = await artifact(task, old, "active", generator);
    return { task, artifactId };
  }

  /** Its program ran on inputs, and labelled rows judged it. */
  async function judged({ task, artifactId }: Awaited<ReturnType<typeof drifted>>, inputs: readonly string[]) {
    const rows = inputs.map((input) => ({
      ...{ id: nextExecution(), task_id: task.id, artifact_id: artifactId, version: 1, status: "success" as const },
      ...{ input: JSON.stringify(input), output: JSON.stringify(input.startsWith("old") ? input.toUpperCase() : "") },
      ...{ error_message: null, latency_ms: 1, sampled: 1 as const, executed_at: new Date().toISOString() },
    }));
    await store.executions.insert(rows);
    const verdicts = rows.map(({ id }, at) => {
      const input = inputs[at] ?? "";
      return {
        executionId: id,
        version: 1,
        oracle: "reference" as const,
        correct: input.startsWith("old"),
        expectedOutput: input.toUpperCase(),
      };
    });
    await store.validations.keep(task.id, verdicts);
  }
  const inputs = (kind: string, count: number) => Array.from({ length: count }, (_, at) => `${kind} ${at}`);
  const mixed = [...inputs("new", 40), ...inputs("old", 40)];

  /** What improves, with a generator that gives these programs in turn. */
  function improver(codes: readonly string[], over: Partial<ImprovingParts> = {}) {
    const stopping = new AbortController();
    const started: Recorded[] = [];
    const shown: Task[] = [];
    let rollout: Awaited<ReturnType<RolloutDoor["current"]>>;
    const forTask: GenerationService["forTask"] = async (task) => {
      shown.push(task);
      const code = codes[Math.min(shown.length, codes.length) - 1];
      if (code === undefined) throw new HapaError("not_enough_examples", say`Stopped.`);
      return artifact(task, code, "verified");
    };
    const rollouts: RolloutDoor = {
      async start(_, wanted) {
        started.push(wanted);
        rollout = { id: "rollout_1", state: "running", endReason: null };
        return { id: "rollout_1" };
      },
      current: async () => rollout,
    };
    const log = createLog(() => {});
    const improving = createImproving({
      store,
      sandbox,
      log,
      stopping: stopping.signal,
      generation: { forTask },
      rollouts,
      ...over,
    });
    const stop = async () => {
      stopping.abort();
      await improving.settled();
    };
    const ended = (taskId: string, count = 1) =>
      eventually(async () => {
        const list = await improving.list(taskId);
        assert.equal(list.length, count);
        assert.notEqual(list[0]?.state, "making");
        return list[0] as KeptImprovement;
      });
    const endRollout = (state: "promoted" | "rolled_back" | "undecided") => {
      rollout = { id: "rollout_1", state, endReason: say`It was worse.` };
    };
    return { improving, started, shown, ended, stop, endRollout };
  }
  const events = async (taskId: string) =>
    (await store.events.read({ after: 0, limit: 1_000, taskId })).map(({ type, data }) => ({
      type,
      data: JSON.parse(data) as { kind?: string },
    }));

  it("by itself, where it is right too rarely: a version that mends it goes into a rollout, then runs", async () => {
    const subject = await drifted();
    await judged(subject, mixed);
    const { improving, started, shown, ended, stop, endRollout } = improver([both]);
    improving.consider(subject.task.id, "corrections");
    const improvement = await ended(subject.task.id);
    assert.deepEqual(
      [improvement.state, improvement.trigger, improvement.candidateVersion, improvement.lost],
      ["rolling_out", "accuracy", 2, []],
    );
    assert.equal(improvement.candidateScore?.right, improvement.heldOut);
    assert.ok((improvement.incumbentScore?.right ?? 99) < improvement.heldOut);
    const [{ candidateVersion, goal, by } = {} as Recorded] = started;
    assert.deepEqual([candidateVersion, goal, by, started.length], [2, "not_worse", "hapa", 1]);
    // The task's own examples are as they were, and the generator was given more.
    assert.equal((await store.tasks.get(subject.task.id))?.examples.length, 1);
    assert.ok((shown[0]?.examples.length ?? 0) > 10);
    // While it is rolled out, nothing else is made.
    await assert.rejects(improving.improve(subject.task.id, {}), { code: "conflict" });
    endRollout("promoted");
    improving.rolloutEnded(subject.task.id);
    assert.equal((await ended(subject.task.id)).state, "promoted");
    const told = (await events(subject.task.id))
      .map(({ type }) => type)
      .filter((type) => type.startsWith("improvement"));
    assert.deepEqual(told, ["improvement.started", "improvement.ended", "improvement.ended"]);
    await stop();
  });

  it("by what was told while another process ran", async () => {
    const subject = await drifted({ accuracyTarget: 0.2 });
    await judged(subject, mixed);
    const toldAt = new Date().toISOString();
    const { improving, ended, stop } = improver([both], {
      toldSince: async (_, after) => (toldAt > after ? ["cluster"] : []),
    });
    improving.consider(subject.task.id, "corrections");
    const { trigger, reason, state } = await ended(subject.task.id);
    assert.deepEqual([trigger, state], ["cluster", "rolling_out"]);
    assert.match(spoken(reason), /^Failures that are alike grow in number/);
    await stop();
  });

  it("a version that loses a confirmed row waits for the person; who may agree", async () => {
    const subject = await drifted();
    await judged(subject, mixed);
    const { improving, started, ended, stop } = improver([losing]);
    improving.consider(subject.task.id, "drift");
    const first = await ended(subject.task.id);
    assert.deepEqual([first.state, first.lost, started], ["needs_person", [{ input: "old 7", output: "OLD 7" }], []]);
    assert.ok((await events(subject.task.id)).some(({ data }) => data.kind === "improvement.needs_person"));
    await improving.improve(subject.task.id, { mayLose: true, reason: say`That one does not matter.` });
    assert.equal((await ended(subject.task.id, 2)).state, "rolling_out");
    assert.deepEqual([started[0]?.goal, started[0]?.by], ["better", "person"]);
    await stop();
  });

  it("a rollout that ended without it counts as a failure", async () => {
    const subject = await drifted();
    await judged(subject, mixed);
    const { improving, ended, stop, endRollout } = improver([both]);
    await improving.improve(subject.task.id, {});
    assert.equal((await ended(subject.task.id)).state, "rolling_out");
    endRollout("rolled_back");
    const { state, outcome } = await ended(subject.task.id);
    assert.equal(state, "failed");
    assert.match(outcome ? spoken(outcome) : "", /version 2 ended without it: It was worse/);
    await improving.improve(subject.task.id, {});
    assert.equal((await ended(subject.task.id, 2)).state, "rolling_out");
    endRollout("undecided");
    assert.equal((await ended(subject.task.id, 2)).state, "needs_person");
    await stop();
  });

  it("after three failures in a row the person is told, once, and may ask", async () => {
    const subject = await drifted();
    const { id } = subject.task;
    for (let times = 0; times < 2; times++) {
      const made = await store.improvements.begin({
        taskId: id,
        trigger: "accuracy",
        reason: say``,
        incumbentVersion: 1,
      });
      const endedAt = new Date(0).toISOString();
      await store.improvements.end(made?.id ?? "", { state: "failed", outcome: say``, attempts: 1, endedAt });
    }
    const { improving, ended, stop } = improver([]);
    await judged(subject, mixed);
    improving.consider(id, "corrections");
    const third = await ended(id, 3);
    assert.equal(third.state, "needs_person");
    assert.match(third.outcome ? spoken(third.outcome) : "", /3 improvements in a row/);
    assert.equal((await events(id)).filter(({ data }) => data.kind === "improvement.needs_person").length, 1);
    await improving.improve(id, {});
    assert.equal((await ended(id, 4)).state, "failed");
    assert.equal((await events(id)).filter(({ data }) => data.kind === "improvement.needs_person").length, 1);
    await stop();
  });

  it("a task may ask first, or want none; a program the person wrote is not replaced unasked", async () => {
    const { improving, shown, ended, stop } = improver([both]);
    const [asks, wantsNone, byHand] = [
      await drifted({ improve: "ask" }),
      await drifted({ improve: "off" }),
      await drifted({}, "person"),
    ];
    for (const subject of [asks, wantsNone, byHand]) {
      await judged(subject, mixed);
      improving.consider(subject.task.id, "drift");
    }
    for (const { task } of [asks, byHand]) {
      const { state, attempts } = await ended(task.id);
      assert.deepEqual([state, attempts], ["needs_person", 0]);
      assert.ok((await events(task.id)).some(({ data }) => data.kind === "improvement.suggested"));
    }
    assert.deepEqual([shown.length, await improving.list(wantsNone.task.id)], [0, []]);
    await improving.improve(wantsNone.task.id, {});
    assert.equal((await ended(wantsNone.task.id)).state, "rolling_out");
    await stop();
  });

  it("one at a time for each task, also across processes; none where there is nothing to learn from", async () => {
    const subject = await drifted();
    await judged(subject, inputs("old", 20));
    const [here, there] = [improver([both]), improver([both])];
    const both409 = await Promise.allSettled([
      here.improving.improve(subject.task.id, {}),
      there.improving.improve(subject.task.id, {}),
    ]);
    assert.deepEqual(both409.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const { state, outcome } = await here.ended(subject.task.id);
    assert.deepEqual([state, here.shown.length + there.shown.length], ["failed", 0]);
    assert.match(outcome ? spoken(outcome) : "", /nothing to learn from/);
    assert.equal((await failureOf(here.improving.improve("task_none", {}))).code, "not_found");
    await here.stop();
    await there.stop();
  });

  it("is cancelled when the server stops, when another version runs meanwhile, and after a crash", async () => {
    const subject = await drifted();
    const { id } = subject.task;
    await judged(subject, mixed);
    const slow = improver([both], {
      generation: {
        forTask: (_, __, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => reject(new HapaError("client_closed_request", say`Stopped.`)));
          }),
      },
    });
    await slow.improving.improve(id, {});
    await slow.stop();
    assert.equal((await store.improvements.list(id))[0]?.state, "cancelled");

    const meanwhile = improver([both], {
      generation: {
        async forTask(task) {
          const made = await artifact(task, both, "verified");
          await store.tasks.setActiveVersion(id, made.version);
          return made;
        },
      },
    });
    await meanwhile.improving.improve(id, {});
    assert.equal((await meanwhile.ended(id, 2)).state, "cancelled");
    await meanwhile.stop();

    // As a process that is gone left it.
    await store.improvements.begin(
      { taskId: id, trigger: "person", reason: say``, incumbentVersion: 1 },
      "999999999/1",
    );
    const next = improver([both]);
    assert.equal((await next.ended(id, 3)).state, "cancelled");
    await next.stop();
  });
});
