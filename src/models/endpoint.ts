/**
 * Talks to one OpenAI-compatible endpoint: streaming, retries with backoff on 429 and 5xx (by the SDK, which honours
 * `Retry-After`), a limit on silence, cancellation, tokens and cost. Every failure becomes words a person can act on.
 */

import type OpenAI from "openai";
import type { Usage } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";

/** What a model is asked for; the person may choose another one for each. `generation`: programs and code. */
export type ModelUse = "chat" | "generation" | "completion" | "judge";

export interface ModelSettings {
  /** OpenAI-compatible, with its version path: `https://api.openai.com/v1`, `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly name: string;
  /** Absent for local endpoints that need none. */
  readonly apiKey?: string;
  /** USD per million tokens, where the person set them. */
  readonly prices?: { readonly prompt: number; readonly completion: number };
}

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface Completion {
  readonly text: string;
  readonly usage: Usage;
}

export interface AskOptions {
  readonly signal: AbortSignal;
  /** JSON schema of the answer; tried as structured output, left out where the endpoint refuses it. */
  readonly schema?: { readonly name: string; readonly schema: Record<string, unknown> };
  readonly onText?: (text: string) => void;
}

export interface Endpoint {
  readonly settings: ModelSettings;
  /** @throws HapaError("model_failed" | "model_timeout" | "client_closed_request") */
  ask(messages: readonly Message[], options: AskOptions): Promise<Completion>;
}

export interface EndpointOptions {
  /** Longest silence of the model before it counts as hanging, in ms. */
  readonly silenceMs: number;
  readonly retries: number;
}

/** One answer may not be longer than this; a model that runs on is stopped. */
const maxAnswerCharacters = 1_000_000;

/** No model reads or writes more at once; what is beyond is a mistake of the endpoint. */
const mostTokens = 1_000_000_000;

export function createEndpoint(settings: ModelSettings, options: EndpointOptions): Endpoint {
  let client: Promise<OpenAI> | undefined;
  let structured = true;
  // The SDK is large: it is loaded when a model is first asked.
  const load = () => {
    client ??= import("openai").then(
      ({ default: Client }) =>
        new Client({
          baseURL: settings.baseUrl,
          apiKey: settings.apiKey ?? "none",
          maxRetries: options.retries,
          // It would print what the model said on this process's console.
          logLevel: "off",
          // Silence is watched here, over the whole answer; the SDK would retry what it timed out itself.
          timeout: options.silenceMs * 100,
        }),
    );
    return client;
  };

  const attempt = async (messages: readonly Message[], ask: AskOptions): Promise<Completion> => {
    const silence = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const pause = () => clearTimeout(timer);
    const heard = () => {
      pause();
      timer = setTimeout(() => silence.abort(), options.silenceMs);
    };
    // Each attempt has the whole time; the waits between attempts do not count as silence of the model.
    const watchedFetch: typeof fetch = async (url, init) => {
      heard();
      try {
        const response = await fetch(url, init);
        if (!response.ok) pause();
        return response;
      } catch (error) {
        pause();
        throw error;
      }
    };
    const openai = (await load()).withOptions({ fetch: watchedFetch });
    try {
      const stream = await openai.chat.completions.create(
        {
          model: settings.name,
          messages: [...messages],
          stream: true,
          stream_options: { include_usage: true },
          ...(ask.schema && structured
            ? { response_format: { type: "json_schema" as const, json_schema: { ...ask.schema, strict: true } } }
            : {}),
        },
        { signal: AbortSignal.any([ask.signal, silence.signal]) },
      );
      let text = "";
      let finish: string | null = null;
      let usage: OpenAI.CompletionUsage | null | undefined;
      for await (const chunk of stream) {
        heard();
        const choice = chunk.choices?.[0];
        const piece: unknown = choice?.delta?.content;
        if (typeof piece === "string" && piece) {
          text += piece;
          if (text.length > maxAnswerCharacters) throw failed(settings, "its answer had no end");
          ask.onText?.(piece);
        }
        finish = choice?.finish_reason ?? finish;
        usage = chunk.usage ?? usage;
      }
      ask.signal.throwIfAborted();
      if (silence.signal.aborted) throw timeout(settings, options.silenceMs);
      if (finish === null) throw failed(settings, "its answer broke off in the middle; ask again");
      if (finish === "length")
        throw failed(settings, "its answer was cut off at the length limit; ask for less at once");
      return { text, usage: priced(usage, settings) };
    } catch (error) {
      if (error instanceof HapaError) throw error;
      if (ask.signal.aborted) throw new HapaError("client_closed_request", say`Stopped.`, undefined, { cause: error });
      if (silence.signal.aborted) throw timeout(settings, options.silenceMs, error);
      throw explain(error, settings);
    } finally {
      pause();
    }
  };

  return {
    settings,
    async ask(messages, ask) {
      try {
        return await attempt(messages, ask);
      } catch (error) {
        if (!ask.schema || !structured || !refusesSchema(error)) throw error;
        structured = false;
        return attempt(messages, ask);
      }
    },
  };
}

function priced(usage: OpenAI.CompletionUsage | null | undefined, { prices }: ModelSettings): Usage {
  const promptTokens = tokens(usage?.prompt_tokens);
  const completionTokens = tokens(usage?.completion_tokens);
  const costUsd = prices ? (promptTokens * prices.prompt + completionTokens * prices.completion) / 1_000_000 : null;
  return { promptTokens, completionTokens, costUsd };
}

/** What the endpoint says it used, where that is a number of tokens at all. */
function tokens(told: unknown): number {
  return typeof told === "number" && told >= 0 && told <= mostTokens ? Math.ceil(told) : 0;
}

/** Endpoints without structured output answer 400 (or 404, 422) and name the parameter. */
function refusesSchema(error: unknown): boolean {
  const cause = (error as HapaError).cause as { status?: number; message?: string } | undefined;
  return (
    [400, 404, 415, 422].includes(cause?.status ?? 0) &&
    /response_format|json_schema|schema|structured/i.test(cause?.message ?? "")
  );
}

function failed({ name }: ModelSettings, why: string, cause?: unknown): HapaError {
  return new HapaError("model_failed", say`The model ${name} did not answer: ${why}.`, undefined, { cause });
}

function timeout({ name }: ModelSettings, silenceMs: number, cause?: unknown): HapaError {
  const message = say`The model ${name} said nothing for ${Math.round(silenceMs / 1000)} s and was stopped. Try again, or choose another model.`;
  return new HapaError("model_timeout", message, undefined, { cause });
}

function explain(error: unknown, settings: ModelSettings): HapaError {
  const { status, message: said = "" } = error as { status?: number; message?: string };
  // Some endpoints repeat the key they refuse.
  const message = settings.apiKey ? said.replaceAll(settings.apiKey, "[redacted]") : said;
  const where = URL.canParse(settings.baseUrl) ? new URL(settings.baseUrl).origin : "the address that is set";
  if (status === 401 || status === 403) {
    return failed(settings, `${where} refused the key. Set it with the command "HAPA: Set API Key"`, error);
  }
  if (status === 404)
    return failed(settings, `${where} does not know it. Choose another with "HAPA: Choose Model…"`, error);
  if (status === 429) return failed(settings, `${where} says: too many requests. Wait a minute and try again`, error);
  if (status !== undefined && status >= 500)
    return failed(settings, `${where} failed (${status}). Try again later`, error);
  if (status !== undefined)
    return failed(settings, `${where} refused the request (${status} ${message.slice(0, 200)})`, error);
  if (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(
      systemCode(error),
    )
  ) {
    return failed(settings, `${where} cannot be reached; see that it is running and that its address is right`, error);
  }
  return failed(settings, `the connection to ${where} broke off (${message.slice(0, 200)}); ask again`, error);
}

/** The system's code for a failed connection, which stands somewhere down the chain of causes. */
function systemCode(error: unknown): string {
  for (let at = error, depth = 0; at && depth < 5; at = (at as Error).cause, depth++) {
    const { code, errors } = at as { code?: unknown; errors?: unknown[] };
    if (typeof code === "string") return code;
    if (Array.isArray(errors)) return systemCode(errors[0]);
  }
  return "";
}
