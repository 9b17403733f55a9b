/** Better versions from corrected failures: asked for, and listed. */
import type { Improving } from "../../learning/improving/improving.ts";
import type { TaskRepository } from "../../store/tasks.ts";
import type { Handlers } from "../serve.ts";
import { findTask } from "./tasks.ts";

type ImprovingRoutes = Pick<Handlers, "improveTask" | "listImprovements">;

export function improvingRoutes({
  tasks,
  improving,
}: {
  tasks: TaskRepository;
  improving: Improving;
}): ImprovingRoutes {
  return {
    improveTask: ({ params, body }) => improving.improve(params.id, body),
    async listImprovements({ params }) {
      const { id } = await findTask(tasks, params.id);
      return { items: await improving.list(id) };
    },
  };
}
