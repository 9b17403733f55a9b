/** What waits for a verdict, read from the API, and verdicts on their way there. */
import type { z } from "zod";
import type { Overview } from "../../src/contract/dashboard.ts";
import {
  isUnderReview,
  type ReviewItem,
  type ReviewVerdict,
  reviewDisagreement,
  reviewExecution,
  rolloutsLookedAtMost,
} from "../../src/contract/review.ts";
import type { DisagreementPage, Rollout } from "../../src/contract/rollouts.ts";
import type { Task } from "../../src/contract/tasks.ts";
import type { Review } from "../../src/contract/validations.ts";
import { type Api, ApiError } from "./api.ts";
import { paths } from "./paths.ts";

interface Waiting {
  readonly items: readonly ReviewItem[];
  readonly waiting: number;
}

type Named = Pick<Task, "id" | "name">;

/** Executions are read of one task after the other until so many items are at hand. */
const enough = 20;

/** Of one task, or of all: differences between two versions first, as a rollout waits for them. */
export async function readWaiting(api: Api, taskId: string | undefined): Promise<Waiting> {
  if (taskId !== undefined) {
    const task = (await api.get(paths.task(taskId))) as Task;
    return joined(await Promise.all([differencesOf(api, task), executionsOf(api, task)]));
  }
  const { tasks } = (await api.get(paths.overview)) as Overview;
  const named = tasks.map((task) => ({ ...task, id: task.taskId }));
  const running = named.filter(({ activeVersion }) => activeVersion !== null).slice(0, rolloutsLookedAtMost);
  const differences = joined(await Promise.all(running.map((task) => differencesOf(api, task))));
  const items = [...differences.items];
  for (const task of named)
    if (task.waiting > 0 && items.length < enough) items.push(...(await executionsOf(api, task)).items);
  return { items, waiting: tasks.reduce((sum, { waiting }) => sum + waiting, differences.waiting) };
}

function joined(some: readonly Waiting[]): Waiting {
  return { items: some.flatMap(({ items }) => items), waiting: some.reduce((sum, { waiting }) => sum + waiting, 0) };
}

async function executionsOf(api: Api, task: Named): Promise<Waiting> {
  const { items, waiting } = (await api.get(paths.review(task.id))) as Review;
  return { items: items.map((execution) => reviewExecution(execution, task)), waiting };
}

async function differencesOf(api: Api, task: Named): Promise<Waiting> {
  try {
    const { rollout } = (await api.get(paths.rollout(task.id))) as { rollout: Rollout | null };
    if (!isUnderReview(rollout)) return { items: [], waiting: 0 };
    const path = `${paths.disagreements(task.id)}?waiting=true&limit=20`;
    const { items, waiting } = (await api.get(path)) as z.output<typeof DisagreementPage>;
    return { items: items.map((one) => reviewDisagreement(one, task, rollout)), waiting };
  } catch (error) {
    // A server that knows no rollouts has none.
    if (error instanceof ApiError && error.status === 404) return { items: [], waiting: 0 };
    throw error;
  }
}

export async function sendVerdict(api: Api, item: ReviewItem, verdict: ReviewVerdict): Promise<void> {
  if ("side" in verdict) {
    const path = `${paths.disagreements(item.taskId)}/${encodeURIComponent(item.id)}/verdict`;
    await api.send("POST", path, { right: verdict.side });
    return;
  }
  const { right, expectedOutput } = verdict;
  // Where the person wrote what it should be, the task's own comparison says whether that is what it was.
  const said = expectedOutput === undefined ? { correct: right } : { expectedOutput };
  await api.send("POST", paths.validations(item.taskId), { executionId: item.id, ...said });
}
