/** A rollout's beginning, and the way back where none is open. */
import { HapaError } from "../../contract/errors.ts";
import type { NewRollout } from "../../contract/rollouts.ts";
import { type Said, saidToText, say, spoken } from "../../contract/say.ts";
import type { RolloutRow } from "../../store/schema.ts";
import type { Store } from "../../store/store.ts";
import { begin } from "../statistics/rollout.ts";
import { planFor } from "./plan.ts";
import { type Act, end, isOpen, rolloutEvent } from "./steps.ts";

/**
 * @param newest gives a task's newest rollout, which is open only where it still has its ground
 * @returns the new rollout's id
 * @throws HapaError as `Rollouts.start`
 */
export async function startRollout(
  store: Store,
  newest: (taskId: string) => Promise<RolloutRow | undefined>,
  taskId: string,
  { candidateVersion, goal = "better", by, reason }: Omit<NewRollout, "reason"> & Act,
): Promise<string> {
  const task = await store.tasks.get(taskId);
  if (!task) throw new HapaError("not_found", say`There is no task ${taskId}.`);
  const candidate = await store.artifacts.get(taskId, candidateVersion);
  if (!candidate) throw new HapaError("not_found", say`Task ${taskId} has no version ${candidateVersion}.`);
  const conflict = (message: Said) => new HapaError("conflict", message);
  if (candidate.state === "rejected") {
    throw conflict(say`Version ${candidateVersion} did not pass verification, so it cannot be rolled out.`);
  }
  const { activeVersion } = task;
  if (activeVersion === null) {
    throw conflict(say`This task has no active program to compare with: activate version ${candidateVersion}.`);
  }
  if (activeVersion === candidateVersion) throw conflict(say`Version ${candidateVersion} is the active one.`);
  const open = await newest(taskId);
  if (open && isOpen(open)) {
    if (by === "hapa" || open.candidate_version === candidateVersion) {
      throw conflict(say`Version ${open.candidate_version} is being rolled out. Promote it or roll it back first.`);
    }
    const instead = { by, reason: say`A rollout of version ${candidateVersion} was started in its place.` };
    await store.rollouts.change(open.id, async (change) => {
      if (isOpen(change.row)) await end(change, "rolled_back", instead);
    });
  }
  const fields = {
    task_id: taskId,
    incumbent_version: activeVersion,
    candidate_version: candidateVersion,
    goal,
    comparison: task.comparison,
    state: "running" as const,
    stage: "shadow" as const,
    share: 0,
    statistics: JSON.stringify(begin(await planFor(store, task, goal))),
    started_by: by,
    reason: saidToText(reason),
  };
  const id = await store.rollouts.create(fields, (id) =>
    rolloutEvent("rollout.started", taskId, { ...fields, id }, { by, reason }),
  );
  if (id === undefined) {
    throw conflict(say`Another version was activated, or another rollout started, at the same moment. Look again.`);
  }
  return id;
}

/**
 * The version that was active before runs again.
 * @param newest the task's newest rollout: the one that brought the active version is rolled back with it
 * @throws HapaError conflict where none was active before, or another was activated at the same moment
 */
export async function backToBefore(
  store: Store,
  taskId: string,
  newest: RolloutRow | undefined,
  act: Act,
): Promise<void> {
  const active = (await store.tasks.getRunSettings(taskId))?.activeVersion ?? undefined;
  const before = active === undefined ? undefined : await store.rollouts.versionBefore(taskId, active);
  if (active === undefined || before === undefined) {
    throw new HapaError("conflict", say`No version was active before, as far as is known. Activate the one you want.`);
  }
  const brought = newest?.candidate_version === active && newest.incumbent_version === before;
  const done =
    brought && newest.state === "promoted"
      ? await store.rollouts.change(newest.id, async (change) => {
          if (change.task.active_version !== active) return false;
          await change.activate(before);
          await end(change, "rolled_back", act);
          return true;
        })
      : await store.rollouts.goBack(taskId, active, before, {
          type: "rollout.rolled_back",
          taskId,
          data: {
            rollout_id: null,
            incumbent_version: before,
            candidate_version: active,
            by: act.by,
            reason: spoken(act.reason),
          },
        });
  if (!done) {
    throw new HapaError(
      "conflict",
      say`Another version was activated, or another rollout started, at the same moment. Look again.`,
    );
  }
}
