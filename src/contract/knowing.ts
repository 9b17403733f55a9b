/** What is known of how a task's program does: accuracy over time, what its failures have in common, whether its inputs changed. */
import { z } from "zod";
import { answer, jsonValue, request } from "./wire.ts";

/**
 * Share that was right, of executions that were chosen by chance, with its 95% interval: Wilson's, wider where only a
 * model judged; as wide as it can be while nobody has tried the model.
 */
const Accuracy = answer({ value: z.number(), low: z.number(), high: z.number(), n: z.int() });

const Tried = answer({ agreed: z.int(), n: z.int() });

const AccuracyPoint = answer({
  /** First and last judged execution of it, ISO 8601. */
  from: z.string(),
  to: z.string(),
  version: z.int(),
  accuracy: Accuracy,
});

/** Failing inputs that have something in common. */
export const Cluster = answer({
  id: z.string(),
  /** What sets it apart, in English, as: inputs like "2024-03-01" (digits-digits-digits). */
  name: z.string(),
  size: z.int(),
  /** Of all that failed. */
  share: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  /**
   * Of the judged fair draws whose inputs have what sets it apart, failed or not: how many got the verdict "right", and
   * how often such inputs are right; null: none of them was judged.
   */
  right: z.int(),
  accuracy: Accuracy.nullable(),
  /** When it was told that it grows (`alert`, `failures.cluster`); null: it was not. */
  grewAt: z.string().nullable(),
  /** Up to three, the most typical first. */
  examples: z.array(
    answer({ executionId: z.string(), input: jsonValue, output: jsonValue, expectedOutput: jsonValue.optional() }),
  ),
});
export type Cluster = z.output<typeof Cluster>;

export const KnowingQuery = request({
  /** Points of the accuracy chart at most. */
  points: z.coerce.number().int().min(1).max(200).default(40),
});
export type KnowingQuery = z.output<typeof KnowingQuery>;

export const Knowing = answer({
  taskId: z.string(),
  /** Oldest first; a point never mixes versions. */
  accuracy: z.array(AccuracyPoint),
  /** By expected output where these are few (labels); else empty. Most frequent first. */
  byClass: z.array(answer({ output: jsonValue, accuracy: Accuracy })),
  /**
   * How a model did as a judge, where a person or a reference had judged the same executions: of those that were right
   * it called so many right, of those that were wrong so many wrong.
   */
  model: answer({ right: Tried, wrong: Tried }),
  /** Of all executions of the active version (`abstained`, an output of null: of its newest kept ones); null: none. */
  rates: answer({ executions: z.int(), failed: z.number(), timedOut: z.number(), abstained: z.number() }).nullable(),
  clusters: z.array(Cluster),
  /** `learning`: too few inputs to tell yet. */
  inputs: answer({ state: z.enum(["learning", "usual", "changed"]), since: z.string().nullable(), seen: z.int() }),
  accuracyChange: answer({ state: z.enum(["learning", "steady", "worse"]), since: z.string().nullable() }),
});
export type Knowing = z.output<typeof Knowing>;
