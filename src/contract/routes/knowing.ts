/** What is known of how a task's program does. */
import { Knowing, KnowingQuery } from "../knowing.ts";
import { api, nothing, route } from "../route.ts";

export const knowingRoutes = {
  getLearning: route({
    method: "get",
    path: `${api}/tasks/:id/learning`,
    permission: "read",
    summary: "How often a task's program is right over time, what its failures have in common, and what has changed",
    query: KnowingQuery,
    answer: Knowing,
    status: 200,
  }),
  acceptInputs: route({
    method: "post",
    path: `${api}/tasks/:id/learning/accept-inputs`,
    permission: "write",
    summary: "Say that the inputs that come now are the usual ones: a change that was told is over",
    answer: nothing,
    status: 204,
  }),
} as const;
