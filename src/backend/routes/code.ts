/** `/code`: the assistant. */
import type { GenerationService } from "../../generation/service.ts";
import type { Handlers } from "../serve.ts";

export function codeRoutes({ generation }: { generation: GenerationService }): Pick<Handlers, "generateCode"> {
  return {
    async generateCode({ body }, context) {
      // An error after the cache was asked says so too.
      context.header("x-cache", "MISS");
      const { answer, level } = await generation.answer(body, { ...context, scope: context.role ?? "viewer" });
      context.header("x-cache", level);
      return answer;
    },
  };
}
