/** How a rollout is decided: by what the task's oracles and the incumbent's record allow. */
import type { Task } from "../../contract/tasks.ts";
import type { Store } from "../../store/store.ts";
import { failureBound } from "../statistics/failing-test.ts";
import type { RolloutPlan } from "../statistics/rollout.ts";
import { wilson } from "../statistics/wilson.ts";

/** What is taken of a model of which little is known: a share of wrong verdicts. */
const unknownModelErrs = 0.1;
/** Fewer verdicts beside a better oracle's do not say how often it errs. */
const leastMeasured = 20;
/** A model worse than this is not believed to be better: the rollout then asks more of the evidence, and may find none. */
const mostErrs = 0.25;

export async function planFor(store: Store, task: Task, goal: RolloutPlan["goal"]): Promise<Partial<RolloutPlan>> {
  const { byVersion } = await store.executions.stats(task.id);
  const record = byVersion.find(({ version }) => version === task.activeVersion);
  return {
    goal,
    incumbentFailureRate: failureBound(record?.failed ?? 0, record?.total ?? 0),
    oracleErrorRate: task.modelVerdictsPerDay === 0 ? 0 : await modelErrorRate(store, task.id),
  };
}

/** The upper end of the interval of how often a model contradicts a person, or labelled rows, on the same executions. */
async function modelErrorRate(store: Store, taskId: string): Promise<number> {
  const { agreed, n } = await store.modelChecks.agreement(taskId);
  if (n < leastMeasured) return unknownModelErrs;
  return Math.min(mostErrs, wilson(n - agreed, n).high);
}
