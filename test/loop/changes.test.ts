/**
 * The whole loop, unattended, through the HTTP API: a program meets inputs it was not made for; that is noticed, what
 * fails is named, a better version is made, tried beside the old one on live requests, and takes over. And where
 * nothing changes, nothing happens. Offline with labelled rows, and with a model that writes programs and judges.
 */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { after, before, describe, it } from "mocha";
import type { Client } from "../../src/client/client.ts";
import { isRight } from "../../src/contract/comparison.ts";
import type { HapaEvent } from "../../src/contract/events.ts";
import type { Example } from "../../src/contract/tasks.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { type Drifting, drifting } from "../support/drifting.ts";
import { startDriftingModel } from "../support/drifting-model.ts";
import type { FakeModel } from "../support/fake-model.ts";

/** Sent at once where nothing is to happen, and after a change. */
const [manyRows, fewRows] = [2_500, 500];
/** Of rows nobody has seen. */
const measured = 2_000;

/** Who makes the programs and judges them. `past` and `now`: rows sent at most before and after the change. */
const minds = {
  "offline, judged by labelled rows": { model: false, rate: 0.3, past: 5_000, now: 10_000, quietRate: 0.05 },
  "a model makes and judges": { model: true, rate: 0.2, past: 1_500, now: 4_000, quietRate: 0.02 },
} as const;

/** Share of rows that a version gets right; these runs are not kept and teach nothing. */
async function accuracy(client: Client, taskId: string, version: number, { task }: Drifting, rows: readonly Example[]) {
  const items = rows.map(({ input }) => ({ input }));
  const body = { taskId, version, items, log: false, stopOnFirstError: false, compact: false };
  const { results } = await client.call("executeBatch", { params: {}, body });
  const { comparison = "exact" } = task;
  return results.filter(({ output }, at) => isRight(rows[at]?.output ?? null, output, comparison)).length / rows.length;
}

/** Rows whose inputs are not among those. */
function unseen(rows: readonly Example[], seen: readonly Example[]): Example[] {
  const inputs = new Set(seen.map(({ input }) => JSON.stringify(input)));
  return rows.filter(({ input }) => !inputs.has(JSON.stringify(input)));
}

for (const [mind, { model: withModel, rate, past, now, quietRate }] of Object.entries(minds)) {
  describe(`the learning loop: ${mind}`, function () {
    this.timeout(300_000);
    let model: FakeModel | undefined;
    let backend: TestBackend;
    let client: Client;
    const events: HapaEvent[] = [];
    before(async () => {
      const named = () => model && { baseUrl: model.baseUrl, name: "scripted", apiKey: "none" };
      // Days of a task pass in ten seconds here.
      backend = await startTestBackend({ model: async () => named(), improvementRestMs: 500 });
      client = backend.client;
      backend.onEvent((event) => events.push(event));
    });
    after(async () => {
      await backend.stop();
      await model?.stop();
    });
    const told = (taskId: string, type: string) =>
      events.filter((event) => event.taskId === taskId && event.type.startsWith(type));

    /** A task with its first version, and whoever knows the right outputs of these rows. */
    const begin = async (stream: Drifting, samplingRate: number, known: readonly Example[]) => {
      const fields = { accuracyTarget: 0.9, latencyTargetMs: 200, language: "javascript" as const };
      const modelVerdictsPerDay = withModel ? 100_000 : 0;
      const body = { ...fields, ...stream.task, samplingRate, modelVerdictsPerDay, examples: [...stream.examples] };
      const { id } = await client.call("createTask", { params: {}, body });
      if (withModel) {
        await model?.stop();
        model = await startDriftingModel(stream, known);
      }
      const strategy = withModel ? "model" : "offline";
      await client.call("generateProgram", { params: { id }, body: { strategy } });
      if (!withModel) await client.call("setReference", { params: { id }, body: { rows: [...known] } });
      return id;
    };
    const send = (taskId: string, rows: readonly Example[]) => {
      const items = rows.map(({ input }) => ({ input }));
      const body = { taskId, items, log: true, stopOnFirstError: false, compact: true };
      return client.call("executeBatch", { params: {}, body });
    };
    /** Waits until what was sent is judged and nothing is being made of it. */
    const digested = async (id: string) => {
      for (let quiet = 0; quiet < 2; ) {
        await pause(300);
        const [{ items }, { waiting }] = await Promise.all([
          client.call("listImprovements", { params: { id } }),
          client.call("getReview", { params: { id }, query: { limit: 1 } }),
        ]);
        quiet = waiting === 0 && items.every(({ state }) => state !== "making") ? quiet + 1 : 0;
      }
    };
    /** @returns how many were sent */
    const sendAll = async (id: string, rows: readonly Example[], until?: () => Promise<boolean>) => {
      const atOnce = until ? fewRows : manyRows;
      let sent = 0;
      while (sent < rows.length && !(await until?.())) {
        await send(id, rows.slice(sent, sent + atOnce));
        sent += atOnce;
        await digested(id);
      }
      return sent;
    };
    for (const stream of drifting)
      it(`${stream.name}: it is noticed, named, learned, and rolled out by itself`, async () => {
        const [before, after] = [stream.before(past, 11), stream.after(now, 12)];
        const id = await begin(stream, rate, [...before, ...after]);
        await sendAll(id, before);
        assert.deepEqual([told(id, "alert"), told(id, "rollout"), told(id, "improvement")], [[], [], []]);

        let names: string[] = [];
        const taken = await sendAll(id, after, async () => {
          if (names.length === 0) {
            const { clusters } = await client.call("getLearning", { params: { id }, query: { points: 1 } });
            names = clusters.map(({ name }) => name);
          }
          return told(id, "rollout.promoted").length > 0;
        });
        // What is not good enough yet gets better with what comes.
        await sendAll(id, after.slice(taken));
        const story = events.filter(({ taskId, type }) => taskId === id && type !== "metrics");
        const lines = story.map(({ type, data }) => `${type} ${JSON.stringify(data).slice(0, 400)}`);
        const seen = [`seen (${taken} sent): ${names.join(" | ")}`, ...lines].join("\n");
        assert.ok(names.length > 0, seen);
        assert.ok(told(id, "improvement.started").length > 0, seen);
        const steps = told(id, "rollout.").map(({ type }) => type);
        assert.equal(steps[0], "rollout.started", seen);
        assert.ok(steps.includes("rollout.promoted"), seen);

        const { activeVersion } = await client.call("getTask", { params: { id } });
        const rows = (some: readonly Example[]) => unseen(some, [...stream.examples, ...before, ...after]);
        const [usual, changed] = [rows(stream.before(measured, 98)), rows(stream.after(measured, 99))];
        const [was, fell, is] = await Promise.all([
          accuracy(client, id, 1, stream, usual),
          accuracy(client, id, 1, stream, changed),
          accuracy(client, id, activeVersion ?? 1, stream, changed),
        ]);
        const recovered = (is - fell) / (was - fell);
        const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;
        console.log(
          `        ${percent(was)} → ${percent(fell)} → ${percent(is)} of ${changed.length} rows not seen before (the first after ${taken} sent); ${percent(recovered)} is back`,
        );
        assert.ok(recovered >= 0.8, `${percent(recovered)} of the lost accuracy is back\n${seen}`);
      });

    it("nothing changes in 50,000 executions: nothing happens", async () => {
      const stream = drifting[1] as Drifting;
      const rows = stream.before(50_000, 21);
      const id = await begin(stream, quietRate, rows);
      await sendAll(id, rows);
      assert.deepEqual([told(id, "alert"), told(id, "improvement"), told(id, "rollout")], [[], [], []]);
      const { accuracy: points } = await client.call("getLearning", { params: { id }, query: { points: 1 } });
      assert.ok((points[0]?.accuracy.n ?? 0) > 500);
      const { activeVersion } = await client.call("getTask", { params: { id } });
      assert.equal(activeVersion, 1);
    });
  });
}
