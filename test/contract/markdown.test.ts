import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { codeBlocks, fenced } from "../../src/contract/markdown.ts";

const text = fc.array(fc.constantFrom("`", "```", "~~~", "\n", "a", " ", "- ")).map((parts) => parts.join(""));

describe("markdown around other people's text", () => {
  it("code cannot end its own block, and is read back as it was", () => {
    fc.assert(
      fc.property(text, (code) => {
        const [block, ...more] = codeBlocks(fenced(code, "js"));
        assert.equal(more.length, 0);
        assert.deepEqual(block, { language: "js", code: code.replace(/\n$/, "") });
      }),
    );
  });

  it("blocks are found in lists and quotes, with their languages, and to the end where they are not closed", () => {
    const answer =
      "Text ```no block``` \n```Python title\nprint(1)\n```\n1. like this:\n   ~~~ts\n   let x = 1;\n     y\n   ~~~\n````\n```\n````\n```js\nopen";
    assert.deepEqual(codeBlocks(answer), [
      { language: "python", code: "print(1)" },
      { language: "ts", code: "let x = 1;\n  y" },
      { language: "", code: "```" },
      { language: "js", code: "open" },
    ]);
  });

  it("takes time in proportion to its length, whatever stands in it", () => {
    for (const nasty of ["`".repeat(200_000), "```\n".repeat(50_000), " ".repeat(200_000), "> ".repeat(100_000)])
      codeBlocks(nasty);
  });
});
