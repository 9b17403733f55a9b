/** Rollouts: a candidate beside the incumbent on live requests, until one of them is known to be better. */
import { z } from "zod";
import { reviewSides } from "./review.ts";
import { Oracle } from "./validations.ts";
import { answer, jsonValue, request } from "./wire.ts";

/** `paused`: both stay where they are and nothing is counted. `undecided`: no difference was found; a person decides. */
export const RolloutState = z.enum(["running", "paused", "promoted", "rolled_back", "undecided"]);
export const RolloutStage = z.enum(["shadow", "tenth", "half", "full", "stopped"]);
/** Who did something: a person (by the API), HAPA by itself. */
export const Actor = z.enum(["person", "hapa"]);

/** An e-value and the value at which it decides. */
const Evidence = answer({ value: z.number(), needed: z.number() });

export const Rollout = answer({
  id: z.string(),
  taskId: z.string(),
  incumbentVersion: z.int(),
  candidateVersion: z.int(),
  /** What the candidate must show: that it is better, or that it is no worse. */
  goal: z.enum(["better", "not_worse"]),
  state: RolloutState,
  stage: RolloutStage,
  /** Share of the requests that the candidate answers, 0 to 1. */
  share: z.number(),
  startedBy: Actor,
  /** Why it was started, and why it ended; English. */
  reason: z.string(),
  endReason: z.string().nullable(),
  endedBy: Actor.nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Requests both ran. */
  requests: z.int(),
  /** Of these, with different outputs; how many of those were judged, and for whom. */
  differing: z.int(),
  judged: z.int(),
  candidateRight: z.int(),
  incumbentRight: z.int(),
  /** Requests in which only one of them failed (crash, timeout, no output). */
  candidateFailed: z.int(),
  incumbentFailed: z.int(),
  evidence: answer({ goal: Evidence, worse: Evidence, failing: Evidence }),
});
export type Rollout = z.output<typeof Rollout>;

/** The newest rollout of a task, under way or over. */
export const RolloutAnswer = answer({ rollout: Rollout.nullable() });

const reason = z.string().trim().max(500).optional();
export const NewRollout = request({
  candidateVersion: z.int().min(1),
  /** `better` unless told. */
  goal: z.enum(["better", "not_worse"]).optional(),
  reason,
});
export type NewRollout = z.output<typeof NewRollout>;
/** Of a step by hand. */
export const RolloutStep = request({ reason });

/** Whose output was right. */
export const Sides = z.enum(reviewSides);

/** A request for which the two gave different outputs. */
export const Disagreement = answer({
  id: z.string(),
  rolloutId: z.string(),
  input: jsonValue,
  /** Null where it failed. */
  incumbentOutput: jsonValue,
  candidateOutput: jsonValue,
  /** Null: not judged yet. */
  right: Sides.nullable(),
  oracle: Oracle.nullable(),
  createdAt: z.string(),
});
export type Disagreement = z.output<typeof Disagreement>;
export const DisagreementQuery = request({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(20),
  /** Only those nobody judged. */
  waiting: z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional(),
});
export const DisagreementPage = answer({
  items: z.array(Disagreement),
  cursor: z.string().nullable(),
  waiting: z.int(),
});
/** A person's verdict on a disagreement. */
export const DisagreementVerdict = request({ right: Sides, expectedOutput: jsonValue.optional() });

/** What a version would do with the newest recorded inputs of a task. */
export const ReplayQuery = request({
  version: z.coerce.number().int().min(1),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});
export const Replay = answer({
  version: z.int(),
  activeVersion: z.int().nullable(),
  /** Distinct recorded inputs that were run again. */
  ran: z.int(),
  changed: z.int(),
  /** Of the changed: had an output, and would fail. */
  failing: z.int(),
  /** Up to a hundred of the changed, those that would fail first. */
  items: z.array(answer({ input: jsonValue, before: jsonValue, after: jsonValue, error: z.string().optional() })),
});
export type Replay = z.output<typeof Replay>;
