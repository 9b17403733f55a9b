/** Running programs, and what was run. */
import { accuracyOfJudged } from "../../learning/knowing/accuracy.ts";
import type { Store } from "../../store/store.ts";
import type { Runner } from "../runner.ts";
import type { Handlers } from "../serve.ts";
import { findTask } from "./tasks.ts";

type ExecutionRoutes = Pick<Handlers, "execute" | "executeBatch" | "listExecutions" | "getAnalytics">;

export function executionRoutes({ store, runner }: { store: Store; runner: Runner }): ExecutionRoutes {
  return {
    execute: ({ params, body }, { signal }) => runner.execute(params.id, body, signal),
    executeBatch: ({ body }, { signal }) => runner.executeBatch(body, signal),
    async listExecutions({ params, query }) {
      await findTask(store.tasks, params.id);
      return store.executions.list(params.id, query);
    },
    async getAnalytics({ params }) {
      const task = await findTask(store.tasks, params.taskId);
      const stats = await store.executions.stats(task.id);
      const judged = await store.validations.judged(task.id);
      const record = await store.modelChecks.record(task.id);
      const artifacts = await store.artifacts.list(task.id);
      const costs = artifacts.map((artifact) => artifact.usage?.costUsd ?? null).filter((cost) => cost !== null);
      return {
        taskId: task.id,
        ...stats,
        byVersion: stats.byVersion.map((one) => ({
          ...one,
          accuracy: accuracyOfJudged(
            judged.filter(({ version }) => version === one.version),
            record,
          ),
        })),
        accuracy: accuracyOfJudged(judged, record),
        modelCallsAvoided: stats.total,
        costUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
      };
    },
  };
}
