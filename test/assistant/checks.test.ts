/** Code that is checked before it is shown, and what `/validate` says. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Check, checkBlocks, describeProblems } from "../../src/assistant/checks.ts";

const signal = new AbortController().signal;
/** Finds something wrong with every line that says so. */
const check: Check = async (code, language) =>
  code.split("\n").flatMap((text, at) => {
    const severity = /error/.test(text) ? "error" : "warning";
    return /error|warn/.test(text) ? [{ line: at + 1, severity, message: `bad ${language}`, code: "X1" }] : [];
  });

describe("checking code of an answer", () => {
  it("each block of a language that is checked has its count, by its place among all blocks", async () => {
    const markdown = "```py\nfine\nerror\nwarn\n```\n```sh\nerror\n```\n```TSX\nfine\n```";
    assert.deepEqual(await checkBlocks(markdown, check, signal), [
      { block: 0, errors: 1, warnings: 1, issues: ["line 2: bad python (X1)", "line 3: bad python (X1)"] },
      { block: 2, errors: 0, warnings: 0, issues: [] },
    ]);
  });

  it("an answer is shown without badges where checking fails", async () => {
    const broken: Check = () => Promise.reject(new Error("no worker"));
    assert.deepEqual(await checkBlocks("```js\n1\n```", broken, signal), []);
  });

  it("the problems of a selection are told by the lines of its file", async () => {
    const item = { kind: "selection" as const, label: "a.ts", path: "a.ts", count: 2 };
    const items = [
      { ...item, language: "typescript", firstLine: 10, lastLine: 11, text: "fine\nerror" },
      { ...item, label: "b.py", language: "python", text: "fine" },
      { ...item, label: "c.go", language: "go", text: "error" },
    ];
    assert.equal(
      await describeProblems(items, check, signal),
      "**a.ts**: errors: 1, warnings: 0.\n\n- line 11: bad typescript (X1)\n\n**b.py**: no problems.\n\n**c.go**: only Python, JavaScript and TypeScript are checked.",
    );
  });
});
