import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { cellAt, cellRanges, readCell, writeCell } from "../../../src/extension/by-example/cells.ts";
import { columnOf, piecesOf, type Selected } from "../../../src/extension/by-example/pieces.ts";

const selection = (line: number, from: number, toLine: number, to: number): Selected => ({
  start: { line, character: from },
  end: { line: toLine, character: to },
  active: { line: toLine, character: to },
});

describe("what is chosen to be transformed", () => {
  const lines = ["one two", "", "three four", "five six"];

  it("a selection means whole lines, without blank ones; it leaves out a line that it only touches", () => {
    const { kind, spans } = piecesOf(lines, [selection(0, 3, 3, 0)]);
    assert.equal(kind, "lines");
    assert.deepEqual(
      spans.map(({ start, end }) => [start.line, start.character, end.character]),
      [
        [0, 0, 7],
        [2, 0, 10],
      ],
    );
  });

  it("several cursors mean their lines, several selections within lines those parts, one cursor nothing", () => {
    assert.deepEqual(
      piecesOf(lines, [selection(3, 1, 3, 1), selection(0, 2, 0, 2)]).spans.map(({ start }) => start.line),
      [0, 3],
    );
    const parts = piecesOf(lines, [selection(3, 5, 3, 8), selection(0, 4, 0, 7)]);
    assert.equal(parts.kind, "parts");
    assert.deepEqual(
      parts.spans.map(({ start }) => start),
      [
        { line: 0, character: 4 },
        { line: 3, character: 5 },
      ],
    );
    assert.deepEqual(piecesOf(lines, [selection(0, 2, 0, 2)]).spans, []);
  });

  it("a column is the cursor's, below the header, without rows of another width and cells of several lines", () => {
    const rows = ['id,"full, name",x', '1,"Doe, J",a', "2,plain,b,extra", '3,"begins', 'ends",c', "4,last,d"];
    const column = columnOf(rows, selection(1, 4, 1, 4), ",");
    assert.equal(column?.column, '"full, name"');
    assert.deepEqual(
      column?.spans.map(({ start, end }) => rows[start.line]?.slice(start.character, end.character)),
      ['"Doe, J"', "last"],
    );
    assert.deepEqual(column?.anchor?.("9,new,z"), { from: 2, to: 5 });
    assert.equal(columnOf(["no columns", "at all"], selection(1, 0, 1, 0), ","), undefined);
  });

  it("cells are read back as they are written, whatever is in them", () => {
    const cell = fc.oneof(fc.string(), fc.stringMatching(/^[",a]{0,6}$/)).filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 5 }), (cells) => {
        const line = cells.map(([text, quoted]) => writeCell(text, ",", quoted)).join(",");
        const ranges = cellRanges(line, ",") ?? [];
        assert.deepEqual(
          ranges.map(({ from, to }) => readCell(line.slice(from, to))),
          cells.map(([text]) => text),
        );
        for (const [index, { from }] of ranges.entries()) assert.equal(cellAt(ranges, from), index);
      }),
    );
  });
});
