/** Callers who change their mind, code that takes too long, workers that come and go: each ends in a clear answer. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import { createValidator, type Validator } from "../../src/validation/client.ts";
import { files } from "../support/backend.ts";

/** Takes TypeScript half a minute. */
const slow = `x = ${"1+".repeat(300_000)}1`;

describe("the limits of a check", function () {
  this.timeout(60_000); // A new worker loads everything again.
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

  it("what takes longer than it may is ended, and says so", async () => {
    const own = start({ limitMs: 300 });
    // What loading takes is not counted.
    const first = await own.check({ code: "let x = 1;\n", language: "javascript", only: "syntax" });
    assert.equal(first.total, 0);
    const error = await failure(own.check({ code: slow, language: "javascript" }));
    assert.equal(error.code, "too_complex");
    assert.match(error.message, /within 0.3 s/);
  });

  it("one that is not wanted any more is stopped, waiting or under way, and others are not held up by it", async () => {
    const own = start();
    await own.check({ code: "1", language: "javascript" });
    const [running, waiting] = [new AbortController(), new AbortController()];
    const long = failure(own.check({ code: slow, language: "javascript" }, running.signal));
    const never = failure(own.check({ code: "x", language: "python" }, waiting.signal));
    const next = own.check({ code: "import os\n", language: "python" });
    waiting.abort();
    running.abort();
    assert.equal((await long).code, "client_closed_request");
    assert.equal((await never).code, "client_closed_request");
    assert.equal((await next).issues.length, 1);
    assert.equal(
      (await failure(own.check({ code: "x", language: "python" }, AbortSignal.abort()))).code,
      "client_closed_request",
    );
  });

  it("a queue that is too long is told, instead of growing without end", async () => {
    const own = start();
    const stop = new AbortController();
    const asked = Array.from({ length: 70 }, (_, i) =>
      own.check({ code: `x = ${i}`, language: "python" }, stop.signal),
    );
    const outcomes = Promise.allSettled(asked);
    stop.abort();
    const codes = (await outcomes).map((one) => (one.status === "rejected" ? one.reason.code : "checked"));
    assert.equal(codes.filter((code) => code === "rate_limited").length, 5);
    assert.equal(codes.filter((code) => code === "client_closed_request").length, 65);
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
