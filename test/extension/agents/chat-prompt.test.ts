/** Which lines of a chat prompt are examples. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readPrompt } from "../../../src/extension/agents/chat-prompt.ts";

describe("a chat prompt", () => {
  it("takes example lines out of the words, bullets, numbers and backticks aside", () => {
    const { words, examples } = readPrompt("Turn the names:\n- a b => b a\n2. `c d → d c`\n\nplease");
    assert.equal(words, "Turn the names:\n\nplease");
    assert.deepEqual(examples, [
      { input: "a b", output: "b a" },
      { input: "c d", output: "d c" },
    ]);
  });

  it("takes a fence of examples, and leaves code alone", () => {
    assert.equal(readPrompt("```\na => b\nc => d\n```").examples.length, 2);
    const code = "What is this?\n```ts\nconst f = (x) => x + 1;\nf(2);\n```";
    assert.deepEqual(readPrompt(code).examples, []);
    assert.match(readPrompt(code).words, /const f = \(x\) => x \+ 1;\nf\(2\);\n```$/m);
    assert.deepEqual(readPrompt("why does xs.map((x) => x) copy?").examples, []);
    assert.deepEqual(readPrompt("plain words").examples, []);
  });
});
