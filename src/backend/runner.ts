/** Runs a task's program: finds the version, asks the sandbox, keeps the execution. */
import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Artifact } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import type { BatchFailure, BatchRequest, ExecuteRequest } from "../contract/executions.ts";
import { say } from "../contract/say.ts";
import type { Attempt, AttemptOptions, LiveRollouts } from "../learning/rollouts/live.ts";
import { newProfile, placeOf, type SamplingProfile } from "../learning/sampling.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { Program, Sandbox, Verdict } from "../sandbox/sandbox.ts";
import { ascendingIds } from "../store/ids.ts";
import type { ExecutionRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { RunSettings } from "../store/tasks.ts";
import { Keeping, type Kept, type Sampling, sampledAs } from "./keeping.ts";
import type { PreparedJson } from "./prepared-json.ts";
import { batchJson, executionJson, outputsJson, resultsJson } from "./run-json.ts";

/** Both answer with JSON text: outputs are that already, and to read and write them again would cost half the time. */
export interface Runner {
  /** @throws HapaError not_found, no_active_program, conflict (a rejected version), sandbox_unavailable */
  execute(taskId: string, request: ExecuteRequest, signal: AbortSignal): Promise<PreparedJson>;
  executeBatch(request: BatchRequest, signal: AbortSignal): Promise<PreparedJson>;
}

/** The outputs of one batch, in characters of JSON; an answer of twice this could not be put together. */
const outputMost = 200_000_000;
/** Programs kept at hand, in characters of code. */
const programCharacters = 32_000_000;
/** What an execution says of the program that ran. */
type RanArtifact = Pick<Artifact, "id" | "version">;

interface Loaded {
  readonly artifact: RanArtifact;
  readonly program: Program;
}

/** Rows run and written at once: few enough that other requests are answered in between. */
const rowsAtOnce = 2_500;

export interface RunnerParts {
  readonly store: Store;
  readonly sandbox: Sandbox;
  readonly metrics: Metrics;
  /** Says which version answers while one is being rolled out. */
  readonly rollouts: LiveRollouts;
  /** Told of executions that were kept and are to be judged. Returns at once. */
  readonly onSampled: (taskId: string, rows: readonly ExecutionRow[]) => void;
  /** What is usual for a task; undefined where nothing is known yet. */
  readonly profileOf: (taskId: string) => Promise<SamplingProfile | undefined>;
}

export function createRunner({ store, sandbox, metrics, rollouts, onSampled, profileOf }: RunnerParts): Runner {
  const nextId = ascendingIds("exec");
  // A version never changes, so it is read once.
  const programs = new LRUCache<string, Loaded>({
    max: 256,
    maxSize: programCharacters,
    sizeCalculation: ({ program }) => program.code.length,
  });

  const keep = async (taskId: string, rows: readonly ExecutionRow[]): Promise<void> => {
    await store.executions.insert(rows);
    const toJudge = rows.filter((row) => row.sampled > 0);
    if (toJudge.length > 0) onSampled(taskId, toJudge.map(detached));
  };

  const nothingUsual = newProfile();
  /** Chance alone needs to know nothing. */
  const samplingOf = async (settings: RunSettings): Promise<Sampling> => {
    const profile = settings.samplingStrategy === "random" ? undefined : await profileOf(settings.id);
    return { settings, profile: profile ?? nothingUsual };
  };

  const find = async (taskId: string, wanted: number | undefined) => {
    const settings = await store.tasks.getRunSettings(taskId);
    if (!settings) throw new HapaError("not_found", say`There is no task ${taskId}.`);
    const version = wanted ?? settings.activeVersion;
    if (version === null) {
      const message = say`This task has no active program yet: generate one first (POST /api/v1/tasks/:id/generate).`;
      throw new HapaError("no_active_program", message);
    }
    const found = await load(taskId, version);
    // A version that was asked for answers alone.
    const trial = wanted === undefined && settings.rolloutId !== null ? await rollouts.trial(settings) : undefined;
    const other = trial && (await load(taskId, trial.candidateVersion));
    const begin =
      other && ((inputs: readonly string[], how: AttemptOptions) => trial.begin(other.program, inputs, how));
    return { settings, ...found, candidate: begin && { artifact: other.artifact, begin } };
  };

  const load = async (taskId: string, version: number): Promise<Loaded> => {
    const key = `${taskId}/${version}`;
    let found = programs.get(key);
    if (!found) {
      const stored = await store.artifacts.get(taskId, version);
      if (!stored) throw new HapaError("not_found", say`Task ${taskId} has no version ${version}.`);
      if (stored.state === "rejected") {
        const message = say`Version ${version} did not pass verification and is not run. Use an active or verified one.`;
        throw new HapaError("conflict", message);
      }
      const { id, code, language } = stored;
      found = { artifact: { id, version }, program: { key: id, code, language } };
      programs.set(key, found);
    }
    return found;
  };

  return {
    async execute(taskId, request, signal) {
      const { settings, artifact, program, candidate } = await find(taskId, request.version);
      const input = JSON.stringify(request.input);
      const budgetMs = request.timeoutMs ?? settings.latencyTargetMs;
      const attempt = candidate?.begin([input], { budgetMs, signal, keep: true, mayAnswer: true });
      const own = await sandbox.run(program, input, { budgetMs, signal });
      const answer = (await attempt?.answers([own]))?.[0];
      const verdict = answer ?? own;
      const id = nextId();
      const executedAt = new Date().toISOString();
      const { status, output } = verdict;
      const chosen = sampledAs(placeOf(id), await samplingOf(settings), { status, input, output });
      // What a caller picks is no fair draw.
      const sampled = chosen === 0 && request.forceValidation ? 2 : chosen;
      const ran = answer && candidate ? candidate.artifact : artifact;
      const row = toRow({ id, sampled }, settings, ran, input, verdict, executedAt);
      await keep(taskId, [row]);
      metrics.executions(verdict.status, 1);
      return executionJson(row, verdict.logs);
    },

    async executeBatch(request, signal) {
      const started = performance.now();
      const { settings, artifact, program, candidate } = await find(request.taskId, request.version);
      const { items } = request;
      const executedAt = new Date().toISOString();
      const options = {
        budgetMs: request.timeoutMs ?? settings.latencyTargetMs,
        stopOnFirstError: request.stopOnFirstError,
        signal,
      };
      const both = { ...options, keep: request.log !== false, mayAnswer: !request.stopOnFirstError };
      const runFrom = (from: number): Running => {
        const inputs = items.slice(from, from + rowsAtOnce).map((item) => JSON.stringify(item.input));
        const attempt = candidate?.begin(inputs, both);
        return { inputs, attempt, verdicts: sandbox.runBatch(program, inputs, options) };
      };
      const results: Buffer[] = [];
      const counts = new Map<string, number>();
      const sampling = await samplingOf(settings);
      const keepingOwn = new Keeping(request.log, sampling, nextId);
      const keepingCandidate = new Keeping(request.log, sampling, nextId);
      const failures: BatchFailure[] = [];
      let done = 0;
      let latency = 0;
      let outputLength = 0;
      let running: Running | undefined = runFrom(0);
      while (running) {
        const { inputs, attempt }: Running = running;
        const own: Verdict[] = await running.verdicts;
        const answers: readonly (Verdict | undefined)[] = (await attempt?.answers(own)) ?? [];
        const verdicts: Verdict[] = attempt ? own.map((verdict, at) => answers[at] ?? verdict) : own;
        const from = done;
        done += verdicts.length;
        for (const [at, { status, latencyMs, output, errorMessage }] of verdicts.entries()) {
          if (request.compact && status !== "success") failures.push({ position: from + at, status, errorMessage });
          counts.set(status, (counts.get(status) ?? 0) + 1);
          latency += latencyMs;
          outputLength += output?.length ?? 0;
        }
        if (outputLength > outputMost) {
          const message = say`The outputs are larger than ${outputMost / 1_000_000} MB together. Send fewer inputs at once.`;
          throw new HapaError("payload_too_large", message);
        }
        const stopped = request.stopOnFirstError && verdicts.at(-1)?.status !== "success";
        running = stopped || done >= items.length ? undefined : runFrom(done);
        // While the child works on the next part, this one is kept.
        running?.verdicts.catch(() => {}); // If keeping fails, nobody waits for the next part any more.
        const choices = verdicts.map(({ status, output }, at) =>
          (answers[at] ? keepingCandidate : keepingOwn).choose({ status, input: inputs[at] ?? "null", output }),
        );
        const kept = verdicts.flatMap((verdict, at) => {
          const choice = choices[at];
          const ran = answers[at] && candidate ? candidate.artifact : artifact;
          return choice ? [toRow(choice, settings, ran, inputs[at] ?? "null", verdict, executedAt)] : [];
        });
        if (kept.length > 0) await keep(request.taskId, kept);
        results.push(request.compact ? outputsJson(verdicts) : resultsJson(verdicts, items, from, choices));
        // Other requests are answered in between.
        await setImmediate();
      }
      await store.executions.countUnkept(request.taskId, artifact.version, keepingOwn.unkept);
      if (candidate)
        await store.executions.countUnkept(request.taskId, candidate.artifact.version, keepingCandidate.unkept);
      for (const [status, count] of counts) metrics.executions(status, count);
      const succeeded = counts.get("success") ?? 0;
      return batchJson(
        {
          taskId: request.taskId,
          artifactId: artifact.id,
          version: artifact.version,
          total: done,
          succeeded,
          failed: done - succeeded,
          avgLatencyMs: done === 0 ? 0 : latency / done,
          totalMs: performance.now() - started,
          ...(request.compact ? { failures } : {}),
        },
        results,
        request.compact,
      );
    },
  };
}

/** A part of a batch that is with the sandbox. */
interface Running {
  readonly inputs: readonly string[];
  /** The candidate's, while one is being rolled out. */
  readonly attempt: Attempt | undefined;
  readonly verdicts: Promise<Verdict[]>;
}

function toRow(
  choice: Kept,
  settings: RunSettings,
  artifact: RanArtifact,
  input: string,
  verdict: Verdict,
  executedAt: string,
): ExecutionRow {
  return {
    id: choice.id,
    task_id: settings.id,
    artifact_id: artifact.id,
    version: artifact.version,
    status: verdict.status,
    input,
    output: verdict.output,
    error_message: verdict.errorMessage ?? null,
    latency_ms: verdict.latencyMs,
    sampled: choice.sampled,
    executed_at: executedAt,
  };
}

/** A row that waits must not hold all that a child sent with its output: it gets a text of its own, of the two together. */
function detached(row: ExecutionRow): ExecutionRow {
  return row.output === null ? row : { ...row, output: ` ${row.output}`.slice(1) };
}
