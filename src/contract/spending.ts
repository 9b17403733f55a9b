/** What models cost this month. */
import { z } from "zod";
import { modelUses } from "./model-use.ts";
import { answer } from "./wire.ts";

/** One use of one model. */
const SpendingItem = answer({
  use: z.enum(modelUses),
  model: z.string(),
  /** The host of its endpoint. */
  provider: z.string(),
  calls: z.number().int(),
  /** As the provider told them. */
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** Of the told tokens, at the prices that were set; null where none were set for any call. */
  costUsd: z.number().nullable(),
  /** For calls whose tokens were never told (stopped, broken off), estimated from above. They count against the cap. */
  estimatedUsd: z.number(),
  /** Calls whose tokens were never told. */
  untoldCalls: z.number().int(),
  /** Calls for which no prices were set. */
  unpricedCalls: z.number().int(),
});

export const Spending = answer({
  /** `2026-11`, in UTC. */
  month: z.string(),
  /** When the next month begins. */
  resetsAt: z.string(),
  /** Null: no cap is set. */
  capUsd: z.number().nullable(),
  /** False where a cap is set and a model that is in use has no prices: its calls cannot be counted. */
  capHolds: z.boolean(),
  /** Told and estimated. */
  spentUsd: z.number(),
  /** Held back for calls under way, and for those whose end was never seen because the program was killed. */
  reservedUsd: z.number(),
  /** The dearest first. */
  items: z.array(SpendingItem),
});
export type Spending = z.output<typeof Spending>;
