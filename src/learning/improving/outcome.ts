/** What becomes of the versions that an improvement has made. */
import { HapaError } from "../../contract/errors.ts";
import type { Rollout } from "../../contract/rollouts.ts";
import { type Said, say } from "../../contract/say.ts";
import type { ImprovementEnd, KeptImprovement } from "../../store/improvements.ts";
import { type Found, scores } from "./make.ts";
import { mayTakeOver } from "./search.ts";
import { failuresToTell } from "./when.ts";

/** What is asked of rollouts here. */
export interface RolloutDoor {
  /** @throws HapaError("conflict") where one is under way, or the version cannot run */
  start(
    taskId: string,
    rollout: {
      readonly candidateVersion: number;
      readonly goal: Rollout["goal"];
      readonly by: Rollout["startedBy"];
      readonly reason: Said;
    },
  ): Promise<{ readonly id: string }>;
  /** The newest of a task, under way or over. */
  current(taskId: string): Promise<(Pick<Rollout, "id" | "state"> & { readonly endReason: Said | null }) | undefined>;
}

const lostKept = 20;
const needsPerson = { kind: "improvement.needs_person", severity: "warning" } as const;

/** Starts the rollout where a version is good enough. @returns how the improvement ends, in words without any rows */
export async function conclude(
  { taskId, trigger, reason, incumbentVersion }: KeptImprovement,
  found: Found,
  { mayLose, rollouts }: { readonly mayLose: boolean; readonly rollouts: RolloutDoor | undefined },
): Promise<ImprovementEnd> {
  const { best, attempts, corrections, wrong, costUsd } = found;
  const kept = {
    ...{ attempts, corrections, costUsd, ...scores(found) },
    candidateVersion: best?.made.version ?? null,
    lost: (best?.lost ?? []).slice(0, lostKept).map(({ input, output }) => ({ input, output })),
  };
  if (wrong === 0) {
    const outcome = say`There is nothing to learn from: version ${incumbentVersion} is right on its examples and on everything that was corrected.`;
    return { ...kept, state: "failed", outcome };
  }
  const tried = attempts === 1 ? say`one attempt` : say`${attempts} attempts`;
  if (!best) {
    const none = say`No version could be made in ${tried}.`;
    const outcome = found.none ? say`${none} ${found.none}` : none;
    return { ...kept, state: "failed", outcome };
  }
  const version = best.made.version;
  const measured = say`${best.candidateRight} of ${best.heldOut} rows kept aside are right, ${best.incumbentRight} with version ${incumbentVersion}; ${best.mended} of ${corrections} corrected failures are mended`;
  if (!best.isBetter) {
    const outcome = say`The best of ${tried}, version ${version}, is no better: ${measured}.`;
    return { ...kept, state: "failed", outcome };
  }
  if (!mayTakeOver(best, { mayLose })) {
    const outcome = say`Version ${version} is better (${measured}), but loses ${best.lost.length} rows that were right. Look at them, and ask again saying that they may be lost, or correct them.`;
    return { ...kept, state: "needs_person", outcome, alert: needsPerson };
  }
  const lost = best.lost.length;
  const better =
    lost === 0
      ? say`Version ${version} is better: ${measured}.`
      : say`Version ${version} is better: ${measured}, ${lost} rows that were right are lost.`;
  if (!rollouts) {
    return { ...kept, state: "needs_person", outcome: say`${better} Activate it to run it.`, alert: needsPerson };
  }
  // It has shown its use already, unless what it was made for is that the inputs have changed.
  const goal: Rollout["goal"] = best.lost.length === 0 && trigger !== "drift" ? "not_worse" : "better";
  try {
    const by = trigger === "person" ? "person" : "hapa";
    const rollout = await rollouts.start(taskId, {
      candidateVersion: version,
      goal,
      by,
      reason: say`${reason} ${better}`,
    });
    return { ...kept, state: "rolling_out", rolloutId: rollout.id, outcome: say`${better} It is being rolled out.` };
  } catch (error) {
    if (!(error instanceof HapaError)) throw error;
    const outcome = say`${better} Its rollout could not be begun (${error.code}). Activate it, or ask again.`;
    return { ...kept, state: "needs_person", outcome, alert: needsPerson };
  }
}

/** Of several failures in a row the person is told, and nothing is made before there is more to learn from. */
export function tellThird({ trigger }: KeptImprovement, end: ImprovementEnd, failuresBefore: number): ImprovementEnd {
  if (trigger === "person" || end.state !== "failed" || (failuresBefore + 1) % failuresToTell !== 0) return end;
  const outcome = say`${failuresBefore + 1} improvements in a row came to nothing. ${end.outcome} The corrected failures are in the review.`;
  return { ...end, state: "needs_person", outcome, alert: { kind: "improvement.needs_person", severity: "warning" } };
}
