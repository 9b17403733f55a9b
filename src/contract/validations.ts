/** Verdicts on executions: whether the output was right, who said so, and what it should have been. */
import { z } from "zod";
import { StoredExecution } from "./executions.ts";
import { Example } from "./tasks.ts";
import { answer, jsonValue, request } from "./wire.ts";

/** Who can say what the right output was; the first that spoke of an execution overrules those after it. */
export const oracles = ["person", "reference", "model"] as const;
export const Oracle = z.enum(oracles);
export type Oracle = z.infer<typeof Oracle>;

/** A person's verdict. It takes the place of an earlier one. */
export const NewValidation = request({
  executionId: z.string().max(200),
  /** Whether the output was right; may be left out where `expectedOutput` says it. */
  correct: z.boolean().optional(),
  /** What the output should have been. */
  expectedOutput: jsonValue.optional(),
}).refine(({ correct, expectedOutput }) => correct !== undefined || expectedOutput !== undefined, {
  message: "say whether it was correct, or what the output should have been (expected_output)",
});
export type NewValidation = z.output<typeof NewValidation>;

export const Validation = answer({
  id: z.string(),
  executionId: z.string(),
  taskId: z.string(),
  version: z.number().int(),
  oracle: Oracle,
  correct: z.boolean(),
  input: jsonValue,
  /** What the program gave; null where it failed. */
  output: jsonValue,
  /** Absent where nobody said. */
  expectedOutput: jsonValue.optional(),
  createdAt: z.string(),
});
export type Validation = z.output<typeof Validation>;

export const ValidationQuery = request({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  oracle: Oracle.optional(),
  correct: z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional(),
});
export type ValidationQuery = z.output<typeof ValidationQuery>;
export const ValidationPage = answer({ items: z.array(Validation), cursor: z.string().nullable() });

export const ReviewQuery = request({ limit: z.coerce.number().int().min(1).max(500).default(20) });
/** Sampled executions that nobody has judged, newest first, and how many there are. */
export const Review = answer({ items: z.array(StoredExecution), waiting: z.number().int() });
export type Review = z.output<typeof Review>;

export const maxReferenceRows = 100_000;
/** Labelled rows by which executions are judged by themselves; they take the place of those before. None: no more. */
export const Reference = request({ rows: z.array(Example).max(maxReferenceRows) });
export const ReferenceInfo = answer({ rows: z.number().int() });
