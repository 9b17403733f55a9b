/**
 * Puts every route of the contract on an Express app, all in the same way:
 * well-formed → 401 who → 403 may → 429 how often → valid → (cache and work, in the handler) → log.
 */
import type { Express, Request, RequestHandler, Response } from "express";
import { z } from "zod";
import { HapaError } from "../contract/errors.ts";
import { Delta, Progress } from "../contract/generation.ts";
import type { Key } from "../contract/keys.ts";
import type { Role } from "../contract/roles.ts";
import { type AnswerOf, type Call, type RouteName, type RouteSpec, routes } from "../contract/routes.ts";
import type { Listener } from "../generation/candidate.ts";
import type { TokenAllowance } from "../generation/generators/model.ts";
import type { Log } from "../observability/log.ts";
import type { Metrics } from "../observability/metrics.ts";
import { ascendingIds } from "../store/ids.ts";
import type { KeyRepository } from "../store/keys.ts";
import { authenticate, authorize, callerOf, setCaller } from "./middleware/authenticate.ts";
import { jsonBody } from "./middleware/body.ts";
import { asHapaError, errorBody, readRequest } from "./middleware/errors.ts";
import type { RateLimit } from "./middleware/rate-limit.ts";
import { PreparedJson } from "./prepared-json.ts";
import { type EventSink, openEventStream } from "./sse.ts";

/** What a handler knows of the request besides its call. */
export interface RequestContext {
  /** Aborted when the caller goes away or the server stops. */
  readonly signal: AbortSignal;
  /** Undefined on a public route. */
  readonly role: Role | undefined;
  readonly tokens: TokenAllowance;
  /** Streams to a caller that asked for events; drops them for any other. */
  readonly listener: Listener;
  /** The caller sent `Cache-Control: no-cache`. */
  readonly fresh: boolean;
  /** Sets a header of a plain answer; a stream has sent its headers already. */
  header(name: string, value: string): void;
  /** Answers with another status than the route's own (a health check that fails). */
  status(code: number): void;
}

export type Handler<N extends RouteName> = (
  call: Call<N>,
  context: RequestContext,
) => Promise<AnswerOf<N> | PreparedJson> | AnswerOf<N>;
/** A handler for every route: one that is missing does not compile. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };

export interface MountParts {
  readonly handlers: Handlers;
  readonly keys: KeyRepository;
  readonly rateLimit: RateLimit;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Aborted when the server stops; new work is then refused. */
  readonly stopping: AbortSignal;
}

const defaultBodyLimit = 1_000_000;
type AnyCall = { params: Record<string, string>; body?: unknown; query?: unknown };

export function mountRoutes(app: Express, parts: MountParts): void {
  for (const name of Object.keys(routes) as RouteName[]) {
    const spec: RouteSpec = routes[name];
    const body: RequestHandler[] = spec.body ? [jsonBody(spec.bodyLimit ?? defaultBodyLimit)] : [];
    app[spec.method](
      spec.path,
      admit(spec, parts),
      ...body,
      serve(spec, parts.handlers[name] as Handler<RouteName>, parts),
    );
  }
}

/** Gives each request an id, and logs it when it is done: the last step of all, whatever happened before. */
export function requestLog(log: Log, metrics: Metrics): RequestHandler {
  const nextId = ascendingIds("req");
  return (req, res, next) => {
    const started = performance.now();
    res.locals["requestId"] = nextId();
    res.setHeader("x-request-id", res.locals["requestId"] as string);
    res.once("close", () => {
      const ms = performance.now() - started;
      const route = (req.route as { path?: string } | undefined)?.path ?? "unknown";
      metrics.request(`${req.method} ${route}`, res.statusCode, ms / 1000);
      log.info(
        {
          request_id: res.locals["requestId"] as string,
          method: req.method,
          route,
          status: res.statusCode,
          ms: Math.round(ms * 100) / 100,
          key_id: res.locals["keyId"] as string | undefined,
          cut_off: res.writableFinished ? undefined : true,
        },
        "request",
      );
    });
    next();
  };
}

/**
 * Finds out who calls, whether they may and not too often, before the body is read: a stranger cannot make the server
 * read a large one. Refused they are after it, since an ill-formed request is told first.
 */
function admit(spec: RouteSpec, parts: MountParts): RequestHandler {
  return async (req, res, next) => {
    let key: Key | undefined;
    try {
      key = await authenticate(req, spec.permission, parts.keys);
      if (key) {
        res.locals["keyId"] = key.id;
        const tooOften = await parts.rateLimit.request(key.id, res);
        authorize(key, spec.permission);
        if (tooOften) throw tooOften;
        setCaller(res, { key });
      }
    } catch (refusal) {
      setCaller(res, { refusal });
    }
    next();
  };
}

function serve(spec: RouteSpec, handler: Handler<RouteName>, parts: MountParts): RequestHandler {
  return async (req, res) => {
    let events: EventSink | undefined;
    try {
      const { key, refusal } = callerOf(res);
      if (refusal !== undefined) throw refusal;
      if (key && parts.stopping.aborted)
        throw new HapaError("shutting_down", "The server is stopping. Try again in a moment.");
      const call = readCall(spec, req);
      const gone = new AbortController();
      if (res.closed) gone.abort();
      res.once("close", () => gone.abort());
      const wantsEvents = spec.streams === true && (req.headers.accept ?? "").includes("text/event-stream");
      if (wantsEvents) events = openEventStream(res);
      const answer = await handler(call as never, {
        signal: AbortSignal.any([gone.signal, parts.stopping]),
        role: key?.role,
        tokens: parts.rateLimit.tokens(key?.id ?? "public"),
        listener: listenerFor(events),
        fresh: /\bno-cache\b/.test(req.headers["cache-control"] ?? ""),
        header: (name, value) => void (events ?? res.setHeader(name, value)),
        status: (code) => void res.status(code),
      });
      send(spec, res, events, answer);
    } catch (error) {
      const known =
        whyStopped(error, parts.stopping) ?? asHapaError(error, parts.log, res.locals["requestId"] as string);
      sendError(res, events, known);
    }
  };
}

function readCall(spec: RouteSpec, req: Request): AnyCall {
  const call: AnyCall = { params: req.params as Record<string, string> };
  if (spec.body) call.body = readRequest(spec.body, req.body);
  if (spec.query) call.query = readRequest(spec.query, { ...req.query });
  return call;
}

function listenerFor(events: EventSink | undefined): Listener {
  return {
    progress: (progress) => events?.send("progress", z.encode(Progress, progress)),
    delta: (text) => events?.send("delta", z.encode(Delta, { text })),
  };
}

function send(spec: RouteSpec, res: Response, events: EventSink | undefined, answer: unknown): void {
  if (events) {
    events.send("result", z.encode(spec.answer, answer));
    events.end();
    return;
  }
  if (res.statusCode === 200) res.status(spec.status);
  if (spec.status === 204) res.end();
  else if (answer instanceof PreparedJson) res.type("application/json").send(answer.text);
  else if (spec.contentType) res.type(spec.contentType).send(answer);
  else res.json(z.encode(spec.answer, answer));
}

/** Answers any error in the contract's form. */
export function sendError(res: Response, events: EventSink | undefined, error: HapaError): void {
  const body = errorBody(error, res.locals["requestId"] as string);
  if (events) {
    events.send("error", body);
    events.end();
  } else if (!res.headersSent) {
    const wait =
      error.code === "rate_limited" ? (error.details as { retry_after_s?: number })?.retry_after_s : undefined;
    if (wait !== undefined) res.setHeader("retry-after", wait);
    res.status(error.status).json(body);
  }
}

/** Work that was cut off because the server stops is told as that, not as the caller's own doing. */
function whyStopped(error: unknown, stopping: AbortSignal): HapaError | undefined {
  const cut =
    error instanceof HapaError ? error.code === "client_closed_request" : (error as Error)?.name === "AbortError";
  if (!cut) return undefined;
  return stopping.aborted
    ? new HapaError("shutting_down", "The server is stopping. Try again in a moment.")
    : new HapaError("client_closed_request", "Stopped.");
}
