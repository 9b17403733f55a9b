import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { createRows, type Hand } from "../../../src/extension/by-example/lesson.ts";
import { columnOf, piecesOf } from "../../../src/extension/by-example/pieces.ts";
import { ghostText, replacedLines, visiblePieces } from "../../../src/extension/by-example/show.ts";
import { createTracker } from "../../../src/extension/by-example/track.ts";

function begin(lines: readonly string[], column?: number) {
  const last = lines.length - 1;
  const all = { start: { line: 0, character: 0 }, end: { line: last, character: lines[last]?.length ?? 0 } };
  const cursor = { line: 1, character: column ?? 0 };
  const pieces =
    column === undefined
      ? piecesOf(lines, [{ ...all, active: all.end }])
      : columnOf(lines, { start: cursor, end: cursor, active: cursor }, ",");
  assert.ok(pieces);
  const tracker = createTracker(lines, pieces.spans, pieces.anchor);
  const rows = createRows(tracker, pieces);
  /** Puts another text in place of the line. */
  const write = (line: number, text: string, by: Hand = "person") => {
    const end = { line, character: tracker.line(line).length };
    rows.edited(tracker.apply({ start: { line, character: 0 }, end, text }), by);
  };
  return { tracker, rows, write, remove };
  function remove(line: number): void {
    const change = { start: { line, character: 0 }, end: { line: line + 1, character: 0 }, text: "" };
    rows.edited(tracker.apply(change), "person");
  }
}

describe("what edits teach", () => {
  it("every changed line is an example; one that is written back, emptied or deleted is none", () => {
    const { rows, write, remove } = begin(["a", "b", "c", "d", "e"]);
    write(0, "A");
    write(1, "B");
    write(1, "b");
    write(2, "");
    remove(3);
    assert.deepEqual(rows.lesson(), { examples: [{ input: "a", output: "A" }], from: [0] });
    assert.deepEqual(rows.inputs(), ["b", "e"]);
    assert.deepEqual([rows.isExample(0), rows.isExample(2), rows.open(3)], [true, false, undefined]);
  });

  it("an answer is an example, also where it keeps a line as it is; an edit says more", () => {
    const { rows, write } = begin(["a", "b", "b"]);
    rows.answer("b", "b");
    assert.deepEqual(rows.lesson(), { examples: [{ input: "b", output: "b" }], from: [undefined] });
    write(1, "B");
    assert.deepEqual(rows.lesson().examples, [{ input: "b", output: "B" }]);
    assert.deepEqual(rows.inputs(), ["a", "b"]);
  });

  it("the same text changed into two things is told with both places", () => {
    const { rows, write } = begin(["a", "x", "a"]);
    write(0, "A");
    write(2, "Á");
    assert.deepEqual(rows.lesson().contradiction, { input: "a", pieces: [0, 2] });
  });

  it("what another hand changes is no example: the line begins anew, and undo brings it back", () => {
    const { rows, write } = begin(["a ", "b ", "c "]);
    write(0, "A");
    for (const [line, text] of ["A", "b", "c"].entries()) write(line, text, "other");
    assert.deepEqual(rows.lesson().examples, [{ input: "a ", output: "A" }]);
    assert.deepEqual(rows.inputs(), ["b", "c"]);
    write(1, "b ", "undo");
    write(1, "b", "redo");
    write(1, "b ", "undo");
    assert.deepEqual([rows.lesson().examples.length, rows.open(1)], [1, "b "]);
  });

  it("undo takes an example back, and redo gives it again", () => {
    const { rows, write } = begin(["a", "b"]);
    write(0, "A");
    write(0, "a", "undo");
    assert.deepEqual(rows.lesson().examples, []);
    write(0, "A", "redo");
    assert.deepEqual(rows.lesson().examples, [{ input: "a", output: "A" }]);
  });

  it("cells are read without their quotes, and written with them where they need them", () => {
    const { rows, write, tracker } = begin(["id,name", '1,"Doe, Jane"', "2,Ada", "3,Grace"], 3);
    write(1, "1,Jane Doe");
    assert.deepEqual(rows.lesson().examples, [{ input: "Doe, Jane", output: "Jane Doe" }]);
    write(1, "1"); // A line that is written anew: its cell is gone, and there again.
    write(1, "1,Jane Roe");
    assert.deepEqual(rows.lesson().examples, [{ input: "Doe, Jane", output: "Jane Roe" }]);
    assert.equal(rows.written(1, "a, b"), '"a, b"');
    assert.deepEqual(
      replacedLines(tracker, [
        { piece: 1, text: "X" },
        { piece: 2, text: '"a, b"' },
      ]),
      {
        lines: [
          { number: 2, text: "2,Ada" },
          { number: 3, text: "3,Grace" },
        ],
        outputs: ["2,X", '3,"a, b"'],
      },
    );
  });
});

describe("what is shown of a preview", () => {
  it("the pieces on visible lines and near them, however far the document was moved", () => {
    const lines = Array.from({ length: 200 }, (_, line) => `line ${line}`);
    const { tracker, rows } = begin(lines);
    fc.assert(
      fc.property(fc.nat(220), fc.nat(50), fc.nat(10), (first, height, margin) => {
        const shown = visiblePieces(tracker, rows.count(), [{ first, last: first + height }], margin);
        const expected = [...lines.keys()].filter((line) => line >= first - margin && line <= first + height + margin);
        assert.deepEqual(shown, expected);
      }),
    );
  });

  it("a ghost is one line, of bounded length, and an empty one can be seen", () => {
    assert.equal(ghostText("a\r\nb\tc"), "a⏎b⇥c");
    assert.equal(ghostText(""), "∅");
    assert.equal(ghostText("x".repeat(5_000)).length, 301);
  });

  it("several parts of one line are replaced together", () => {
    const line = "ab-cd-ef";
    const part = (from: number) => ({ start: { line: 0, character: from }, end: { line: 0, character: from + 2 } });
    const tracker = createTracker([line], [part(0), part(3), part(6)]);
    const { outputs } = replacedLines(tracker, [
      { piece: 0, text: "X" },
      { piece: 2, text: "YZ!" },
    ]);
    assert.deepEqual(outputs, ["X-cd-YZ!"]);
  });
});
