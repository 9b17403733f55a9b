/** Following a range through edits: what was asked about is what is changed, or nothing is. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { findLines, follow, onlyPlace, type TextChange } from "../../../src/extension/editor/track-range.ts";

/** Changes of one edit: in terms of the text before it, none over another. */
const edits = (length: number) =>
  fc
    .array(fc.tuple(fc.nat({ max: length }), fc.nat({ max: 6 }), fc.string({ maxLength: 6 })), { maxLength: 5 })
    .map((drawn) => {
      const changes: TextChange[] = [];
      for (const [offset, wanted, text] of drawn.sort((a, b) => a[0] - b[0])) {
        const last = changes.at(-1);
        if (last && offset <= last.offset + last.length) continue;
        changes.push({ offset, length: Math.min(wanted, length - offset), text });
      }
      return changes.filter(({ offset, length }, at) => offset + length < (changes[at + 1]?.offset ?? Infinity));
    });

function edited(text: string, changes: readonly TextChange[]): string {
  return [...changes]
    .sort((a, b) => b.offset - a.offset)
    .reduce(
      (now, change) => now.slice(0, change.offset) + change.text + now.slice(change.offset + change.length),
      text,
    );
}

const document = fc.string({ minLength: 1, maxLength: 40 });
const situation = document.chain((text) =>
  fc.record({
    text: fc.constant(text),
    bounds: fc.tuple(fc.nat({ max: text.length }), fc.nat({ max: text.length })),
    changes: edits(text.length),
  }),
);

describe("following a range through edits", () => {
  it("an untouched range has the same text, wherever it stands by then", () => {
    fc.assert(
      fc.property(situation, ({ text, bounds, changes }) => {
        const [start, end] = [Math.min(...bounds), Math.max(...bounds)];
        const { range, touched } = follow({ start, end }, changes);
        const after = edited(text, changes);
        assert.ok(range.start >= 0 && range.start <= range.end && range.end <= after.length);
        if (!touched) assert.equal(after.slice(range.start, range.end), text.slice(start, end));
      }),
    );
  });

  it("it is touched where a change is within it or over its edge, and only there", () => {
    fc.assert(
      fc.property(situation, ({ bounds, changes }) => {
        const [start, end] = [Math.min(...bounds), Math.max(...bounds)];
        const over = changes.some(({ offset, length }) => offset + length > start && offset < end);
        assert.equal(follow({ start, end }, changes).touched, over);
      }),
    );
  });

  it("a touched range covers what was written in it", () => {
    fc.assert(
      fc.property(situation, ({ text, bounds, changes }) => {
        const [start, end] = [Math.min(...bounds), Math.max(...bounds)];
        const { range } = follow({ start, end }, changes);
        const now = edited(text, changes).slice(range.start, range.end);
        for (const { offset, length, text: written } of changes)
          if (offset + length > start && offset < end) assert.ok(now.includes(written));
      }),
    );
  });

  it("a cursor goes behind what is written at its place", () => {
    assert.deepEqual(follow({ start: 3, end: 3 }, [{ offset: 3, length: 0, text: "ab" }]).range, { start: 5, end: 5 });
  });

  it("edits one after the other come to the same as their texts say", () => {
    fc.assert(
      fc.property(
        document,
        fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 4 })), { maxLength: 8 }),
        (text, typed) => {
          let now = `${text}\u0001mine\u0002`;
          let range = { start: text.length, end: now.length };
          for (const [at, words] of typed) {
            const offset = at % (range.start + 1);
            ({ range } = follow(range, [{ offset, length: 0, text: words }]));
            now = now.slice(0, offset) + words + now.slice(offset);
          }
          assert.equal(now.slice(range.start, range.end), "\u0001mine\u0002");
        },
      ),
    );
  });

  it("a text is found again only where it stands once", () => {
    assert.deepEqual(onlyPlace("one two", "two"), { start: 4, end: 7 });
    for (const [whole, part] of [
      ["two two", "two"],
      ["aaa", "aa"],
      ["one", "two"],
      ["a  b", "  "],
      ["", ""],
    ] as const)
      assert.equal(onlyPlace(whole, part), undefined, `${whole}/${part}`);
  });

  it("lines are found again where others came between them, and not where one of them is gone", () => {
    const lines = [
      { number: 2, text: "b" },
      { number: 3, text: "c" },
      { number: 5, text: "d" },
    ];
    const find = (now: string, first: number, last = now.length - 1) =>
      findLines(lines, (number) => now[number] ?? "", first, last)?.map(({ number }) => number);
    assert.deepEqual(find("xabc-d", 2), [2, 3, 5]);
    assert.deepEqual(find("xxxbc-d", 3), [3, 4, 6]);
    assert.deepEqual(find("xbxcxxd", 1), [1, 3, 6]);
    assert.equal(find("xxbxxd", 2), undefined);
    assert.equal(find("xxbcd", 2, 3), undefined);
  });
});
