/**
 * Every route, as data: the server mounts from it, the client calls through it, OpenAPI is written from it, and the
 * table test walks it. A route without a handler, or without a permission, does not compile.
 */
import type { z } from "zod";
import type { RouteSpec } from "./route.ts";
import { codeRoutes } from "./routes/code.ts";
import { conversationsRoutes } from "./routes/conversations.ts";
import { dashboardRoutes } from "./routes/dashboard.ts";
import { improvingRoutes } from "./routes/improving.ts";
import { knowingRoutes } from "./routes/knowing.ts";
import { learningRoutes } from "./routes/learning.ts";
import { rolloutRoutes } from "./routes/rollouts.ts";
import { systemRoutes } from "./routes/system.ts";
import { tasksRoutes } from "./routes/tasks.ts";
import { tellingRoutes } from "./routes/telling.ts";

export const routes = {
  ...tasksRoutes,
  ...learningRoutes,
  ...rolloutRoutes,
  ...codeRoutes,
  ...conversationsRoutes,
  ...tellingRoutes,
  ...systemRoutes,
  ...knowingRoutes,
  ...improvingRoutes,
  ...dashboardRoutes,
} as const satisfies Record<string, RouteSpec>;

export type RouteName = keyof typeof routes;

type PathParams<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParams<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** What a route is called with, in code (camelCase): its path parameters, and its body and query where it has them. */
export type Call<N extends RouteName> = {
  readonly params: Record<PathParams<(typeof routes)[N]["path"]>, string>;
} & ((typeof routes)[N] extends {
  body: infer B extends z.ZodType;
}
  ? { readonly body: z.output<B> }
  : unknown) &
  ((typeof routes)[N] extends { query: infer Q extends z.ZodType } ? { readonly query: z.output<Q> } : unknown);

/** What a route answers, in code. */
export type AnswerOf<N extends RouteName> = z.output<(typeof routes)[N]["answer"]>;
