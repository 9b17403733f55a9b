/**
 * Puts together what learns from executions: datasets, verdicts, what is known of a task, improvements and rollouts; and
 * says which of them hears of what.
 */
import { join } from "node:path";
import type { HapaEvent } from "../contract/events.ts";
import { createGenerationService, type GenerationParts } from "../generation/service.ts";
import { createDatasets } from "../learning/dataset/dataset.ts";
import type { DatasetLimits } from "../learning/dataset/files.ts";
import { createImproving } from "../learning/improving/improving.ts";
import { createJudge } from "../learning/judge.ts";
import { createKnowing } from "../learning/knowing/knowing.ts";
import { createReferencePrograms } from "../learning/reference-program.ts";
import { createReplay } from "../learning/rollouts/replay.ts";
import { createRollouts } from "../learning/rollouts/rollouts.ts";
import type { Log } from "../observability/log.ts";
import { createSandbox } from "../sandbox/lanes.ts";
import type { SandboxOptions } from "../sandbox/sandbox.ts";
import { createSynthesizer } from "../synthesis/client.ts";
import type { BackendEvents } from "./events.ts";
import { datasetRoutes } from "./routes/datasets.ts";
import { improvingRoutes } from "./routes/improving.ts";
import { knowingRoutes } from "./routes/knowing.ts";
import { rolloutRoutes } from "./routes/rollouts.ts";
import { validationRoutes } from "./routes/validations.ts";
import type { RunnerParts } from "./runner.ts";

export interface Learning {
  readonly routes: ReturnType<typeof validationRoutes> &
    ReturnType<typeof datasetRoutes> &
    ReturnType<typeof rolloutRoutes> &
    ReturnType<typeof knowingRoutes> &
    ReturnType<typeof improvingRoutes>;
  /** What runs have to do with it. */
  readonly runner: Pick<RunnerParts, "rollouts" | "onSampled" | "profileOf">;
  /** Goes on with what was under way when the last process ended. */
  recover(): void;
  /** Deletes the datasets of tasks that are gone. */
  tidy(): Promise<void>;
  /** Waits for what is under way and writes what is left; nothing new may come any more. */
  stop(): Promise<void>;
}

export interface LearningParts {
  readonly dataDir: string;
  readonly log: Log;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  /** What programs for people are made with. */
  readonly generating: GenerationParts;
  readonly sandbox: SandboxOptions;
  readonly synthesisWorker: string;
  /** Tells what happens, in whichever process. */
  readonly listen: BackendEvents["listen"];
  readonly datasets: Partial<DatasetLimits> | undefined;
  readonly improvementRestMs: number | undefined;
}

/** Alerts that speak for a better version. */
const cues = new Map<string, "drift" | "accuracy" | "cluster">([
  ["inputs.changed", "drift"],
  ["accuracy.fell", "accuracy"],
  ["failures.cluster", "cluster"],
]);
/** Of the children that candidates and reference programs run in. */
const trialRestMs = 30_000;

export async function createLearning(parts: LearningParts): Promise<Learning> {
  const { log, stopping, generating } = parts;
  const { store, sandbox, metrics } = generating;
  const endpoint = () => generating.endpoint("judge");
  const datasets = createDatasets({
    folder: join(parts.dataDir, "datasets"),
    key: await store.installationKey("datasets"),
    privacyOf: async (taskId) => (await store.tasks.getRunSettings(taskId))?.privacyMode,
    limits: parts.datasets,
    log,
    onRows: metrics.datasetRows,
  });
  const knowing = createKnowing({ store, log, stopping });
  // What candidates do holds up nobody; its children start with a rollout and end soon after.
  const trialSandbox = createSandbox({ ...parts.sandbox, restAfterMs: trialRestMs });
  // A slow or broken reference keeps no candidate waiting.
  const referenceSandbox = createSandbox({ ...parts.sandbox, restAfterMs: trialRestMs });
  const programs = createReferencePrograms({ store, sandbox: referenceSandbox, log, stopping });
  const rollouts = createRollouts({ store, programs, sandbox: trialSandbox, log, endpoint, stopping });
  // Searches of its own, for which no person's request waits.
  const synthesizer = createSynthesizer(parts.synthesisWorker);
  const generation = createGenerationService({ ...generating, synthesizer });
  const improving = createImproving({
    ...{ store, sandbox, log, stopping, rollouts, generation },
    firstRestMs: parts.improvementRestMs,
    toldSince: async (taskId, after) =>
      (await knowing.toldSince(taskId, after)).flatMap((kind) => cues.get(kind) ?? []),
  });
  const judge = createJudge({
    store,
    log,
    endpoint,
    programs,
    stopping,
    onJudged(taskId, verdicts) {
      datasets.append("validations", taskId, verdicts);
      rollouts.onJudged(taskId, verdicts);
      knowing.wake(taskId);
      if (verdicts.some(({ correct }) => correct === 0)) improving.consider(taskId, "corrections");
    },
    onReference: rollouts.onReference,
  });
  const heard = (event: HapaEvent): void => {
    rollouts.onEvent(event);
    const { type, taskId, data } = event;
    if (taskId === null) return;
    const cue = type === "alert" ? cues.get(data.kind) : undefined;
    if (cue) improving.consider(taskId, cue);
    else if (type === "task.created") judge.taskIsBack(taskId);
    else if (type.startsWith("rollout.")) improving.rolloutEnded(taskId);
  };
  parts.listen(heard, { metrics: false });

  return {
    routes: {
      ...validationRoutes({ store, judge }),
      ...datasetRoutes({ tasks: store.tasks, datasets }),
      ...rolloutRoutes({ store, rollouts, replay: createReplay({ store, sandbox: trialSandbox }) }),
      ...knowingRoutes({ tasks: store.tasks, knowing }),
      ...improvingRoutes({ tasks: store.tasks, improving }),
    },
    runner: {
      rollouts: rollouts.live,
      profileOf: knowing.profileOf,
      onSampled(taskId, rows) {
        datasets.append("executions", taskId, rows);
        judge.sampled(taskId, rows);
        knowing.wake(taskId);
      },
    },
    recover() {
      rollouts.recover();
      judge.recover();
    },
    tidy: () => datasets.tidy(store.tasks.known),
    async stop() {
      // Searches and runs that somebody waits for are ended by these.
      const ended = Promise.all([synthesizer.stop(), trialSandbox.stop(), referenceSandbox.stop()]);
      await Promise.all([judge.settled(), rollouts.settled(), knowing.settled(), improving.settled(), ended]);
      // Last: verdicts that came until now are among what is written.
      await datasets.stop();
    },
  };
}
