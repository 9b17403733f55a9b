import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { lineEdits, placesAfter, replacedText, savedAndEdited } from "../../../src/extension/editor/replace.ts";

describe("replacing lines", () => {
  it("makes one edit of neighbouring lines and keeps those the program failed on", () => {
    const lines = [1, 2, 4].map((number) => ({ number, text: `line ${number}` }));
    assert.deepEqual(lineEdits(lines, ["A", null, "B\nC"], "\r\n"), [
      { startLine: 1, endLine: 2, endCharacter: 6, text: "A\r\nline 2" },
      { startLine: 4, endLine: 4, endCharacter: 6, text: "B\r\nC" },
    ]);
  });

  it("what is applied is what was previewed", () => {
    const document = fc.array(fc.stringMatching(/^[a-c]{0,3}$/), { minLength: 1, maxLength: 8 });
    const outputs = fc.array(fc.option(fc.stringMatching(/^[x-z\n]{0,3}$/)), { minLength: 8, maxLength: 8 });
    const chosen = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(document, outputs, chosen, (all, results, picks) => {
        const lines = all.map((text, number) => ({ number, text })).filter(({ number }) => picks[number]);
        const applied = [...all];
        for (const { startLine, endLine, text } of lineEdits(lines, results, "\n").toReversed())
          applied.splice(startLine, endLine - startLine + 1, text);
        assert.equal(applied.join("\n"), replacedText(all, lines, results, "\n"));
      }),
    );
  });

  it("marks stand beside their lines where an output of several lines moves those below", () => {
    const lines = [1, 2, 4].map((number) => ({ number, text: `line ${number}` }));
    assert.deepEqual(placesAfter(lines, ["A\r\nB", null, "C"]), [1, 3, 5]);
  });

  it("lines that differ from the saved ones are examples; those that were blank are not", () => {
    const lines = ["a", "B", "new", "d"].map((text, number) => ({ number, text }));
    const { examples, rest } = savedAndEdited(["a", "b", " ", "d"], lines);
    assert.deepEqual(examples, [{ input: "b", output: "B" }]);
    assert.deepEqual(
      rest.map(({ text }) => text),
      ["a", "new", "d"],
    );
  });
});
