/** What waits for a verdict, read from the API, and verdicts on their way there. */

import type { z } from "zod";
import type { Overview } from "../../src/contract/dashboard.ts";
import type { ReviewItem, ReviewVerdict } from "../../src/contract/review.ts";
import type { Disagreement, DisagreementPage, Rollout } from "../../src/contract/rollouts.ts";
import type { Task } from "../../src/contract/tasks.ts";
import type { Review } from "../../src/contract/validations.ts";
import { type Api, ApiError } from "./api.ts";
import { paths } from "./paths.ts";

interface Waiting {
  readonly items: readonly ReviewItem[];
  readonly waiting: number;
}

type Named = Pick<Task, "id" | "name">;

/** Tasks are looked at one after the other until so many items are at hand. */
const enough = 20;

/** Of one task, or of all: differences between two versions first, as a rollout waits for them. */
export async function readWaiting(api: Api, taskId: string | undefined): Promise<Waiting> {
  if (taskId !== undefined) return ofTask(api, (await api.get(paths.task(taskId))) as Task);
  const { tasks } = (await api.get(paths.overview)) as Overview;
  let waiting = tasks.reduce((sum, task) => sum + task.waiting, 0);
  const items: ReviewItem[] = [];
  for (const { taskId: id, name, waiting: here, activeVersion } of tasks) {
    if (items.length >= enough) break;
    if (activeVersion === null && here === 0) continue;
    const found = await ofTask(api, { id, name });
    items.push(...found.items);
    waiting += found.waiting - here;
  }
  return { items, waiting };
}

async function ofTask(api: Api, task: Named): Promise<Waiting> {
  const [review, differences] = await Promise.all([
    api.get(paths.review(task.id)) as Promise<Review>,
    differencesOf(api, task),
  ]);
  const executions = review.items.map(
    (execution): ReviewItem => ({
      kind: "execution",
      id: execution.executionId,
      taskId: task.id,
      taskName: task.name,
      version: execution.version,
      input: execution.input,
      output: execution.output,
      failure: execution.status === "success" ? null : (execution.errorMessage ?? execution.status),
      at: execution.executedAt,
    }),
  );
  return { items: [...differences.items, ...executions], waiting: review.waiting + differences.waiting };
}

async function differencesOf(api: Api, task: Named): Promise<Waiting> {
  try {
    const { rollout } = (await api.get(paths.rollout(task.id))) as { rollout: Rollout | null };
    if (!rollout || !["running", "paused", "undecided"].includes(rollout.state)) return { items: [], waiting: 0 };
    const path = `${paths.disagreements(task.id)}?waiting=true&limit=20`;
    const { items, waiting } = (await api.get(path)) as z.output<typeof DisagreementPage>;
    return { items: items.map((one) => differenceOf(one, task, rollout)), waiting };
  } catch (error) {
    // A server that knows no rollouts has none.
    if (error instanceof ApiError && error.status === 404) return { items: [], waiting: 0 };
    throw error;
  }
}

function differenceOf(
  { id, input, incumbentOutput, candidateOutput, createdAt }: Disagreement,
  task: Named,
  { incumbentVersion, candidateVersion }: Rollout,
): ReviewItem {
  const about = { kind: "disagreement" as const, id, taskId: task.id, taskName: task.name, at: createdAt };
  return { ...about, input, incumbentVersion, candidateVersion, incumbentOutput, candidateOutput };
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
