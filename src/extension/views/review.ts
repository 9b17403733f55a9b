/**
 * The panel's review queue: outputs of programs that wait for a person's verdict, differences between two versions of a
 * rollout first, and verdicts on their way.
 */
import type { Client } from "../../client/client.ts";
import {
  isUnderReview,
  type ReviewItem,
  reviewDisagreement,
  reviewExecution,
  rolloutsLookedAtMost,
} from "../../contract/review.ts";
import type { FromWebview, ToWebview } from "../../contract/webview.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { explain, isHapaError } from "../errors.ts";
import { inWords } from "../in-words.ts";
import type { Workshop } from "../workshop.ts";

type Judge = Extract<FromWebview, { type: "judge" | "judgeDifference" }>;
type Waiting = Pick<Extract<ToWebview, { type: "review" }>, "items" | "waiting">;

export interface ReviewQueue {
  /** Tells the panel what waits: some of it, and how much there is. */
  list(): Promise<void>;
  /** A verdict that cannot be kept is told to the panel, which asks again. */
  judge(message: Judge): Promise<void>;
}

/** More are asked for by the panel when these are nearly done. */
const listedMost = 20;

export function createReviewQueue(parts: {
  readonly app: Workshop;
  readonly post: (message: ToWebview) => void;
}): ReviewQueue {
  const { app, post } = parts;
  return {
    async list() {
      const { client } = await app.backend.get();
      const { tasks } = await client.call("getOverview", { params: {} });
      const running = tasks.filter(({ activeVersion }) => activeVersion !== null).slice(0, rolloutsLookedAtMost);
      const differences = await Promise.all(
        running.map(({ taskId: id, name }) => differencesOf(client, { id, name }).catch(noneWhereGone)),
      );
      const items: ReviewItem[] = differences.flatMap((one) => one.items).slice(0, listedMost);
      for (const { taskId: id, name, waiting } of tasks) {
        if (waiting === 0 || items.length >= listedMost) continue;
        const query = { limit: listedMost - items.length };
        const review = await client.call("getReview", { params: { id }, query });
        items.push(...review.items.map((execution) => reviewExecution(execution, { id, name })));
      }
      const waiting = [...tasks, ...differences].reduce((sum, one) => sum + one.waiting, 0);
      post({ type: "review", items, waiting });
    },
    async judge(message) {
      try {
        const { client } = await app.backend.get();
        await keep(client, message);
      } catch (error) {
        post({ type: "reviewFailed", id: message.id, message: inWords(explain(error).message) });
      }
    },
  };
}

/** What nobody could judge in the rollout of a task that is under way, or waits for a decision. */
async function differencesOf(client: Client, task: { readonly id: string; readonly name: string }): Promise<Waiting> {
  const params = { id: task.id };
  const { rollout } = await client.call("getRollout", { params });
  if (!isUnderReview(rollout)) return { items: [], waiting: 0 };
  const query = { waiting: true, limit: listedMost };
  const { items, waiting } = await client.call("listDisagreements", { params, query });
  return { items: items.map((one) => reviewDisagreement(one, task, rollout)), waiting };
}

/** A task that was deleted meanwhile. */
function noneWhereGone(error: unknown): Waiting {
  if (isHapaError(error) && error.code === "not_found") return { items: [], waiting: 0 };
  throw error;
}

async function keep(client: Client, message: Judge): Promise<void> {
  const { id, taskId } = message;
  if (message.type === "judgeDifference") {
    await client.call("judgeDisagreement", { params: { id: taskId, did: id }, body: { right: message.side } });
    return;
  }
  const { right, expected } = message;
  // Where the person wrote what it should be, the task's own comparison says whether that is what it was.
  const said = expected === null ? { correct: right } : { expectedOutput: JSON.parse(expected) as JsonValue };
  await client.call("judgeExecution", { params: { id: taskId }, body: { executionId: id, ...said } });
}
