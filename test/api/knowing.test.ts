/** A task is watched while it runs: what changes is told once, as an alert. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { HapaEvent } from "../../src/contract/events.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";

/** Every execution is sampled; nothing is made of it, which would be told as well. */
const task = {
  name: "year",
  description: "",
  language: "javascript" as const,
  examples: [{ input: "31/12/1999", output: "1999" }],
  accuracyTarget: 0.5,
  latencyTargetMs: 200,
  samplingRate: 1,
  improve: "off" as const,
};
const code = 'function run(input) { return input.split("/")[2] ?? null; }';
const slashed = (i: number) => `${1 + (i % 28)}/${1 + (i % 12)}/${1900 + (i % 997)}`;
const iso = (i: number) => `${1900 + (i % 997)}-${10 + (i % 3)}-${10 + (i % 18)}`;

/** Makes a task with its program. */
async function making(at: TestBackend) {
  const { client } = at;
  const { id } = await client.call("createTask", { params: {}, body: task });
  await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
  const run = (inputs: readonly JsonValue[]) =>
    client.call("executeBatch", {
      params: {},
      body: { taskId: id, items: inputs.map((input) => ({ input })), stopOnFirstError: false, log: true },
    });
  return { id, params: { id }, run };
}

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

describe("a task that is watched", function () {
  this.timeout(60_000);
  let backend: TestBackend;
  const alerts: HapaEvent[] = [];
  const of = (id: string) => alerts.flatMap((one) => (one.type === "alert" && one.taskId === id ? [one.data] : []));
  before(async () => {
    backend = await startTestBackend();
    backend.onEvent((event) => event.type === "alert" && alerts.push(event));
  });
  after(() => backend.stop());

  it("tells once that its inputs look different, without telling the inputs", async () => {
    const { id, run } = await making(backend);
    await run(times(1_500, slashed));
    await run(times(1_000, iso));
    const [alert] = await eventually(async () => {
      assert.equal(of(id).length, 1);
      return of(id);
    });
    assert.deepEqual([alert?.kind, alert?.severity], ["inputs.changed", "warning"]);
    assert.deepEqual(Object.keys(alert?.details ?? {}), ["version", "feature", "moved", "distance"]);
    assert.match(alert?.message ?? "", /^The inputs have changed: about \d+% of them differ/);
  });

  it("tells that a version is right less often, by verdicts on fair draws", async () => {
    const { id, params, run } = await making(backend);
    const rows = [
      ...times(400, (i) => ({ input: `1/1/${1000 + i}`, output: `${1000 + i}` })),
      ...times(400, (i) => ({ input: `2/2/${1000 + i}`, output: "another" })),
    ];
    await backend.client.call("setReference", { params, body: { rows } });
    await run(times(400, (i) => `1/1/${1000 + i}`));
    const judged = (n: number) =>
      eventually(async () => {
        const { accuracy } = await backend.client.call("getAnalytics", { params: { taskId: id } });
        assert.equal(accuracy?.n, n);
      });
    await judged(400);
    assert.deepEqual(of(id), []);
    await run(times(400, (i) => `2/2/${1000 + i}`));
    await eventually(async () =>
      assert.deepEqual(
        of(id).map(({ kind }) => kind),
        ["accuracy.fell"],
      ),
    );
    await judged(800);
  });

  it("is known by how often it is right, by what its failures have in common, and by how it ends", async () => {
    const { id, params, run } = await making(backend);
    const { client } = backend;
    const known = (points?: number) => client.call("getLearning", { params, query: { points: points ?? 40 } });
    assert.deepEqual(await known(), {
      taskId: id,
      accuracy: [],
      byClass: [],
      model: { right: { agreed: 0, n: 0 }, wrong: { agreed: 0, n: 0 } },
      rates: null,
      clusters: [],
      inputs: { state: "learning", since: null, seen: 0 },
      accuracyChange: { state: "learning", since: null },
    });
    const good = times(120, (i) => `1/1/${2000 + (i % 3)}`);
    const bad = times(40, (i) => `${2000 + (i % 3)}-0${1 + (i % 9)}-11`);
    const rows = [
      ...good.map((input) => ({ input, output: input.slice(-4) })),
      ...bad.map((input) => ({ input, output: input.slice(0, 4) })),
    ];
    await client.call("setReference", { params, body: { rows } });
    await run([...good, ...bad, 7, 8]);
    const answer = await eventually(async () => {
      const now = await known();
      assert.equal(
        now.accuracy.reduce((sum, { accuracy }) => sum + accuracy.n, 0),
        160,
      );
      assert.equal(now.inputs.seen > 0, true);
      return now;
    });
    assert.equal(answer.accuracy.length, 8);
    assert.deepEqual(
      answer.accuracy.map(({ accuracy, version }) => [accuracy.value, version]),
      [...Array(6).fill([1, 1]), ...Array(2).fill([0, 1])],
    );
    const [first] = answer.accuracy;
    assert.ok(first && first.accuracy.low > 0.8 && first.accuracy.high === 1 && first.from <= first.to);
    assert.equal((await known(1)).accuracy[0]?.accuracy.n, 160);
    assert.deepEqual(
      answer.byClass.map(({ output, accuracy }) => [output, accuracy.n, accuracy.value]),
      [
        ["2000", 54, 40 / 54],
        ["2001", 53, 40 / 53],
        ["2002", 53, 40 / 53],
      ],
    );
    assert.deepEqual(answer.rates, { executions: 162, failed: 2 / 162, timedOut: 0, abstained: 40 / 162 });
    const [cluster] = answer.clusters;
    assert.equal(answer.clusters.length, 1);
    assert.match(cluster?.name ?? "", /^inputs like "\d{4}-\d\d-11" \(4 digits-2 digits-2 digits\)$/);
    assert.deepEqual([cluster?.size, cluster?.share, cluster?.examples.length], [40, 40 / 42, 3]);
    // The two that failed were chosen by nobody's labels: they are in no verdict.
    assert.deepEqual([cluster?.right, cluster?.accuracy?.n, cluster?.accuracy?.value], [0, 40, 0]);
    assert.ok((cluster?.accuracy?.high ?? 1) < 0.1, "Wilson: at most 8.8%");
    assert.equal(cluster?.grewAt, null);
    const [example] = cluster?.examples ?? [];
    assert.equal(example?.output, null);
    assert.equal(example?.expectedOutput, String(example?.input).slice(0, 4));

    // Another version is another story; what was right before stays in the chart.
    const better = "function run(input) { return input.match(/[0-9]{4}/)[0]; }";
    await client.call("createArtifact", { params: {}, body: { taskId: id, code: better, language: "javascript" } });
    await client.call("activateArtifact", { params: { taskId: id, version: "2" } });
    await run(bad);
    await eventually(async () => {
      const now = await known();
      assert.deepEqual(
        now.accuracy.slice(8).map(({ version, accuracy }) => [version, accuracy.value, accuracy.n]),
        [
          [2, 1, 20],
          [2, 1, 20],
        ],
      );
      assert.deepEqual([now.clusters, now.rates?.executions], [[], 40]);
    });
  });

  it("tells once of failures that are alike and grow in number, and proposes to mend them", async () => {
    const { id, params, run } = await making(backend);
    const { client } = backend;
    await client.call("changeTask", { params, body: { improve: "auto" } });
    const [usual, more] = [times(400, slashed), times(100, (i) => slashed(400 + i))];
    const isNew = (i: number) => i % 4 === 0;
    const isRightNow = (i: number) => i % 12 === 0;
    const changed = more.map((input, i) => (isNew(i) ? iso(i) : input));
    // One in three of the new ones has no year, and nothing is right for it; one in ten of the usual ones was wrong.
    const year = (input: string) => (input.match(/\d{4}/) ?? [""])[0];
    const rows = [
      ...usual.map((input, i) => ({ input, output: i % 10 === 0 ? "another" : year(input) })),
      ...changed.map((input, i) => ({ input, output: isNew(i) && isRightNow(i) ? null : year(input) })),
    ];
    await client.call("setReference", { params, body: { rows } });
    const judged = (n: number) =>
      eventually(async () => {
        const { accuracy } = await client.call("getAnalytics", { params: { taskId: id } });
        assert.equal(accuracy?.n, n);
      });
    await run(usual);
    await judged(400);
    await run(changed);
    await judged(500);
    await eventually(async () => assert.deepEqual(of(id).filter(({ kind }) => kind === "failures.cluster").length, 1));
    const alert = of(id).find(({ kind }) => kind === "failures.cluster");
    const wrong = changed.filter((_, i) => isNew(i) && !isRightNow(i)).length;
    const { cluster, ...details } = (alert?.details ?? {}) as Record<string, unknown>;
    assert.deepEqual(details, { version: 1, failures: wrong, verdicts: 100, before: 0 });
    assert.equal(
      alert?.message,
      `Failures that are alike grow in number: ${wrong} of the last 100 judged inputs, 0 of 400 before (alike by the form 4 digits-2 digits-2 digits).`,
    );
    const [found] = (await client.call("getLearning", { params, query: { points: 1 } })).clusters;
    assert.deepEqual([found?.id, found?.right, found?.accuracy?.n], [cluster, 25 - wrong, 25]);
    assert.ok(found?.grewAt);
    // A person wrote the program: what they are offered says why.
    await eventually(async () => {
      const { items } = await client.call("listImprovements", { params });
      assert.deepEqual(
        items.map(({ trigger, state }) => [trigger, state]),
        [["cluster", "needs_person"]],
      );
    });
    // The same again is no news.
    await run(times(100, (i) => (isNew(i) ? iso(i) : slashed(400 + i))));
    await judged(600);
    await run(usual.slice(0, 60));
    await judged(660);
    assert.equal(of(id).filter(({ kind }) => kind === "failures.cluster").length, 1);
  });

  it("is told by a person that its inputs are usual now", async () => {
    const { id, params, run } = await making(backend);
    const state = async () => (await backend.client.call("getLearning", { params, query: { points: 1 } })).inputs;
    await run(times(1_500, slashed));
    await run(times(500, iso));
    await eventually(async () => assert.equal((await state()).state, "changed"));
    await backend.client.call("acceptInputs", { params });
    assert.deepEqual(await state(), { state: "learning", since: null, seen: 0 });
    await run(times(1_500, (i) => iso(500 + i)));
    await eventually(async () => assert.equal((await state()).state, "usual"));
    assert.equal(of(id).length, 1);
  });

  it("has more of the rare outputs judged where the person says so, and says how right it is by chance alone", async () => {
    const { client } = backend;
    const params = { id: (await making(backend)).id };
    const change = { samplingStrategy: "stratified" as const, samplingRate: 0.1 };
    const { samplingStrategy } = await client.call("changeTask", { params, body: change });
    assert.equal(samplingStrategy, "stratified");
    // One year in forty is another one.
    const input = (i: number) => (i % 40 === 0 ? `${1 + (i % 9)}/1/1950` : `${1 + (i % 9)}/1/2000`);
    const run = (count: number) =>
      client.call("executeBatch", {
        params: {},
        body: {
          taskId: params.id,
          items: times(count, (i) => ({ input: input(i) })),
          stopOnFirstError: false,
          log: "sampled",
        },
      });
    const sampled = async () => {
      const text = await client.call("getDataset", { params, query: { kind: "executions" } });
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { sampling: string; output: string; execution_id: string });
    };
    await run(2_000);
    await eventually(async () =>
      assert.ok((await client.call("getLearning", { params, query: { points: 1 } })).inputs.seen),
    );
    const before = (await sampled()).length;
    assert.ok(before > 120 && before < 280, `${before}`);
    await run(20_000);
    const rows = (await sampled()).slice(before);
    const rare = rows.filter(({ output }) => output === '"1950"');
    const chance = rows.filter(({ sampling }) => sampling === "chance");
    assert.ok(chance.length > 800 && chance.length < 1_200, `${chance.length}`);
    assert.ok(rare.length > 150, `${rare.length} of ${rows.length}: by chance it would be 50`);
    assert.ok(chance.filter(({ output }) => output === '"1950"').length < 60);

    const target = rows.find(({ sampling }) => sampling === "target");
    const fair = chance[0];
    for (const { execution_id: executionId } of [target, fair].flatMap((row) => row ?? []))
      await client.call("judgeExecution", { params, body: { executionId, correct: true } });
    assert.equal((await client.call("getAnalytics", { params: { taskId: params.id } })).accuracy?.n, 1);
    const forced = await client.call("execute", { params, body: { input: "4/4/2000", forceValidation: true } });
    assert.equal(forced.sampledForValidation, true);
    assert.equal(
      (await client.call("getReview", { params, query: { limit: 20 } })).items[0]?.executionId,
      forced.executionId,
    );
  });

  it("is watched by two servers on one folder as by one", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "hapa-test-"));
    const one = await startTestBackend({ dataDir });
    const other = await startTestBackend({ dataDir, apiKey: one.apiKey });
    const heard: string[] = [];
    one.onEvent((event) => event.type === "alert" && heard.push(event.data.kind));
    try {
      const { id, run } = await making(one);
      const runThere = (inputs: readonly JsonValue[]) =>
        other.client.call("executeBatch", {
          params: {},
          body: { taskId: id, items: inputs.map((input) => ({ input })), stopOnFirstError: false, log: true },
        });
      for (let part = 0; part < 10; part++) {
        await Promise.all([
          run(times(100, (i) => slashed(200 * part + i))),
          runThere(times(100, (i) => slashed(200 * part + 100 + i))),
        ]);
      }
      await Promise.all([run(times(600, iso)), runThere(times(600, (i) => iso(600 + i)))]);
      await eventually(async () => assert.deepEqual(heard, ["inputs.changed"]));
    } finally {
      await one.stop();
      await other.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
