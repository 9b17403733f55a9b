/** Rows as the runner hands them over. */
import type { ExecutionRow, ValidationRow } from "../../../src/store/schema.ts";

export const key = Buffer.alloc(32, 7);

export function executionRow(over: Partial<ExecutionRow> = {}): ExecutionRow {
  return {
    id: "exec_1",
    task_id: "task_shared",
    artifact_id: "art_1",
    version: 1,
    status: "success",
    input: '"Lovelace, Ada"',
    output: '"Ada Lovelace"',
    error_message: null,
    latency_ms: 0.02,
    sampled: 1,
    executed_at: "2026-11-22T10:00:00.000Z",
    ...over,
  };
}

export function validationRow(over: Partial<ValidationRow> = {}): ValidationRow {
  return {
    id: "val_1",
    execution_id: "exec_1",
    task_id: "task_shared",
    version: 1,
    oracle: "person",
    correct: 1,
    expected_output: null,
    created_at: "2026-11-22T11:00:00.000Z",
    ...over,
  };
}
