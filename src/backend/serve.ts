/**
 * What every route does with a request, always in this order:
 * well-formed → 401 who → 403 may → 429 how often → valid → (cache and work, in the handler) → answer.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { HapaError } from "../contract/errors.ts";
import { Delta, Progress } from "../contract/generation.ts";
import type { Role } from "../contract/roles.ts";
import type { RouteSpec } from "../contract/route.ts";
import { type AnswerOf, type Call, type RouteName, routes } from "../contract/routes.ts";
import { type Catalogue, say, spoken } from "../contract/say.ts";
import type { Listener } from "../generation/candidate.ts";
import type { TokenAllowance } from "../generation/generators/model.ts";
import type { Log } from "../observability/log.ts";
import type { KeyRepository } from "../store/keys.ts";
import type { DashboardSession, DashboardSessions } from "./dashboard/sessions.ts";
import { type Exchange, jsonType } from "./exchange.ts";
import { wordsFor } from "./languages.ts";
import { authenticate, authorize, type Caller } from "./middleware/authenticate.ts";
import { readJson } from "./middleware/body.ts";
import { asHapaError, errorBody, readRequest } from "./middleware/errors.ts";
import type { RateLimit } from "./middleware/rate-limit.ts";
import { PreparedJson } from "./prepared-json.ts";
import { readBatch } from "./read-batch.ts";
import { type EventSink, openEventStream } from "./sse.ts";

/** What a handler knows of the request besides its call. */
export interface RequestContext {
  /** Aborted when the caller goes away or the server stops. */
  readonly signal: AbortSignal;
  /** Undefined on a public route. */
  readonly role: Role | undefined;
  readonly keyId: string | undefined;
  /** Where a dashboard's page asks. */
  readonly session: DashboardSession | undefined;
  readonly tokens: TokenAllowance;
  /** Streams to a caller that asked for events; drops them for any other. */
  readonly listener: Listener;
  /** Translations into the language the caller asked to be answered in. */
  readonly words: Catalogue;
  /** The caller sent `Cache-Control: no-cache`. */
  readonly fresh: boolean;
  /** The header Last-Event-ID: where a stream that broke off is to go on. */
  readonly lastEventId: string | undefined;
  /** Sets a header of a plain answer; a stream has sent its headers already. */
  header(name: string, value: string): void;
  /** Answers with another status than the route's own (a health check that fails). */
  status(code: number): void;
  /** For a protocol of its own, which writes the answer itself; what the handler returns is then not sent. */
  takeOver(): { readonly req: IncomingMessage; readonly res: ServerResponse };
}

export type Handler<N extends RouteName> = (
  call: Call<N>,
  context: RequestContext,
) => Promise<AnswerOf<N> | PreparedJson> | AnswerOf<N>;
/** A handler for every route: one that is missing does not compile. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };

export interface ServeParts {
  readonly keys: KeyRepository;
  readonly sessions: Pick<DashboardSessions, "of">;
  readonly rateLimit: RateLimit;
  readonly log: Log;
  /** Aborted when the server stops; new work is then refused. */
  readonly stopping: AbortSignal;
}

/** What stood in the address. */
export interface Address {
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
}

/** Answers one request; whatever goes wrong, it is answered. */
export type Serve = (exchange: Exchange, address: Address) => Promise<void>;

const defaultBodyLimit = 1_000_000;

/** Bodies so large that their schema is too slow for them; such a reader takes and refuses exactly what the schema does. */
const readers: Partial<Record<RouteName, (body: unknown) => unknown>> = { executeBatch: readBatch };

export function serveRoute(name: RouteName, handler: Handler<RouteName>, parts: ServeParts): Serve {
  const spec: RouteSpec = routes[name];
  const { body: schema } = spec;
  const readBody = readers[name] ?? (schema && ((sent: unknown) => readRequest(schema, sent)));
  const abortWhenGone = stopper(parts.stopping);
  return async (exchange, { params, query }) => {
    exchange.route = spec.path;
    const { req } = exchange;
    let events: EventSink | undefined;
    try {
      const { key, session, refusal } = await admit(spec, exchange, parts);
      const body = readBody ? await readJson(req, spec.bodyLimit ?? defaultBodyLimit, refusal) : undefined;
      if (refusal !== undefined) throw refusal;
      if (key && parts.stopping.aborted) throw shuttingDown();
      const call = {
        params,
        ...(readBody ? { body: readBody(body) } : {}),
        ...(spec.query ? { query: readRequest(spec.query, query) } : {}),
      };
      const signal = abortWhenGone(exchange);
      const words = wordsFor(req);
      if (spec.streams && (req.headers.accept ?? "").includes("text/event-stream")) events = openEvents(exchange);
      let status = spec.status;
      let taken = false;
      const answer = await handler(call as never, {
        signal,
        role: key?.role,
        keyId: key?.id,
        session,
        tokens: parts.rateLimit.tokens(key?.id ?? "public"),
        listener: events ? listenerFor(events, words) : nobody,
        words,
        fresh: /\bno-cache\b/.test(req.headers["cache-control"] ?? ""),
        lastEventId: lastEventId(req),
        header: (name, value) => void (events ?? exchange.header(name, value)),
        status: (code) => {
          status = code;
        },
        takeOver: () => {
          taken = true;
          exchange.settleHeaders();
          return exchange;
        },
      });
      if (!taken) send(spec, status, exchange, events, answer);
    } catch (error) {
      sendError(
        exchange,
        events,
        whyStopped(error, parts.stopping) ?? asHapaError(error, parts.log, exchange.requestId),
      );
    }
  };
}

/**
 * Finds out who calls, whether they may and not too often, before the body is read: a stranger cannot make the server
 * read a large one. Refused they are after it, since an ill-formed request is told first.
 */
async function admit(
  { permission }: RouteSpec,
  exchange: Exchange,
  { keys, sessions, rateLimit }: ServeParts,
): Promise<Partial<Caller> & { refusal?: unknown }> {
  try {
    const caller = await authenticate(exchange.req, permission, keys, sessions);
    if (caller) {
      const { key } = caller;
      exchange.keyId = key.id;
      const tooOften = await rateLimit.request(key.id, exchange);
      authorize(key, permission);
      if (tooOften) throw tooOften;
    }
    return caller ?? {};
  } catch (refusal) {
    return { refusal };
  }
}

/** Gives each request a signal that is aborted when its caller leaves before the answer, or when the server stops. */
function stopper(stopping: AbortSignal): (exchange: Exchange) => AbortSignal {
  const underWay = new Set<AbortController>();
  stopping.addEventListener("abort", () => {
    for (const work of underWay) work.abort();
  });
  return ({ res }) => {
    const work = new AbortController();
    if (stopping.aborted || res.closed) work.abort();
    underWay.add(work);
    res.on("close", () => {
      underWay.delete(work);
      // To abort what is done makes an error that nobody reads.
      if (!res.writableFinished) work.abort();
    });
    return work.signal;
  };
}

function lastEventId({ headers }: IncomingMessage): string | undefined {
  const sent = headers["last-event-id"];
  return typeof sent === "string" ? sent : undefined;
}

function openEvents(exchange: Exchange): EventSink {
  exchange.settleHeaders();
  return openEventStream(exchange.res);
}

function listenerFor(events: EventSink, words: Catalogue): Listener {
  return {
    progress: (step) => events.send("progress", z.encode(Progress, { ...step, message: spoken(step.message, words) })),
    delta: (text) => events.send("delta", z.encode(Delta, { text })),
  };
}
const nobody: Listener = { progress: () => {}, delta: () => {} };

function send(
  spec: RouteSpec,
  status: number,
  exchange: Exchange,
  events: EventSink | undefined,
  answer: unknown,
): void {
  if (events) {
    events.send("result", z.encode(spec.answer, answer));
    events.end();
  } else if (status === 204) exchange.sendNothing(status);
  else if (answer instanceof PreparedJson) exchange.sendPrepared(status, answer);
  else if (spec.contentType) exchange.send(status, `${spec.contentType}; charset=utf-8`, answer as string);
  else exchange.send(status, jsonType, JSON.stringify(z.encode(spec.answer, answer)));
}

/** Answers any error in the contract's form. */
export function sendError(exchange: Exchange, events: EventSink | undefined, error: HapaError): void {
  const body = errorBody(error, exchange.requestId, wordsFor(exchange.req));
  if (events) {
    events.send("error", body);
    events.end();
  } else if (!exchange.res.headersSent) {
    const wait =
      error.code === "rate_limited" ? (error.details as { retry_after_s?: number })?.retry_after_s : undefined;
    if (wait !== undefined) exchange.header("Retry-After", String(wait));
    exchange.send(error.status, jsonType, JSON.stringify(body));
  }
}

/** Work that was cut off because the server stops is told as that, not as the caller's own doing. */
function whyStopped(error: unknown, stopping: AbortSignal): HapaError | undefined {
  const cut =
    error instanceof HapaError ? error.code === "client_closed_request" : (error as Error)?.name === "AbortError";
  if (!cut) return undefined;
  return stopping.aborted ? shuttingDown() : new HapaError("client_closed_request", say`Stopped.`);
}

function shuttingDown(): HapaError {
  return new HapaError("shutting_down", say`The server is stopping. Try again in a moment.`);
}
