/** The panel's review queue: outputs of programs that wait for a person's verdict, and verdicts on their way. */
import type { ReviewItem } from "../../contract/review.ts";
import type { FromWebview, ToWebview } from "../../contract/webview.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { explain } from "../errors.ts";
import { inWords } from "../in-words.ts";
import type { Workshop } from "../workshop.ts";

type Judge = Extract<FromWebview, { type: "judge" }>;

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
      const items: ReviewItem[] = [];
      for (const { taskId, name, waiting } of tasks) {
        if (waiting === 0 || items.length >= listedMost) continue;
        const query = { limit: listedMost - items.length };
        const review = await client.call("getReview", { params: { id: taskId }, query });
        for (const { executionId, version, input, output, status, errorMessage, executedAt } of review.items) {
          const failure = status === "success" ? null : (errorMessage ?? status);
          const about = { kind: "execution" as const, id: executionId, taskId, taskName: name, at: executedAt };
          items.push({ ...about, version, input, output, failure });
        }
      }
      post({ type: "review", items, waiting: tasks.reduce((sum, { waiting }) => sum + waiting, 0) });
    },
    async judge({ executionId, taskId, right, expected }) {
      try {
        const { client } = await app.backend.get();
        // Where the person wrote what it should be, the task's own comparison says whether that is what it was.
        const said = expected === null ? { correct: right } : { expectedOutput: JSON.parse(expected) as JsonValue };
        await client.call("judgeExecution", { params: { id: taskId }, body: { executionId, ...said } });
      } catch (error) {
        post({ type: "reviewFailed", executionId, message: inWords(explain(error).message) });
      }
    },
  };
}
