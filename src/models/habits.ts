/** What an endpoint has shown it does not take, so that it is asked otherwise from then on. */
import type OpenAI from "openai";
import type { AskOptions, Message } from "./endpoint.ts";

export interface Habits {
  /** The body of a chat request, in the form this endpoint takes. */
  request(model: string, messages: readonly Message[], ask: AskOptions): OpenAI.ChatCompletionCreateParamsStreaming;
  /** Learns from a refusal. True: there is another way, so ask again. */
  learn(error: unknown, ask: AskOptions): boolean;
}

export function createHabits(): Habits {
  let structured = true;
  let tellsUsage = true;
  let takesTemperature = true;
  let limitField: "max_tokens" | "max_completion_tokens" = "max_tokens";
  let mostTokens = Number.POSITIVE_INFINITY;
  const limit = (ask: AskOptions) => Math.min(ask.maxTokens ?? mostTokens, mostTokens);
  return {
    request(model, messages, ask) {
      return {
        model,
        messages: [...messages],
        stream: true,
        ...(tellsUsage ? { stream_options: { include_usage: true } } : {}),
        ...(ask.temperature === undefined || !takesTemperature ? {} : { temperature: ask.temperature }),
        ...(ask.maxTokens === undefined ? {} : { [limitField]: limit(ask) }),
        ...(ask.schema && structured
          ? { response_format: { type: "json_schema" as const, json_schema: { ...ask.schema, strict: true } } }
          : {}),
      };
    },
    learn(error, ask) {
      // An endpoint names the parameter it does not take, with one of these.
      const { status, message: said = "" } = ((error as Error).cause ?? {}) as { status?: number; message?: string };
      if (![400, 404, 415, 422].includes(status ?? 0)) return false;
      if (ask.schema && structured && /response_format|json_schema|schema|structured/i.test(said)) {
        structured = false;
        return true;
      }
      if (tellsUsage && /stream_options|include_usage/i.test(said)) {
        tellsUsage = false;
        return true;
      }
      if (ask.temperature !== undefined && takesTemperature && /temperature/i.test(said)) {
        takesTemperature = false;
        return true;
      }
      if (ask.maxTokens === undefined || !/max_tokens|max_completion_tokens/i.test(said)) return false;
      // OpenAI's newer models take the limit by another name only.
      if (limitField === "max_tokens" && /max_completion_tokens/.test(said)) {
        limitField = "max_completion_tokens";
        return true;
      }
      const most = Number(/(?:at most|less than or equal to|maximum (?:value )?(?:is|of)|<=)\s*(\d+)/i.exec(said)?.[1]);
      if (!(most > 0 && most < limit(ask))) return false;
      mostTokens = most;
      return true;
    },
  };
}
