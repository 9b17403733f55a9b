import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  baseline,
  type ChangeState,
  stepAccuracy,
  watchAccuracy,
} from "../../src/learning/statistics/change-detector.ts";
import { seededRandom } from "../../src/learning/statistics/hash.ts";

const run = (state: ChangeState, n: number, accuracy: number, random: () => number): ChangeState => {
  let next = state;
  for (let i = 0; i < n && next.alarmAt === null; i++) next = stepAccuracy(next, random() < accuracy);
  return next;
};

describe("a fall of the accuracy", () => {
  it("is seen within some dozens of verdicts, the sooner the deeper it is", () => {
    const delays = [0.6, 0.8].map((accuracy) => {
      const all = Array.from(
        { length: 200 },
        (_, i) => run(watchAccuracy(0.95), 5_000, accuracy, seededRandom(i)).alarmAt,
      );
      return all.map((at) => at ?? 5_000).toSorted((a, b) => a - b)[100] ?? 0;
    });
    assert.ok((delays[0] ?? 99) <= 20 && (delays[1] ?? 999) <= 80, `${delays}`);
  });

  it("is not cried where there is none: the mean of the sum after n verdicts is n, exactly", () => {
    const n = 10;
    let mean = 0;
    for (let bits = 0; bits < 2 ** n; bits++) {
      let state = watchAccuracy(0.9);
      let chance = 1;
      for (let i = 0; i < n; i++) {
        const right = ((bits >> i) & 1) === 1;
        chance *= right ? 0.9 : 0.1;
        state = stepAccuracy(state, right);
      }
      mean += chance * (state.sums.reduce((sum, one) => sum + one, 0) / state.sums.length);
    }
    assert.ok(Math.abs(mean - n) < 1e-9, `${mean}`);
  });

  it("is cried falsely within n verdicts in at most n of `falseAlarmEvery` streams", () => {
    const streams = Array.from({ length: 500 }, (_, i) => run(watchAccuracy(0.9, 10_000), 1_000, 0.9, seededRandom(i)));
    const alarms = streams.filter(({ alarmAt }) => alarmAt !== null).length;
    assert.ok(alarms / 500 <= 0.1, `${alarms}`);
  });

  it("is seen alike by who reads the state from a file", () => {
    const random = seededRandom(1);
    const verdicts = Array.from({ length: 300 }, (_, i) => random() < (i < 200 ? 0.95 : 0.7));
    const whole = verdicts.reduce(stepAccuracy, watchAccuracy(0.93));
    assert.ok((whole.alarmAt ?? 0) > 200);
    const read: ChangeState = JSON.parse(
      JSON.stringify(verdicts.slice(0, 210).reduce(stepAccuracy, watchAccuracy(0.93))),
    );
    assert.deepEqual(verdicts.slice(210).reduce(stepAccuracy, read), whole);
  });

  it("is measured from what was normal: careful where little is known", () => {
    assert.equal(baseline(20, 20), null);
    const few = baseline(57, 60) ?? 1;
    const many = baseline(950, 1_000) ?? 1;
    assert.ok(few < many && many < 0.95);
  });

  it("keeps its alarm, and its numbers, however bad it gets", () => {
    let state = watchAccuracy(1);
    for (let i = 0; i < 2_000; i++) state = stepAccuracy(state, false);
    assert.ok(state.alarmAt !== null && state.alarmAt < 10 && state.sums.every(Number.isFinite));
  });
});
