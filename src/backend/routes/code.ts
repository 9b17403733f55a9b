/** `/code`: the assistant. */
import { spoken } from "../../contract/say.ts";
import type { GenerationService } from "../../generation/service.ts";
import type { Handlers } from "../serve.ts";

export function codeRoutes({ generation }: { generation: GenerationService }): Pick<Handlers, "generateCode"> {
  return {
    async generateCode({ body }, context) {
      // An error after the cache was asked says so too.
      context.header("x-cache", "MISS");
      const { answer, level } = await generation.answer(body, { ...context, scope: context.role ?? "viewer" });
      context.header("x-cache", level);
      const { errorMessage } = answer;
      return { ...answer, errorMessage: errorMessage && spoken(errorMessage, context.words) };
    },
  };
}
