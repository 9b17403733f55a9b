/** What of a model's proposal is shown at the cursor (`|` in the texts). */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { trimCompletion, wantsLines } from "../../src/assistant/trim-completion.ts";

function place(text: string, language = "typescript") {
  const [prefix = "", suffix = ""] = text.split("|");
  return { prefix, suffix, language };
}
const shown = (text: string, raw: string, language?: string) => trimCompletion(raw, place(text, language));

describe("a completion's end", () => {
  for (const [title, text, raw, expected, language] of [
    ["in the middle of a line, one line", "const x = fo|;", "o(1)\nconst y = 2", "o(1)"],
    ["at the end of a line that goes on, one line", "const x = |", "1;\nconst y = 2;", "1;"],
    ["in brackets, up to the one that stands there", "call(|)", "a, b);", "a, b"],
    ["its own brackets stay", "const f = |", "g(h(1), [2]);", "g(h(1), [2]);"],
    ["a bracket nobody closed may be closed", "call(a, |\nnext();", "b);", "b);"],
    ["a bracket in a text is none", "log(|)", '")", 1)', '")", 1'],
    [
      "a block, up to its end",
      "function f() {|\n",
      "\n  return 1;\n}\n\nfunction g() {\n  return 2;\n}",
      "\n  return 1;\n}",
    ],
    ["a block whose end stands there", "function f() {\n  |\n}\n", "return 1;\n}", "return 1;"],
    [
      "a deeper block may be closed where the outer one is",
      "function f() {\n  if (x) {|\n}\n",
      "\n    y();\n  }\n}",
      "\n    y();\n  }",
    ],
    ["an else goes on", "if (x) {|\n", "\n  y();\n} else {\n  z();\n}\nafter();", "\n  y();\n} else {\n  z();\n}"],
    [
      "a Python body, up to the next definition",
      "def f(x):|\n",
      "\n    return x\n\ndef g(x):\n    return 1",
      "\n    return x",
      "python",
    ],
    [
      "a paragraph within a body",
      "def f(x):\n    |\n",
      "y = x\n    return y\n\n    # more\n    z = 1",
      "y = x\n    return y",
      "python",
    ],
    ["not the next line again", "const a = 1;\n|\nconst c = 3;\n", "const b = 2;\nconst c = 3;\n", "const b = 2;"],
    ["not what the line says already", "const value = |", "const value = 3;", "3;"],
    ["nothing but the line above", "doIt();\n|\n", "doIt();", ""],
    ["nothing but the line below", "\n|\ndoIt();", "doIt();", ""],
    ["nothing but space", "x\n|", "\n   \n", ""],
    ["a quote that stands there", 'const s = "ab|";', 'cd"', "cd"],
    ["a semicolon that stands there", "const s = |;", "f();", "f()"],
    ["a word that stands there", "import { a } |from 'x';", "from", ""],
    ["a model that repeats itself", "|", "again();\nagain();\nagain();\nagain();", "again();"],
    ["Windows' line ends", "function f() {|\r\n", "\r\n  return 1;\r\n}", "\n  return 1;\n}"],
    ["prose has no pairs of brackets", "1) one\n|", "2) two", "2) two", "markdown"],
    ["a comment with a quote does not hide a bracket", "call(|) // don't", "a)", "a"],
    ["a hash is a comment in Python only", "x = [|]  # (", "1] # )", "1", "python"],
  ] as const) {
    it(title, () => assert.equal(shown(text, raw, language), expected));
  }

  it("several lines are asked for where a block begins, and nowhere else", () => {
    const wants = (text: string) => wantsLines(place(text));
    assert.deepEqual(["|", "  |\n", "f() {|\n", "f() {|}", "def f():|", "# sort them|", "const x = [|];"].map(wants), [
      true,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    assert.deepEqual(["const x = fo|", "f(|a)", "return |;", "f()| + 1"].map(wants), [false, false, false, false]);
  });

  it("long and hostile texts take no time", () => {
    const started = performance.now();
    for (const raw of ["(".repeat(100_000), ")".repeat(100_000), "\n".repeat(100_000), '"'.repeat(100_000)]) {
      trimCompletion(raw, { prefix: "{([".repeat(2_600), suffix: "])}".repeat(660), language: "typescript" });
    }
    assert.ok(performance.now() - started < 5_000);
  });
});
