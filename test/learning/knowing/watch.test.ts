/** What is watched of a task: one alarm for one change, none for none, and an end to it. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { counting, newDistinct } from "../../../src/learning/knowing/distinct.ts";
import {
  type Alarm,
  newWatch,
  toldSince,
  versionChanged,
  type WatchState,
  watchDraws,
  watchVerdicts,
} from "../../../src/learning/knowing/watch.ts";
import { seededRandom } from "../../../src/learning/statistics/hash.ts";

const now = "2026-01-01T00:00:00.000Z";
type Random = () => number;
const int = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from));
const slashed = (random: Random) => `"${int(random, 1, 28)}/${int(random, 1, 12)}/${int(random, 1900, 2100)}"`;
const iso = (random: Random) => `"${int(random, 1900, 2100)}-${int(random, 10, 12)}-${int(random, 10, 28)}"`;

/** As a server does it: some at a time, and the state is JSON in between. */
function feeding(state: WatchState, random: Random) {
  let id = 0;
  return {
    state: () => state,
    draws(count: number, input: (random: Random) => string): Alarm[] {
      const alarms: Alarm[] = [];
      for (let from = 0; from < count; from += 200) {
        const some = Array.from({ length: Math.min(200, count - from) }, () => ({
          id: `${++id}`,
          input: input(random),
        }));
        const alarm = watchDraws(state, some, now);
        if (alarm) alarms.push(alarm);
        state = JSON.parse(JSON.stringify(state)) as WatchState;
      }
      return alarms;
    },
    verdicts(count: number, accuracy: number, input: () => string = () => `${++id}`): Alarm[] {
      const alarms: Alarm[] = [];
      for (let from = 0; from < count; from += 50) {
        const some = Array.from({ length: 50 }, () => ({ id: "v", input: input(), right: random() < accuracy }));
        const alarm = watchVerdicts(state, some, now);
        if (alarm) alarms.push(alarm);
        state = JSON.parse(JSON.stringify(state)) as WatchState;
      }
      return alarms;
    },
  };
}

describe("an input that comes again and again", () => {
  it("counts once in five hundred, also for who reads the state from a file", () => {
    let state = newDistinct();
    let counted = 0;
    for (let part = 0; part < 20; part++) {
      const counts = counting(state);
      for (let i = 0; i < 100; i++) if (counts(7)) counted++;
      state = JSON.parse(JSON.stringify(state)) as typeof state;
    }
    assert.equal(counted, 4);
    assert.ok(state.hashes.length <= 1);
    const counts = counting(state);
    assert.deepEqual([8, 9, 8, 10].map(counts), [true, true, false, true]);
  });
});

describe("a change of the inputs", function () {
  this.timeout(30_000);

  it("is told once, and again only after it was over", () => {
    const feed = feeding(newWatch(), seededRandom(3));
    assert.deepEqual(feed.draws(6_000, slashed), []);
    const alarms = feed.draws(4_000, (random) => (random() < 0.3 ? iso : slashed)(random));
    assert.deepEqual(
      alarms.map(({ kind }) => kind),
      ["inputs.changed"],
    );
    const [alarm] = alarms;
    assert.ok(alarm?.kind === "inputs.changed" && alarm.report.moved > 0.2 && alarm.report.moved < 0.4);
    assert.equal(feed.state().inputs.since, now);
    assert.deepEqual(feed.draws(4_000, slashed), []);
    assert.equal(feed.state().inputs.since, null);
    assert.equal(feed.draws(2_000, iso).length, 1);
  });

  it("is answered by another version: what comes then is usual", () => {
    const feed = feeding(newWatch(), seededRandom(4));
    feed.draws(3_000, slashed);
    assert.equal(feed.draws(2_000, iso).length, 1);
    versionChanged(feed.state(), 2);
    assert.deepEqual(feed.draws(5_000, iso), []);
    assert.equal(feed.state().inputs.since, null);
    versionChanged(feed.state(), 3);
    assert.equal(feed.draws(2_000, slashed).length, 1, "a version alone does not make all inputs usual");
  });

  it("is not one row that is asked for over and over, nor few rows that all come often", () => {
    const feed = feeding(newWatch(), seededRandom(5));
    feed.draws(3_000, slashed);
    assert.deepEqual(
      feed.draws(5_000, () => '"2024-01-01"'),
      [],
    );
    for (let seed = 0; seed < 10; seed++) {
      const rows = Array.from({ length: 400 }, (_, i) => (i % 3 ? slashed : iso)(seededRandom(1_000 * seed + i)));
      // Some rows come much oftener than others.
      const often = (random: Random) => rows[Math.floor(400 * random() ** 3)] ?? "";
      const few = feeding(newWatch(), seededRandom(50 + seed));
      assert.deepEqual(few.draws(30_000, often), []);
      assert.ok(few.state().inputs.drift.inputs > 2_500, `${few.state().inputs.drift.inputs}`);
    }
  });

  it("leaves a state of some kilobytes", () => {
    const feed = feeding(newWatch(), seededRandom(6));
    feed.draws(5_000, slashed);
    const size = JSON.stringify(feed.state()).length;
    assert.ok(size < 25_000, `${size}`);
  });
});

describe("a change of the accuracy", () => {
  it("is told once, ends when it is what it was, and is learned anew for another version", () => {
    const feed = feeding(newWatch(), seededRandom(7));
    assert.deepEqual(feed.verdicts(1_500, 0.95), []);
    assert.deepEqual(
      feed.verdicts(1_000, 0.7).map(({ kind }) => kind),
      ["accuracy.fell"],
    );
    assert.equal(feed.state().accuracy.since, now);
    assert.deepEqual(feed.verdicts(2_000, 0.97), []);
    assert.equal(feed.state().accuracy.since, null);
    assert.equal(feed.verdicts(500, 0.7).length, 1);
    versionChanged(feed.state(), 2);
    assert.deepEqual([feed.state().accuracy.since, feed.state().accuracy.n], [null, 0]);
    assert.deepEqual(feed.verdicts(1_000, 0.7), []);
  });

  it("is still known later, by who asks what was told after a time", () => {
    const feed = feeding(newWatch(), seededRandom(9));
    feed.verdicts(500, 0.95);
    assert.deepEqual(toldSince(feed.state(), ""), []);
    feed.verdicts(1_000, 0.6);
    feed.state().growth.told.push({ id: "c", region: { trait: 1, lacks: false }, at: "2026-01-02T00:00:00.000Z" });
    assert.deepEqual(toldSince(feed.state(), "2025-12-31"), ["accuracy.fell", "failures.cluster"]);
    assert.deepEqual(toldSince(feed.state(), now), ["failures.cluster"]);
    assert.deepEqual(toldSince(feed.state(), "2026-01-03"), []);
  });

  it("is not one wrong row that comes again and again", () => {
    const feed = feeding(newWatch(), seededRandom(8));
    feed.verdicts(500, 0.95);
    assert.deepEqual(
      feed.verdicts(2_000, 0, () => '"the same"'),
      [],
    );
  });
});
