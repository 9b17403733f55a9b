import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { judgeLabelled } from "./labels.ts";
import { parseOptions, UsageError } from "./options.ts";
import { runProgram, timeCalls } from "./run.ts";
import { dropRepeats, foldsOf, takePerClass } from "./split.ts";
import { percentile, shareOf } from "./statistics.ts";
import { summarise } from "./summary.ts";
import { labelledTable, transformTable } from "./tables.ts";
import { judgeTransform, type TransformResult } from "./transform.ts";

const surnames = ["Ada Lovelace", "Alan Turing", "Grace Hopper", "Edsger Dijkstra", "Barbara Liskov"].map((input) => ({
  input,
  output: input.split(" ")[1] ?? "",
}));
const asking = ["when", "where", "how", "why"].flatMap((word) =>
  ["is it", "do they meet", "are you", "was that"].flatMap((rest) => [
    { input: `${word} ${rest}?`, output: "question" },
    { input: `${word === "how" ? "so" : "then"} ${rest} ${word}, fine.`, output: "statement" },
  ]),
);

describe("a transformation problem in the bench", () => {
  it("is solved where the rows held out are right, and only fits where none is held out", async () => {
    const solved = await judgeTransform({ name: "surname", examples: surnames }, 3, 5_000);
    assert.deepEqual([solved.outcome, solved.given, solved.heldOut, solved.wrongRows], ["solved", 3, 2, []]);
    const fitted = await judgeTransform({ name: "surname", examples: surnames }, undefined, 5_000);
    assert.deepEqual([fitted.outcome, fitted.fits, fitted.heldOut], ["fits", true, 0]);
  });

  it("lists a held-out row that is wrong", async () => {
    const examples = [...surnames, { input: "Margaret Hamilton", output: "by exception" }];
    const result = await judgeTransform({ name: "surname", examples }, 3, 5_000);
    assert.equal(result.outcome, "fits");
    assert.deepEqual(
      result.wrongRows.map(({ input, got, isHeldOut }) => [input, got, isHeldOut]),
      [["Margaret Hamilton", { json: '"Hamilton"' }, true]],
    );
  });

  it("is not found where examples contradict each other, and not counted where there are none", async () => {
    const contradicting = [
      { input: "a", output: "b" },
      { input: "a", output: "c" },
    ];
    const none = await judgeTransform({ name: "none", examples: contradicting }, undefined, 5_000);
    assert.equal(none.outcome, "none");
    const empty = await judgeTransform({ name: "empty", examples: [] }, 3, 5_000);
    assert.equal(empty.outcome, "no examples");
    assert.equal(summarise([none, empty]).problems, 1);
  });
});

describe("the bench's table of transformations", () => {
  const row = (isNamed: boolean, isHeldOut = true) => ({
    ...{ input: "a", expected: "b", got: { json: '"c"' }, isHeldOut, isNamed },
  });
  const result = (change: Partial<TransformResult>): TransformResult => ({
    ...{ name: "p", outcome: "solved", fits: true, given: 3, heldOut: 5, wrongRows: [], namedRows: 0, ms: 100 },
    ...{ reason: "", code: "" },
    ...change,
  });
  const results = [
    result({}),
    result({ ms: 6_000 }),
    result({ outcome: "fits", wrongRows: [row(true), row(false), row(false)], namedRows: 2 }),
    result({ outcome: "fits", wrongRows: [row(false)] }),
    result({ outcome: "none", fits: false, code: null }),
    result({ outcome: "fits", heldOut: 0 }),
    result({ outcome: "no examples", fits: false, given: 0, heldOut: 0, code: null }),
  ];

  it("counts as solvable what has rows held out, and names the mistakes that a question would have met", () => {
    const { solvable, solved, fits, wrong, none, unsolved, unsolvedNamed, wrongRows, wrongRowsNamed, within } =
      summarise(results);
    assert.deepEqual([solvable, solved, fits, wrong, none], [5, 2, 5, 2, 1]);
    assert.deepEqual([unsolved, unsolvedNamed, wrongRows, wrongRowsNamed], [3, 1, 4, 1]);
    assert.deepEqual(within, [1, 1, 2]);
  });

  it("prints counts with shares, and only what fits where nothing is held out", () => {
    const table = transformTable([{ title: "all", summary: summarise(results) }]);
    assert.match(table, /^solved .* 2 of 5 \(40%\)$/m);
    assert.match(table, /^unsolved, a wrong row named ambiguous +1 of 3 \(33\.3%\)$/m);
    assert.match(table, /^ {2}of those with a program +1 of 2 \(50%\)$/m);
    const fitted = transformTable([{ title: "all", summary: summarise(results.slice(5)) }]);
    assert.match(fitted, /^fits within 1 s +1 of 1 \(100%\)$/m);
    assert.doesNotMatch(fitted, /solved|ambiguous/);
  });
});

describe("a labelled set in the bench", () => {
  it("is judged on every row once in cross-validation, repeated rows left out", async () => {
    const examples = [...asking, { input: ` ${asking[0]?.input}`, output: "question" }];
    const result = await judgeLabelled({ name: "asking", examples }, undefined, { folds: 4, seed: 1, budgetMs: 5_000 });
    assert.deepEqual([result.tested, result.repeats, result.given], [32, 1, 24]);
    assert.ok(result.accuracy.value > 0.9, `accuracy ${result.accuracy.value}`);
    assert.ok(result.accuracy.low < result.accuracy.value);
    assert.ok(result.programKb > 0 && result.callMs.p99 >= result.callMs.mean / 2 && result.trainMs.length === 4);
    assert.match(
      labelledTable([result]),
      /asking: 24 rows given, 2 classes, 1 repeated rows left out\n {2}\w+ +1\d of 16/,
    );
  });

  it("counts rows without an answer as not right, and tells what classes are mistaken for", async () => {
    const test = [{ input: "when is it?", output: "statement" }];
    const wrong = await judgeLabelled({ name: "asking", examples: asking }, test, { seed: 1, budgetMs: 5_000 });
    assert.deepEqual(wrong.classes[0]?.mistakenFor, { label: "question", rows: 1 });
    const none = await judgeLabelled({ name: "none", examples: [] }, test, { seed: 1, budgetMs: 5_000 });
    assert.deepEqual([none.tested, none.right, none.answered, none.reasons], [1, 0, 0, ["no_examples"]]);
  });

  it("is refused where no row is left to test on", async () => {
    const options = { train: 100, seed: 1, budgetMs: 5_000 };
    await assert.rejects(judgeLabelled({ name: "asking", examples: asking }, undefined, options), UsageError);
  });

  it("gives so many rows of each class, the same for the same seed", () => {
    const split = takePerClass(asking, 3, 7);
    assert.deepEqual(split, takePerClass(asking, 3, 7));
    assert.notDeepEqual(split, takePerClass(asking, 3, 8));
    assert.deepEqual(
      ["question", "statement"].map((label) => split.given.filter(({ output }) => output === label).length),
      [3, 3],
    );
    assert.equal(split.held.length, asking.length - 6);
  });

  it("spreads each class evenly over the folds, with no row both given and held out", () => {
    const folds = foldsOf(dropRepeats(asking), 5, 1);
    assert.equal(new Set(folds.flatMap(({ held }) => held)).size, asking.length);
    for (const { given, held } of folds) {
      assert.ok(!given.some((row) => held.includes(row)));
      const questions = held.filter(({ output }) => output === "question").length;
      assert.ok(questions === 3 || questions === 4, `${questions} of 16 questions in a fold of 5`);
    }
  });
});

describe("a program in the bench", () => {
  it("gets lists it knows for lists, and is ended when it hangs or throws", () => {
    const code =
      'function run(input) { if (input === "hang") for (;;); return Array.isArray(input) ? input[1] : input.b.c; }';
    const [list, hung, threw] = runProgram(code, [["a", 2], "hang", null]);
    assert.deepEqual(list, { json: "2" });
    assert.match(hung && "error" in hung ? hung.error : "", /timed out/);
    assert.match(threw && "error" in threw ? threw.error : "", /TypeError/);
    assert.ok(runProgram("function run( {", ["a"]).every((answer) => "error" in answer));
  });

  it("is timed in at least a thousand calls", () => {
    const times = timeCalls("function run(input) { return input.length; }", ["a", "bb"]);
    assert.ok(times.length >= 1_000 && percentile(times, 0.99) >= percentile(times, 0.5));
  });
});

describe("the bench's options", () => {
  const parse = (line: string) => parseOptions(line.split(" "));
  it("are read with their units and defaults", () => {
    const options = parse("--format spec a b --train 3 --budget 0.5 --only ^date");
    assert.deepEqual(options, {
      ...{ format: "spec", paths: ["a", "b"], train: 3, budgetMs: 500, seed: 1, json: false, only: /^date/u },
    });
  });

  for (const line of [
    "a",
    "--format csv a",
    "--format spec",
    "--format spec a --train 0",
    "--format spec a --train three",
    "--format spec a --budget 0",
    "--format spec a --folds 5",
    "--format spec a --only (",
    "--format spec a --nonsense",
    "--format labelled a",
    "--format labelled a --folds 5 --train 3",
    "--format labelled a --folds 1",
  ])
    it(`are refused: ${line}`, () => assert.throws(() => parse(line), UsageError));
});

describe("the bench's figures", () => {
  it("are nearest-rank percentiles and shares with one decimal", () => {
    assert.deepEqual(
      [0.5, 0.95, 1].map((share) => percentile([3, 1, 2, 4], share)),
      [2, 4, 4],
    );
    assert.equal(percentile([], 0.5), 0);
    assert.deepEqual([shareOf(1, 3), shareOf(1, 2), shareOf(0, 0)], ["1 of 3 (33.3%)", "1 of 2 (50%)", "–"]);
  });
});
