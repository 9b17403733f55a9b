/** Code made to hurt what checks it: a clear answer each time, and the next code is checked as ever. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import { maxCodeLength } from "../../src/contract/validation.ts";
import type { CheckRequest } from "../../src/validation/check.ts";
import { createValidator } from "../../src/validation/client.ts";
import { files } from "../support/backend.ts";

const many = (piece: string, count: number): string => piece.repeat(count);
/** Types that double with every step. */
const doubling = Array.from(
  { length: 40 },
  (_, i) =>
    `type A${i + 1} = { x: A${i}; y: A${i} } | [A${i}, A${i}]; type B${i + 1} = { x: B${i}; y: B${i} } | [B${i}, B${i}];`,
).join("\n");

/** What may come of it: issues, or the error that says why there are none. */
const hostile: readonly (readonly [title: string, language: CheckRequest["language"], code: string])[] = [
  ["a million open brackets", "python", many("(", maxCodeLength)],
  ["a million open brackets", "javascript", many("(", maxCodeLength)],
  ["a million open brackets", "typescript", many("[", maxCodeLength)],
  ["blocks in blocks", "javascript", many("{", 300_000) + many("}", 300_000)],
  ["`not` without end", "python", `x = ${many("not ", 200_000)}1`],
  ["indentation without end", "python", Array.from({ length: 1_000 }, (_, i) => `${many(" ", i)}if x:`).join("\n")],
  ["attributes of attributes", "python", `x${many(".a", 300_000)}`],
  ["templates in templates", "javascript", `x = ${many(`\${\``, 100_000)}`],
  ["texts added without end", "javascript", `x = ${many("'a' + ", 150_000)}1`],
  ["a million numbers", "python", `x = [${many("1,", 490_000)}]`],
  ["a type that calls itself", "typescript", "type R<T> = R<[T]>; let r: R<1> = 1;"],
  [
    "a recursion that ends late",
    "typescript",
    "type L<N, A extends 0[] = []> = A['length'] extends N ? A : L<N, [...A, 0]>; let l: L<999> = 1;",
  ],
  [
    "a union of a hundred thousand",
    "typescript",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a type of TypeScript's own, not a template of ours
    "type D = 0|1|2|3|4|5|6|7|8|9; type X = `${D}${D}${D}${D}${D}`; let x: `${X}${X}` = '1';",
  ],
  [
    "types that double with every step",
    "typescript",
    `type A0 = { z: 1 }; type B0 = { z: 2 };\n${doubling}\ndeclare let a: A40; let b: B40 = a;`,
  ],
  ["half of a character", "python", "x = '\ud800'\nimport os\n"],
  ["zeros and controls", "javascript", "let a = '\0\u0007\ufeff'; \u202e"],
  ["a mark at the start", "typescript", "\ufeffconst a: string = 1;"],
];

describe("code that is made to hurt what checks it", function () {
  this.timeout(240_000); // Much of it is ended by a limit, and a new worker loads everything again.

  it("ends in issues or in a clear error, and the next code is checked as ever", async () => {
    const own = createValidator(files.validationWorker, { limitMs: 3_000 });
    for (const [title, language, code] of hostile) {
      const outcome = await own.check({ code, language }).catch((error: unknown) => error);
      if (outcome instanceof HapaError) {
        assert.equal(outcome.code, "too_complex", `${title} (${language}): ${outcome.message}`);
        assert.match(outcome.message, /^This code .*Check a smaller part of it\.$/);
      } else assert.ok(outcome && typeof outcome === "object" && "issues" in outcome, `${title}: ${outcome}`);
    }
    const python = await own.check({ code: "import os\n", language: "python" });
    assert.deepEqual(
      python.issues.map(({ code }) => code),
      ["F401"],
    );
    const types = await own.check({ code: "export const a: string = 1;\n", language: "typescript" });
    assert.deepEqual(
      types.issues.map(({ code }) => code),
      ["TS2322"],
    );
    await own.stop();
  });
});
