/** `/tasks`: what is wanted, and making programs for it. */
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { GenerationService } from "../../generation/service.ts";
import type { TaskRepository } from "../../store/tasks.ts";
import type { Handlers } from "../serve.ts";

type TaskRoutes = Pick<
  Handlers,
  "createTask" | "listTasks" | "getTask" | "changeTask" | "deleteTask" | "generateProgram"
>;

export function taskRoutes({
  tasks,
  generation,
}: {
  tasks: TaskRepository;
  generation: GenerationService;
}): TaskRoutes {
  const find = (id: string) => findTask(tasks, id);
  return {
    createTask: ({ body }) => tasks.create(body),
    listTasks: ({ query }) => tasks.list(query),
    getTask: ({ params }) => find(params.id),
    async changeTask({ params, body }) {
      return (await tasks.change(params.id, body)) ?? missing(params.id);
    },
    async deleteTask({ params }) {
      if (!(await tasks.setAside(params.id))) missing(params.id);
      return undefined;
    },
    async generateProgram({ params, body }, context) {
      const task = await find(params.id);
      const { strategy, inputs = [], language = task.language, activate = true } = body;
      return generation.forTask({ ...task, language }, { strategy, inputs, activate }, context);
    },
  };
}

/** @throws HapaError("not_found") */
export async function findTask(tasks: TaskRepository, id: string): Promise<Task> {
  return (await tasks.get(id)) ?? missing(id);
}

function missing(id: string): never {
  throw new HapaError("not_found", say`There is no task ${id}.`);
}
