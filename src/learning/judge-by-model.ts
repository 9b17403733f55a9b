/** Has a model judge sampled executions, where the person switched that on: one after another, within the day's caps. */
import { isRight } from "../contract/comparison.ts";
import type { StoredExecution } from "../contract/executions.ts";
import type { Task } from "../contract/tasks.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Store } from "../store/store.ts";
import type { ValidationRepository } from "../store/validations.ts";
import { askModel } from "./ask-model.ts";
import { settle, spend } from "./daily-caps.ts";

/** Odd, so that there is a majority. */
const votes = 3;
const executionsAtOnce = 50;
const cost = { verdicts: 1, costUsd: 0 };

export interface ModelJudgeParts {
  readonly store: Store;
  /** Keeps verdicts and tells of them. */
  readonly keep: ValidationRepository["keep"];
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
}

/**
 * Judges what nobody has judged, oldest first, until nothing waits or the day's caps are reached. What the model has no
 * opinion about stays with the person. How far it came is kept after each one, so nothing is asked about twice.
 * @throws HapaError as `Endpoint.ask`: the model is not there, too busy, or may cost no more this month
 */
export async function judgeByModel({ store, keep, endpoint, signal }: ModelJudgeParts, task: Task): Promise<void> {
  const caps = { verdicts: task.modelVerdictsPerDay, costUsd: task.modelUsdPerDay };
  const kept = await store.validations.modelJudging(task.id);
  let askedUpTo = kept?.asked_up_to ?? "";
  for (;;) {
    const waiting = await store.validations.unjudged(task.id, askedUpTo, executionsAtOnce);
    if (waiting.length === 0) return;
    for (const execution of waiting) {
      if (signal.aborted) return;
      // Rollouts have the model judge, too, by the same caps.
      const spent = await store.validations.changeModelUse(task.id, (use) => spend(use, caps, new Date(), cost));
      if (!spent) return;
      const { correct, expectedOutput, costUsd } = await judgeOne({ endpoint, signal }, task, execution);
      const actual = { verdicts: 1, costUsd };
      await store.validations.changeModelUse(task.id, (use) => settle(use, spent.day, cost, actual));
      askedUpTo = execution.executionId;
      if (correct !== undefined) {
        const { executionId, version } = execution;
        await keep(task.id, [{ executionId, version, oracle: "model", correct, expectedOutput }]);
      }
      await store.validations.keepAskedUpTo(task.id, askedUpTo);
    }
  }
}

async function judgeOne(
  { endpoint, signal }: { readonly endpoint: Endpoint; readonly signal: AbortSignal },
  task: Task,
  { input, output, status }: StoredExecution,
) {
  const { opinion, costUsd } = await askModel(endpoint, task, input, { votes, signal });
  if (!opinion) return { correct: undefined, costUsd };
  const expectedOutput = opinion.output;
  const correct = status === "success" && isRight(expectedOutput, output, task.comparison);
  return { correct, expectedOutput, costUsd };
}
