/** Code made to hurt what checks it, and callers who change their mind: a clear answer each time, and the next one works. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import { maxCodeLength } from "../../src/contract/validation.ts";
import type { CheckRequest } from "../../src/validation/check.ts";
import { createValidator, type Validator } from "../../src/validation/client.ts";
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

describe("code that is made to hurt", function () {
  this.timeout(60_000);
  let validator: Validator | undefined;
  afterEach(() => validator?.stop());
  const start = (...limits: [{ idleMs?: number; limitMs?: number }?]): Validator => {
    validator = createValidator(files.validationWorker, ...limits);
    return validator;
  };
  const failure = (promise: Promise<unknown>): Promise<HapaError> =>
    promise.then(
      () => assert.fail("it was answered"),
      (error: unknown) => {
        assert.ok(error instanceof HapaError, String(error));
        return error;
      },
    );

  it("ends in issues or in a clear error, and the next code is checked as ever", async () => {
    const own = start({ limitMs: 3_000 });
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
  });

  it("what takes longer than it may is ended, and says so", async () => {
    // Ends by its nesting in time, or by the limit: whichever is first, one of the two is said.
    const own = start({ limitMs: 1 });
    const error = await failure(own.check({ code: `x = ${many("1+", 300_000)}1`, language: "javascript" }));
    assert.equal(error.code, "too_complex");
    assert.match(error.message, /within 0 s|nested too deeply/);
  });

  it("one that is not wanted any more is stopped, waiting or under way, and others are not held up by it", async () => {
    const own = start();
    await own.check({ code: "1", language: "javascript" });
    const [running, waiting] = [new AbortController(), new AbortController()];
    const slow = failure(own.check({ code: `x = ${many("1+", 300_000)}1`, language: "javascript" }, running.signal));
    const never = failure(own.check({ code: "x", language: "python" }, waiting.signal));
    const next = own.check({ code: "import os\n", language: "python" });
    waiting.abort();
    running.abort();
    assert.equal((await slow).code, "client_closed_request");
    assert.equal((await never).code, "client_closed_request");
    assert.equal((await next).issues.length, 1);
    assert.equal(
      (await failure(own.check({ code: "x", language: "python" }, AbortSignal.abort()))).code,
      "client_closed_request",
    );
  });

  it("an idle worker is ended, and started again when it is needed", async () => {
    const own = start({ idleMs: 0 });
    for (const name of ["os", "sys"]) {
      const { issues } = await own.check({ code: `import ${name}\n`, language: "python" });
      assert.equal(issues.length, 1);
      await new Promise((resolve) => setTimeout(resolve, 0)); // The worker's own time is over.
    }
  });

  it("after stop, nothing is checked any more, and what was waiting is told", async () => {
    const own = start();
    const pending = failure(own.check({ code: "x", language: "python" }));
    await own.stop();
    assert.equal((await pending).code, "shutting_down");
    assert.equal((await failure(own.check({ code: "x", language: "python" }))).code, "shutting_down");
  });
});
