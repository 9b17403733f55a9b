/** Exported programs, run by what people run them with: node, tsc and python3. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import type { JsonValue } from "../../../src/contract/wire.ts";
import { javascriptLiteral, pythonLiteral } from "../../../src/extension/export-program/literals.ts";
import { canBecome, type ExportedProgram, standalone } from "../../../src/extension/export-program/standalone.ts";

const execute = promisify(execFile);
const projectRoot = join(import.meta.dirname, "../../..");

const turnNames: ExportedProgram = {
  name: "Turn */ names\n// around “é”",
  version: 3,
  language: "javascript",
  code: 'function run(input) {\n  const [last, first] = input.split(", ");\n  return first + " " + last;\n}\n',
  generator: "offline",
  model: null,
  proof: "right on 3 of 3 examples",
  createdAt: "2026-05-04T10:00:00.000Z",
  cases: [
    { input: "Lovelace, Ada", output: "Ada Lovelace", knownWrong: false },
    { input: 'Quote", \\Back', output: '\\Back Quote"', knownWrong: false },
    { input: "Conway, Ken D.", output: "Ken Conway", knownWrong: true },
  ],
};
const python = {
  ...turnNames,
  language: "python",
  code: 'def run(input):\n    last, first = input.split(", ")\n    return first + " " + last\n',
} as const;

describe("exported programs", function () {
  this.timeout(60_000);
  let folder: string;
  let hasPython = true;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hapa-export-"));
    hasPython = await execute("python3", ["--version"]).then(
      () => true,
      () => false,
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const put = async (program: ExportedProgram, to: ExportedProgram["language"]) => {
    const files = standalone(program, to);
    for (const { name, text } of files) await writeFile(join(folder, name), text);
    return files;
  };
  /** Runs the tests of an exported file; gives what was printed, and whether it went well. */
  const tested = async (command: string, ...args: string[]) => {
    const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
    try {
      const { stdout, stderr } = await execute(command, args, { cwd: folder, env });
      return { ok: true, said: stdout + stderr };
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return { ok: false, said: stdout + stderr };
    }
  };

  it("JavaScript passes its own tests with node --test, and says what it was wrong about", async () => {
    const [program, test] = await put(turnNames, "javascript");
    assert.equal(program.name, "turn-names-around-é.js");
    assert.equal(test.name, "turn-names-around-é.test.js");
    assert.match(
      program.text,
      /^\/\/ Turn \*\/ names \/\/ around “é”, version 3: learned from examples on 2026-05-04, right on 3 of 3/,
    );
    assert.doesNotMatch(program.text + test.text, /from "hapa|require\(/);
    const { ok, said } = await tested(process.execPath, "--test", test.name);
    assert.ok(ok, said);
    assert.match(said, /pass 2/);
    assert.match(said, /todo 1/);
    const { run } = (await import(join(folder, program.name))) as { run(input: string): string };
    assert.equal(run("Turing, Alan"), "Alan Turing");
  });

  it("a program that is broken after its export fails its tests", async () => {
    const [program, test] = await put({ ...turnNames, name: "broken" }, "javascript");
    await writeFile(join(folder, program.name), program.text.replace('first + " " + last', "first"));
    assert.equal((await tested(process.execPath, "--test", test.name)).ok, false);
  });

  it("TypeScript from JavaScript passes the strictest compiler, is typed for whoever imports it, and its tests", async () => {
    const [program, test] = await put({ ...turnNames, name: "typed" }, "typescript");
    const user =
      'import { run } from "./typed.ts";\nconst answer: unknown = run("a, b");\n// @ts-expect-error unknown is no string\nconst text: string = run("a, b");\nexport { answer, text };\n';
    await writeFile(join(folder, "user.ts"), user);
    const options = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2024",
      types: [],
      noImplicitReturns: true,
      exactOptionalPropertyTypes: true,
      isolatedModules: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
    };
    await writeFile(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["user.ts", program.name, test.name] }),
    );
    await writeFile(join(folder, "package.json"), '{"type": "module"}');
    const compiled = await tested(process.execPath, join(projectRoot, "node_modules/.bin/tsc"), "-p", ".");
    assert.ok(compiled.ok, compiled.said);
    const { ok, said } = await tested(process.execPath, "--test", test.name);
    assert.ok(ok, said);
  });

  it("TypeScript that a model wrote keeps its types", async () => {
    const code = "interface Row { a: number }\nfunction run(input: Row): number { return input.a + 1; }";
    const program: ExportedProgram = {
      ...turnNames,
      name: "rows",
      language: "typescript",
      code,
      generator: "model",
      model: "some-model",
      cases: [{ input: { a: 1 }, output: 2, knownWrong: false }],
    };
    const [file, test] = await put(program, "typescript");
    assert.match(file.text, /written by some-model/);
    const { ok, said } = await tested(process.execPath, "--test", test.name);
    assert.ok(ok, said);
  });

  it("Python passes its own tests with unittest", async function () {
    if (!hasPython) this.skip();
    const [program, test] = await put(python, "python");
    assert.equal(program.name, "turn_names_around_é.py");
    const { ok, said } = await tested("python3", "-m", "unittest", test.name);
    assert.ok(ok, said);
    assert.match(said, /expected failures=1/);
    await writeFile(join(folder, program.name), program.text.replace('first + " " + last', "first"));
    assert.equal((await tested("python3", "-m", "unittest", test.name)).ok, false);
  });

  it("a Python file hides no module of Python's own, and can be imported", async () => {
    const names = ["JSON", "class", "2nd try", "한국어"].map(
      (name) => standalone({ ...python, name }, "python")[0].name,
    );
    assert.deepEqual(names, ["json_program.py", "class_program.py", "task_2nd_try.py", "한국어.py"]);
  });

  it("what a program keeps at its top level does not survive a call, as in HAPA", async () => {
    const code = "let count = 0;\nfunction run(input) {\n  count += input;\n  return count;\n}";
    const cases = [1, 1, 1].map((input) => ({ input, output: 1, knownWrong: false }));
    const [, test] = await put({ ...turnNames, name: "counts", generator: "model", code, cases }, "javascript");
    const { ok, said } = await tested(process.execPath, "--test", test.name);
    assert.ok(ok, said);
  });

  it("only what can be written in a language is offered", () => {
    assert.ok(canBecome("javascript", "typescript"));
    assert.ok(
      !canBecome("python", "javascript") &&
        !canBecome("typescript", "javascript") &&
        !canBecome("javascript", "python"),
    );
    assert.throws(() => standalone(python, "javascript"));
  });

  it("any JSON value is the same value in a JavaScript file and in a Python one", async function () {
    const values = fc.sample(fc.jsonValue({ maxDepth: 4 }), { numRuns: 300, seed: 7 }) as JsonValue[];
    values.push(
      JSON.parse(
        '{"__proto__": {"a": [1e21, -0.5, null, true]}, "k\u2028\\"\u202e": "\ud83d\ude00 \\n\\u0000"}',
      ) as JsonValue,
    );
    const script = `export default [${values.map(javascriptLiteral).join(",\n")}];`;
    const path = join(folder, "values.mjs");
    await writeFile(path, script);
    assert.doesNotMatch(await readFile(path, "utf8"), /[\u2028\u202e]/);
    const { default: read } = (await import(path)) as { default: unknown };
    assert.deepEqual(JSON.stringify(read), JSON.stringify(values));
    if (!hasPython) this.skip();
    await writeFile(
      join(folder, "values_.py"),
      `import json\nprint(json.dumps([${values.map(pythonLiteral).join(",\n")}]))\n`,
    );
    const { ok, said } = await tested("python3", "values_.py");
    assert.ok(ok, said);
    assert.deepEqual(JSON.parse(said), JSON.parse(JSON.stringify(values)));
  });
});
