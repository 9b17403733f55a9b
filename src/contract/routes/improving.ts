/** Better versions from corrected failures. */
import { Improvement, ImprovementList, ImproveRequest } from "../improvements.ts";
import { api, route } from "../route.ts";

export const improvingRoutes = {
  improveTask: route({
    method: "post",
    path: `${api}/tasks/:id/improve`,
    permission: "write",
    summary:
      "Make a better version from corrected failures; it goes on by itself and ends in a rollout where one is found",
    body: ImproveRequest,
    answer: Improvement,
    status: 202,
  }),
  listImprovements: route({
    method: "get",
    path: `${api}/tasks/:id/improvements`,
    permission: "read",
    summary: "The last fifty improvements of a task, newest first",
    answer: ImprovementList,
    status: 200,
  }),
} as const;
