/** Code out of an editor: asked for, completed, validated. */
import { CompleteAnswer, CompleteRequest } from "../completion.ts";
import { GenerateAnswer, GenerateRequest } from "../generation.ts";
import { api, megabyte, route } from "../route.ts";
import { ValidateAnswer, ValidateRequest } from "../validation.ts";

export const codeRoutes = {
  generateCode: route({
    method: "post",
    path: `${api}/code/generate`,
    permission: "write",
    summary: "Answer a question with code; with examples, with a verified program",
    body: GenerateRequest,
    answer: GenerateAnswer,
    status: 200,
    streams: true,
    bodyLimit: 8 * megabyte,
  }),
  completeCode: route({
    method: "post",
    path: `${api}/code/complete`,
    permission: "write",
    summary: "Propose what stands at the cursor, between a prefix and a suffix",
    body: CompleteRequest,
    answer: CompleteAnswer,
    status: 200,
    bodyLimit: 2 * megabyte,
  }),
  validateCode: route({
    method: "post",
    path: `${api}/code/validate`,
    permission: "execute",
    summary: "Whether code is right as a text: syntax, types or lint, with fixes; nothing is run or kept",
    body: ValidateRequest,
    answer: ValidateAnswer,
    status: 200,
    bodyLimit: 8 * megabyte,
  }),
} as const;
