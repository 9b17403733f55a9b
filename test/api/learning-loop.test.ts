/**
 * The whole loop, unattended, through the HTTP API: a program meets inputs it was not made for; that is noticed, what
 * fails is named, a better version is made, tried beside the old one on live requests, and takes over. And where
 * nothing changes, nothing happens.
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

const rowsAtOnce = 500;
const mostRows = 20_000;
/** Of rows nobody has seen. */
const measured = 2_000;

/** Share of rows that a version gets right; these runs are not kept and teach nothing. */
async function accuracy(client: Client, taskId: string, version: number, { task }: Drifting, rows: readonly Example[]) {
  const items = rows.map(({ input }) => ({ input }));
  const body = { taskId, version, items, log: false, stopOnFirstError: false, compact: false };
  const { results } = await client.call("executeBatch", { params: {}, body });
  const right = results.filter(({ output }, at) =>
    isRight(rows[at]?.output ?? null, output, task.comparison ?? "exact"),
  );
  return right.length / rows.length;
}

/** Rows of a stream whose inputs are not among these. */
function unseen(rows: readonly Example[], seen: readonly Example[]): Example[] {
  const inputs = new Set(seen.map(({ input }) => JSON.stringify(input)));
  return rows.filter(({ input }) => !inputs.has(JSON.stringify(input)));
}

describe("the learning loop", function () {
  this.timeout(240_000);
  let backend: TestBackend;
  let client: Client;
  const events: HapaEvent[] = [];
  const told = (taskId: string, type?: string) =>
    events.filter((event) => event.taskId === taskId && (type === undefined || event.type === type));
  before(async () => {
    backend = await startTestBackend();
    client = backend.client;
    backend.onEvent((event) => events.push(event));
  });
  after(() => backend.stop());

  /** A task with its first version, and the labelled rows that judge it. */
  const begin = async ({ task, examples }: Drifting, samplingRate: number, reference: readonly Example[]) => {
    const fields = { accuracyTarget: 0.9, latencyTargetMs: 200, language: "javascript" as const };
    const body = { ...fields, ...task, samplingRate, examples: [...examples] };
    const { id } = await client.call("createTask", { params: {}, body });
    await client.call("generateProgram", { params: { id }, body: { strategy: "offline" } });
    await client.call("setReference", { params: { id }, body: { rows: [...reference] } });
    return id;
  };
  const send = (taskId: string, rows: readonly Example[]) => {
    const items = rows.map(({ input }) => ({ input }));
    const body = { taskId, items, log: true, stopOnFirstError: false, compact: true };
    return client.call("executeBatch", { params: {}, body });
  };
  /** Waits until nothing is being made of what was sent. */
  const digested = async (id: string) => {
    for (;;) {
      await pause(700);
      const { items } = await client.call("listImprovements", { params: { id } });
      if (items.every(({ state }) => state !== "making")) return;
    }
  };

  for (const stream of drifting) {
    it(`${stream.name}: it is noticed, named, learned, and rolled out by itself`, async () => {
      const [past, now] = [stream.before(5_000, 11), stream.after(mostRows, 12)];
      const id = await begin(stream, 0.3, [...past, ...now]);
      for (let from = 0; from < past.length; from += rowsAtOnce) await send(id, past.slice(from, from + rowsAtOnce));
      await digested(id);
      assert.deepEqual([told(id, "alert"), told(id, "rollout.started")], [[], []], "nothing has changed yet");

      let names: string[] = [];
      for (let from = 0; from < now.length && told(id, "rollout.promoted").length === 0; from += rowsAtOnce) {
        await send(id, now.slice(from, from + rowsAtOnce));
        await digested(id);
        if (names.length > 0) continue;
        const { clusters } = await client.call("getLearning", { params: { id }, query: { points: 40 } });
        names = clusters.map(({ name }) => name);
      }

      const { items: improvements } = await client.call("listImprovements", { params: { id } });
      const seen = JSON.stringify(
        { events: told(id).map(({ type, data }) => ({ type, data })), improvements, names },
        null,
        1,
      );
      assert.ok(names.length > 0, `no cluster of failures was named\n${seen}`);
      const steps = told(id).flatMap(({ type }) => (type.startsWith("rollout.") ? [type] : []));
      assert.deepEqual([steps[0], steps.at(-1)], ["rollout.started", "rollout.promoted"], seen);
      assert.ok(told(id, "alert").length + improvements.length > 0, seen);
      const { activeVersion } = await client.call("getTask", { params: { id } });
      assert.ok(activeVersion !== null && activeVersion > 1, seen);

      const [usual, changed] = [stream.before(measured, 98), stream.after(measured, 99)].map((rows) =>
        unseen(rows, [...stream.examples, ...past, ...now]),
      ) as [Example[], Example[]];
      const [before, fallen] = [
        await accuracy(client, id, 1, stream, usual),
        await accuracy(client, id, 1, stream, changed),
      ];
      const after = await accuracy(client, id, activeVersion, stream, changed);
      const recovered = (after - fallen) / (before - fallen);
      console.log(
        `      ${stream.name}: ${JSON.stringify({ before, fallen, after, recovered, unseen: [usual.length, changed.length], steps: steps.length, names, alerts: told(id, "alert").map(({ data }) => (data as { kind?: string }).kind), triggers: improvements.map(({ trigger, state }) => [trigger, state]) })}`,
      );
      assert.ok(recovered >= 0.8, `${recovered} of the lost accuracy is back\n${seen}`);
    });
  }
});
