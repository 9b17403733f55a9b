import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";

describe("npm run bench -- synthesis", function () {
  this.timeout(30_000);
  let folder = "";
  const bench = (...argv: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "../main.ts"), "synthesis", ...argv], {
      cwd: folder,
      encoding: "utf8",
    });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hapa-test-"));
    const names = ["Ada Lovelace", "Alan Turing", "Grace Hopper", "Edsger Dijkstra"];
    const examples = names.map((name) => ({ Input: [name], Output: name.split(" ")[1] }));
    mkdirSync(join(folder, "problems/surname"), { recursive: true });
    writeFileSync(join(folder, "problems/surname/spec.json"), JSON.stringify({ Examples: examples }));
    mkdirSync(join(folder, "sl"));
    const constraints = names.map((name) => `(constraint (= (f "${name}") "${name.split(" ")[0]}"))`);
    writeFileSync(join(folder, "sl/first.sl"), `(synth-fun f ((a String)) String)\n${constraints.join("\n")}`);
    writeFileSync(join(folder, "sl/logic.sl"), "(synth-fun f ((x Int)) Int)\n(constraint (>= (f x) x))");
    writeFileSync(join(folder, "broken.csv"), "a,b\n1,2\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prints a line a problem and a table", () => {
    const { stdout, status } = bench("--format", "sygus", "sl", "--train", "3");
    assert.equal(status, 0);
    assert.match(stdout, /^first +solved +0\/1 wrong +\d+\.\d\d s$/m);
    assert.match(stdout, /^solved \(all held-out rows right\) +1 of 1 \(100%\)/m);
    assert.match(stdout, /^not counted, without examples: logic$/m);
  });

  it("prints one JSON document with --json", () => {
    const { stdout, status } = bench("--format", "spec", "problems", "--train", "3", "--json", "--only", "sur");
    assert.equal(status, 0);
    const { results, columns, options } = JSON.parse(stdout);
    assert.deepEqual([results[0].name, results[0].outcome, columns[0].summary.solved], ["surname", "solved", 1]);
    assert.deepEqual([options.train, options.only], [3, "sur"]);
  });

  it("says what is wrong with the command line or a file, and how it is used", () => {
    for (const [argv, message] of [
      [["--format", "sygus"], /^Name a file or folder/],
      [["--format", "sygus", "nowhere"], /^Cannot read nowhere: ENOENT/],
      [["--format", "spec", "sl"], /^No file of the format spec in sl/],
      [["--format", "sygus", "sl", "--only", "last"], /^None of the 2 problems has a name/],
      [["--format", "labelled", "broken.csv", "--folds", "5"], /the header must be text,label/],
    ] as const) {
      const { stderr, status } = bench(...argv);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.match(stderr, /\n\nUsage: npm run bench -- synthesis --format/);
    }
  });
});
