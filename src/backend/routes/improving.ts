/** Better versions from corrected failures: asked for, and listed. */
import type { Improvement } from "../../contract/improvements.ts";
import { type Catalogue, spoken, verbatim } from "../../contract/say.ts";
import type { Improving } from "../../learning/improving/improving.ts";
import type { KeptImprovement } from "../../store/improvements.ts";
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
    async improveTask({ params, body: { reason, mayLose } }, { words }) {
      return told(
        await improving.improve(params.id, { reason: reason ? verbatim(reason) : undefined, mayLose }),
        words,
      );
    },
    async listImprovements({ params }, { words }) {
      const { id } = await findTask(tasks, params.id);
      return { items: (await improving.list(id)).map((one) => told(one, words)) };
    },
  };
}

function told({ reason, outcome, ...rest }: KeptImprovement, words: Catalogue): Improvement {
  return { ...rest, reason: spoken(reason, words), outcome: outcome && spoken(outcome, words) };
}
