import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { answerMarkdown, fenced } from "../../../src/extension/views/answer-text.ts";

const answer = {
  generatedCode: "print(1)\n",
  explanation: "Prints one.",
  status: "success" as const,
  model: "small",
  usage: { promptTokens: 1, completionTokens: 1, costUsd: null },
  cached: false,
};

describe("an answer as text", () => {
  it("is the explanation and the code", () => {
    assert.equal(answerMarkdown(answer, "python"), "Prints one.\n\n```python\nprint(1)\n```");
  });

  it("code cannot end its own block", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("`", "```", "\n", "a")), (parts) => {
        const code = parts.join("");
        const lines = fenced(code, "js").split("\n");
        const fence = /^`+/.exec(lines[0] ?? "")?.[0] ?? "";
        assert.equal(
          lines.findIndex((line, at) => at > 0 && line.startsWith(fence)),
          lines.length - 1,
        );
      }),
    );
  });
});
