/** `/code`: the assistant. */
import type { Complete } from "../../assistant/complete.ts";
import type { GenerateRequest } from "../../contract/generation.ts";
import { spoken } from "../../contract/say.ts";
import { verdictOf } from "../../contract/validation.ts";
import type { Answered, GenerationService } from "../../generation/service.ts";
import type { Log } from "../../observability/log.ts";
import type { Validator } from "../../validation/client.ts";
import type { Handlers } from "../serve.ts";

export interface CodeParts {
  readonly generation: GenerationService;
  readonly complete: Complete;
  readonly validator: Validator;
  readonly log: Log;
}

/** An answer does not wait longer for its badge, in ms. */
const verdictMs = 5_000;

export function codeRoutes({
  generation,
  complete,
  validator,
  log,
}: CodeParts): Pick<Handlers, "generateCode" | "completeCode" | "validateCode"> {
  /** Code in words is looked at before it is shown; a program has been run already. */
  const withVerdict = async (
    answer: Answered,
    { language, codeContext, filePath }: GenerateRequest,
    signal: AbortSignal,
  ): Promise<Answered> => {
    const { generatedCode: code, verification } = answer;
    if (code.trim() === "" || verification) return answer;
    try {
      // With code around it, it need not stand by itself.
      const request = { code, language, filePath, fragment: codeContext !== undefined };
      const { issues } = await validator.check(request, AbortSignal.any([signal, AbortSignal.timeout(verdictMs)]));
      return { ...answer, validation: verdictOf(issues) };
    } catch (error) {
      // The answer is worth more than its badge, which nobody waits for who has left.
      if (!signal.aborted) log.warn({ err: error }, "generated code was not checked");
      return answer;
    }
  };

  return {
    async generateCode({ body }, context) {
      // An error after the cache was asked says so too.
      context.header("x-cache", "MISS");
      const { answer, level } = await generation.answer(body, { ...context, scope: context.role ?? "viewer" });
      context.header("x-cache", level);
      const { errorMessage } = answer;
      const checked = await withVerdict(answer, body, context.signal);
      return { ...checked, errorMessage: errorMessage && spoken(errorMessage, context.words) };
    },

    async completeCode({ body }, context) {
      const answer = await complete(body, context);
      context.header("x-cache", answer.cached ? "L1" : "MISS");
      return answer;
    },

    async validateCode({ body }, { signal }) {
      const { issues, total, formatted } = await validator.check(body, signal);
      return { valid: !issues.some(({ severity }) => severity === "error"), issues: [...issues], total, formatted };
    },
  };
}
