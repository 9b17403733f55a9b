/** No pattern that is emitted can be made slow: the rule of `safety.ts`, and hostile texts against what it lets through. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { JsonValue } from "../../src/contract/wire.ts";
import { deadlineIn } from "../../src/synthesis/deadline.ts";
import { cellPattern } from "../../src/synthesis/extract/cells.ts";
import { learnExtraction } from "../../src/synthesis/extract/learn.ts";
import { pairStyles } from "../../src/synthesis/extract/pairs.ts";
import { parsePattern } from "../../src/synthesis/extract/parse.ts";
import { compile, javascriptRegExp } from "../../src/synthesis/extract/pattern.ts";
import { backtrackingProblem } from "../../src/synthesis/extract/safety.ts";
import { shapes } from "../../src/synthesis/extract/shapes.ts";
import { loadProgram } from "../support/run-program.ts";
import { heldOutProblems } from "./extract-held-out.ts";
import { moreProblems } from "./extract-more-problems.ts";
import { extractionProblems } from "./extract-problems.ts";

const problemOf = (source: string): string | undefined => backtrackingProblem(parsePattern(source));

const slow = [
  "(?:a+)+b",
  "(?:a*)*b",
  "(?:a|a)*b",
  "(?:\\w+\\s?)*$",
  "\\w+\\w+x",
  "\\d+\\d*x",
  "a*a*b",
  "\\d+x",
  "[\\w.]+@x",
  "\\s+$",
  "x\\S+y",
  "\\[([^\\]]+)\\]",
  "^.*,.*,.*$",
  "^(\\w+)*:",
  ".*=.*;",
  "\\b[\\w.]+@",
  "=\\w+ *\\w+!",
  ":[^;]+;x",
  "(?:\\w+|\\d+)z",
  "(?:\\d{1,9}){1,9}\\d{1,9}x",
  "\\w{1,90}\\w{1,90}\\w{1,90}!",
];

const fast = [
  "\\d+",
  "\\bTotal:\\s*(\\d+)",
  "#\\w+",
  '"([^"]*)"',
  "\\[([^[\\]]+)\\]",
  "\\b\\w+=",
  "\\d+(?:,\\d{3})*(?:\\.\\d+)?",
  "[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+){1,4}",
  'https?://[^\\s<>"]*[\\w/]',
  "^(?<date>\\S+) (?<level>[A-Z]+) (?<message>.*)$",
  "\\b\\d+(?:\\.\\d+)? kg\\b",
  "(?:ERROR|WARN|INFO) (\\S+)",
];

/** Texts of 100 KB made of repeated pieces of a pattern and of what it was learned from. */
function hostileTexts(source: string, samples: readonly string[]): string[] {
  const plain = source.replace(/\\[a-zA-Z]|[\\^$*+?()[\]{}|]/g, "");
  const pieces = [
    "a",
    "1",
    " ",
    ".",
    ",",
    "-",
    '"',
    "=",
    "a.",
    "1.",
    "1,",
    "a@",
    "=a ",
    "[a",
    '"a,',
    "\n",
    "가",
    "a-",
    plain,
    `${plain}1`,
  ];
  const grown = samples.flatMap((sample) => [
    sample,
    sample.slice(0, Math.ceil(sample.length / 2)),
    sample.replace(/.$/s, "\0"),
  ]);
  return [...pieces, ...grown]
    .filter((piece) => piece !== "")
    .map((piece) => piece.repeat(Math.ceil(100_000 / piece.length)).slice(0, 100_000));
}

/** Longest time of one search, in ms; quadratic patterns take seconds on such texts. */
function slowest(pattern: RegExp, texts: readonly string[]): number {
  return Math.max(
    ...texts.map((text) => {
      const start = performance.now();
      for (const _ of text.matchAll(pattern));
      return performance.now() - start;
    }),
  );
}

describe("patterns that could backtrack", function () {
  this.timeout(120_000);

  for (const source of slow)
    it(`refuses ${source}`, () => {
      assert.ok(problemOf(source));
    });

  for (const source of fast)
    it(`allows ${source}`, () => {
      assert.equal(problemOf(source), undefined);
    });

  it("are not among the shapes that need no context, nor among the patterns for pairs", () => {
    const texts = (source: string) => hostileTexts(source, []);
    for (const { node, name } of shapes) {
      const { source } = javascriptRegExp(node);
      // Others are used only with a context that makes them safe.
      if (backtrackingProblem(node)) continue;
      assert.ok(slowest(compile(node, true), texts(source)) < 2_000, `${name}: ${source}`);
    }
    for (const { node, regExp } of pairStyles) {
      assert.equal(backtrackingProblem(node), undefined, regExp.source);
      assert.ok(slowest(regExp, texts(regExp.source)) < 2_000, regExp.source);
    }
    for (const delimiter of [",", "\t", "|", ";"])
      for (const trim of [true, false]) {
        const source = cellPattern({ delimiter, quotes: true, trim });
        assert.ok(
          slowest(new RegExp(source, "g"), [...texts(source), '"a""b'.repeat(20_000), ',"""'.repeat(25_000)]) < 2_000,
        );
      }
  });

  it("are never emitted: learned programs end on 100 KB of hostile text", () => {
    for (const { name, shown } of [...extractionProblems, ...heldOutProblems, ...moreProblems]) {
      const found = learnExtraction(
        shown.map(([input, output]) => ({ input, output })),
        { inputs: [], deadline: deadlineIn(10_000) },
      );
      assert.ok(found, name);
      // Each call is stopped after a second.
      const run = loadProgram(found.javascript);
      const wrap = (text: string): JsonValue => (typeof shown[0]?.[0] === "string" ? text : { id: 1, note: text });
      for (const text of hostileTexts(
        found.javascript.split("\n")[1] ?? "",
        shown.map(([input]) => JSON.stringify(input)).slice(0, 2),
      ))
        run(wrap(text));
    }
  });
});
