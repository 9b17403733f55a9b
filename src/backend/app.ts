/** The front of the server: what every request passes, then the route that serves it. Listens to nothing by itself. */
import type { RequestListener, ServerResponse } from "node:http";
import express, { type ErrorRequestHandler, type Express } from "express";
import { HapaError } from "../contract/errors.ts";
import type { RouteSpec } from "../contract/route.ts";
import { type RouteName, routes } from "../contract/routes.ts";
import { say } from "../contract/say.ts";
import type { Log } from "../observability/log.ts";
import type { Metrics } from "../observability/metrics.ts";
import { ascendingIds } from "../store/ids.ts";
import { Exchange } from "./exchange.ts";
import { asHapaError } from "./middleware/errors.ts";
import { type GuardOptions, guard } from "./middleware/guard.ts";
import { type Handler, type Handlers, type Serve, type ServeParts, sendError, serveRoute } from "./serve.ts";

export interface AppParts extends ServeParts {
  readonly handlers: Handlers;
  readonly metrics: Metrics;
  readonly guard: GuardOptions;
}

/** Asked thousands of times a second: found without Express' router, where their address is written plainly. */
const hot: readonly RouteName[] = ["execute", "executeBatch"];

export function createApp(parts: AppParts): RequestListener {
  const { log, metrics } = parts;
  const check = guard(parts.guard);
  const nextId = ascendingIds("req");
  const serves = new Map<RouteName, Serve>(
    (Object.keys(routes) as RouteName[]).map((name) => [
      name,
      serveRoute(name, parts.handlers[name] as Handler<RouteName>, parts),
    ]),
  );
  const straight = hot.flatMap((name) => {
    const serve = serves.get(name);
    return serve ? [{ ...plainAddress(routes[name]), serve }] : [];
  });
  const exchanges = new WeakMap<object, Exchange>();
  const app = expressApp(serves, exchanges, log);

  return (req, res) => {
    const exchange = new Exchange(req, res, nextId());
    logAtEnd(exchange, log, metrics);
    try {
      check(req);
    } catch (refusal) {
      req.resume();
      return sendError(exchange, undefined, asHapaError(refusal, log, exchange.requestId));
    }
    for (const { method, pattern, parameter, serve } of straight) {
      const found = req.method === method ? pattern.exec(req.url ?? "") : null;
      if (found) return void serve(exchange, { params: { [parameter]: found[1] ?? "" }, query: {} });
    }
    exchanges.set(res, exchange);
    exchange.settleHeaders();
    app(req, res);
  };
}

/** Logs a request when it is done: the last step of all, whatever happened before. */
function logAtEnd(exchange: Exchange, log: Log, metrics: Metrics): void {
  const started = performance.now();
  const { req, res } = exchange;
  res.on("close", () => {
    const ms = performance.now() - started;
    metrics.request(`${req.method} ${exchange.route}`, res.statusCode, ms / 1000);
    log.info(
      {
        request_id: exchange.requestId,
        method: req.method,
        route: exchange.route,
        status: res.statusCode,
        ms: Math.round(ms * 100) / 100,
        key_id: exchange.keyId,
        cut_off: res.writableFinished ? undefined : true,
      },
      "request",
    );
  });
}

/** The address of a route with at most one parameter, as one that needs no decoding is written. */
function plainAddress({ method, path }: RouteSpec): { method: string; pattern: RegExp; parameter: string } {
  const pattern = new RegExp(`^${path.replace(/:\w+/, "([\\w-]+)")}$`);
  return { method: method.toUpperCase(), pattern, parameter: /:(\w+)/.exec(path)?.[1] ?? "" };
}

/** Finds the route for an address, however it is written. */
function expressApp(serves: ReadonlyMap<RouteName, Serve>, exchanges: WeakMap<object, Exchange>, log: Log): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  const exchangeOf = (res: ServerResponse): Exchange => {
    const exchange = exchanges.get(res);
    if (!exchange) throw new Error("a request that did not come in by the front");
    return exchange;
  };
  for (const [name, serve] of serves) {
    const { method, path } = routes[name];
    app[method](path, (req, res) =>
      serve(exchangeOf(res), { params: req.params as Record<string, string>, query: { ...req.query } }),
    );
  }
  app.use((_req, _res, next) => {
    next(new HapaError("not_found", say`There is no such address here. The API is described at /docs.`));
  });
  const onError: ErrorRequestHandler = (error, req, res, _next) => {
    req.resume();
    const exchange = exchangeOf(res);
    sendError(exchange, undefined, badUrl(error) ?? asHapaError(error, log, exchange.requestId));
  };
  app.use(onError);
  return app;
}

/** Express throws a URIError with a status for `%` escapes that are not UTF-8. */
function badUrl(error: unknown): HapaError | undefined {
  if (!(error instanceof URIError)) return undefined;
  return new HapaError("invalid_request", say`The address has a % escape that is not UTF-8.`);
}
