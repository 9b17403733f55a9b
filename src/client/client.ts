/**
 * Typed client of the HTTP API: one method for a plain call, one for a streamed one. The extension, the CLI and the
 * tests reach the backend only through it.
 */
import { z } from "zod";
import { ErrorAnswer, HapaError } from "../contract/errors.ts";
import { Delta, Progress } from "../contract/generation.ts";
import type { RouteSpec } from "../contract/route.ts";
import { type AnswerOf, type Call, type RouteName, routes } from "../contract/routes.ts";
import { say, verbatim } from "../contract/say.ts";
import { decodeBatch, encodeBatch } from "./batch.ts";
import { readServerSentEvents } from "./sse.ts";

export interface ClientOptions {
  /** `http://127.0.0.1:8000`, without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** What messages are to be in, as a BCP 47 tag; English unless told. */
  readonly language?: string;
}

export interface StreamHandlers {
  readonly onProgress?: (progress: Progress) => void;
  readonly onDelta?: (text: string) => void;
}

export interface Client {
  /**
   * Calls a route and gives its answer in code form.
   * @throws HapaError with the server's code and message; `internal` where the server could not be reached.
   */
  call<N extends RouteName>(name: N, call: Call<N>, options?: { signal?: AbortSignal }): Promise<AnswerOf<N>>;
  /** Calls a route that streams; resolves with its `result` event. Aborting the signal stops the work behind it. */
  stream<N extends RouteName>(
    name: N,
    call: Call<N>,
    handlers: StreamHandlers,
    options?: { signal?: AbortSignal },
  ): Promise<AnswerOf<N>>;
}

interface AnyCall {
  readonly params: Record<string, string>;
  readonly body?: unknown;
  readonly query?: unknown;
}

/** What is too large for its schema; such a pair makes and takes exactly what the schema does. */
const encoders: Partial<Record<RouteName, (body: unknown) => unknown>> = { executeBatch: encodeBatch };
const decoders: Partial<Record<RouteName, (answer: unknown) => unknown>> = { executeBatch: decodeBatch };

export function createClient({ baseUrl, apiKey, language = "en" }: ClientOptions): Client {
  const send = async (name: RouteName, call: AnyCall, accept: string, signal?: AbortSignal): Promise<Response> => {
    const spec: RouteSpec = routes[name];
    const encode = encoders[name] ?? ((body: unknown) => spec.body && z.encode(spec.body, body));
    const path = spec.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(call.params[name] ?? ""));
    const url = new URL(baseUrl + path);
    if (spec.query && call.query) {
      const query = z.encode(spec.query, call.query) as Record<string, unknown>;
      for (const [key, value] of Object.entries(query))
        if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const headers: Record<string, string> = { "x-api-key": apiKey, accept, "accept-language": language };
    if (spec.body) headers["content-type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(url, {
        method: spec.method.toUpperCase(),
        headers,
        body: spec.body ? JSON.stringify(encode(call.body)) : null,
        signal: signal ?? null,
      });
    } catch (cause) {
      if (signal?.aborted) throw new HapaError("client_closed_request", say`Stopped.`, undefined, { cause });
      throw new HapaError(
        "internal",
        say`HAPA's backend at ${baseUrl} cannot be reached. Reload the window to start it again.`,
        undefined,
        { cause },
      );
    }
    if (!response.ok) throw errorFrom(await response.json().catch(() => undefined), response.status);
    return response;
  };

  return {
    async call(name, call, options) {
      const spec: RouteSpec = routes[name];
      const response = await send(name, call as AnyCall, spec.contentType ?? "application/json", options?.signal);
      if (spec.status === 204) return undefined as never;
      if (spec.contentType) return (await response.text()) as never;
      const decode = decoders[name] ?? ((answer: unknown) => z.decode(spec.answer, answer));
      return decode(await response.json()) as never;
    },

    async stream(name, call, handlers, options) {
      const spec: RouteSpec = routes[name];
      const response = await send(name, call as AnyCall, "text/event-stream", options?.signal);
      try {
        for await (const { event, data } of readServerSentEvents(response)) {
          if (event === "delta") handlers.onDelta?.(z.decode(Delta, JSON.parse(data)).text);
          else if (event === "progress") handlers.onProgress?.(z.decode(Progress, JSON.parse(data)));
          else if (event === "result") return z.decode(spec.answer, JSON.parse(data)) as never;
          else if (event === "error") throw errorFrom(JSON.parse(data), 500);
        }
      } catch (error) {
        if (options?.signal?.aborted)
          throw new HapaError("client_closed_request", say`Stopped.`, undefined, { cause: error });
        throw error;
      }
      throw new HapaError("internal", say`The answer broke off before its end. Ask again.`);
    },
  };
}

/** An error answer as it was thrown on the other side. */
export function errorFrom(body: unknown, status: number): HapaError {
  const parsed = ErrorAnswer.safeDecode(body as never);
  if (!parsed.success) return new HapaError("internal", say`The backend answered ${status} without saying why.`);
  const { code, message, details } = parsed.data.error;
  return new HapaError(code, verbatim(message), details);
}
