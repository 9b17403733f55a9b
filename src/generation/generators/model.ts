/** The model generator: asks for a program, and asks again with what failed. */
import type { Usage, Verification } from "../../contract/artifacts.ts";
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { Example } from "../../contract/tasks.ts";
import type { Endpoint, Message } from "../../models/endpoint.ts";
import type { Candidate, Listener, Wanted } from "../candidate.ts";
import { readAnswer } from "../model/answers.ts";
import { markdownStream } from "../model/markdown-stream.ts";
import { programMessages, programSchema, promptHash, repairMessage } from "../model/prompts.ts";

/** What a model call may cost, asked before and told after (per API key). */
export interface TokenAllowance {
  /** @throws HapaError("rate_limited") where the tokens of this minute are used up. */
  check(): Promise<void>;
  spend(tokens: number): Promise<void>;
}

/**
 * What counts against the allowance: the endpoint's own figures; where it gives none, a token for every four
 * characters, so that an endpoint that does not count is limited all the same. Never shown as usage.
 */
export function tokensUsed(usage: Usage | null, messages: readonly Message[], text: string): number {
  const counted = usage ? usage.promptTokens + usage.completionTokens : 0;
  if (counted > 0) return counted;
  return Math.ceil(messages.reduce((sum, { content }) => sum + content.length, text.length) / 4);
}

export interface ModelConversation {
  /** The next candidate. `last` is the report on the one before, from the second call on. */
  next(last?: Verification): Promise<Candidate>;
}

export function askModel(
  endpoint: Endpoint,
  wanted: Wanted,
  shown: readonly Example[],
  around: { listener: Listener; signal: AbortSignal; tokens: TokenAllowance },
): ModelConversation {
  const messages: Message[] = programMessages(wanted, shown);
  return {
    async next(last) {
      if (last) messages.push(repairMessage(wanted.language, last.failures, last.heldOut.total - last.heldOut.passed));
      await around.tokens.check();
      const hash = promptHash(messages);
      const { text, usage } = await endpoint.ask(messages, {
        signal: around.signal,
        schema: programSchema,
        onText: markdownStream(wanted.language, (piece) => around.listener.delta(piece)),
      });
      await around.tokens.spend(tokensUsed(usage, messages, text));
      const answer = readAnswer(text);
      if (!answer) {
        throw new HapaError(
          "model_failed",
          say`The model ${endpoint.settings.name} answered without any code. Ask in other words, or choose another model.`,
        );
      }
      messages.push({ role: "assistant", content: text });
      return {
        code: answer.code,
        language: wanted.language,
        explanation: answer.explanation || null,
        generator: "model",
        model: endpoint.settings.name,
        promptHash: hash,
        usage,
        statistical: false,
      };
    },
  };
}
