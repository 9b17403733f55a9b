/**
 * Talks to one OpenAI-compatible endpoint: streaming, retries with backoff on 429 and 5xx (by the SDK, which honours
 * `Retry-After`), a limit on silence, cancellation, tokens and cost. Every failure becomes words a person can act on.
 */
import type OpenAI from "openai";
import type { Usage } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import { bareFillIn, fillInMessages, fillInRequest, refusesFillIn } from "./fill-in.ts";

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
  /** Null where the provider did not say. */
  readonly usage: Usage | null;
}

export interface AskOptions {
  readonly signal: AbortSignal;
  /** JSON schema of the answer; tried as structured output, left out where the endpoint refuses it. */
  readonly schema?: { readonly name: string; readonly schema: Record<string, unknown> };
  readonly onText?: (text: string) => void;
  /** The most tokens the answer may have; the endpoint's own limit unless told. */
  readonly maxTokens?: number;
  /** The answer's end at `maxTokens` is as good as any other; else it is a failure. */
  readonly mayBeCutOff?: boolean;
}

/** Code is wanted between `prefix` and `suffix`. */
export interface FillInOptions {
  readonly prefix: string;
  readonly suffix: string;
  /** The most tokens the answer may have. */
  readonly maxTokens: number;
  /** Texts at which the answer ends; at most four. */
  readonly stop?: readonly string[];
  /** Of the text, such as "python"; named to a chat model. */
  readonly language?: string;
  readonly signal: AbortSignal;
}

export interface Endpoint {
  readonly settings: ModelSettings;
  /** @throws HapaError("model_failed" | "model_timeout" | "client_closed_request") */
  ask(messages: readonly Message[], options: AskOptions): Promise<Completion>;
  /**
   * What stands between two texts, as bare code without a fence; the text is empty where the model has nothing to add.
   * One attempt: a completion that comes late is of no use. Absent where whatever answers cannot do it.
   * @throws as `ask`
   */
  complete?(options: FillInOptions): Promise<Completion>;
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
  let fillsIn = true;
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
          ...(ask.maxTokens === undefined ? {} : { max_tokens: ask.maxTokens }),
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
      if (finish === "length" && !ask.mayBeCutOff)
        throw failed(settings, "its answer was cut off at the length limit; ask for less at once");
      return { text, usage: priced(usage, settings) };
    } catch (error) {
      if (error instanceof HapaError) throw error;
      if (ask.signal.aborted) throw new HapaError("client_closed_request", "Stopped.", undefined, { cause: error });
      if (silence.signal.aborted) throw timeout(settings, options.silenceMs, error);
      throw explain(error, settings);
    } finally {
      pause();
    }
  };

  const { silenceMs } = options;
  const fillIn = async (wanted: FillInOptions): Promise<Completion> => {
    const late = AbortSignal.timeout(silenceMs);
    try {
      const { choices, usage } = await (await load()).completions.create(fillInRequest(settings.name, wanted), {
        signal: AbortSignal.any([wanted.signal, late]),
        maxRetries: 0,
      });
      const text: unknown = choices?.[0]?.text;
      if (typeof text !== "string") throw failed(settings, "its answer is not one of a completion");
      return { text, usage: priced(usage, settings) };
    } catch (error) {
      if (error instanceof HapaError) throw error;
      if (wanted.signal.aborted) throw new HapaError("client_closed_request", "Stopped.", undefined, { cause: error });
      if (late.aborted) throw timeout(settings, silenceMs, error);
      throw explain(error, settings);
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
    async complete(wanted) {
      if (fillsIn) {
        try {
          return await fillIn(wanted);
        } catch (error) {
          if (!refusesFillIn((error as HapaError).cause)) throw error;
          fillsIn = false;
        }
      }
      const { signal, maxTokens } = wanted;
      const { text, usage } = await attempt(fillInMessages(wanted), { signal, maxTokens, mayBeCutOff: true });
      return { text: bareFillIn(text, wanted), usage };
    },
  };
}

/** Null where the endpoint did not say both numbers: a usage is told, never guessed. */
function priced(usage: OpenAI.CompletionUsage | null | undefined, { prices }: ModelSettings): Usage | null {
  const promptTokens = tokens(usage?.prompt_tokens);
  const completionTokens = tokens(usage?.completion_tokens);
  if (promptTokens === undefined || completionTokens === undefined) return null;
  const costUsd = prices ? (promptTokens * prices.prompt + completionTokens * prices.completion) / 1_000_000 : null;
  return { promptTokens, completionTokens, costUsd };
}

/** What the endpoint says it used, where that is a number of tokens at all. */
function tokens(told: unknown): number | undefined {
  return typeof told === "number" && told >= 0 && told <= mostTokens ? Math.ceil(told) : undefined;
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
  return new HapaError("model_failed", `The model ${name} did not answer: ${why}.`, undefined, { cause });
}

function timeout({ name }: ModelSettings, silenceMs: number, cause?: unknown): HapaError {
  const message = `The model ${name} said nothing for ${Math.round(silenceMs / 1000)} s and was stopped. Try again, or choose another model.`;
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
