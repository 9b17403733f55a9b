/** The steps of a rollout: what its evidence leads to, how it ends, and what is told of it. */
import type { EventType, NewEvent } from "../../contract/events.ts";
import type { Rollout } from "../../contract/rollouts.ts";
import { type Said, saidFromText, saidToText, say, spoken } from "../../contract/say.ts";
import type { RolloutChange } from "../../store/rollout-change.ts";
import type { RolloutRow } from "../../store/schema.ts";
import { evidence, type RolloutState } from "../statistics/rollout.ts";
import { shareOf, stage } from "../statistics/stages.ts";

/** Who does something, and why. */
export interface Act {
  readonly by: Rollout["startedBy"];
  readonly reason: Said;
}

type Ended = "promoted" | "rolled_back" | "undecided";
type RolloutEvent = Extract<EventType, `rollout.${string}`>;
type Told = Pick<RolloutRow, "id" | "incumbent_version" | "candidate_version" | "goal" | "stage" | "share">;

/** What is told of every step (docs/events.md). */
export function rolloutEvent(type: RolloutEvent, taskId: string, row: Told, { by, reason }: Act): NewEvent {
  const { id, incumbent_version, candidate_version, goal, stage, share } = row;
  const data = { rollout_id: id, incumbent_version, candidate_version, goal, stage, share, by, reason: spoken(reason) };
  return { type, taskId, data } as NewEvent;
}

/** Of a rollout that is running or paused. */
export function isOpen({ state }: Pick<RolloutRow, "state">): boolean {
  return state === "running" || state === "paused";
}

/**
 * Keeps new evidence and does what it leads to: the next stage, or the end. While it is paused nothing moves.
 * @returns whether it is still open
 */
export async function apply(change: RolloutChange, state: RolloutState): Promise<boolean> {
  const { row } = change;
  const statistics = JSON.stringify(state);
  await change.save({ statistics });
  if (row.state !== "running") return row.state === "paused";
  if (state.decided) {
    await end(change, endOf[state.decided.decision], { by: "hapa", reason: whyDecided(state) });
    return false;
  }
  const next = stage(state);
  if (next === row.stage) return true;
  const at = { stage: next, share: shareOf[next] };
  await change.save(at);
  const reason =
    at.share > row.share
      ? say`The evidence allows it: ${inWords(state)}.`
      : say`There is evidence that it may be worse: ${inWords(state)}.`;
  await change.tell(rolloutEvent("rollout.stage", row.task_id, { ...row, ...at }, { by: "hapa", reason }));
  return true;
}

const endOf = { promote: "promoted", roll_back: "rolled_back", no_difference: "undecided" } as const;

/** Ends an open rollout, or decides one that was left to a person; where it is promoted, the candidate runs from now on. */
export async function end(change: RolloutChange, how: Ended, act: Act): Promise<void> {
  const { row, task } = change;
  const at = how === "promoted" ? ({ stage: "full", share: 1 } as const) : ({ stage: "stopped", share: 0 } as const);
  await change.end({ state: how, ...at, end_reason: saidToText(act.reason), ended_by: act.by });
  if (how === "promoted" && task.active_version !== row.candidate_version) await change.activate(row.candidate_version);
  await change.tell(rolloutEvent(`rollout.${how}`, row.task_id, { ...row, ...at }, act));
  if (how !== "undecided") return;
  await change.tell({
    type: "alert",
    taskId: row.task_id,
    data: {
      kind: "rollout.undecided",
      severity: "warning",
      message: `Version ${row.candidate_version} was neither better nor worse than version ${row.incumbent_version}, which goes on. Promote it or leave it.`,
      details: {
        rollout_id: row.id,
        incumbent_version: row.incumbent_version,
        candidate_version: row.candidate_version,
      },
    },
  });
}

/** Ends an open rollout that has lost its ground: the task went, or runs another version, or compares otherwise. */
export async function endIfStale(change: RolloutChange): Promise<boolean> {
  const { row, task } = change;
  if (!isOpen(row)) return true;
  const stop = async (how: Ended, reason: Said) => {
    await end(change, how, { by: "person", reason });
    return true;
  };
  if (task.deleted_at !== null) return stop("rolled_back", say`The task was deleted.`);
  if (task.active_version === row.candidate_version) return stop("promoted", say`The candidate was activated by hand.`);
  if (task.active_version !== row.incumbent_version) {
    const reason =
      task.active_version === null
        ? say`No version runs in place of version ${row.incumbent_version}.`
        : say`Version ${task.active_version} runs in place of version ${row.incumbent_version}.`;
    return stop("rolled_back", reason);
  }
  if (task.comparison !== row.comparison) return stop("rolled_back", say`Outputs are compared in another way now.`);
  return false;
}

function whyDecided(state: RolloutState): Said {
  const seen = inWords(state);
  return {
    goal_met: state.plan.goal === "better" ? say`It is right more often: ${seen}.` : say`It is no worse: ${seen}.`,
    worse: say`It is wrong more often: ${seen}.`,
    failing: say`It fails more often: ${seen}.`,
    horizon: say`No difference was found: ${seen}.`,
  }[state.decided?.because ?? "horizon"];
}

function inWords({ counts, failures }: RolloutState): Said {
  const { candidateRight, incumbentRight } = counts;
  const { requests, candidateOnly, incumbentOnly } = failures;
  return say`of ${requests} requests it alone was right in ${candidateRight}, the version before in ${incumbentRight}; it alone failed in ${candidateOnly}, the version before in ${incumbentOnly}`;
}

/** A rollout before it is known in which language it is told. */
export type KeptRollout = Omit<Rollout, "reason" | "endReason"> & {
  readonly reason: Said;
  readonly endReason: Said | null;
};

export function toRollout(row: RolloutRow): KeptRollout {
  const state = JSON.parse(row.statistics) as RolloutState;
  const { counts, failures } = state;
  const { pending, candidateRight, incumbentRight, bothRight, bothWrong, unsure } = counts;
  const judged = candidateRight + incumbentRight + bothRight + bothWrong + unsure;
  return {
    id: row.id,
    taskId: row.task_id,
    incumbentVersion: row.incumbent_version,
    candidateVersion: row.candidate_version,
    goal: row.goal,
    state: row.state,
    stage: row.stage,
    share: row.share,
    startedBy: row.started_by,
    reason: saidFromText(row.reason),
    endReason: row.end_reason === null ? null : saidFromText(row.end_reason),
    endedBy: row.ended_by,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    requests: failures.requests,
    differing: pending + judged,
    judged,
    candidateRight,
    incumbentRight,
    candidateFailed: failures.candidateOnly,
    incumbentFailed: failures.incumbentOnly,
    evidence: evidence(state),
  };
}
