/** Failures that are alike and grow in number are told once, by no words of the inputs; those that do not grow never. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Said, say, spoken } from "../../../src/contract/say.ts";
import type { JsonValue } from "../../../src/contract/wire.ts";
import { alarmEvent } from "../../../src/learning/knowing/alarms.ts";
import { clusterFailures } from "../../../src/learning/knowing/failures.ts";
import { growing, newGrowth } from "../../../src/learning/knowing/growing.ts";
import { hashesOf, liesIn, regionOf } from "../../../src/learning/knowing/regions.ts";
import { traitsOf } from "../../../src/learning/knowing/traits.ts";
import { seededRandom } from "../../../src/learning/statistics/hash.ts";

const now = "2026-01-01T00:00:00.000Z";
type Random = () => number;
type Make = (random: Random) => { readonly input: JsonValue; readonly correct: boolean };

const int = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from));
const oneOf = <T>(random: Random, list: readonly T[]): T => list[int(random, 0, list.length)] as T;
const words = "the parcel has not come and my order is late please help with it I was told".split(" ");
const ticket = (random: Random) => Array.from({ length: int(random, 6, 18) }, () => oneOf(random, words)).join(" ");
const slashed = (random: Random) => `${int(random, 10, 28)}/${int(random, 10, 12)}/${int(random, 1950, 2030)}`;
const iso = (random: Random) => `${int(random, 1950, 2030)}-${int(random, 10, 12)}-${int(random, 10, 28)}`;
const refund = (random: Random) => `${ticket(random)} refund ${ticket(random)}`;

/** Verdicts in the order they came, looked at as a server does it; the state is JSON in between. */
function watching(random: Random) {
  let state = newGrowth();
  let ids = 0;
  let all: { id: string; input: string; correct: boolean; traits: ReadonlySet<number> }[] = [];
  const clusters = () => {
    const of = (right: boolean) => all.filter(({ correct }) => correct === right);
    return clusterFailures(
      of(false).map(({ id, input }) => ({ executionId: id, input: JSON.parse(input) as JsonValue })),
      of(true).map(({ input }) => JSON.parse(input) as JsonValue),
    );
  };
  return {
    state: () => state,
    clusters,
    /** The names of what was told, and at which verdict. */
    async verdicts(count: number, make: Make) {
      const told: { readonly at: number; readonly name: Said; readonly event: string }[] = [];
      for (let at = 50; at <= count; at += 50) {
        const some = Array.from({ length: 50 }, () => {
          const { input, correct } = make(random);
          return { id: `exec_${++ids}`, input: JSON.stringify(input), correct };
        });
        const traits = await hashesOf(some.map(({ input }) => input));
        all = [...all, ...some.map((one, i) => ({ ...one, traits: traits[i] ?? new Set<number>() }))].slice(-2_000);
        const grown = growing(state, all, await clusters(), now);
        state = JSON.parse(JSON.stringify(state)) as typeof state;
        if (!grown) continue;
        const { id, mark, name } = grown.cluster;
        const alarm = { kind: "failures.cluster", version: 1, cluster: id, mark, growth: grown.growth } as const;
        told.push({ at, name, event: JSON.stringify(alarmEvent("task_1", alarm)) });
      }
      return told;
    },
  };
}

const slips: Make = (random) => ({ input: slashed(random), correct: random() >= 0.05 });
/** A kind of inputs that are wrong in one of three, and always were. */
const weakness: Make = (random) =>
  random() < 0.15 ? { input: iso(random), correct: random() >= 0.33 } : { input: slashed(random), correct: true };

describe("failures that are alike", function () {
  this.timeout(60_000);

  it("are told once when they begin, by what they have in common, and the state holds no input", async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const watch = watching(seededRandom(seed));
      assert.deepEqual(await watch.verdicts(500, slips), []);
      const told = await watch.verdicts(1_000, (random) =>
        random() < 0.1 ? { input: iso(random), correct: false } : slips(random),
      );
      assert.equal(told.length, 1, JSON.stringify(told));
      assert.ok((told[0]?.at ?? 0) <= 150, `${told[0]?.at}`);
      assert.match(spoken(told[0]?.name ?? say``), /^inputs like "\d{4}-\d\d-\d\d" /);
      assert.match(told[0]?.event ?? "", /Failures that are alike grow in number: \d+ of the last \d+ judged inputs/);
      assert.doesNotMatch(JSON.stringify(watch.state()), /digit|"-"/);
    }
  });

  it("are told without their words", async () => {
    const watch = watching(seededRandom(21));
    const usual: Make = (random) => ({ input: ticket(random), correct: random() >= 0.04 });
    assert.deepEqual(await watch.verdicts(400, usual), []);
    const [told] = await watch.verdicts(200, (random) =>
      random() < 0.15 ? { input: refund(random), correct: false } : usual(random),
    );
    assert.match(spoken(told?.name ?? say``), /the word "refund"/);
    assert.match(told?.event ?? "", /alike by a word/);
    assert.doesNotMatch(told?.event ?? "", /refund|parcel/);
  });

  it("are not told anew where they are found under another name", async () => {
    const watch = watching(seededRandom(31));
    await watch.verdicts(400, slips);
    const dotted: Make = (random) =>
      random() < 0.12 ? { input: iso(random), correct: false } : { input: slashed(random), correct: true };
    assert.equal((await watch.verdicts(150, dotted)).length, 1);
    // The same inputs, by another trait that sets them apart as well.
    const [grown] = await watch.clusters();
    assert.ok(grown);
    const sign = [...traitsOf("2024-01-01")].find((trait) => trait.startsWith("sign")) ?? "";
    const judged = await Promise.all(
      Array.from({ length: 300 }, async (_, at) => {
        const [input, correct] = at >= 250 && at % 2 ? ['"2024-01-01"', false] : ['"01/01/2024"', true];
        const json = JSON.stringify(`${JSON.parse(input as string)} ${at}`);
        return {
          id: `e${at}`,
          input: json,
          correct: correct as boolean,
          traits: new Set(
            [...traitsOf(JSON.parse(input as string) as string)].map(
              (trait) => regionOf({ trait, lacks: false }).trait,
            ),
          ),
        };
      }),
    );
    const cluster = { id: "cluster_other", mark: { trait: sign, lacks: false } };
    assert.equal(growing(watch.state(), judged, [cluster], now), undefined);
    assert.equal(growing(newGrowth(), judged, [cluster], now)?.cluster.id, "cluster_other");
  });

  it("are never told while they are as frequent as they were: a weakness, a slip now and then", async () => {
    let alarms = 0;
    const runs = 8;
    for (let seed = 0; seed < runs; seed++) {
      for (const make of [slips, weakness])
        alarms += (await watching(seededRandom(100 + seed)).verdicts(1_500, make)).length;
    }
    assert.equal(alarms, 0);
  });

  it("are not one row that is asked for over and over, nor few rows that all come often", async () => {
    const one = watching(seededRandom(41));
    await one.verdicts(500, slips);
    assert.deepEqual(
      await one.verdicts(300, (random) =>
        random() < 0.3 ? { input: "2024-01-01", correct: false } : { input: slashed(random), correct: true },
      ),
      [],
    );
    for (let seed = 0; seed < 5; seed++) {
      const rows = Array.from({ length: 300 }, (_, i) =>
        ((i + seed) % 4 ? slashed : iso)(seededRandom(1_000 * seed + i)),
      );
      const often: Make = (random) => {
        const input = rows[Math.floor(300 * random() ** 3)] ?? "";
        return { input, correct: !input.includes("-") };
      };
      assert.deepEqual(await watching(seededRandom(50 + seed)).verdicts(1_500, often), []);
    }
  });
});

describe("inputs like those of a cluster", () => {
  it("have what sets it apart, or lack it", async () => {
    const [having, lacking] = await hashesOf(['{"unit":"km"}', "{}"]);
    assert.ok(having && lacking);
    const trait = [...traitsOf({ unit: "km" })].find((one) => one.startsWith("type\u0000unit")) ?? "";
    assert.deepEqual(
      [having, lacking].map((input) => liesIn(input, regionOf({ trait, lacks: false }))),
      [true, false],
    );
    assert.deepEqual(
      [having, lacking].map((input) => liesIn(input, regionOf({ trait, lacks: true }))),
      [false, true],
    );
  });
});
