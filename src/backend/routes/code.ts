/** `/code`: the assistant. */

import type { Complete } from "../../assistant/complete.ts";
import { spoken } from "../../contract/say.ts";
import type { GenerationService } from "../../generation/service.ts";
import type { Handlers } from "../serve.ts";

interface CodeParts {
  readonly generation: GenerationService;
  readonly complete: Complete;
}

export function codeRoutes({ generation, complete }: CodeParts): Pick<Handlers, "generateCode" | "completeCode"> {
  return {
    async generateCode({ body }, context) {
      // An error after the cache was asked says so too.
      context.header("x-cache", "MISS");
      const { answer, level } = await generation.answer(body, { ...context, scope: context.role ?? "viewer" });
      context.header("x-cache", level);
      const { errorMessage } = answer;
      return { ...answer, errorMessage: errorMessage && spoken(errorMessage, context.words) };
    },
    async completeCode({ body }, context) {
      const answer = await complete(body, context);
      context.header("x-cache", answer.cached ? "L1" : "MISS");
      return answer;
    },
  };
}
