/** The numbers of the dashboard's first page, by real runs and verdicts. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { startTestBackend } from "../support/backend.ts";

describe("the dashboard's numbers", () => {
  it("are those of the tasks' analytics, and the ledger's follow from the runs", async () => {
    const backend = await startTestBackend({
      model: async () => ({ baseUrl: "http://127.0.0.1:9/v1", name: "m", prices: { prompt: 1, completion: 2 } }),
    });
    try {
      const { client } = backend;
      const fields = { examples: [{ input: "a", output: "A" }], language: "javascript" as const };
      const numbers = { accuracyTarget: 0.9, latencyTargetMs: 10, samplingRate: 1 };
      const { id } = await client.call("createTask", {
        params: {},
        body: { name: "Upper case", description: "x".repeat(100), ...fields, ...numbers },
      });
      const code = "function run(input) { return input.toUpperCase(); }";
      await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
      const inputs = ["aaaaaa", "bbbbbb", "cccccc", 7];
      const ran = await client.call("executeBatch", {
        params: {},
        body: { taskId: id, items: inputs.map((input) => ({ input })), stopOnFirstError: false, log: true },
      });
      const [first, second] = ran.results.map(({ executionId }) => executionId ?? "");
      for (const [executionId, correct] of [
        [first, true],
        [second, false],
      ] as const)
        await client.call("judgeExecution", { params: { id }, body: { executionId: executionId ?? "", correct } });
      await client.call("createTask", { params: {}, body: { name: "Idle", description: "", ...fields, ...numbers } });
      const [{ tasks, ledger, latency }, analytics] = await Promise.all([
        client.call("getOverview", { params: {} }),
        client.call("getAnalytics", { params: { taskId: id } }),
      ]);
      assert.deepEqual(
        tasks.map(({ name, executions, failed, waiting, activeVersion }) => [
          name,
          executions,
          failed,
          waiting,
          activeVersion,
        ]),
        [
          ["Idle", 0, 0, 0, null],
          ["Upper case", 4, 1, 2, 1],
        ],
      );
      assert.deepEqual([tasks[0]?.accuracy, tasks[0]?.p50Ms], [null, null]);
      assert.deepEqual(tasks[1]?.accuracy, analytics.accuracy);
      assert.equal(tasks[1]?.p95Ms, analytics.latency?.p95Ms);
      assert.deepEqual(latency, { p50Ms: tasks[1]?.p50Ms, p95Ms: tasks[1]?.p95Ms });
      // Three runs gave an output; the mean input has 6.25 bytes of JSON, the mean output 6, the description 100.
      assert.deepEqual(
        { ...ledger, programMs: 0 },
        {
          ...{ callsAvoided: 3, promptTokens: (3 * 106.25) / 4, completionTokens: (3 * 6) / 4, programMs: 0 },
          ...{ modelCalls: 0, modelUsd: 0, prices: { model: "m", prompt: 1, completion: 2 } },
        },
      );
    } finally {
      await backend.stop();
    }
  });
});
