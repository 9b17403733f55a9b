/** Calls a route's handler for an agent, with the checks that the route itself makes: permission and form. */
import { z } from "zod";
import { HapaError } from "../../contract/errors.ts";
import { allows } from "../../contract/roles.ts";
import type { RouteSpec } from "../../contract/route.ts";
import { type RouteName, routes } from "../../contract/routes.ts";
import { say } from "../../contract/say.ts";
import { readRequest } from "../middleware/errors.ts";
import { PreparedJson } from "../prepared-json.ts";
import type { Handler, Handlers, RequestContext } from "../serve.ts";

/** The routes that tools are made of. */
export type ToolRoute = "generateCode" | "changeTask" | "execute" | "executeBatch" | "getTask";
export type ToolHandlers = Pick<Handlers, ToolRoute>;

/** A call and its answer in wire form. @throws HapaError as the route does, "forbidden" among them */
export type CallRoute = (
  name: ToolRoute,
  call: { readonly params?: Readonly<Record<string, string>>; readonly body?: unknown },
) => Promise<Record<string, unknown>>;

export function routeCaller(handlers: ToolHandlers, context: RequestContext): CallRoute {
  return async (name, { params = {}, body }) => {
    const spec: RouteSpec = routes[name];
    requirePermission(context, name);
    const call = { params, ...(spec.body ? { body: readRequest(spec.body, body) } : {}) };
    // The answer is the tool's to give.
    const quiet: RequestContext = { ...context, header: () => {}, status: () => {} };
    const answer = await (handlers[name] as Handler<RouteName>)(call as never, quiet);
    if (!(answer instanceof PreparedJson)) return z.encode(spec.answer, answer) as Record<string, unknown>;
    const { content } = answer;
    return JSON.parse(typeof content === "string" ? content : Buffer.concat(content).toString("utf8"));
  };
}

/** @throws HapaError("forbidden") where the key may not use a route. */
export function requirePermission({ role }: RequestContext, name: RouteName): void {
  const { permission } = routes[name];
  if (role && allows(role, permission)) return;
  const message = say`A key with the role "${role ?? "?"}" may not do this: it needs the permission "${permission}".`;
  throw new HapaError("forbidden", message);
}
