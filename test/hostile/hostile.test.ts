/** Every program of `programs/` tries to get out, to hold up or to leave something behind, and gets the verdict its header names. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "mocha";
import type { Program } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/supervisor.ts";

const folder = join(import.meta.dirname, "programs");
const childPath = join(import.meta.dirname, "../../src/sandbox/child/main.ts");
const good: Program = {
  key: "good",
  code: "const word = /[a-z]+/g;\nfunction run(input) { return input.text.match(word).map((w) => w.toUpperCase()); }",
  language: "javascript",
};

function header(code: string, name: string): string {
  const line = code.split("\n").find((l) => l.startsWith(`// ${name}: `));
  assert.ok(line, `a hostile program says what it ${name}`);
  return line.slice(name.length + 5);
}

describe("hostile programs", () => {
  const sandbox = createSandbox({ childPath });
  after(() => sandbox.stop());

  for (const file of readdirSync(folder).sort()) {
    const code = readFileSync(join(folder, file), "utf8");
    const expected = header(code, "expect").split(" ");
    it(`${file} tries ${header(code, "tries")}: ${expected.join(" or ")}, and the next call is right`, async function () {
      this.timeout(20_000);
      const program: Program = { key: file, code, language: "javascript" };
      // Twice: the second call must not find anything of the first.
      for (let call = 0; call < 2; call++) {
        const verdict = await sandbox.run(program, '{"text": "hostile"}', { budgetMs: 100 });
        assert.ok(expected.includes(verdict.status), `${verdict.status}: ${verdict.errorMessage ?? verdict.output}`);
        if (verdict.status === "success") assert.equal(verdict.output, '"contained"');
        else {
          assert.equal(verdict.output, null);
          assert.ok(verdict.errorMessage && verdict.errorMessage.length <= 2_000);
        }
        const next = await sandbox.run(good, '{"text": "all is well"}', { budgetMs: 100 });
        assert.deepEqual([next.status, next.output], ["success", '["ALL","IS","WELL"]'], next.errorMessage);
      }
    });
  }
});
