import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Client } from "../../src/client/client.ts";
import type { BatchAnswer, BatchFailure, BatchRequest } from "../../src/contract/executions.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { runProgram } from "../../src/extension/programs.ts";

type Result = Partial<Omit<BatchFailure, "position">> & { readonly output?: JsonValue };
const program = { taskId: "task_1", version: 2 };
const options = { log: false, signal: new AbortController().signal };

/** A client whose batches are answered row by row; keeps what was asked. */
function scripted(answer: (input: unknown, request: BatchRequest) => Result) {
  const asked: BatchRequest[] = [];
  const call = async (_name: string, { body }: { body: BatchRequest }): Promise<Partial<BatchAnswer>> => {
    asked.push(body);
    assert.equal(body.compact, true);
    const results = body.items.map(({ input }) => answer(input, body));
    const failures = results.flatMap(({ status = "success", errorMessage }, position) =>
      status === "success" ? [] : [{ position, status, errorMessage }],
    );
    return { outputs: results.map(({ output = null }) => output), failures };
  };
  return { client: { call, stream: call } as unknown as Client, asked };
}

describe("running a program on many inputs", () => {
  it("goes in groups of two thousand and keeps the order", async () => {
    const { client, asked } = scripted((input) => ({ output: `${input}!` }));
    const inputs = Array.from({ length: 4_500 }, (_, at) => `${at}`);
    const outcomes = await runProgram(client, program, inputs, options);
    assert.deepEqual(
      asked.map(({ items, log, version }) => [items.length, log, version]),
      [2_000, 2_000, 500].map((length) => [length, false, 2]),
    );
    assert.deepEqual(
      outcomes.map((outcome) => outcome.ok && outcome.output),
      inputs.map((input) => `${input}!`),
    );
  });

  it("tries a row again that ran out of time on a busy machine", async () => {
    const { client, asked } = scripted((input, { timeoutMs }) =>
      input === "slow" && !timeoutMs ? { status: "timeout", errorMessage: "late" } : { output: "done" },
    );
    const outcomes = await runProgram(client, program, ["a", "slow", "b"], options);
    assert.ok(outcomes.every(({ ok }) => ok));
    assert.deepEqual(asked[1]?.items, [{ input: "slow" }]);
  });

  it("does not go on trying where the program itself hangs", async () => {
    const { client, asked } = scripted(() => ({ status: "timeout", errorMessage: "late" }));
    const inputs = Array.from({ length: 500 }, () => "x");
    const outcomes = await runProgram(client, program, inputs, options);
    assert.equal(asked.length, 2);
    assert.ok(outcomes.every((outcome) => !outcome.ok && outcome.error === "late"));
  });

  it("a failure of one row is that row's alone", async () => {
    const { client } = scripted((input) =>
      input === "bad" ? { status: "error", errorMessage: "no comma" } : { output: "fine" },
    );
    assert.deepEqual(await runProgram(client, program, ["ok", "bad"], options), [
      { ok: true, output: "fine" },
      { ok: false, error: "no comma" },
    ]);
  });
});
