import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { z } from "zod";
import { errorStatus } from "../../src/contract/errors.ts";
import { GenerateRequest } from "../../src/contract/generation.ts";
import type { RouteSpec } from "../../src/contract/route.ts";
import { routes } from "../../src/contract/routes.ts";
import { NewTask, Task } from "../../src/contract/tasks.ts";
import { snakeCase } from "../../src/contract/wire.ts";

describe("the wire", () => {
  it("renames what the contract names and nothing inside the person's data", () => {
    const wire = { name: "t", accuracy_target: 0.5, examples: [{ input: { a_b: 1, cD: 2 }, output: null }] };
    const task = z.decode(NewTask, wire);
    assert.equal(task.accuracyTarget, 0.5);
    assert.deepEqual(task.examples, wire.examples);
    assert.deepEqual(z.encode(NewTask, task), {
      ...wire,
      description: "",
      language: "javascript",
      latency_target_ms: 10,
      sampling_rate: 0.05,
    });
  });

  it("gives back any JSON value as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (input, output) => {
        const wire = JSON.parse(JSON.stringify({ name: "t", examples: [{ input, output }] }));
        const there = JSON.parse(JSON.stringify(z.encode(NewTask, z.decode(NewTask, wire))));
        assert.deepEqual(there.examples, wire.examples);
      }),
    );
  });

  it("refuses a missing input, an unknown key and a wrong number, each by its place", () => {
    const places = (wire: unknown) =>
      NewTask.safeDecode(wire as never).error?.issues.map((issue) => issue.path.join("."));
    assert.deepEqual(places({ name: "t", examples: [{ output: 1 }] }), ["examples.0.input"]);
    assert.deepEqual(places({ name: "t", sampling_rate: 2 }), ["sampling_rate"]);
    assert.deepEqual(places({ name: "t", samplingRate: 1 })?.length, 1);
  });

  it("reads an answer of a newer server: unknown keys are dropped", () => {
    const task = z.encode(Task, z.decode(Task, sample));
    assert.deepEqual(z.decode(Task, { ...(task as object), from_the_future: 1 } as never), z.decode(Task, sample));
  });

  it("has snake_case keys in every schema, and a permission on every route", () => {
    for (const [name, spec] of Object.entries(routes) as [string, RouteSpec][]) {
      assert.ok(spec.permission, name);
      for (const schema of [spec.body, spec.query, spec.answer]) {
        if (!schema) continue;
        const text = JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
        for (const [, key = ""] of text.matchAll(/"properties":\{"(\w+)"/g)) assert.equal(key, snakeCase(key), name);
      }
    }
  });

  it("knows no error without a status a client can tell apart", () => {
    for (const [code, status] of Object.entries(errorStatus)) assert.ok(status >= 400 && status < 600, code);
  });

  it("trims a question and refuses one of spaces", () => {
    assert.equal(GenerateRequest.safeDecode({ user_question: "  ", language: "python" } as never).success, false);
  });
});

const sample = {
  id: "task_1",
  name: "t",
  description: "",
  language: "javascript",
  input_schema: null,
  output_schema: null,
  examples: [],
  accuracy_target: 0.9,
  latency_target_ms: 10,
  sampling_rate: 0.05,
  comparison: "exact",
  model_verdicts_per_day: 0,
  model_usd_per_day: 1,
  privacy_mode: "balanced",
  sampling_strategy: "random",
  improve: "auto",
  draft: false,
  active_version: null,
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
} as never;
