/**
 * Better versions from what the one that runs got wrong: made when enough of it is known, or the person asks; one at a
 * time for each task, whichever process makes it. What is better goes into a rollout; where that is not for HAPA to
 * decide, the person is told.
 */
import type { Artifact } from "../../contract/artifacts.ts";
import { HapaError } from "../../contract/errors.ts";
import type { ImprovementTrigger } from "../../contract/improvements.ts";
import { type Said, say, verbatim } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { Log } from "../../observability/log.ts";
import type { ImprovementEnd, KeptImprovement } from "../../store/improvements.ts";
import type { Store } from "../../store/store.ts";
import { canByItself, type MakeParts, makeBetter, strategyFor } from "./make.ts";
import { conclude, type RolloutDoor, tellThird } from "./outcome.ts";
import { failuresInRow, restMs, triggerOf } from "./when.ts";

export interface Improving {
  /**
   * Begins one because the person asks; it goes on by itself.
   * @throws HapaError not_found, no_active_program, conflict (one is being made, or a rollout is under way)
   */
  improve(
    taskId: string,
    wish: { readonly reason?: Said | undefined; readonly mayLose?: boolean | undefined },
  ): Promise<KeptImprovement>;
  /** Something speaks for one; whether it is made is decided a moment later. Returns at once. */
  consider(taskId: string, trigger: Exclude<ImprovementTrigger, "person">): void;
  /** A rollout of this task has ended, or was begun by somebody else. Returns at once. */
  rolloutEnded(taskId: string): void;
  /** Newest first. */
  list(taskId: string): Promise<KeptImprovement[]>;
  /** Cancels nothing by itself (`stopping` does); waits for what is under way. */
  settled(): Promise<void>;
}

export interface ImprovingParts extends Omit<MakeParts, "store" | "signal"> {
  readonly store: Store;
  readonly log: Log;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  /** Absent: better versions wait for the person to activate them. */
  readonly rollouts?: RolloutDoor | undefined;
  /** After a first failure no further one is made for so long, in ms. */
  readonly firstRestMs?: number | undefined;
  /** What was told of a task after a time (ISO 8601), also by a process that is gone: cues like those of `consider`. */
  readonly toldSince?: (taskId: string, after: string) => Promise<readonly ImprovementTrigger[]>;
}

/** What speaks for an improvement is gathered for so long, in ms: verdicts come by the hundred. */
const gatherMs = 500;
/** None takes longer than this, in ms. */
const longestMs = 600_000;
/** Of a program's verdicts, the newest: those of a year ago say nothing of today's inputs. */
const verdictsLooked = 300;
/** To see that a version is a little worse than another was takes more of them. */
const verdictsCompared = 1_500;
/** Of a task's improvements, those that are looked at to decide about the next one. */
const looked = 10;

/** Takes up what a process that is gone was making: that is cancelled, and considered anew. */
export function createImproving(parts: ImprovingParts): Improving {
  const { store, log, stopping, rollouts } = parts;
  const { improvements } = store;
  const cues = new Map<string, Set<ImprovementTrigger>>();
  const waiting = new Set<string>();
  const rests = new Map<string, NodeJS.Timeout>();
  let timer: NodeJS.Timeout | undefined;
  let deciding = Promise.resolve();
  /** One after another: the machine is for the programs that run. */
  let working = Promise.resolve();

  const wake = (taskId: string): void => {
    if (stopping.aborted) return;
    waiting.add(taskId);
    timer ??= setTimeout(() => {
      timer = undefined;
      deciding = deciding.then(decideAll);
    }, gatherMs);
  };

  const decideAll = async (): Promise<void> => {
    for (const taskId of waiting) {
      waiting.delete(taskId);
      if (stopping.aborted) return;
      try {
        await decide(taskId);
      } catch (error) {
        log.warn({ err: error, taskId }, "whether to improve a program could not be decided");
      }
    }
  };

  /** What became of the rollout of the last improvement. @returns whether one is under way */
  const followRollout = async (taskId: string, last: KeptImprovement | undefined): Promise<boolean> => {
    const rollout = await rollouts?.current(taskId);
    const isOn = rollout?.state === "running" || rollout?.state === "paused";
    if (last?.state !== "rolling_out" || (isOn && rollout?.id === last.rolloutId)) return isOn;
    const own = rollout?.id === last.rolloutId ? rollout : undefined;
    const why: Said = own ? (own.endReason ?? verbatim(own.state)) : say`another one took its place`;
    await improvements.end(
      last.id,
      own?.state === "promoted"
        ? { state: "promoted", outcome: say`Version ${last.candidateVersion ?? 0} runs now.` }
        : {
            // Undecided: that is told by the rollout itself.
            state: own?.state === "undecided" ? "needs_person" : "failed",
            outcome: say`The rollout of version ${last.candidateVersion ?? 0} ended without it: ${why}`,
          },
    );
    return isOn;
  };

  const decide = async (taskId: string): Promise<void> => {
    const standing = await improvements.standing(taskId);
    if (!standing || standing.activeVersion === null) return;
    const { activeVersion, accuracyTarget, improve } = standing;
    const isRollingOut = await followRollout(taskId, (await improvements.list(taskId, 1))[0]);
    const last = await improvements.list(taskId, looked);
    if (isRollingOut || improve === "off" || last[0]?.state === "making") return;
    const failures = failuresInRow(last);
    const before = last.find(({ state }) => state !== "cancelled");
    const since = before?.startedAt ?? new Date(0).toISOString();
    const [corrections, judged, compared, once, model] = await Promise.all([
      improvements.newCorrections(taskId, activeVersion, since),
      improvements.lastJudged(taskId, activeVersion, verdictsLooked),
      improvements.lastJudged(taskId, activeVersion, verdictsCompared),
      improvements.firstJudged(taskId, activeVersion, verdictsLooked),
      store.modelChecks.record(taskId),
    ]);
    const situation = { accuracyTarget, corrections, judged, modelOnRight: model.right, compared, once };
    const told = new Set([...(cues.get(taskId) ?? []), ...((await parts.toldSince?.(taskId, since)) ?? [])]);
    const found = triggerOf({ ...situation, failuresInRow: failures, cues: told });
    if (!found) return;
    const rest = Date.parse(before?.endedAt ?? "") + restMs(failures, parts.firstRestMs) - Date.now();
    if (rest > 0) {
      clearTimeout(rests.get(taskId));
      rests.set(taskId, setTimeout(() => wake(taskId), rest).unref());
      return;
    }
    const task = await store.tasks.get(taskId);
    const incumbent = await store.artifacts.get(taskId, activeVersion);
    if (!task || !incumbent) return;
    const improvement = await improvements.begin({ taskId, ...found, incumbentVersion: activeVersion });
    cues.delete(taskId);
    if (!improvement) return;
    if (improve === "ask" || !canByItself(task, incumbent)) {
      const outcome = say`${found.reason} Ask for an improvement to have a better version made.`;
      const alert = { kind: "improvement.suggested", severity: "info" } as const;
      await improvements.end(improvement.id, { state: "needs_person", outcome, alert });
      return;
    }
    start(improvement, task, incumbent, { mayLose: false, failures });
  };

  const start = (
    improvement: KeptImprovement,
    task: Task,
    incumbent: Artifact,
    how: { readonly mayLose: boolean; readonly failures: number },
  ): void => {
    working = working.then(async () => {
      try {
        const end = await make(improvement, task, incumbent, how.mayLose);
        await improvements.end(improvement.id, tellThird(improvement, end, how.failures));
      } catch (error) {
        log.warn({ err: error, taskId: task.id }, "an improvement could not be ended");
      }
      wake(task.id);
    });
  };

  /** How it ends; nothing is thrown. */
  const make = async (
    improvement: KeptImprovement,
    task: Task,
    incumbent: Artifact,
    mayLose: boolean,
  ): Promise<ImprovementEnd> => {
    const cancelled: ImprovementEnd = { state: "cancelled", outcome: say`HAPA was stopped while it was made.` };
    if (stopping.aborted) return cancelled;
    const asked = improvement.trigger === "person";
    try {
      const spent = await spentToday(task.id);
      const usdMost = task.modelUsdPerDay - spent;
      const strategy = strategyFor(incumbent.generator, task, asked);
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(longestMs)]);
      if (strategy === "model" && !asked && spent > 0 && usdMost <= 0) {
        return { state: "failed", outcome: say`Models may cost no more today ($${task.modelUsdPerDay} a day).` };
      }
      const found = await makeBetter({ ...parts, signal }, { task, incumbent, strategy, mayLose, usdMost });
      const standing = await improvements.standing(task.id);
      if (standing?.activeVersion !== incumbent.version) {
        return { state: "cancelled", outcome: say`Another version runs since it was begun.` };
      }
      return await conclude(improvement, found, { mayLose, rollouts });
    } catch (error) {
      if (stopping.aborted) return cancelled;
      log.warn({ err: error, taskId: task.id }, "a better version could not be made");
      const code = error instanceof HapaError ? error.code : "internal";
      return { state: "failed", outcome: say`It could not be made (${code}); the log says more.` };
    }
  };

  const spentToday = async (taskId: string): Promise<number> => {
    const today = new Date().toISOString().slice(0, 10);
    const made = await improvements.list(taskId);
    return made.reduce((sum, { startedAt, costUsd }) => sum + (startedAt.startsWith(today) ? (costUsd ?? 0) : 0), 0);
  };

  const resume = async (): Promise<void> => {
    for (const taskId of await improvements.cancelAbandoned()) wake(taskId);
  };
  deciding = resume().catch((error: unknown) => log.warn({ err: error }, "improvements that were cut off"));

  return {
    async improve(taskId, { reason = say`The person asked.`, mayLose = false }) {
      const task = await store.tasks.get(taskId);
      if (!task) throw new HapaError("not_found", say`There is no task ${taskId}.`);
      const { activeVersion } = task;
      const incumbent = activeVersion === null ? undefined : await store.artifacts.get(taskId, activeVersion);
      if (!incumbent) {
        const message = say`This task has no active program yet: generate one first (POST /api/v1/tasks/:id/generate).`;
        throw new HapaError("no_active_program", message);
      }
      if (await followRollout(taskId, (await improvements.list(taskId, 1))[0])) {
        const message = say`A rollout of this task is under way. Promote it or roll it back, then ask again.`;
        throw new HapaError("conflict", message);
      }
      const improvement = await improvements.begin({
        ...{ taskId, trigger: "person", reason, incumbentVersion: incumbent.version },
      });
      if (!improvement) throw new HapaError("conflict", say`A better version of this program is being made already.`);
      cues.delete(taskId);
      start(improvement, task, incumbent, { mayLose, failures: 0 });
      return improvement;
    },
    consider(taskId, trigger) {
      const known = cues.get(taskId);
      if (known) known.add(trigger);
      else cues.set(taskId, new Set([trigger]));
      wake(taskId);
    },
    rolloutEnded: wake,
    async list(taskId) {
      const list = await improvements.list(taskId);
      if (list[0]?.state !== "rolling_out") return list;
      await followRollout(taskId, list[0]);
      return improvements.list(taskId);
    },
    async settled() {
      clearTimeout(timer);
      for (const rest of rests.values()) clearTimeout(rest);
      await deciding;
      await working;
    },
  };
}
