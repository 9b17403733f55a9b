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
/** A version of this or of another task, whose output is what should have come out. */
export const ReferenceProgram = request({ taskId: z.string().max(200), version: z.number().int().min(1) });
export type ReferenceProgram = z.output<typeof ReferenceProgram>;

/**
 * By what executions are judged by themselves: labelled rows, and another program where no row knows the input. Each takes
 * the place of the one before; what is not named stays as it is.
 */
export const Reference = request({
  /** None: no labelled rows any more. */
  rows: z.array(Example).max(maxReferenceRows).optional(),
  /** Null: no program any more. */
  program: ReferenceProgram.nullable().optional(),
}).refine(({ rows, program }) => rows !== undefined || program !== undefined, {
  message: "give labelled rows, or a program (task_id and version)",
});
export type Reference = z.output<typeof Reference>;

/**
 * `missing`: its task was deleted, and it judges nothing. `itself`: it is the version that runs, and so judges nothing but
 * what others gave. `resting`: it cannot run, or was stopped on all that it was given lately; it is tried again after a minute.
 */
export const ReferenceState = z.enum(["ready", "missing", "itself", "resting"]);
export type ReferenceState = z.infer<typeof ReferenceState>;

export const ReferenceInfo = answer({
  /** How many labelled rows, those with the same input counted once. */
  rows: z.number().int(),
  program: answer({
    taskId: z.string(),
    /** Null where it was deleted. */
    taskName: z.string().nullable(),
    version: z.number().int(),
    state: ReferenceState,
  }).nullable(),
});
export type ReferenceInfo = z.output<typeof ReferenceInfo>;
