/** Runs a task's program: finds the version, asks the sandbox, keeps the execution. */
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { Artifact } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import { BatchAnswer, type BatchRequest, type ExecuteRequest, type Execution } from "../contract/executions.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { Program, Sandbox, Verdict } from "../sandbox/sandbox.ts";
import { ascendingIds } from "../store/ids.ts";
import type { ExecutionRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { RunSettings } from "../store/tasks.ts";
import { PreparedJson } from "./prepared-json.ts";

export interface Runner {
  /** @throws HapaError not_found, no_active_program, conflict (a rejected version), sandbox_unavailable */
  execute(taskId: string, request: ExecuteRequest, signal: AbortSignal): Promise<Execution>;
  /** The answer as JSON text: outputs are JSON already, and reading and writing them again would cost half the time. */
  executeBatch(request: BatchRequest, signal: AbortSignal): Promise<PreparedJson>;
}

/** The outputs of one batch, in characters of JSON; an answer of twice this could not be put together. */
const outputMost = 200_000_000;
/** Programs kept at hand, in characters of code. */
const programCharacters = 32_000_000;
/** What an execution says of the program that ran. */
type RanArtifact = Pick<Artifact, "id" | "version">;

/** Rows run and written at once: few enough that other requests are answered in between. */
const rowsAtOnce = 2_500;

export function createRunner(parts: { store: Store; sandbox: Sandbox; metrics: Metrics }): Runner {
  const { store, sandbox, metrics } = parts;
  const nextId = ascendingIds("exec");
  // A version never changes, so it is read once.
  const programs = new LRUCache<string, { artifact: RanArtifact; program: Program }>({
    max: 256,
    maxSize: programCharacters,
    sizeCalculation: ({ program }) => program.code.length,
  });

  const find = async (taskId: string, wanted: number | undefined) => {
    const settings = await store.tasks.getRunSettings(taskId);
    if (!settings) throw new HapaError("not_found", `There is no task ${taskId}.`);
    const version = wanted ?? settings.activeVersion;
    if (version === null) {
      const message = "This task has no active program yet: generate one first (POST /api/v1/tasks/{id}/generate).";
      throw new HapaError("no_active_program", message);
    }
    const key = `${taskId}/${version}`;
    let found = programs.get(key);
    if (!found) {
      const stored = await store.artifacts.get(taskId, version);
      if (!stored) throw new HapaError("not_found", `Task ${taskId} has no version ${version}.`);
      if (stored.state === "rejected") {
        const message = `Version ${version} did not pass verification and is not run. Use an active or verified one.`;
        throw new HapaError("conflict", message);
      }
      const { id, code, language } = stored;
      found = { artifact: { id, version }, program: { key: id, code, language } };
      programs.set(key, found);
    }
    return { settings, ...found };
  };

  return {
    async execute(taskId, request, signal) {
      const { settings, artifact, program } = await find(taskId, request.version);
      const input = JSON.stringify(request.input);
      const verdict = await sandbox.run(program, input, {
        budgetMs: request.timeoutMs ?? settings.latencyTargetMs,
        signal,
      });
      const executedAt = new Date().toISOString();
      const row = toRow(nextId(), settings, artifact, input, verdict, executedAt, request.forceValidation ?? false);
      await store.executions.insert([row]);
      metrics.executions(verdict.status, 1);
      return {
        executionId: row.id,
        taskId,
        artifactId: artifact.id,
        version: artifact.version,
        status: verdict.status,
        output: outputOf(verdict),
        errorMessage: verdict.errorMessage,
        latencyMs: verdict.latencyMs,
        sampledForValidation: row.sampled === 1,
        executedAt,
      };
    },

    async executeBatch(request, signal) {
      const started = performance.now();
      const { settings, artifact, program } = await find(request.taskId, request.version);
      const inputs = request.items.map((item) => JSON.stringify(item.input));
      const verdicts: Verdict[] = [];
      const ids: string[] = [];
      const executedAt = new Date().toISOString();
      const runFrom = (from: number) =>
        sandbox.runBatch(program, inputs.slice(from, from + rowsAtOnce), {
          budgetMs: request.timeoutMs ?? settings.latencyTargetMs,
          stopOnFirstError: request.stopOnFirstError,
          signal,
        });
      let outputLength = 0;
      let running: Promise<Verdict[]> | undefined = runFrom(0);
      while (running) {
        const from = verdicts.length;
        const part: Verdict[] = await running;
        for (const verdict of part) {
          verdicts.push(verdict);
          outputLength += verdict.output?.length ?? 0;
        }
        if (outputLength > outputMost) {
          const message = `The outputs are larger than ${outputMost / 1_000_000} MB together. Send fewer inputs at once.`;
          throw new HapaError("payload_too_large", message);
        }
        const stopped = request.stopOnFirstError && part.at(-1)?.status !== "success";
        running = stopped || verdicts.length >= inputs.length ? undefined : runFrom(verdicts.length);
        // While the child works on the next part, this one is kept.
        running?.catch(() => {}); // If keeping fails, nobody waits for the next part any more.
        if (!request.log) continue;
        const rows = part.map((verdict, at) =>
          toRow(nextId(), settings, artifact, inputs[from + at] ?? "null", verdict, executedAt, false),
        );
        for (const row of rows) ids.push(row.id);
        await store.executions.insert(rows);
      }
      const counts = new Map<string, number>();
      let latency = 0;
      for (const verdict of verdicts) {
        counts.set(verdict.status, (counts.get(verdict.status) ?? 0) + 1);
        latency += verdict.latencyMs;
      }
      for (const [status, count] of counts) metrics.executions(status, count);
      const succeeded = counts.get("success") ?? 0;
      const summary = z.encode(BatchAnswer, {
        taskId: request.taskId,
        artifactId: artifact.id,
        version: artifact.version,
        total: verdicts.length,
        succeeded,
        failed: verdicts.length - succeeded,
        avgLatencyMs: verdicts.length === 0 ? 0 : latency / verdicts.length,
        totalMs: performance.now() - started,
        results: [],
      });
      const results = verdicts.map((verdict, index) =>
        resultJson(verdict, request.items[index]?.id ?? String(index), ids[index]),
      );
      return new PreparedJson(`${JSON.stringify(summary).slice(0, -2)}${results.join(",")}]}`);
    },
  };
}

/** One `BatchResult` as text. */
function resultJson(verdict: Verdict, id: string, executionId: string | undefined): string {
  const error = verdict.errorMessage === undefined ? "" : `,"error_message":${JSON.stringify(verdict.errorMessage)}`;
  const execution = executionId === undefined ? "null" : `"${executionId}"`;
  return `{"id":${JSON.stringify(id)},"execution_id":${execution},"status":"${verdict.status}","output":${verdict.output ?? "null"}${error},"latency_ms":${verdict.latencyMs}}`;
}

function outputOf(verdict: Verdict): JsonValue {
  return verdict.status === "success" && verdict.output !== null ? (JSON.parse(verdict.output) as JsonValue) : null;
}

function toRow(
  id: string,
  settings: RunSettings,
  artifact: RanArtifact,
  input: string,
  verdict: Verdict,
  executedAt: string,
  forced: boolean,
): ExecutionRow {
  return {
    id,
    task_id: settings.id,
    artifact_id: artifact.id,
    version: artifact.version,
    status: verdict.status,
    input,
    output: verdict.output,
    error_message: verdict.errorMessage ?? null,
    latency_ms: verdict.latencyMs,
    sampled: forced || sampled(id, settings.samplingRate) ? 1 : 0,
    executed_at: executedAt,
  };
}

/** By the id alone (FNV-1a), so that any instance decides alike. */
function sampled(id: string, rate: number): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32 < rate;
}
