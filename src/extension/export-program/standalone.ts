/**
 * A program as files of its own, with its examples as tests and nothing of HAPA in them: `node --test` runs those of
 * JavaScript and TypeScript, `python3 -m unittest` those of Python. Pure.
 */
import type { GeneratorName } from "../../contract/artifacts.ts";
import type { ProgramLanguage } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { slugOf } from "../slug.ts";
import { javascriptLiteral, pythonLiteral } from "./literals.ts";

export interface ExportCase {
  readonly input: JsonValue;
  readonly output: JsonValue;
  /** The program was seen to get it wrong: the test is kept, and not counted as a failure. */
  readonly knownWrong: boolean;
}

export interface ExportedProgram {
  /** Of the task. */
  readonly name: string;
  readonly version: number;
  /** What it is written in. */
  readonly language: ProgramLanguage;
  readonly code: string;
  readonly generator: GeneratorName;
  readonly model: string | null;
  /** How it was proven, in words. */
  readonly proof: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly cases: readonly ExportCase[];
}

export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** More cases than these would make a test nobody opens. */
const mostCases = 2_000;

/** Whether a program of one language can be written as a file of another. */
export function canBecome(from: ProgramLanguage, to: ProgramLanguage): boolean {
  return from === to || (from === "javascript" && to === "typescript");
}

/**
 * The program's file, then its test's. TypeScript becomes JavaScript nowhere: types are not taken out here.
 * @throws Error where the one cannot become the other (`canBecome`)
 */
export function standalone(program: ExportedProgram, to: ProgramLanguage): readonly [ExportedFile, ExportedFile] {
  if (!canBecome(program.language, to)) throw new Error(`${program.language} cannot be written as ${to}`);
  return to === "python" ? pythonFiles(program) : scriptFiles(program, to);
}

function scriptFiles(program: ExportedProgram, to: "javascript" | "typescript"): readonly [ExportedFile, ExportedFile] {
  const ending = to === "typescript" ? "ts" : "js";
  const base = slugOf(program.name);
  // Its inner types were never written down, or not for this project's compiler: what it exports is typed.
  const unchecked = to === "typescript" ? "// @ts-nocheck\n" : "";
  const exported =
    to === "typescript"
      ? "const typedRun: (input: unknown) => unknown = run;\nexport { typedRun as run };\n"
      : "export { run };\n";
  const code = program.code.trimEnd();
  const body = keepsState(program) ? freshEachTime(code) : code;
  const cases = program.cases
    .slice(0, mostCases)
    .map(
      ({ input, output, knownWrong }) =>
        `  { input: ${javascriptLiteral(input)}, output: ${javascriptLiteral(output)}${knownWrong ? ", knownWrong: true" : ""} },\n`,
    );
  const test = `${unchecked}// The examples of ${oneLine(program.name)}, as tests: node --test ${base}.test.${ending}
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./${base}.${ending}";

const cases = [
${cases.join("")}];

for (const { input, output, knownWrong } of cases) {
  // What was wrong when this was exported is shown, and does not fail the run.
  test(JSON.stringify(input).slice(0, 100), { todo: knownWrong ?? false }, () => {
    const answer = JSON.parse(JSON.stringify(run(structuredClone(input))));
    assert.deepEqual(answer, output);
  });
}
`;
  return [
    { name: `${base}.${ending}`, text: `${unchecked}${header(program, "//")}\n${body}\n\n${exported}` },
    { name: `${base}.test.${ending}`, text: test },
  ];
}

function pythonFiles(program: ExportedProgram): readonly [ExportedFile, ExportedFile] {
  const base = moduleName(program.name);
  const cases = program.cases.slice(0, mostCases);
  const list = (wanted: boolean) =>
    cases
      .filter(({ knownWrong }) => knownWrong === wanted)
      .map(({ input, output }) => `    (${pythonLiteral(input)}, ${pythonLiteral(output)}),\n`)
      .join("");
  const wrong = list(true);
  const wrongTest = `
    @unittest.expectedFailure
    def test_examples_it_got_wrong_when_exported(self):
        for given, expected in KNOWN_WRONG:
            self.assertEqual(answer(given), expected)
`;
  const test = `# The examples of ${oneLine(program.name)}, as tests: python3 -m unittest test_${base}.py
import copy
import json
import unittest

from ${base} import run

CASES = [
${list(false)}]
${wrong ? `\nKNOWN_WRONG = [\n${wrong}]\n` : ""}

def answer(given):
    return json.loads(json.dumps(run(copy.deepcopy(given))))


class Examples(unittest.TestCase):
    maxDiff = None

    def test_examples(self):
        for given, expected in CASES:
            with self.subTest(given=given):
                self.assertEqual(answer(given), expected)
${wrong ? wrongTest : ""}

if __name__ == "__main__":
    unittest.main()
`;
  return [
    { name: `${base}.py`, text: `${header(program, "#")}\n${program.code.trimEnd()}\n` },
    { name: `test_${base}.py`, text: test },
  ];
}

function header(program: ExportedProgram, mark: "//" | "#"): string {
  const { name, version, generator, model, proof, createdAt } = program;
  const maker =
    generator === "model"
      ? `written by ${model ?? "a model"}`
      : generator === "offline"
        ? "learned from examples"
        : "written by hand";
  const left = program.cases.length - mostCases;
  return [
    `${oneLine(name)}, version ${version}: ${maker} on ${createdAt.slice(0, 10)}, ${oneLine(proof)}.`,
    ...(left > 0 ? [`The test holds ${mostCases} of its ${program.cases.length} examples.`] : []),
    "Exported from HAPA; needs nothing of it. run(input) takes and gives a JSON value.",
  ]
    .map((line) => `${mark} ${line}\n`)
    .join("");
}

/**
 * In HAPA nothing survives from one call to the next. A program that may keep something at its top level (the offline
 * generator's never do) is made anew for every call here, too.
 */
function keepsState({ code, generator }: ExportedProgram): boolean {
  return generator !== "offline" && /^(let|var)\s|^const\s[^=]+=\s*([[{]|new\b)/m.test(code);
}

function freshEachTime(code: string): string {
  return `// Made anew for each call, so that nothing is kept from one to the next.\nfunction program() {\n${code}\nreturn run;\n}\n\nfunction run(input) {\n  return program()(input);\n}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** A name `import` accepts, and that hides no module of Python's own that programs and their tests use. */
function moduleName(name: string): string {
  const base = slugOf(name).replaceAll("-", "_");
  if (/^\d/.test(base)) return `task_${base}`;
  return pythonsOwn.has(base) ? `${base}_program` : base;
}

const pythonsOwn = new Set(
  (
    "and as assert async await break case class continue def del elif else except finally for from global if import in " +
    "is lambda match not or pass raise return try type while with yield false none true " +
    "abc argparse array ast base64 bisect calendar cmath code codecs collections contextlib copy csv datetime decimal " +
    "difflib dis email enum errno fractions functools glob hashlib heapq html http inspect io itertools json keyword " +
    "locale logging math numbers operator os pathlib pickle platform pprint queue random re runpy select shlex shutil " +
    "signal site socket sqlite3 statistics string struct subprocess sys tempfile test textwrap threading time timeit " +
    "token tokenize traceback types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo"
  ).split(" "),
);
