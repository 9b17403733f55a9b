/** Problems stay with their text while the person edits. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CodeIssue } from "../../../src/contract/validation.ts";
import { follow, isKnown, problemFrom, type Replacement, safeEdits } from "../../../src/extension/validation/follow.ts";
import { checkedAs } from "../../../src/extension/validation/languages.ts";

const issue = (line: number, column: number, endColumn: number, more: Partial<CodeIssue> = {}): CodeIssue => ({
  line,
  column,
  endLine: line,
  endColumn,
  severity: "warning",
  code: "X1",
  message: "not well",
  tags: [],
  ...more,
});
const edit = (line: number, from: number, to: number, text: string, endLine = line): Replacement => ({
  range: { start: { line, character: from }, end: { line: endLine, character: to } },
  text,
});
/** `line:from-to`, counted from 0. */
const places = (issues: readonly CodeIssue[], ...changes: Replacement[]) =>
  follow(issues.map(problemFrom), changes).map(
    ({ range: { start, end } }) => `${start.line}:${start.character}-${end.character}`,
  );

describe("problems follow the text", () => {
  it("a line typed or removed above moves them, one below does not", () => {
    assert.deepEqual(places([issue(3, 5, 8)], edit(0, 0, 0, "new\nlines\n")), ["4:4-7"]);
    assert.deepEqual(places([issue(3, 5, 8)], edit(0, 0, 0, "", 1)), ["1:4-7"]);
    assert.deepEqual(places([issue(3, 5, 8)], edit(5, 0, 0, "below\n")), ["2:4-7"]);
    assert.deepEqual(places([issue(3, 1, 4)], edit(1, 0, 0, "", 2)), ["1:0-3"], "the line right above was removed");
  });

  it("typing before them in their line moves them; typing in them, or at their edge, removes them", () => {
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 0, 0, "한😀")), ["0:7-10"]);
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 1, 3, "x")), ["0:3-6"]);
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 5, 5, "x")), []);
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 4, 4, "x")), []);
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 7, 7, "x")), []);
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 8, 8, "x")), ["0:4-7"]);
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 0, 9, "")), []);
  });

  it("a line break before them in their line takes them to the next", () => {
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 2, 2, "\n  ")), ["1:4-7"]);
    assert.deepEqual(places([issue(1, 5, 8)], edit(0, 4, 4, "\r\n")), ["1:0-3"]);
  });

  it("several changes of one edit count in terms of the text before it, in whatever order they come", () => {
    const changes = [edit(0, 0, 0, "a\n"), edit(1, 0, 1, "bcd")];
    assert.deepEqual(places([issue(2, 5, 8)], ...changes), ["2:6-9"]);
    assert.deepEqual(places([issue(2, 5, 8)], ...changes.toReversed()), ["2:6-9"]);
  });

  it("a fix is offered only while all of its edits still fit, and moves with them", () => {
    const fix = {
      title: "Put it right",
      safe: true,
      edits: [
        { line: 1, column: 1, endLine: 1, endColumn: 4, text: "a" },
        { line: 3, column: 1, endLine: 3, endColumn: 1, text: "b" },
      ],
    };
    const problem = problemFrom(issue(3, 2, 4, { fix }));
    const [moved] = follow([problem], [edit(1, 0, 0, "x\n")]);
    assert.deepEqual(
      moved?.edits?.map(({ start }) => start.line),
      [0, 3],
    );
    const [touched] = follow([problem], [edit(0, 1, 2, "y")]);
    assert.ok(touched && touched.edits === undefined);
  });

  it("fixes that would change the same place are not applied together, unsafe ones never", () => {
    const fixing = (line: number, from: number, to: number, safe = true) =>
      problemFrom(
        issue(line, from, to, {
          fix: { title: "", safe, edits: [{ line, column: from, endLine: line, endColumn: to, text: "" }] },
        }),
      );
    const { fixed, edits } = safeEdits([
      fixing(1, 1, 5),
      fixing(1, 3, 8),
      fixing(1, 5, 9),
      fixing(2, 1, 5),
      fixing(3, 1, 5, false),
    ]);
    assert.equal(fixed, 3);
    assert.deepEqual(
      edits.map(({ start }) => start.line),
      [0, 0, 1],
    );
  });

  it("what TypeScript, Pylance or ruff show already is not shown twice", () => {
    const [name, syntax] = [issue(1, 5, 8, { code: "TS2304" }), issue(1, 5, 8, { code: "invalid-syntax" })];
    assert.ok(isKnown(problemFrom(name), [{ code: "2304", line: 0, isError: true }]));
    assert.ok(!isKnown(problemFrom(name), [{ code: "2304", line: 1, isError: true }]));
    assert.ok(!isKnown(problemFrom(name), [{ code: "2322", line: 0, isError: true }]));
    assert.ok(isKnown(problemFrom(syntax), [{ code: "", line: 0, isError: true }]));
    assert.ok(!isKnown(problemFrom(syntax), [{ code: "", line: 0, isError: false }]));
  });
});

describe("what a document is checked as", () => {
  it("by its language, with an ending that fits; other languages are not checked", () => {
    assert.deepEqual(checkedAs("python", "/a b/main.pyi"), { language: "python", filePath: "main.pyi" });
    assert.deepEqual(checkedAs("typescriptreact", "Untitled-1"), { language: "typescript", filePath: "untitled.tsx" });
    assert.deepEqual(checkedAs("javascript", "/x/tool"), { language: "javascript", filePath: "untitled.js" });
    assert.deepEqual(checkedAs("typescript", "/x/types.d.ts"), { language: "typescript", filePath: "types.d.ts" });
    assert.equal(checkedAs("markdown", "/x/readme.md"), undefined);
  });
});
