import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { spoken } from "../../src/contract/say.ts";
import { describeErrors, formatExamples, parseExamples } from "../../src/extension/examples.ts";

const read = (text: string) => parseExamples(text).examples.map(({ input, output }) => [input, output]);

describe("examples as text", () => {
  it("reads every separator people use", () => {
    assert.deepEqual(read("a => b\nc=>d\ne → f\ng\th\ni→j"), [
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
      ["g", "h"],
      ["i", "j"],
    ]);
  });

  it("takes the spaced arrow first where a line has several", () => {
    assert.deepEqual(read("x=>y => z"), [["x=>y", "z"]]);
    assert.deepEqual(read("a => b => c"), [["a", "b => c"]]);
  });

  it("unquotes a side that is a JSON string, and leaves other quotes alone", () => {
    assert.deepEqual(read('"a => b" => "  c\\n"'), [["a => b", "  c\n"]]);
    assert.deepEqual(read('"Smith", John => John "Jo" Smith'), [['"Smith", John', 'John "Jo" Smith']]);
    assert.deepEqual(read('a => ""'), [["a", ""]]);
  });

  it("keeps numbers as text", () => {
    assert.deepEqual(read("007 => 7"), [["007", "7"]]);
  });

  it("skips blank lines and comments, with any line ending", () => {
    assert.deepEqual(read("# names\r\n\r\na => b\rc => d"), [
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("names the line that has no arrow, or only one side, and keeps the others", () => {
    const parsed = parseExamples("a => b\njust text\nc =>\n=> d");
    assert.equal(parsed.examples.length, 1);
    assert.deepEqual(
      parsed.errors.map(({ line }) => line),
      [2, 3, 4],
    );
    assert.match(
      spoken(describeErrors(parsed.errors)),
      /line 2 has no "=>".*just text.*line 3 .*write "" for an empty output/,
    );
  });

  it("reads back whatever it writes", () => {
    const side = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom(" ", "=>", "→", "\t", '"', "\\", "#", "\n", "\r", "a", "\u00a0")).map((s) => s.join("")),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ input: side, output: side }, { noNullPrototype: true })), (examples) => {
        const parsed = parseExamples(formatExamples(examples));
        assert.deepEqual(parsed, { examples, errors: [] });
      }),
    );
  });

  it("never throws on any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseExamples(text)));
  });
});
