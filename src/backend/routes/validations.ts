/** Verdicts on executions, what waits for one, and by what executions are judged by themselves. */
import type { Judge } from "../../learning/judge.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../serve.ts";
import { findTask } from "./tasks.ts";

type ValidationRoutes = Pick<
  Handlers,
  "judgeExecution" | "listValidations" | "getReview" | "setReference" | "getReference" | "removeReference"
>;

export function validationRoutes({ store, judge }: { store: Store; judge: Judge }): ValidationRoutes {
  const find = (id: string) => findTask(store.tasks, id);
  return {
    judgeExecution: async ({ params, body }) => judge.byPerson(await find(params.id), body),
    async listValidations({ params, query }) {
      const { id } = await find(params.id);
      return store.validations.list(id, query);
    },
    async getReview({ params, query }) {
      const { id } = await find(params.id);
      return store.validations.review(id, query.limit);
    },
    setReference: async ({ params, body }) => judge.setReference(await find(params.id), body),
    getReference: async ({ params }) => judge.reference(await find(params.id)),
    async removeReference({ params }) {
      await judge.setReference(await find(params.id), { rows: [], program: null });
    },
  };
}
