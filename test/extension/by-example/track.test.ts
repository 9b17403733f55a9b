import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Point, Span } from "../../../src/extension/by-example/points.ts";
import { type Change, createTracker, type Tracker } from "../../../src/extension/by-example/track.ts";

const at = (line: number, character: number): Point => ({ line, character });
const wholeLines = (lines: readonly string[]): Span[] =>
  lines.map((text, line) => ({ start: at(line, 0), end: at(line, text.length) }));
const linesOf = (tracker: Tracker): string[] =>
  Array.from({ length: tracker.lineCount() }, (_, line) => tracker.line(line));

/** The same change on plain text: what the document says afterwards, and what takes it back. */
function onText(lines: readonly string[], { start, end, text }: Change): { lines: string[]; undo: Change } {
  const offset = ({ line, character }: Point): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const all = lines.join("\n");
  const [from, to] = [offset(start), offset(end)];
  const added = text.split("\n");
  const last = added.at(-1) ?? "";
  const insertedEnd =
    added.length === 1 ? at(start.line, start.character + last.length) : at(start.line + added.length - 1, last.length);
  return {
    lines: (all.slice(0, from) + text + all.slice(to)).split("\n"),
    undo: { start, end: insertedEnd, text: all.slice(from, to) },
  };
}

const someLines = fc.array(fc.stringMatching(/^[a-c]{0,4}$/), { minLength: 1, maxLength: 8 });
/** Points are chosen by share of the text, so that a change fits whatever stands there by then. */
const someChange = fc.tuple(fc.nat(1_000), fc.nat(1_000), fc.stringMatching(/^[x-z\n]{0,5}$/));

function fitted(lines: readonly string[], [one, other, text]: [number, number, string]): Change {
  const all = lines.join("\n");
  const point = (share: number): Point => {
    const before = all.slice(0, Math.round((share / 1_000) * all.length)).split("\n");
    return at(before.length - 1, before.at(-1)?.length ?? 0);
  };
  return { start: point(Math.min(one, other)), end: point(Math.max(one, other)), text };
}

describe("following edited lines", () => {
  it("the text stays the document's, and places stay in order, apart, and inside it", () => {
    fc.assert(
      fc.property(someLines, fc.array(someChange, { maxLength: 6 }), (start, changes) => {
        const tracker = createTracker(start, wholeLines(start));
        let lines = start;
        for (const some of changes) {
          const change = fitted(lines, some);
          tracker.apply(change);
          lines = onText(lines, change).lines;
          assert.deepEqual(linesOf(tracker), lines);
          let floor = at(0, 0);
          for (let place = 0; place < start.length; place++) {
            const span = tracker.span(place);
            if (!span) continue;
            for (const point of [span.start, span.end]) {
              assert.ok(point.line > floor.line || (point.line === floor.line && point.character >= floor.character));
              assert.ok(point.line < lines.length && point.character <= (lines[point.line] ?? "").length);
              floor = point;
            }
          }
        }
      }),
    );
  });

  it("a line that is changed within stays itself; what is undone is as before", () => {
    fc.assert(
      fc.property(someLines, someChange, (lines, some) => {
        const change = fitted(lines, some);
        const tracker = createTracker(lines, wholeLines(lines));
        const { undo } = onText(lines, change);
        tracker.apply(change);
        tracker.apply(undo);
        for (const [place, text] of lines.entries()) if (text !== "") assert.equal(tracker.text(place), text);
      }),
      { numRuns: 500 },
    );
  });

  it("several changes of one event (many cursors, from the last up) and typing move only what they should", () => {
    const tracker = createTracker(["one", "two", "three"], wholeLines(["one", "two", "three"]));
    const touched = [2, 0].flatMap((line) => [...tracker.apply({ start: at(line, 0), end: at(line, 1), text: "X" })]);
    assert.deepEqual(touched, [2, 0]);
    assert.deepEqual(
      [0, 1, 2].map((place) => tracker.text(place)),
      ["Xne", "two", "Xhree"],
    );
  });

  it("lines inserted above or below move a place and do not touch it", () => {
    const tracker = createTracker(["one", "two"], wholeLines(["one", "two"]));
    assert.deepEqual(tracker.apply({ start: at(0, 0), end: at(0, 0), text: "new\r\n" }), []);
    assert.deepEqual(tracker.apply({ start: at(1, 3), end: at(1, 3), text: "\n  more" }), []);
    assert.deepEqual(tracker.span(1), { start: at(3, 0), end: at(3, 3) });
    assert.deepEqual([tracker.text(0), tracker.text(1)], ["one", "two"]);
    assert.equal(tracker.firstFrom(2), 1);
  });

  it("a deleted line is gone until it is undone; line breaks written anew change nothing", () => {
    const tracker = createTracker(["one", "two", "three"], wholeLines(["one", "two", "three"]));
    assert.deepEqual(tracker.apply({ start: at(1, 0), end: at(2, 0), text: "" }), [1]);
    assert.equal(tracker.text(1), undefined);
    assert.equal(tracker.text(2), "three");
    tracker.apply({ start: at(1, 0), end: at(1, 0), text: "two\n" });
    assert.deepEqual(tracker.span(1), { start: at(1, 0), end: at(1, 3) });
    assert.deepEqual(tracker.apply({ start: at(0, 0), end: at(2, 5), text: "one\r\ntwo\r\nthree" }), []);
  });

  it("as many lines pasted over as many are edits of each", () => {
    const tracker = createTracker(["a, b", "c, d", "e, f"], wholeLines(["a, b", "c, d", "e, f"]));
    assert.deepEqual(tracker.apply({ start: at(0, 0), end: at(1, 4), text: "b a\nd c" }), [0, 1]);
    assert.deepEqual(
      [0, 1, 2].map((place) => tracker.text(place)),
      ["b a", "d c", "e, f"],
    );
  });

  it("ten thousand lines take a keystroke and a new line in no time worth telling", () => {
    const lines = Array.from({ length: 10_000 }, (_, line) => `line ${line}`);
    const tracker = createTracker(lines, wholeLines(lines));
    for (let count = 0; count < 200; count++) tracker.apply({ start: at(0, 0), end: at(0, 0), text: "\n" });
    assert.deepEqual(tracker.span(9_999)?.start, at(10_199, 0));
  });
});
