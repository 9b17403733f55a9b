/** The quick way to read a batch says exactly what its schema says. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readRequest } from "../../src/backend/middleware/errors.ts";
import { readBatch } from "../../src/backend/read-batch.ts";
import { BatchRequest } from "../../src/contract/executions.ts";

describe("reading a batch", () => {
  const outcome = (read: () => unknown) => {
    try {
      return { value: read() };
    } catch (error) {
      const { code, message, details } = error as { code: string; message: string; details: unknown };
      return { code, message, details };
    }
  };

  it("takes and refuses what the schema does, with the same words", () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const id = fc.oneof(
      { weight: 5, arbitrary: fc.string() },
      fc.constant("x".repeat(200)),
      fc.constant("x".repeat(201)),
      value,
    );
    const item = fc.oneof(
      { weight: 20, arbitrary: fc.record({ id, input: value }, { requiredKeys: ["input"] }) },
      fc.record({ id, input: value, other: value }, { requiredKeys: [] }),
      fc.constant(JSON.parse('{"__proto__": 1, "input": 1}')),
      value,
    );
    const items = fc.oneof({ weight: 9, arbitrary: fc.array(item, { maxLength: 6 }) }, value);
    const optional = { version: fc.oneof(fc.nat(), value), timeout_ms: fc.nat(1_200), log: fc.boolean() };
    const body = fc.record(
      { task_id: fc.oneof(fc.string(), value), items, ...optional, stranger: value },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof({ weight: 20, arbitrary: body }, value), (generated) => {
        const sent: unknown = JSON.parse(JSON.stringify(generated));
        const bySchema = outcome(() => readRequest(BatchRequest, sent));
        assert.deepEqual(
          outcome(() => readBatch(sent)),
          bySchema,
        );
      }),
      { numRuns: 3_000 },
    );
    const ones = (length: number) => ({ task_id: "t", items: Array.from({ length }, () => ({ input: 1 })) });
    for (const length of [0, 1, 100_000, 100_001]) {
      const bySchema = outcome(() => readRequest(BatchRequest, ones(length)));
      assert.deepEqual(
        outcome(() => readBatch(ones(length))),
        bySchema,
      );
    }
  });
});
