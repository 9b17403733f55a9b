/** A rollout whose server is killed, again and again, and one that two servers share: each request counts once. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { after, before, describe, it } from "mocha";
import { type Client, createClient } from "../../src/client/client.ts";
import type { Rollout } from "../../src/contract/rollouts.ts";
import { seededRandom } from "../../src/learning/statistics/hash.ts";
import { begin, type RolloutState, step } from "../../src/learning/statistics/rollout.ts";
import { startTestBackend } from "../support/backend.ts";
import { eventually } from "../support/eventually.ts";
import { startServer } from "../support/server-process.ts";

const doubling = {
  name: "double",
  description: "",
  language: "javascript" as const,
  examples: [{ input: 2, output: 4 }],
  accuracyTarget: 0.5,
  latencyTargetMs: 500,
  samplingRate: 0.5,
};
/** Both are wrong now and then, so that neither is better for long: the incumbent at 0, the candidate at 1, of 10. */
const wrongAt = (digit: number) =>
  `function run(x) { return x < 10000 && x % 10 === ${digit} ? 'no' : x >= 10000 && ${digit} === 0 ? x : x * 2; }`;

/** Where both are wrong equally often, and where the incumbent always is. */
const even = Array.from({ length: 600 }, (_, at) => 100 + at);
const telling = Array.from({ length: 100 }, (_, at) => 10_000 + at);

describe("a rollout", function () {
  this.timeout(300_000);
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "hapa-test-"));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  /** A task with a rollout that has just begun, and labelled rows for all inputs. */
  async function begun(client: Client, slowly = ""): Promise<string> {
    const { id } = await client.call("createTask", { params: {}, body: doubling });
    for (const digit of [0, 1]) {
      const body = { taskId: id, code: `${wrongAt(digit)}${slowly}`, language: "javascript" as const };
      await client.call("createArtifact", { params: {}, body });
    }
    const rows = [...even, ...telling].map((input) => ({ input, output: input * 2 }));
    await client.call("setReference", { params: { id }, body: { rows } });
    await client.call("startRollout", { params: { id }, body: { candidateVersion: 2 } });
    return id;
  }
  const currentOf = async (client: Client, id: string): Promise<Rollout> => {
    const { rollout } = await client.call("getRollout", { params: { id } });
    return rollout ?? assert.fail("no rollout");
  };
  const batch = (client: Client, taskId: string, inputs: readonly number[]) =>
    client.call("executeBatch", {
      params: {},
      body: { taskId, items: inputs.map((input) => ({ input })), stopOnFirstError: false, log: true },
    });
  /** What the same requests lead to where nothing is ever killed. */
  const undisturbed = (): RolloutState => {
    const feed = (state: RolloutState, input: number): RolloutState => {
      const candidateRight = input >= 10_000 || input % 10 === 0;
      const differ = input >= 10_000 || input % 10 < 2;
      const next = step(state, { kind: "request", differ, candidateFailed: false, incumbentFailed: false });
      const verdict = candidateRight ? ("candidate_right" as const) : ("incumbent_right" as const);
      return differ ? step(next, { kind: "verdict", verdict }) : next;
    };
    return [...even, ...telling].reduce(feed, begin());
  };
  const isSettled = (rollout: Rollout) => {
    assert.deepEqual(
      [rollout.requests, rollout.differing, rollout.judged, rollout.candidateRight, rollout.incumbentRight],
      [even.length, 120, 120, 60, 60],
    );
    assert.deepEqual([rollout.candidateFailed, rollout.incumbentFailed, rollout.state], [0, 0, "running"]);
  };

  it("killed at twenty points loses nothing it has answered, counts nothing twice, and comes to the same end", async () => {
    const random = seededRandom(20);
    const open = [...even];
    let apiKey = "";
    let id: string | undefined;
    let kills = 0;
    /** Requests that had been noted and not counted when it died. */
    let behind = 0;
    const notCounted = (): number => {
      const database = new Sqlite(join(dataDir, "hapa.db"), { readonly: true });
      const { n } = database.prepare("select count(*) as n from rollout_requests where outcome = 'pending'").get() as {
        n: number;
      };
      database.close();
      return n;
    };
    while (kills < 20) {
      const server = await startServer(dataDir);
      apiKey = server.apiKey ?? apiKey;
      const client = createClient({ baseUrl: server.url, apiKey });
      const task = id ?? (await begun(client));
      id = task;
      let going = true;
      // What was not acknowledged is sent again, as a caller would.
      const caller = async (size: number) => {
        while (going && open.length > 0) {
          const some = open.splice(0, size);
          const done = await (size === 1
            ? client.call("execute", { params: { id: task }, body: { input: some[0] ?? 0 } })
            : batch(client, task, some)
          ).then(
            () => true,
            () => false,
          );
          if (!done) open.unshift(...some);
        }
      };
      const left = open.length;
      const callers = [caller(1), caller(1), caller(1), caller(7)];
      // Somewhere between the first answer and the last of this round; the counting lags behind as it likes.
      const until = left - 3 - Math.floor(random() * (even.length / 20 - 3));
      while (open.length > Math.max(0, until)) await new Promise((resolve) => setImmediate(resolve));
      for (let turns = Math.floor(random() * 400); turns > 0; turns--)
        await new Promise((resolve) => setImmediate(resolve));
      server.process.kill("SIGKILL");
      kills += 1;
      going = false;
      await Promise.all([...callers, server.exited]);
      behind += notCounted();
    }
    const task = id ?? assert.fail();
    assert.ok(behind > 0, "it never died in the middle of its work");
    const backend = await startTestBackend({ dataDir, apiKey });
    try {
      // What was noted before the kill is counted after it, though nobody asks for anything.
      await batch(backend.client, task, open);
      await eventually(async () => isSettled(await currentOf(backend.client, task)));
      await batch(backend.client, task, telling);
      const ended = await eventually(async () => {
        const rollout = await currentOf(backend.client, task);
        assert.equal(rollout.state, "promoted");
        return rollout;
      });
      const expected = undisturbed();
      assert.equal(expected.decided?.decision, "promote");
      assert.equal(ended.incumbentRight, expected.counts.incumbentRight);
      assert.equal((await backend.client.call("getTask", { params: { id: task } })).activeVersion, 2);
    } finally {
      await backend.stop();
    }
  });

  it("shared by two servers counts what both were asked, each input once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hapa-test-"));
    const one = await startTestBackend({ dataDir: folder });
    const two = await startTestBackend({ dataDir: folder, apiKey: one.apiKey });
    try {
      // So slow that both have the same requests in hand.
      const id = await begun(
        one.client,
        "\nconst fast = run; run = (x) => { for (let i = 0; i < 2e6; i++); return fast(x); };",
      );
      const halves = [even.slice(0, 400), even.slice(200)];
      await Promise.all(
        [one, two].map(async ({ client }, at) => {
          const inputs = halves[at] ?? [];
          for (let from = 0; from < inputs.length; from += 25) await batch(client, id, inputs.slice(from, from + 25));
        }),
      );
      await eventually(async () => isSettled(await currentOf(one.client, id)));
      // One decides, and the other knows at once.
      await batch(two.client, id, telling);
      await eventually(async () => assert.equal((await currentOf(two.client, id)).state, "promoted"));
      const run = await one.client.call("execute", { params: { id }, body: { input: 10 } });
      assert.equal(run.version, 2);
      const promotions = await one.client.call("listArtifacts", { params: { taskId: id } });
      assert.deepEqual(
        promotions.items.filter(({ state }) => state === "active").map(({ version }) => version),
        [2],
      );
    } finally {
      await Promise.all([one.stop(), two.stop()]);
      await rm(folder, { recursive: true, force: true });
    }
  });
});
