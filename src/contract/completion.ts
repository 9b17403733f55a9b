/** Completing code at the cursor. */
import { z } from "zod";
import { Usage } from "./artifacts.ts";
import { answer, request } from "./wire.ts";

const most = 400_000;

export const CompleteRequest = request({
  /** What stands before the cursor, from the start of the file or less. */
  prefix: z.string().max(most),
  suffix: z.string().max(most).default(""),
  /** As the editor names it: `python`, `typescriptreact`, `yaml` … */
  language: z.string().trim().min(1).max(60),
  /** Files that are known to hold secrets are refused. */
  filePath: z.string().max(4_000).optional(),
});
export type CompleteRequest = z.output<typeof CompleteRequest>;

export const CompleteAnswer = answer({
  /** Texts to insert at the cursor, best first; none where the model had nothing sensible to say. */
  completions: z.array(answer({ text: z.string() })),
  model: z.string(),
  /** Null where the provider did not say. Zeros: no model was asked. */
  usage: Usage.nullable(),
  cached: z.boolean(),
});
export type CompleteAnswer = z.output<typeof CompleteAnswer>;
