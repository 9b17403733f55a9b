/** The Python that is written for an extraction gives what the JavaScript gives. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { JsonValue } from "../../src/contract/wire.ts";
import type { Engine } from "../../src/sandbox/child/engine.ts";
import { deadlineIn } from "../../src/synthesis/deadline.ts";
import { learnExtraction } from "../../src/synthesis/extract/learn.ts";
import { load, loadingMs, loadPython } from "../sandbox/python/support.ts";
import { loadProgram } from "../support/run-program.ts";
import { heldOutProblems } from "./extract-held-out.ts";
import { moreProblems } from "./extract-more-problems.ts";
import { type ExtractionProblem, extractionProblems } from "./extract-problems.ts";

const more: readonly ExtractionProblem[] = [
  {
    name: "last of several",
    shown: [
      ["1 b 2 c", "2"],
      ["5", "5"],
      ["7 8 9 z", "9"],
    ],
    held: [["4 3 x", "3"]],
  },
  {
    name: "every pair",
    shown: [
      ["a=1 b=2", { a: "1", b: "2" }],
      ["c=3", { c: "3" }],
    ],
    held: [['d="x y"', { d: "x y" }]],
  },
  {
    name: "every cell",
    shown: [
      ['a,"b, c",d', ["a", "b, c", "d"]],
      ["x,y", ["x", "y"]],
    ],
    held: [[",,", ["", "", ""]]],
  },
  {
    name: "empty for missing",
    shown: [
      ["id=1", ""],
      ["id=2 x=5", "5"],
      ["x=77", "77"],
    ],
    held: [["q", ""]],
  },
  {
    name: "quotes in patterns",
    shown: [
      ["say 'a' \"12\" now", "12"],
      ["say 'b' \"7\"", "7"],
    ],
    held: [["say 'z' \"88\" 5", "88"]],
  },
];

const odd: readonly JsonValue[] = [
  "",
  " ",
  "a\n",
  "12\n",
  "x\r\ny 5",
  "٣ ３ 5",
  "é=1 ñandú@é.com #é @é",
  "\u00a012\u00a0",
  "가1 1가 가a a가 #가나다",
  '😀 [😀] "😀"',
  'a=1 b="2',
  ',,"a""b",',
  "_a_b 1_000",
  null,
  7,
  1.5,
  true,
  [],
  {},
];

describe("an extraction in Python", function () {
  this.timeout(60_000);
  let engine: Engine;
  before(async function () {
    this.timeout(loadingMs);
    engine = await loadPython();
  });

  for (const { name, shown, held } of [...extractionProblems, ...heldOutProblems, ...moreProblems, ...more])
    it(`${name}: gives what the JavaScript gives`, () => {
      const found = learnExtraction(
        shown.map(([input, output]) => ({ input, output })),
        { inputs: held.map(([input]) => input), deadline: deadlineIn(10_000) },
      );
      assert.ok(found);
      const run = loadProgram(found.javascript);
      const python = load(engine, found.python());
      try {
        for (const input of [...[...shown, ...held].map(([value]) => value), ...odd]) {
          let expected: JsonValue | undefined;
          try {
            expected = run(input);
          } catch {
            expected = undefined;
          }
          const outcome = python.run(JSON.stringify(input), 2_000);
          const message: string = `${JSON.stringify(input)}: ${JSON.stringify(outcome)}\n${found.javascript}\n${found.python()}`;
          if (expected === undefined) {
            assert.ok(outcome.status !== "success" && outcome.message.includes("expected text"), message);
            continue;
          }
          assert.equal(outcome.status, "success", message);
          assert.deepEqual(outcome.status === "success" && JSON.parse(outcome.output), expected, message);
        }
      } finally {
        python.dispose();
      }
    });
});
