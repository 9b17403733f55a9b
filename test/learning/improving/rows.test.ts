/** What an improvement learns from, what is kept aside, and when it is made. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Improvement } from "../../../src/contract/improvements.ts";
import { type Known, rowsOf, sortRows, typical } from "../../../src/learning/improving/rows.ts";
import { failuresInRow, restMs, triggerOf } from "../../../src/learning/improving/when.ts";

const known = (input: string, output: string, oracle: Known["oracle"] = "reference"): Known => ({
  ...{ input, output, oracle },
});
const many = (count: number): Known[] => Array.from({ length: count }, (_, at) => known(`row ${at}`, `${at}`));

describe("the rows of an improvement", () => {
  it("each input counts once; a person overrules an example, a model does not", () => {
    const task = { comparison: "exact" as const, examples: [known("a", "A"), known("b", "B"), known("c", "C")] };
    const rows = rowsOf(task, [
      known("a", "person's", "person"),
      known("a", "model's", "model"),
      known("b", "model's", "model"),
      known("d", "D"),
    ]);
    assert.deepEqual(
      rows.map(({ input, output, from }) => [input, output, from]),
      [
        ["b", "B", "example"],
        ["c", "C", "example"],
        ["a", "person's", "person"],
        ["d", "D", "reference"],
      ],
    );
  });

  it("about three in ten are kept aside, the same ones whenever it is asked, and never an example", () => {
    const task = {
      comparison: "exact" as const,
      examples: many(300).map((row) => ({ ...row, input: `x ${row.input}` })),
    };
    const rows = rowsOf(task, many(300));
    const first = sortRows(
      rows,
      rows.map((_, at) => at % 2 === 0),
    );
    const grown = rowsOf(task, many(600));
    const later = sortRows(
      grown,
      grown.map((_, at) => at % 3 === 0),
    );
    assert.ok(first.heldOut.length > 60 && first.heldOut.length < 120, `${first.heldOut.length} of 300`);
    assert.equal(first.examples.length, 300);
    const aside = new Set(later.heldOut.map(({ key }) => key));
    assert.ok(first.heldOut.every(({ key }) => aside.has(key)));
  });

  it("of three failures none is kept aside: each is needed", () => {
    const rows = rowsOf({ comparison: "exact", examples: [] }, many(200));
    const { corrections } = sortRows(
      rows,
      rows.map((_, at) => at >= 3),
    );
    assert.equal(corrections.length, 3);
  });

  it("typical rows are of every shape there is", () => {
    const rows = rowsOf({ comparison: "exact", examples: [] }, [
      ...Array.from({ length: 50 }, (_, at) => known(`${at}.12.2025`, "x")),
      known("Dec 24, 2025", "x"),
      known("2025/12/24", "x"),
    ]);
    const inputs = typical(rows, 4).map(({ input }) => input);
    assert.equal(inputs.length, 4);
    assert.ok(inputs.includes("Dec 24, 2025") && inputs.includes("2025/12/24"));
    assert.equal(typical(rows, 1_000).length, 52);
  });
});

describe("when an improvement is made", () => {
  const usual = {
    judged: { correct: 96, n: 100, byModel: 0 },
    modelOnRight: { agreed: 0, n: 0 },
    compared: { correct: 960, n: 1_000 },
    once: { correct: 97, n: 100 },
    accuracyTarget: 0.9,
    corrections: { byPerson: 0, all: 500 },
    failuresInRow: 0,
    cues: new Set<"drift" | "cluster" | "accuracy">(),
  };

  it("not for the usual slips of a program that is good enough, however many there are", () => {
    assert.equal(triggerOf(usual), undefined);
    assert.equal(triggerOf({ ...usual, judged: { correct: 5, n: 9, byModel: 0 } }), undefined);
    assert.equal(triggerOf({ ...usual, once: { correct: 290, n: 300 } }), undefined);
  });

  it("when it is right too rarely, its inputs changed, failures are alike, or the person corrects", () => {
    const trigger = (over: Partial<Parameters<typeof triggerOf>[0]>) => triggerOf({ ...usual, ...over })?.trigger;
    assert.equal(trigger({ judged: { correct: 60, n: 100, byModel: 0 } }), "accuracy");
    assert.equal(trigger({ once: { correct: 300, n: 300 } }), "accuracy", "another version was better once");
    assert.equal(trigger({ cues: new Set(["drift"] as const) }), "drift");
    assert.equal(trigger({ cues: new Set(["cluster"] as const) }), "cluster");
    assert.equal(trigger({ cues: new Set(["accuracy"] as const) }), "accuracy");
    assert.equal(trigger({ corrections: { byPerson: 5, all: 5 } }), "corrections");
    // Without right outputs there is nothing to learn from.
    assert.equal(
      trigger({
        judged: { correct: 60, n: 100, byModel: 0 },
        corrections: { byPerson: 0, all: 9 },
        cues: new Set(["drift"] as const),
      }),
      undefined,
    );
  });

  it("by a model's word, when it is right too rarely even if the model calls as many right runs wrong as it may", () => {
    const judged = (correct: number, agreed: number, n: number) => {
      const modelOnRight = { agreed, n };
      return triggerOf({ ...usual, judged: { correct, n: 300, byModel: 300 }, modelOnRight })?.trigger;
    };
    assert.deepEqual([judged(225, 0, 0), judged(210, 0, 0)], [undefined, "accuracy"], "never tried: one in ten");
    assert.equal(judged(240, 200, 200), "accuracy", "never seen to err");
    assert.equal(judged(210, 160, 200), undefined, "one in five");
  });

  it("after each failure in a row it takes twice as many corrections and a longer rest", () => {
    const wrong = { ...usual, judged: { correct: 60, n: 100, byModel: 0 } };
    const tried = (failures: number, all: number) =>
      triggerOf({ ...wrong, failuresInRow: failures, corrections: { byPerson: 0, all } })?.trigger;
    assert.deepEqual(
      [tried(1, 19), tried(1, 20), tried(3, 79), tried(3, 80), tried(9, 80)],
      [undefined, "accuracy", undefined, "accuracy", "accuracy"],
    );
    assert.deepEqual(
      [0, 1, 2, 3, 9].map((failures) => restMs(failures)),
      [0, 30_000, 120_000, 480_000, 3_600_000],
    );
  });

  it("a person's request and a success end a row of failures; what was cancelled does not count", () => {
    const one = (state: Improvement["state"], trigger: Improvement["trigger"] = "accuracy", attempts = 1) =>
      ({ state, trigger, attempts }) as Improvement;
    assert.equal(
      failuresInRow([one("failed"), one("cancelled"), one("needs_person"), one("promoted"), one("failed")]),
      2,
    );
    assert.equal(failuresInRow([one("failed"), one("failed", "person"), one("failed")]), 1);
    assert.equal(failuresInRow([one("needs_person", "accuracy", 0), one("failed")]), 0);
  });
});
