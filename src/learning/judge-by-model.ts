/** Has a model judge sampled executions, where the person switched that on: one after another, within the day's caps. */
import { isRight } from "../contract/comparison.ts";
import type { StoredExecution } from "../contract/executions.ts";
import type { Task } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Store } from "../store/store.ts";
import type { ValidationRepository } from "../store/validations.ts";
import { askMeaning } from "./ask-meaning.ts";
import { askModel } from "./ask-model.ts";
import { settle, spend } from "./daily-caps.ts";
import { fraction } from "./statistics/hash.ts";

/** Odd, so that there is a majority. */
const votes = 3;
const executionsAtOnce = 50;
const cost = { verdicts: 1, costUsd: 0 };
/**
 * To know how often it errs, it is asked about so many executions that somebody else has judged, one for each of those
 * that wait, and later for this share of them.
 */
const checksFirst = 20;
const checkShare = 0.05;

export interface ModelJudgeParts {
  readonly store: Store;
  /** Keeps verdicts and tells of them. */
  readonly keep: ValidationRepository["keep"];
  /** What labelled rows or a reference program say that an execution should have given; undefined: nothing. */
  readonly expected: (execution: StoredExecution) => Promise<JsonValue | undefined>;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
}

/**
 * Judges what nobody has judged, oldest first, until nothing waits or the day's caps are reached. What the model has no
 * opinion about stays with the person. How far it came is kept after each one, so nothing is asked about twice.
 * @throws HapaError as `Endpoint.ask`: the model is not there, too busy, or may cost no more this month
 */
export async function judgeByModel(parts: ModelJudgeParts, task: Task): Promise<void> {
  const { store, keep, expected, endpoint, signal } = parts;
  const { validations, modelChecks } = store;
  const caps = { verdicts: task.modelVerdictsPerDay, costUsd: task.modelUsdPerDay };
  let checked = await modelChecks.count(task.id);
  let askedUpTo = (await validations.modelJudging(task.id))?.asked_up_to ?? "";

  /** @returns false where the day's caps are reached */
  const ask = async (execution: StoredExecution, isCheck = false): Promise<boolean> => {
    // Rollouts have the model judge, too, by the same caps.
    const spent = await validations.changeModelUse(task.id, (use) => spend(use, caps, new Date(), cost));
    if (!spent) return false;
    // Tried on what it must find out itself: with the right output at hand it would look better than it is.
    // Only where just a reader can compare the two is anything left to it that a reference knows.
    const known = isCheck || task.comparison !== "meaning" ? undefined : await expected(execution);
    const { correct, expectedOutput, costUsd } = await judgeOne({ endpoint, signal }, task, execution, known);
    const actual = { verdicts: 1, costUsd };
    await validations.changeModelUse(task.id, (use) => settle(use, spent.day, cost, actual));
    if (isCheck) await modelChecks.mark(task.id, execution.executionId);
    if (correct !== undefined) {
      const { executionId, version } = execution;
      const right = expectedOutput === undefined ? {} : { expectedOutput };
      await keep(task.id, [{ executionId, version, oracle: "model", correct, ...right }]);
    }
    return true;
  };
  /** @returns false where the day's caps are reached, or nothing is left to try the model on */
  const check = async (): Promise<boolean> => {
    const { right, wrong } = await modelChecks.record(task.id);
    // Of the kind that less is known of: that changes which are tried, not how often it is right on each kind.
    const execution = await modelChecks.next(task.id, right.n < wrong.n);
    if (!execution) return false;
    checked++;
    return ask(execution, true);
  };

  for (;;) {
    const waiting = await validations.unjudged(task.id, askedUpTo, executionsAtOnce);
    for (const execution of waiting) {
      if (signal.aborted || !(await ask(execution))) return;
      askedUpTo = execution.executionId;
      await validations.keepAskedUpTo(task.id, askedUpTo);
      if (checked < checksFirst || fraction(`check ${askedUpTo}`) < checkShare) await check();
    }
    if (waiting.length > 0) continue;
    while (checked < checksFirst && !signal.aborted && (await check()));
    return;
  }
}

async function judgeOne(
  { endpoint, signal }: { readonly endpoint: Endpoint; readonly signal: AbortSignal },
  task: Task,
  { input, output, status }: StoredExecution,
  known: JsonValue | undefined,
): Promise<{ correct: boolean | undefined; expectedOutput?: JsonValue | undefined; costUsd: number }> {
  if (task.comparison === "meaning") {
    if (status !== "success") return { correct: false, expectedOutput: known, costUsd: 0 };
    // What it would have said itself is not kept as the right output: each vote may have other words for it.
    const judged = await askMeaning(endpoint, task, { input, output, expected: known }, { votes, signal });
    return { ...judged, expectedOutput: known };
  }
  const { opinion, costUsd } = await askModel(endpoint, task, input, { votes, signal });
  if (!opinion) return { correct: undefined, costUsd };
  const expectedOutput = opinion.output;
  const correct = status === "success" && isRight(expectedOutput, output, task.comparison);
  return { correct, expectedOutput, costUsd };
}
