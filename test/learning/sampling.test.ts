import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SamplingStrategy } from "../../src/contract/tasks.ts";
import {
  choose,
  learnUsual,
  learnVerdict,
  newProfile,
  noteChange,
  placeOf,
  placeOfRow,
  probability,
  type Sampled,
  type SamplingProfile,
} from "../../src/learning/sampling.ts";
import { hash32, seededRandom } from "../../src/learning/statistics/hash.ts";

const id = (i: number): string => `exec_01JD8Q7Z3N${String(i).padStart(16, "0")}`;
const date = (i: number): string => JSON.stringify(`2024-0${1 + (i % 9)}-1${i % 10}`);

/** Two labels, one of them in 5 of 100. */
const usual = (i: number): Sampled => ({ input: date(i), output: i % 20 === 0 ? '"rare"' : '"common"' });

function learned(n = 2_000): SamplingProfile {
  const profile = newProfile();
  for (let i = 0; i < n; i++) learnUsual(profile, usual(i));
  profile.sinceChange = 10_000;
  return profile;
}

const share = (
  strategy: SamplingStrategy,
  profile: SamplingProfile,
  execution: (i: number) => Sampled,
  wanted: (choice: string) => boolean = (choice) => choice !== "none",
): number => {
  const n = 40_000;
  let chosen = 0;
  for (let i = 0; i < n; i++)
    if (wanted(choose(placeOf(id(i)), { strategy, rate: 0.05 }, profile, execution(i)))) chosen++;
  return chosen / n;
};
const near = (got: number, expected: number, by = 0.005): void =>
  assert.ok(Math.abs(got - expected) < by, `${got}, not ${expected}`);

describe("which executions are judged", () => {
  it("is the rate, also of ids that differ in their last letters only, and more at a higher one", () => {
    const all = Array.from({ length: 40_000 }, (_, i) => id(i));
    for (const rate of [0, 0.05, 0.5, 1]) near(all.filter((one) => placeOf(one) < rate).length / all.length, rate);
    const rows = all.map((_, i) => placeOfRow(hash32("exec_1"), i) < 0.05);
    near(rows.filter(Boolean).length / rows.length, 0.05);
  });

  it("is decided alike by any instance that reads the same profile", () => {
    const profile = learned();
    const copy: SamplingProfile = JSON.parse(JSON.stringify(profile));
    for (const strategy of ["random", "stratified", "edge", "adaptive"] as const) {
      for (let i = 0; i < 2_000; i++) {
        const rule = { strategy, rate: 0.2 };
        assert.equal(choose(placeOf(id(i)), rule, profile, usual(i)), choose(placeOf(id(i)), rule, copy, usual(i)));
      }
    }
  });

  it("is about the rate with every strategy while nothing is unusual", () => {
    for (const strategy of ["random", "stratified", "edge", "adaptive"] as const) {
      const got = share(strategy, learned(), usual);
      assert.ok(got > 0.02 && got < 0.065, `${strategy}: ${got}`);
    }
  });

  it("is every execution at a rate of 1, and none at 0", () => {
    for (const strategy of ["random", "stratified", "edge", "adaptive"] as const) {
      const profile = learned();
      for (let i = 0; i < 500; i++) {
        assert.equal(choose(placeOf(id(i)), { strategy, rate: 1 }, profile, usual(i)), "chance");
        assert.equal(choose(placeOf(id(i)), { strategy, rate: 0 }, profile, usual(i)), "none");
      }
    }
  });

  it("always holds a part that is chance, whatever the input looks like: only that says how often it is right", () => {
    const strange = (i: number): Sampled => ({ input: JSON.stringify(`${"?!".repeat(i % 30)}`), output: null });
    for (const strategy of ["stratified", "edge", "adaptive"] as const) {
      for (const execution of [usual, strange]) {
        near(
          share(strategy, learned(), execution, (choice) => choice === "chance"),
          0.025,
          0.003,
        );
      }
    }
  });

  it("is chance while nothing is known of what is usual", () => {
    for (const strategy of ["stratified", "edge", "adaptive"] as const) {
      near(
        share(strategy, newProfile(), usual, (choice) => choice === "chance"),
        0.05,
      );
    }
  });

  it("stratified: is as often of a rare output as of a common one", () => {
    const of = (output: string): number => share("stratified", learned(), (i) => ({ input: date(i), output }));
    // Half by chance; the other half goes to the two labels alike: 0.025 + 0.0125 / 0.05, and / 0.95.
    near(of('"rare"'), 0.275, 0.01);
    near(of('"common"'), 0.025 + 0.0125 / 0.95);
  });

  it("edge: is more often what is new, long, or near a decision boundary", () => {
    const profile = learned();
    const of = (execution: (i: number) => Sampled): number => share("edge", profile, execution);
    const plain = of(usual);
    assert.ok(of((i) => ({ input: '"12.03.2024"', output: `${i}` })) > 5 * plain);
    assert.ok(of((i) => ({ input: JSON.stringify("2024-01-11".repeat(9)), output: `${i}` })) > 5 * plain);
    assert.ok(of((i) => ({ ...usual(i), confidence: 0.51 })) > 5 * plain);
    near(
      of((i) => ({ ...usual(i), confidence: 0.99 })),
      plain,
    );
  });

  it("adaptive: is more after a change and near failures, and settles again", () => {
    const profile = learned();
    near(share("adaptive", profile, usual), 0.05);
    for (let i = 0; i < 6; i++) learnVerdict(profile, date(0), i % 2 === 0);
    assert.ok(share("adaptive", profile, usual) > 0.2);
    noteChange(profile);
    near(share("adaptive", profile, usual), 0.2, 0.01);
    for (let i = 0; i < 200; i++) learnUsual(profile, usual(i));
    near(share("adaptive", profile, usual), 0.05);
  });

  it("never goes above certainty, nor above ten times the rate", () => {
    const random = seededRandom(3);
    const profile = learned();
    for (let i = 0; i < 2_000; i++) {
      const execution = { input: JSON.stringify("x-".repeat(random() * 40)), output: null, confidence: random() };
      for (const strategy of ["stratified", "edge", "adaptive"] as const) {
        const rate = random();
        const chance = probability({ strategy, rate }, profile, execution);
        assert.ok(chance >= 0 && chance <= Math.min(1, 10 * rate + 1e-12));
      }
    }
  });
});
