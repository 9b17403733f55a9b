/** Programs that take wanted texts out of longer ones: right on unseen rows, readable, and as fast on hostile text. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "acorn";
import { describe, it } from "mocha";
import type { JsonValue } from "../../src/contract/wire.ts";
import { deadlineIn } from "../../src/synthesis/deadline.ts";
import { type Extraction, learnExtraction } from "../../src/synthesis/extract/learn.ts";
import { loadProgram } from "../support/run-program.ts";
import { heldOutProblems } from "./extract-held-out.ts";
import { moreProblems } from "./extract-more-problems.ts";
import { extractionProblems } from "./extract-problems.ts";

type Rows = readonly (readonly [JsonValue, JsonValue])[];

const tryLearn = (rows: Rows, inputs: readonly JsonValue[] = [], ms = 10_000): Extraction | undefined =>
  learnExtraction(
    rows.map(([input, output]) => ({ input, output })),
    { inputs, deadline: deadlineIn(ms) },
  );

function learn(rows: Rows, inputs: readonly JsonValue[] = []): Extraction {
  const found = tryLearn(rows, inputs);
  assert.ok(found, "nothing found");
  return found;
}

const odd: readonly JsonValue[] = ["", " ", "-", ",,,", null, 7, true, [], {}, "\ud800", "한글", "a\nb", ["x"], "\0"];

describe("extractions learned from two to four examples", function () {
  this.timeout(20_000);
  for (const { name, shown, held } of [...extractionProblems, ...moreProblems])
    it(`${name}: right on rows it has not seen, and answers or explains whatever comes`, () => {
      const { javascript } = learn(
        shown,
        held.map(([input]) => input),
      );
      const run = loadProgram(javascript);
      for (const [input, output] of [...shown, ...held])
        assert.deepEqual(run(input), output, `${JSON.stringify(input)}\n${javascript}`);
      for (const input of odd)
        try {
          run(input);
        } catch (error) {
          assert.match(String(error), /^TypeError: expected /, JSON.stringify(input));
        }
    });

  it("solves most of a collection that it was not tuned on", () => {
    const solved = heldOutProblems.filter(({ shown, held }) => {
      const found = tryLearn(
        shown,
        held.map(([input]) => input),
      );
      const run = found && loadProgram(found.javascript);
      return held.every(([input, output]) => {
        try {
          assert.deepEqual(run?.(input), output);
          return true;
        } catch {
          return false;
        }
      });
    });
    assert.ok(solved.length >= 16, `${solved.length} of ${heldOutProblems.length}`);
  });
});

describe("what a person sees of a learned extraction", () => {
  it("reads like code a person wrote", () => {
    const { javascript, explanation } = learn([
      ["Net: 100 Total: 119", "119"],
      ["Total: 45 (2 items)", "45"],
    ]);
    assert.equal(
      javascript,
      [
        '// A number behind "Total".',
        "const TOTAL = /\\bTotal:\\s*(\\d+)/;",
        "",
        `// ${explanation}`,
        "function run(input) {",
        '  if (typeof input === "object") throw new TypeError("expected text");',
        "  const text = String(input);",
        "  return text.match(TOTAL)?.[1] ?? null;",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("passes the project's own linter", function () {
    this.timeout(30_000);
    const root = join(import.meta.dirname, "../..");
    const all = [...extractionProblems, ...heldOutProblems, ...moreProblems].map(({ shown }, i) => {
      const code = tryLearn(shown)?.javascript ?? "";
      parse(code, { ecmaVersion: "latest" });
      return `export function program${i}() {\n${code}\nreturn run;\n}\n`;
    });
    const folder = mkdtempSync(join(tmpdir(), "hapa-lint-"));
    try {
      const file = join(folder, "emitted.js");
      writeFileSync(file, all.join("\n"));
      const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
      execFileSync(process.execPath, [biome, "lint", `--config-path=${root}`, "--error-on-warnings", file], {
        cwd: root,
        encoding: "utf8",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("asks about inputs on which patterns that fit disagree", () => {
    const { ambiguous } = learn(
      [
        ["Order 4821 shipped", "4821"],
        ["Order 7712 is late", "7712"],
      ],
      ["Order 55 shipped", "Order A-99 shipped", "Order 1234"],
    );
    assert.ok(ambiguous.length > 0 && ambiguous.length <= 10);
    for (const { outputs } of ambiguous) assert.ok(outputs.length >= 2 && outputs.length <= 4);
  });

  it("takes what stands for a missing text from the examples", () => {
    const rows = (missing: JsonValue): Rows => [
      ["id=12 ok", "12"],
      ["no id", missing],
      ["id=7 no", "7"],
    ];
    assert.equal(loadProgram(learn(rows("")).javascript)("x"), "");
    assert.equal(loadProgram(learn(rows(null)).javascript)("x"), null);
  });

  it("leaves fields out where the examples do", () => {
    const { javascript } = learn([
      ["user=ann; role=dev", { user: "ann", role: "dev" }],
      ["role=ops", { role: "ops" }],
      ["user=bob", { user: "bob" }],
    ]);
    assert.deepEqual(loadProgram(javascript)("user=eve"), { user: "eve" });
  });

  it("says nothing where the outputs are no spans of the inputs", () => {
    assert.equal(tryLearn([["abc", "xyz"]]), undefined);
    assert.equal(tryLearn([["abc", 7]]), undefined);
    assert.equal(tryLearn([["abc", { a: { b: "c" } }]]), undefined);
    assert.equal(tryLearn([["abc", ["c", "a"]]]), undefined);
    assert.equal(tryLearn([["abc", null]]), undefined);
    assert.equal(tryLearn([["abc", []]]), undefined);
    assert.equal(tryLearn([]), undefined);
    assert.equal(
      tryLearn([
        ["the cat", "cat"],
        ["the cat sat", "sat"],
        ["the cat", null],
      ]),
      undefined,
    );
  });
});

describe("extraction of hostile examples", function () {
  this.timeout(60_000);

  it("treats marks of regular expressions in data as marks", () => {
    const { javascript } = learn([
      ["a $^.*+?()[]{}|\\/ 12 b", "12"],
      ["c $^.*+?()[]{}|\\/ 7 d 9", "7"],
    ]);
    assert.equal(loadProgram(javascript)("9 x $^.*+?()[]{}|\\/ 55 y"), "55");
    const quotes = learn([
      ["`$x` 'a' \"b\" */ //", "a"],
      ["'q' $y \u2028", "q"],
    ]);
    assert.equal(loadProgram(quotes.javascript)("`z` 'w'"), "w");
  });

  it("copes with wanted texts that repeat, overlap, or are empty", () => {
    assert.deepEqual(
      loadProgram(learn([["a1 a1 a1", ["a1", "a1", "a1"]]]).javascript)("b a1 c2"),
      loadProgram(learn([["a1 a1 a1", ["a1", "a1", "a1"]]]).javascript)("b a1 c2"),
    );
    tryLearn([["aaaa", ["aa", "aa"]]]);
    tryLearn([["aaa", ["aa", "aa"]]]);
    tryLearn([["a,,b", ["a", "", "b"]]]);
    tryLearn([["2024-05", { date: "2024-05", year: "2024" }]]);
    tryLearn([["", ""]]);
    tryLearn([["\ud800x", "\ud800"]]);
    tryLearn([["😀 and 👍", ["😀", "👍"]]]);
    tryLearn([["x", { __proto__: null, constructor: "x" } as never]]);
  });

  it("ends in time for long texts and thousands of examples", () => {
    const long = `${"lorem ipsum 12 ".repeat(7_000)}Total: 99`;
    const found = learn([
      [long, "99"],
      ["5 Total: 7", "7"],
    ]);
    assert.equal(loadProgram(found.javascript)("1 Total: 3"), "3");
    tryLearn([[long, long.slice(0, 90_000)]], [], 1_000);
    tryLearn([[long, long.split(" ").filter((word) => word === "12")]], [long], 2_000);
    const many = Array.from({ length: 10_000 }, (_, i) => [`row ${i}: user=u${i} ok`, `u${i}`] as const);
    assert.equal(loadProgram(learn(many).javascript)("row 3: user=x_1 ok"), "x_1");
    const records = many.map(([input, output], i) => [input, { row: String(i), user: output }] as const);
    assert.deepEqual(loadProgram(learn(records).javascript)("row 3: user=x ok"), { row: "3", user: "x" });
  });

  it("keeps to its deadline, and says that it was cut short", () => {
    const rows = extractionProblems[0]?.shown ?? [];
    const found = tryLearn(rows, [], 0);
    assert.ok(found === undefined || found.cutShort);
  });
});
