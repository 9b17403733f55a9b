import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readAnswer } from "../../src/generation/model/answers.ts";
import { markdownStream } from "../../src/generation/model/markdown-stream.ts";

describe("reading a model's answer", () => {
  it("takes the program from structured output", () => {
    const code = 'function run(input) {\n  return "```";\n}';
    assert.deepEqual(readAnswer(JSON.stringify({ explanation: "Why.", code })), { code, explanation: "Why." });
  });

  it("takes the longest of several fenced blocks and keeps the rest as explanation", () => {
    const answer = readAnswer("Here:\n```js\nfunction run(input) { return 1; }\n```\nUse:\n```js\nrun(1)\n```");
    assert.equal(answer?.code, "function run(input) { return 1; }");
    assert.match(answer?.explanation ?? "", /^Here:/);
  });

  it("takes a fence that was never closed, a bare program, and a fence inside structured output", () => {
    assert.equal(readAnswer("```\nfunction run(i) {}")?.code, "function run(i) {}");
    assert.equal(readAnswer("function run (i) { return i }")?.code, "function run (i) { return i }");
    assert.equal(readAnswer(JSON.stringify({ code: "```js\nlet a;\n```", explanation: "" }))?.code, "let a;");
  });

  it("keeps what indentation means in Python, in a fence of its own, in a list, and bare", () => {
    const code = "def run(input):\n    if input:\n        return 1\n    return 2";
    const inList = code.replace(/^/gm, "   ");
    assert.equal(readAnswer(`Here:\n\`\`\`python\n\n${code}\n\n\`\`\``)?.code, code);
    assert.equal(readAnswer(`1. Here:\n\n   \`\`\`python\n${inList}\n   \`\`\`\n`)?.code, code);
    assert.equal(readAnswer(`Here it is: \`\`\`python\n${code}\n\`\`\``)?.code, code);
    assert.equal(readAnswer(JSON.stringify({ explanation: "", code: `\n${code}\n` }))?.code, code);
    assert.equal(readAnswer(code)?.code, code);
  });

  it("finds no program in plain words, and does not throw on any text", () => {
    assert.equal(readAnswer("I cannot do that."), undefined);
    fc.assert(fc.property(fc.string(), (text) => void readAnswer(text)));
  });

  it("shows the same Markdown however the stream is cut", () => {
    const answer = fc.record({
      explanation: fc.string({ unit: "grapheme" }),
      code: fc.string({ unit: "grapheme", minLength: 1 }),
    });
    fc.assert(
      fc.property(answer, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), ({ explanation, code }, cuts) => {
        const json = JSON.stringify({ explanation, code });
        const whole = collect([json]);
        const pieces: string[] = [];
        for (let at = 0, i = 0; at < json.length; i++) {
          const size = cuts[i % cuts.length] ?? 1;
          pieces.push(json.slice(at, at + size));
          at += size;
        }
        assert.equal(collect(pieces), whole);
        assert.ok(whole.includes(code));
      }),
    );
  });

  it("shows only its own two fields, in the order they come, and survives JSON that makes no sense", () => {
    const answer = {
      note: "no",
      nested: { code: "no" },
      code: "a\tb",
      explanation: "why",
      list: ["code", "explanation"],
    };
    assert.equal(collect([JSON.stringify(answer)]), "```javascript\na\tb\n```\n\n\nwhy");
    assert.equal(collect(["{".repeat(100_000), '"code":"x', "}]]]", '"""""::\\u12']).includes("x"), false);
  });

  it("keeps up with an answer without end: a megabyte in small pieces, or of nothing but fences", function () {
    this.timeout(5_000); // it took minutes when every piece was read from the start again
    const pieces = Array.from({ length: 250_000 }, () => "abcd");
    assert.equal(collect(['{"explanation":"', ...pieces]).length, 1_000_000);
    assert.equal(collect(pieces).length, 1_000_000);
    assert.equal(readAnswer(`\`\`\`${"a".repeat(1_000_000)}`), undefined);
    assert.equal(readAnswer("`".repeat(1_000_000)), undefined);
    assert.equal(readAnswer(`{"code":${"[".repeat(1_000_000)}`), undefined);
    assert.ok(readAnswer("```\n".repeat(250_000)) === undefined);
  });

  it("passes ordinary text through as it comes", () => {
    assert.equal(collect(["Hel", "lo ", "```js\n1\n```"]), "Hello ```js\n1\n```");
  });
});

function collect(pieces: readonly string[]): string {
  let shown = "";
  const push = markdownStream("javascript", (text) => {
    shown += text;
  });
  for (const piece of pieces) push(piece);
  return shown;
}
