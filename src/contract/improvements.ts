/** Improvements: a new version made because of what the one that runs got wrong. */
import { z } from "zod";
import { Example } from "./tasks.ts";
import { answer, request } from "./wire.ts";

/** What set it off. */
export const ImprovementTrigger = z.enum(["person", "accuracy", "cluster", "corrections", "drift"]);
export type ImprovementTrigger = z.output<typeof ImprovementTrigger>;

/**
 * `making`: versions are made and checked. `rolling_out`: one is good enough and has a rollout, which goes on by itself.
 * `promoted`: and it runs now. `needs_person`: a version is better but loses rows that were right, or cannot be rolled out
 * by itself; or the person is to be asked; or three in a row failed. `failed`: none was better, or its rollout ended
 * without it.
 */
export const ImprovementState = z.enum(["making", "rolling_out", "promoted", "needs_person", "failed", "cancelled"]);
export type ImprovementState = z.output<typeof ImprovementState>;

const Score = answer({ right: z.int(), n: z.int() }).nullable();

export const Improvement = answer({
  id: z.string(),
  taskId: z.string(),
  trigger: ImprovementTrigger,
  /** Why it was begun, in a sentence. */
  reason: z.string(),
  state: ImprovementState,
  incumbentVersion: z.int(),
  /** The best version it made. */
  candidateVersion: z.int().nullable(),
  rolloutId: z.string().nullable(),
  /** Corrected failures it learned from, and rows kept aside to measure on. */
  corrections: z.int(),
  heldOut: z.int(),
  /** On the rows kept aside; null where there were none. */
  incumbentScore: Score,
  candidateScore: Score,
  /** Examples and confirmed rows that the incumbent gets right and the candidate does not; at most 20. */
  lost: z.array(Example),
  attempts: z.int(),
  costUsd: z.number().nullable(),
  /** What became of it, in a sentence; null while it is made. */
  outcome: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
export type Improvement = z.output<typeof Improvement>;
export const ImprovementList = answer({ items: z.array(Improvement) });

export const ImproveRequest = request({
  reason: z.string().trim().max(500).optional(),
  /** The person agrees that rows which were right may be lost. */
  mayLose: z.boolean().optional(),
});
export type ImproveRequest = z.output<typeof ImproveRequest>;
