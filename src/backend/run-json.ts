/** The answers to runs, written as JSON text in the contract's wire form, around outputs that are JSON text already. */
import { z } from "zod";
import { BatchAnswer, type BatchRequest } from "../contract/executions.ts";
import type { Verdict } from "../sandbox/sandbox.ts";
import type { ExecutionRow } from "../store/schema.ts";
import { PreparedJson } from "./prepared-json.ts";

/** An `Execution`, from the row it is kept as, and what the program printed. */
export function executionJson(row: ExecutionRow, logs?: string): PreparedJson {
  const printed = logs === undefined ? "" : `,"logs":${JSON.stringify(logs)}`;
  const text = `{"execution_id":"${row.id}","task_id":${JSON.stringify(row.task_id)},"artifact_id":"${row.artifact_id}","version":${row.version},"status":"${row.status}","output":${outputOf(row)}${errorOf(row.error_message)},"latency_ms":${row.latency_ms},"sampled_for_validation":${row.sampled > 0},"executed_at":"${row.executed_at}"${printed}}`;
  return new PreparedJson(text);
}

/**
 * The `BatchResult`s of one part of a batch, with commas in between.
 * @param from The position of the first in the batch.
 * @param kept Ids of the executions; undefined where one is not kept.
 */
export function resultsJson(
  verdicts: readonly Verdict[],
  items: BatchRequest["items"],
  from: number,
  kept: readonly ({ readonly id: string } | undefined)[],
): Buffer {
  const texts = verdicts.map((verdict, at) => {
    const id = items[from + at]?.id;
    const own = kept[at];
    const execution = own === undefined ? "null" : `"${own.id}"`;
    return `{"id":${id === undefined ? `"${from + at}"` : JSON.stringify(id)},"execution_id":${execution},"status":"${verdict.status}","output":${outputOf(verdict)}${errorOf(verdict.errorMessage)},"latency_ms":${verdict.latencyMs}}`;
  });
  return Buffer.from(texts.join(","));
}

/** The outputs of one part of a batch, with commas in between. */
export function outputsJson(verdicts: readonly Verdict[]): Buffer {
  return Buffer.from(verdicts.map(outputOf).join(","));
}

/** A `BatchAnswer`, from the texts of its results, or of its outputs where `compact` was asked. */
export function batchJson(
  summary: Omit<BatchAnswer, "results" | "outputs">,
  parts: readonly Buffer[],
  compact = false,
): PreparedJson {
  // The list comes last.
  const whole = JSON.stringify(z.encode(BatchAnswer, { ...summary, results: [] }));
  const head = compact ? `${whole.slice(0, -1)},"outputs":[` : whole.slice(0, -"]}".length);
  const list = parts.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from(","), part]));
  return new PreparedJson([Buffer.from(head), ...list, Buffer.from("]}")]);
}

function outputOf({ status, output }: { readonly status: string; readonly output: string | null }): string {
  return status === "success" && output !== null ? output : "null";
}

function errorOf(message: string | null | undefined): string {
  return message === null || message === undefined ? "" : `,"error_message":${JSON.stringify(message)}`;
}
