/** What the checkers find in ordinary code of each language, and that what they offer puts it right. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { CodeIssue } from "../../src/contract/validation.ts";
import type { CheckRequest } from "../../src/validation/check.ts";
import { createValidator, type Validator } from "../../src/validation/client.ts";
import { files } from "../support/backend.ts";
import { applyEdits } from "../support/code-edits.ts";

const told = ({ line, column, endLine, endColumn, severity, code }: CodeIssue): string =>
  `${line}:${column}-${endLine === line ? "" : `${endLine}:`}${endColumn} ${severity} ${code}`;

describe("code as a text", function () {
  this.timeout(30_000); // The first check of a language loads what checks it.
  let validator: Validator;
  before(() => {
    validator = createValidator(files.validationWorker);
  });
  after(() => validator.stop());

  const check = async (language: CheckRequest["language"], code: string, more: Partial<CheckRequest> = {}) =>
    (await validator.check({ code, language, ...more })).issues;
  const found = async (...args: Parameters<typeof check>) => (await check(...args)).map(told);
  /** The code after the fix of the first issue with this code. */
  const fixed = async (language: CheckRequest["language"], code: string, rule: string) => {
    const issue = (await check(language, code)).find((one) => one.code === rule);
    assert.ok(issue?.fix, `${rule} has no fix`);
    return { title: issue.fix.title, safe: issue.fix.safe, code: applyEdits(code, issue.fix.edits) };
  };

  describe("Python", () => {
    it("syntax, undefined names, unused imports and likely mistakes, each where it stands", async () => {
      const [open] = await check("python", "def run(input:\n    return 1\n");
      assert.deepEqual([open?.line, open?.severity, open?.code], [1, "error", "invalid-syntax"]);
      assert.deepEqual(await found("python", "import os\n\n\ndef run(x, seen=[]):\n    return undefined + x\n"), [
        "1:8-10 warning F401",
        "4:17-19 warning B006",
        "5:12-21 error F821",
      ]);
      assert.deepEqual(await found("python", "def run(x):\n    return x.strip().title()\n"), []);
    });

    it("columns count as editors do, also behind Korean and emoji, and with other line ends", async () => {
      assert.deepEqual(await found("python", 'x = "한국😀" + nope\n'), ["1:14-18 error F821"]);
      assert.deepEqual(await found("python", "a = 1\r\nb = nope\rc = nope\n"), [
        "2:5-9 error F821",
        "3:5-9 error F821",
      ]);
    });

    it("a fix gives code that has nothing left to fix, and says whether it is safe", async () => {
      const unused = await fixed("python", 'import os\nname = "한😀"\nprint(name)\n', "F401");
      assert.deepEqual(unused, { title: "Remove unused import: os", safe: true, code: 'name = "한😀"\nprint(name)\n' });
      const none = await fixed("python", 'x = "한😀"; y = x == None\n', "E711");
      assert.equal(none.safe, false);
      assert.equal(none.code, 'x = "한😀"; y = x is None\n');
      const mutable = await fixed("python", "def f(a=[]):\n    return a\n", "B006");
      assert.deepEqual(await found("python", mutable.code), []);
    });

    it("a package's own imports are for others: removing them is not called safe", async () => {
      const [issue] = await check("python", "import os\n", { filePath: "/x/__init__.py" });
      assert.notEqual(issue?.fix?.safe, true);
    });

    it("`# noqa` counts, and the newest syntax is no error", async () => {
      assert.deepEqual(await found("python", "import os  # noqa: F401\n"), []);
      assert.deepEqual(await found("python", "type Pair[T] = tuple[T, T]\nname = t'{1}'\n"), []);
    });

    it("formats what can be read, and nothing else", async () => {
      const formatted = async (code: string) =>
        (await validator.check({ code, language: "python", format: true })).formatted;
      assert.equal(await formatted("x = {  'a':1 }"), 'x = {"a": 1}\n');
      assert.equal(await formatted("x = ("), undefined);
      assert.equal((await validator.check({ code: "x=1", language: "python" })).formatted, undefined);
    });
  });

  describe("JavaScript", () => {
    it("syntax, names that are nowhere, methods that do not exist, constants that are changed", async () => {
      assert.deepEqual(await found("javascript", "function run(input) { return input +; }"), ["1:37-38 error TS1109"]);
      assert.deepEqual(await found("javascript", "let x: number = 1;"), ["1:8-14 error TS8010"]);
      assert.deepEqual(await found("javascript", 'const c = "a".toUppercase();\nc = missing;\n'), [
        "1:15-26 error TS2551",
        "2:1-2 error TS2588",
        "2:5-12 error TS2304",
      ]);
    });

    it("is not held to types it never promised, nor to packages that are not read", async () => {
      const code = [
        'import lodash from "lodash";',
        'const fs = require("node:fs");',
        "const state = {};",
        "state.count = 1;",
        "class Counter { constructor() { this.n = 0; } }",
        "export default function run(input) {",
        "  process.stdout.write(Buffer.from(input).toString());",
        "  window.mine = 1;",
        "  return lodash.chain(input).map((x) => x.y).value() + fs.size + state.count + new Counter().n;",
        "}",
        "export const view = (props) => <b>{props.text}</b>;",
        "await run($('#a'));",
        "describe('x', () => {});",
      ].join("\n");
      assert.deepEqual(await found("javascript", code), []);
      const documented =
        '/** @param {number} n @extends nothing {@link x */\nexport function f(n) { return n; }\nf("a");\n';
      assert.deepEqual(await found("javascript", documented), ["3:3-6 info TS2345"]);
      assert.deepEqual(await found("javascript", "function f() { await 1; }\nf();\nreturn;\n"), [
        "1:16-21 error TS1308",
        "3:1-7 error TS1108",
      ]);
      // Unusual, not wrong.
      assert.deepEqual(await found("javascript", "let x = 1;\nx = 'a';\n"), ["2:1-2 info TS2322"]);
    });

    it("a script's own names may be used by others; what is unused inside of it is a hint", async () => {
      assert.deepEqual(await found("javascript", "const limit = 1;\nfunction run(input) {\n  let y = 2;\n}\n"), [
        "2:14-19 hint TS6133",
        "3:7-8 hint TS6133",
      ]);
    });

    it("columns behind Korean and emoji, and lines where only a language sees a line end", async () => {
      assert.deepEqual(await found("javascript", 'const 이름 = "😀😀"; nope();\n'), ["1:20-24 error TS2304"]);
      assert.deepEqual(await found("javascript", "const a = `\u2028`; nope();\n"), ["1:16-20 error TS2304"]);
    });

    it("a misspelt method is put right; an unused import goes safely", async () => {
      const spelled = await fixed("javascript", '"😀".toUppercase();\n', "TS2551");
      assert.deepEqual(spelled, {
        title: "Change spelling to 'toUpperCase'",
        safe: false,
        code: '"😀".toUpperCase();\n',
      });
      const unused = await fixed("javascript", 'import { a, b } from "x";\na();\n', "TS6133");
      assert.deepEqual(unused, {
        title: "Remove unused declaration for: 'b'",
        safe: false,
        code: 'import { a } from "x";\na();\n',
      });
      const whole = await fixed("javascript", 'import { a } from "x";\nconsole.log(1);\n', "TS6133");
      assert.deepEqual(whole, { title: "Remove import from 'x'", safe: true, code: "console.log(1);\n" });
    });
  });

  describe("TypeScript", () => {
    it("types against the standard library, with null in mind", async () => {
      const code = 'export const n: number = "a";\nexport function f(s?: string): number {\n  return s.length;\n}\n';
      assert.deepEqual(await found("typescript", code), ["1:14-15 error TS2322", "3:10-11 error TS18048"]);
      const modern =
        "export const groups = Object.groupBy([1, 2], (x) => String(x % 2));\nexport const u = new Set([1]).union(new Set([2]));\n";
      assert.deepEqual(await found("typescript", modern), []);
    });

    it("JSX is read where nobody said it is none; told to, only as the file's ending wants it", async () => {
      const code = "export const view = <b>{1}</b>;\n";
      assert.deepEqual(await found("typescript", code), []);
      assert.deepEqual(await found("typescript", code, { filePath: "view.tsx" }), []);
      assert.notDeepEqual(await found("typescript", code, { filePath: "view.ts" }), []);
      assert.deepEqual(await found("typescript", "export const n = <number>(1 as unknown);\n"), []);
    });

    it("imports that are not read are anything, and need no types", async () => {
      const code = [
        'import type { Row } from "./rows";',
        'import { useState } from "react";',
        "export function f(row: Row, t: NodeJS.Timeout) {",
        "  const [a] = useState(row.name);",
        "  return [a.b, t, import.meta.env.MODE];",
        "}",
      ].join("\n");
      assert.deepEqual(await found("typescript", code), []);
    });

    it("fixes: `extends` that should be `implements`, a missing `await`'s `async`, a method without `this`", async () => {
      const extended = "interface A { x?: number }\nexport class B extends A {}\n";
      assert.match((await fixed("typescript", extended, "TS2689")).code, /class B implements A/);
      const waits = "export function f() {\n  await fetch('x');\n}\n";
      assert.match((await fixed("typescript", waits, "TS1308")).code, /export async function f/);
      const lost = "export class A {\n  a() { return b(); }\n  b() { return 1; }\n}\n";
      assert.deepEqual(await found("typescript", (await fixed("typescript", lost, "TS2663")).code), []);
    });
  });

  it("what is guessed of imports is no error: what HAPA itself is made of has none", async () => {
    const folder = join(import.meta.dirname, "../../src");
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!/^(contract|validation)[\\/].*\.ts$/.test(name)) continue;
      const issues = await check("typescript", readFileSync(join(folder, name), "utf8"), { filePath: name });
      const errors = issues.filter(({ severity }) => severity === "error").map((one) => `${told(one)} ${one.message}`);
      assert.deepEqual(errors, [], name);
    }
    const typed = 'import { a } from "./a.ts";\nexport const b: number = "c";\na(b);\nmissing();\n';
    assert.deepEqual(await found("typescript", typed), ["2:14-15 warning TS2322", "4:1-8 error TS2304"]);
  });

  it("of a piece of code, names from around it are not reported; everything else is", async () => {
    assert.deepEqual(await found("python", "import os\nprint(outer)\n", { fragment: true }), ["1:8-10 warning F401"]);
    const indented = "    x = outer == None\n\n    return x\n";
    assert.deepEqual(await found("python", indented, { fragment: true }), ["1:18-22 warning E711"]);
    const [compared] = await check("python", indented, { fragment: true });
    assert.match(applyEdits(indented, compared?.fix?.edits ?? []), /^ {4}x = outer is None\n/);
    assert.deepEqual(await found("javascript", "return outer;\n", { fragment: true }), []);
    assert.deepEqual(await found("typescript", "const n: number = outer + 'a'.lenght;\n", { fragment: true }), [
      "1:31-37 error TS2551",
    ]);
  });

  it("asked for syntax only, says nothing of types, names and lint", async () => {
    assert.deepEqual(await found("python", "import os\nx = 1 +\n", { only: "syntax" }), [
      "2:8-3:1 error invalid-syntax",
    ]);
    assert.deepEqual(await found("python", "import os\nnope()\n", { only: "syntax" }), []);
    assert.deepEqual(await found("typescript", "const a: number = 'x'; nope();\n", { only: "syntax" }), []);
    assert.deepEqual(await found("typescript", "const a = ;\n", { only: "syntax" }), ["1:11-12 error TS1109"]);
  });

  it("of very many issues, the worst 500 are told, and how many there were", async () => {
    const code = `${"import os\n".repeat(700)}nope()\n`;
    const { issues, total } = await validator.check({ code, language: "python" });
    assert.equal(issues.length, 500);
    assert.ok(total > 700, String(total));
    assert.equal(issues.at(-1)?.code, "F821");
  });
});
