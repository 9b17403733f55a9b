/** A task's dataset: its sampled executions and the verdicts on them, as daily JSONL files. */
import { z } from "zod";
import { request } from "./wire.ts";

/**
 * What of a task's data goes into its dataset: `strict` keyed hashes and counts only, `balanced` rows with personal data
 * masked, `permissive` rows as they are.
 */
export const PrivacyMode = z.enum(["strict", "balanced", "permissive"]);
export type PrivacyMode = z.infer<typeof PrivacyMode>;

export const DatasetKind = z.enum(["executions", "validations"]);
export type DatasetKind = z.infer<typeof DatasetKind>;

export const DatasetQuery = request({
  kind: DatasetKind.default("executions"),
  /** First day, `2026-11-22`, in UTC. */
  from: z.iso.date().optional(),
  /** Last day, itself included. */
  to: z.iso.date().optional(),
});
export type DatasetQuery = z.output<typeof DatasetQuery>;
