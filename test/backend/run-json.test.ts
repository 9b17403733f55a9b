/** Answers written as text say what the contract's schemas would have said. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { z } from "zod";
import type { PreparedJson } from "../../src/backend/prepared-json.ts";
import { batchJson, executionJson, outputsJson, resultsJson } from "../../src/backend/run-json.ts";
import { BatchAnswer, Execution } from "../../src/contract/executions.ts";
import type { Verdict } from "../../src/sandbox/sandbox.ts";

const odd = 'he said "\\"\n\u2028\ud83d[]}';
const textOf = ({ content }: PreparedJson) =>
  typeof content === "string" ? content : Buffer.concat(content).toString();

describe("answers to runs", () => {
  it("are the contract's, whatever a program said", () => {
    const run = {
      version: 3,
      input: "1",
      latency_ms: 0.0042,
      sampled: 1 as const,
      executed_at: "2030-01-01T00:00:00.000Z",
    };
    const ids = { id: "exec_1", task_id: "task_1", artifact_id: "art_1" };
    const common = { executionId: "exec_1", taskId: "task_1", artifactId: "art_1", version: 3, latencyMs: 0.0042 };
    const rest = { sampledForValidation: true, executedAt: run.executed_at };
    const read = (row: Parameters<typeof executionJson>[0]) =>
      z.decode(Execution, JSON.parse(textOf(executionJson(row))));
    assert.deepEqual(
      read({ ...ids, ...run, status: "success", output: JSON.stringify({ odd }), error_message: null }),
      { ...common, ...rest, status: "success", output: { odd } },
    );
    assert.deepEqual(read({ ...ids, ...run, status: "error", output: null, error_message: odd }), {
      ...common,
      ...rest,
      status: "error",
      output: null,
      errorMessage: odd,
    });
  });

  it("put the parts of a batch together in order, with and without ids", () => {
    const good: Verdict = { status: "success", output: "[1]", latencyMs: 0.5 };
    const bad: Verdict = { status: "error", output: null, errorMessage: odd, latencyMs: 1 };
    const items = [{ input: 1 }, { id: odd, input: 2 }, { input: 3 }];
    const summary = {
      taskId: odd,
      artifactId: "art_1",
      version: 1,
      total: 3,
      succeeded: 2,
      failed: 1,
      avgLatencyMs: 1,
      totalMs: 2,
    };
    const kept = [{ id: "exec_1" }, { id: "exec_2" }];
    const parts = [resultsJson([good, bad], items, 0, kept), resultsJson([good], items, 2, [undefined])];
    const read = z.decode(BatchAnswer, JSON.parse(textOf(batchJson(summary, parts))));
    assert.deepEqual(read, {
      ...summary,
      taskId: odd,
      results: [
        { id: "0", executionId: "exec_1", status: "success", output: [1], latencyMs: 0.5 },
        { id: odd, executionId: "exec_2", status: "error", output: null, errorMessage: odd, latencyMs: 1 },
        { id: "2", executionId: null, status: "success", output: [1], latencyMs: 0.5 },
      ],
    });
    assert.deepEqual(z.decode(BatchAnswer, JSON.parse(textOf(batchJson(summary, [])))).results, []);
  });

  it("put the outputs of a compact batch together, with its failures", () => {
    const verdicts: Verdict[] = [
      { status: "success", output: '{"a":[1]}', latencyMs: 0.5 },
      { status: "error", output: null, errorMessage: odd, latencyMs: 1 },
    ];
    const failures = [{ position: 1, status: "error" as const, errorMessage: odd }];
    const counts = { total: 4, succeeded: 3, failed: 1, avgLatencyMs: 1, totalMs: 2 };
    const summary = { taskId: odd, artifactId: "art_1", version: 1, ...counts, failures };
    const parts = [outputsJson(verdicts), outputsJson(verdicts.toReversed())];
    const read = z.decode(BatchAnswer, JSON.parse(textOf(batchJson(summary, parts, true))));
    assert.deepEqual(read, { ...summary, results: [], outputs: [{ a: [1] }, null, null, { a: [1] }] });
  });
});
