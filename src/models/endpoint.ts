/**
 * Talks to one OpenAI-compatible endpoint: streaming, retries with backoff on 429 and 5xx (by the SDK, which honours
 * `Retry-After`), a limit on silence, cancellation, tokens and cost. Every failure becomes words a person can act on.
 */
import type OpenAI from "openai";
import type { Usage } from "../contract/artifacts.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { WrongForm } from "./answer-form.ts";
import { diagnose } from "./diagnosis.ts";
import { explain, failure } from "./failure.ts";
import { fillInByChat, fillInRequest, refusesFillIn } from "./fill-in.ts";
import { createHabits } from "./habits.ts";
import type { Fetch } from "./transport.ts";
import { watchFetch } from "./watched-fetch.ts";

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
  /** 0 for the same answer each time, as far as the model can; left out where the endpoint refuses it. */
  readonly temperature?: number;
  /** The answer's end at `maxTokens` is as good as any other; else it is a failure. */
  readonly mayBeCutOff?: boolean;
  /** Told once the answer begins: whether the endpoint streams it. */
  readonly onForm?: (streams: boolean) => void;
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
  /**
   * @throws HapaError("model_failed" | "model_timeout" | "client_closed_request"): its `details` say why (`reason`, a
   * `Trouble`) and, where the endpoint told, when to try again (`retry_after_s`); "spend_cap_reached" where a cap is set
   */
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
  readonly fetch: Fetch;
}

/** One answer may not be longer than this; a model that runs on is stopped. */
const maxAnswerCharacters = 1_000_000;

/** No model reads or writes more at once; what is beyond is a mistake of the endpoint. */
const mostTokens = 1_000_000_000;

export function createEndpoint(settings: ModelSettings, options: EndpointOptions): Endpoint {
  const { silenceMs } = options;
  const habits = createHabits();
  let client: Promise<OpenAI> | undefined;
  let fillsIn = true;
  // The SDK is large: it is loaded when a model is first asked.
  const load = () => {
    client ??= import("openai").then(
      ({ OpenAI }) =>
        new OpenAI({
          baseURL: settings.baseUrl,
          apiKey: settings.apiKey ?? "none",
          maxRetries: options.retries,
          // It would print what the model said on this process's console.
          logLevel: "off",
          // Silence is watched here, over the whole answer; the SDK would retry what it timed out itself.
          timeout: silenceMs * 100,
        }),
    );
    return client;
  };

  /** Does one call under watch: `work` is given a client, a signal, and what to call when something was heard. */
  const watched = async <T>(
    { signal, onForm }: Pick<AskOptions, "signal" | "onForm">,
    streamed: boolean,
    work: (openai: OpenAI, signal: AbortSignal, heard: () => void) => Promise<T>,
  ): Promise<T> => {
    const silence = new AbortController();
    const end = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const pause = () => clearTimeout(timer);
    const heard = () => {
      pause();
      timer = setTimeout(() => silence.abort(), silenceMs);
    };
    const watch = { heard, pause, giveUp: (error: unknown) => end.abort(error), ...(onForm ? { onForm } : {}) };
    try {
      const openai = (await load()).withOptions({ fetch: watchFetch(options.fetch, watch, streamed) });
      const answer = await work(openai, AbortSignal.any([signal, silence.signal, end.signal]), heard);
      signal.throwIfAborted();
      silence.signal.throwIfAborted();
      return answer;
    } catch (error) {
      if (signal.aborted) throw new HapaError("client_closed_request", say`Stopped.`, undefined, { cause: error });
      if (silence.signal.aborted) throw silent(settings, silenceMs, error);
      throw explain(end.signal.aborted ? end.signal.reason : error, settings);
    } finally {
      pause();
    }
  };

  const chat = (messages: readonly Message[], ask: AskOptions): Promise<Completion> =>
    watched(ask, true, async (openai, signal, heard) => {
      const request = habits.request(settings.name, messages, ask);
      const stream = await openai.chat.completions.create(request, { signal });
      let text = "";
      let chunks = 0;
      let finish: string | null = null;
      let usage: OpenAI.CompletionUsage | null | undefined;
      for await (const chunk of stream) {
        heard();
        chunks += 1;
        const choice = chunk.choices?.[0];
        const piece: unknown = choice?.delta?.content;
        if (typeof piece === "string" && piece) {
          text += piece;
          if (text.length > maxAnswerCharacters) throw new WrongForm("endless");
          ask.onText?.(piece);
        }
        finish = choice?.finish_reason ?? finish;
        usage = chunk.usage ?? usage;
      }
      signal.throwIfAborted();
      if (finish === null) throw new WrongForm(chunks === 0 ? "not_compatible" : "broke_off");
      if (finish === "length" && !ask.mayBeCutOff) throw new WrongForm("cut_off");
      return { text, usage: priced(usage, settings) };
    });

  const fillIn = (wanted: FillInOptions): Promise<Completion> =>
    watched(wanted, false, async (openai, signal) => {
      const request = fillInRequest(settings.name, wanted);
      const { choices, usage } = await openai.completions.create(request, { signal, maxRetries: 0 });
      const text: unknown = choices?.[0]?.text;
      if (typeof text !== "string") throw new WrongForm("not_compatible");
      return { text, usage: priced(usage, settings) };
    });

  /** A refused parameter is left out or renamed, for this call and all later ones. */
  const ask = async (messages: readonly Message[], asked: AskOptions): Promise<Completion> => {
    for (let lessons = 0; ; lessons++) {
      try {
        return await chat(messages, asked);
      } catch (error) {
        if (lessons === 5 || !habits.learn(error, asked)) throw error;
      }
    }
  };

  return {
    settings,
    ask,
    async complete(wanted) {
      if (fillsIn) {
        try {
          return await fillIn(wanted);
        } catch (error) {
          if (!refusesFillIn((error as HapaError).cause)) throw error;
          fillsIn = false;
        }
      }
      return fillInByChat(ask, wanted);
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

function silent({ baseUrl, name, apiKey }: ModelSettings, silenceMs: number, cause: unknown): HapaError {
  const seen = { baseUrl, model: name, hasKey: apiKey !== undefined, silentS: Math.round(silenceMs / 1000) };
  return failure(diagnose(seen), cause);
}
