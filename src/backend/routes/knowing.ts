/** What is known of how a task's program does. */
import type { Knowing } from "../../learning/knowing/knowing.ts";
import type { TaskRepository } from "../../store/tasks.ts";
import type { Handlers } from "../serve.ts";
import { findTask } from "./tasks.ts";

type KnowingRoutes = Pick<Handlers, "getLearning" | "acceptInputs">;

export function knowingRoutes({ tasks, knowing }: { tasks: TaskRepository; knowing: Knowing }): KnowingRoutes {
  return {
    getLearning: async ({ params, query }, { words }) => knowing.of(params.id, query, words),
    async acceptInputs({ params }) {
      await knowing.acceptInputs((await findTask(tasks, params.id)).id);
      return undefined;
    },
  };
}
