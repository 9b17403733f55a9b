/** The numbers of the dashboard's first page, read from the store. */
import { setImmediate } from "node:timers/promises";
import type { Ledger, Overview, OverviewTask } from "../../contract/dashboard.ts";
import { accuracyOfJudged } from "../../learning/knowing/accuracy.ts";
import type { ModelCheckRepository } from "../../store/model-checks.ts";
import type { OverviewRepository, RunSample, TaskOutline } from "../../store/overview.ts";
import type { ValidationRepository } from "../../store/validations.ts";

export interface OverviewParts {
  readonly overview: OverviewRepository;
  readonly validations: Pick<ValidationRepository, "judged">;
  readonly modelChecks: Pick<ModelCheckRepository, "record">;
  readonly prices: () => Promise<Ledger["prices"]>;
}

const tasksMost = 100;
const sampleMost = 200;
/** A rule of thumb that all providers of models give for English. */
const bytesPerToken = 4;

type Counts = ReadonlyMap<string, { readonly total: number; readonly succeeded: number }>;
type Sampled = TaskOutline & { readonly sample: RunSample };

export async function readOverview({ overview, validations, modelChecks, prices }: OverviewParts): Promise<Overview> {
  const [outlines, counts, spent] = await Promise.all([overview.tasks(tasksMost), overview.counts(), overview.spent()]);
  const sampled: Sampled[] = [];
  const tasks: OverviewTask[] = [];
  // One after the other, 1 to 5 ms each: requests that programs wait for get their turn in between.
  for (const outline of outlines) {
    await setImmediate();
    const sample = await overview.sample(outline.taskId, sampleMost);
    sampled.push({ ...outline, sample });
    tasks.push(await about(outline, sample, counts, { overview, validations, modelChecks }));
  }
  return {
    tasks,
    latency: percentiles(sampled.flatMap(({ sample }) => sample.latencyMs)),
    ledger: {
      ...spared(sampled, counts),
      modelCalls: spent.calls,
      modelUsd: spent.usd,
      prices: await prices(),
    },
  };
}

async function about(
  { taskId, name, activeVersion, accuracyTarget }: TaskOutline,
  { latencyMs }: RunSample,
  counts: Counts,
  { overview, validations, modelChecks }: Omit<OverviewParts, "prices">,
): Promise<OverviewTask> {
  const { total, succeeded } = counts.get(taskId) ?? { total: 0, succeeded: 0 };
  const judged = await validations.judged(taskId);
  const active = judged.filter(({ version }) => version === activeVersion);
  const counted = active.length > 0 ? active : judged;
  return {
    taskId,
    name,
    activeVersion,
    accuracyTarget,
    executions: total,
    failed: total - succeeded,
    ...(percentiles(latencyMs) ?? { p50Ms: null, p95Ms: null }),
    accuracy: counted.length === 0 ? null : accuracyOfJudged(counted, await modelChecks.record(taskId)),
    waiting: await overview.waiting(taskId),
  };
}

function percentiles(latencyMs: readonly number[]): { p50Ms: number; p95Ms: number } | null {
  const sorted = [...latencyMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return sorted.length === 0 ? null : { p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** What the programs' calls would have been to a model: how many, how long, by the sizes of the newest ones. */
function spared(
  tasks: readonly Sampled[],
  counts: Counts,
): Pick<Ledger, "callsAvoided" | "promptTokens" | "completionTokens" | "programMs"> {
  const sums = { callsAvoided: 0, promptTokens: 0, completionTokens: 0, programMs: 0 };
  for (const { taskId, descriptionBytes, sample } of tasks) {
    const n = counts.get(taskId)?.succeeded ?? 0;
    const { latencyMs, inputBytes, outputBytes } = sample;
    const meanMs = latencyMs.reduce((sum, ms) => sum + ms, 0) / Math.max(1, latencyMs.length);
    sums.callsAvoided += n;
    sums.promptTokens += (n * (descriptionBytes + inputBytes)) / bytesPerToken;
    sums.completionTokens += (n * outputBytes) / bytesPerToken;
    sums.programMs += n * meanMs;
  }
  return sums;
}
