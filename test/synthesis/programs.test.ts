/** What is written for the problems of the collection: programs that lint, and Python that says what the JavaScript says. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import type { Example } from "../../src/contract/tasks.ts";
import type { Engine } from "../../src/sandbox/child/engine.ts";
import { type Found, synthesize } from "../../src/synthesis/synthesis.ts";
import { load, loadingMs, loadPython } from "../sandbox/python/support.ts";
import { loadProgram } from "../support/run-program.ts";

const root = join(import.meta.dirname, "../..");
const problems = join(root, "test/fixtures/transform");
/** Every so-manieth problem: what holds for these holds for all, and the bench looks at all. */
const every = 7;
const given = 3;

const names = readdirSync(problems, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
  .filter((_, i) => i % every === 0);

function examplesOf(name: string): Example[] {
  const { Examples } = JSON.parse(readFileSync(join(problems, name, "spec.json"), "utf8")) as {
    Examples: { Input: string[]; Output: string }[];
  };
  return Examples.map(({ Input, Output }) => ({
    input: Input.length === 1 ? (Input[0] ?? "") : Input,
    output: Output,
  }));
}

async function learn(name: string, language: "javascript" | "python"): Promise<Found | undefined> {
  const all = examplesOf(name);
  const found = await synthesize(all.slice(0, given), { inputs: all.map(({ input }) => input), language });
  return "program" in found ? found : undefined;
}

const attempt = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (error) {
    return String(error).includes("TypeError: expected") ? "! TypeError" : `! ${error}`;
  }
};

describe("programs for the problems of the collection", function () {
  this.timeout(120_000);
  let engine: Engine;
  before(async function () {
    this.timeout(loadingMs);
    engine = await loadPython();
  });

  it("pass the project's linter", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hapa-lint-"));
    try {
      for (const name of names) {
        const code = (await learn(name, "javascript"))?.program.code;
        if (code) writeFileSync(join(folder, `${name}.js`), `${code}\nexport { run };\n`);
      }
      const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
      const options = ["lint", `--config-path=${root}`, "--error-on-warnings", folder];
      execFileSync(process.execPath, [biome, ...options], { cwd: root, encoding: "utf8" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("say in Python what they say in JavaScript, on all rows and on odd ones", async () => {
    for (const name of names) {
      const [script, python] = [await learn(name, "javascript"), await learn(name, "python")];
      if (!script || !python) continue;
      const run = loadProgram(script.program.code);
      const program = await load(engine, python.program.code);
      const rows = examplesOf(name).map(({ input }) => input);
      for (const input of [...rows, "", " ", null, [], {}, 7, true, "한글", "a\nb"]) {
        const wanted = attempt(() => run(input as never));
        const outcome = program.run(JSON.stringify(input), 1_000);
        const said =
          outcome?.status === "success"
            ? JSON.parse(outcome.output)
            : /expected/.test(outcome?.message ?? "")
              ? "! TypeError"
              : outcome;
        assert.deepEqual(said, wanted, `${name} on ${JSON.stringify(input)}\n${python.program.code}`);
      }
    }
  });
});
