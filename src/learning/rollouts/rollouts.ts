/** Rollouts: a candidate beside the incumbent on live requests, until it is known which of them is better. */
import { HapaError } from "../../contract/errors.ts";
import type { HapaEvent } from "../../contract/events.ts";
import type { Disagreement, NewRollout } from "../../contract/rollouts.ts";
import { type Said, say } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Endpoint } from "../../models/endpoint.ts";
import type { Log } from "../../observability/log.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { RolloutChange } from "../../store/rollout-change.ts";
import type { RolloutRow } from "../../store/schema.ts";
import type { Store } from "../../store/store.ts";
import type { KeptValidation } from "../../store/validations.ts";
import type { ReferencePrograms } from "../reference-program.ts";
import type { RolloutState } from "../statistics/rollout.ts";
import { keepVerdicts, type Sides, whoIsRight } from "./judging.ts";
import { createLive, type LiveRollouts } from "./live.ts";
import { createNote } from "./notes.ts";
import { backToBefore, startRollout } from "./start-and-back.ts";
import { type Act, apply, end, endIfStale, isOpen, type KeptRollout, rolloutEvent, toRollout } from "./steps.ts";
import { createWork } from "./work.ts";

export interface Rollouts {
  /**
   * Starts one. Where one is open a person's takes its place; HAPA's own is refused.
   * @throws HapaError not_found (no such task or version), conflict (no version is active, the candidate is active or was
   * rejected, it is being rolled out already)
   */
  start(taskId: string, start: Omit<NewRollout, "reason"> & Act): Promise<KeptRollout>;
  /** The newest of a task, under way or over. */
  current(taskId: string): Promise<KeptRollout | undefined>;
  /** @throws HapaError conflict where the newest is neither open nor undecided */
  promote(taskId: string, act: Act): Promise<KeptRollout>;
  /** @throws HapaError conflict where none is running */
  pause(taskId: string, act: Act): Promise<KeptRollout>;
  /** @throws HapaError conflict where none is paused */
  resume(taskId: string, act: Act): Promise<KeptRollout>;
  /**
   * Ends the rollout that is open or undecided; where there is none, the version that was active before runs again.
   * @returns the newest rollout, as it is then
   * @throws HapaError conflict where no version was active before
   */
  rollBack(taskId: string, act: Act): Promise<KeptRollout | undefined>;
  /**
   * A person's verdict on a disagreement; it takes the place of any other.
   * @throws HapaError not_found, invalid_request (it contradicts itself)
   */
  judge(
    taskId: string,
    disagreementId: string,
    verdict: { readonly right: Sides; readonly expectedOutput?: JsonValue | undefined },
  ): Promise<Disagreement>;
  readonly live: LiveRollouts;
  /** Something happened to a task: a rollout that has lost its ground ends. */
  onEvent(event: HapaEvent): void;
  /** Executions were judged: disagreements on the same inputs are judged by that. */
  onJudged(taskId: string, verdicts: readonly KeptValidation[]): void;
  /** A task has another reference. */
  onReference(taskId: string): void;
  /** Goes on with what was under way when the process ended. */
  recover(): void;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

export interface RolloutParts {
  readonly store: Store;
  /** A sandbox of its own: what candidates do must not hold up those who are answered. */
  readonly sandbox: Sandbox;
  readonly log: Log;
  /** The model that judges; undefined: none is set up. */
  readonly endpoint: () => Promise<Endpoint | undefined>;
  readonly programs: ReferencePrograms;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
}

export function createRollouts(parts: RolloutParts): Rollouts {
  const { store, sandbox, log } = parts;
  const { rollouts } = store;
  const work = createWork(parts);

  /** The newest rollout of a task, which may just have lost its ground. */
  const newest = async (taskId: string): Promise<RolloutRow | undefined> => {
    const row = await rollouts.newest(taskId);
    if (!row || !isOpen(row)) return row;
    await rollouts.change(row.id, endIfStale);
    return rollouts.get(row.id);
  };
  const read = async (id: string): Promise<KeptRollout> => {
    const row = await rollouts.get(id);
    if (!row) throw new HapaError("not_found", say`What this belongs to was deleted meanwhile.`);
    return toRollout(row);
  };
  /** Changes the newest rollout. @param step false where its state does not allow it; `refusal` is said then */
  const changeNewest = async (
    taskId: string,
    refusal: Said,
    step: (change: RolloutChange) => Promise<boolean>,
  ): Promise<KeptRollout> => {
    const row = await newest(taskId);
    const done = row && (await rollouts.change(row.id, step));
    if (!row || !done) throw new HapaError("conflict", refusal);
    return read(row.id);
  };
  return {
    start: async (taskId, start) => read(await startRollout(store, newest, taskId, start)),
    async current(taskId) {
      const row = await newest(taskId);
      return row && toRollout(row);
    },
    promote: (taskId, act) =>
      changeNewest(taskId, say`Task ${taskId} has no rollout that could be promoted.`, async (change) => {
        if (!mayEnd(change)) return false;
        await end(change, "promoted", act);
        return true;
      }),
    pause: (taskId, act) =>
      changeNewest(taskId, say`Task ${taskId} has no rollout that is running.`, async (change) => {
        if (change.row.state !== "running") return false;
        await change.save({ state: "paused" });
        await change.tell(rolloutEvent("rollout.paused", taskId, change.row, act));
        return true;
      }),
    async resume(taskId, act) {
      const rollout = await changeNewest(taskId, say`Task ${taskId} has no rollout that is paused.`, async (change) => {
        if (change.row.state !== "paused") return false;
        await change.save({ state: "running" });
        await change.tell(rolloutEvent("rollout.resumed", taskId, change.row, act));
        // A verdict that came meanwhile may have decided it.
        const running = { ...change, row: { ...change.row, state: "running" as const } };
        await apply(running, JSON.parse(change.row.statistics) as RolloutState);
        return true;
      });
      work.wake(rollout.id);
      return rollout;
    },
    async rollBack(taskId, act) {
      const row = await newest(taskId);
      const stopped =
        row &&
        (await rollouts.change(row.id, async (change) => {
          if (!mayEnd(change)) return false;
          await end(change, "rolled_back", act);
          return true;
        }));
      if (!stopped) await backToBefore(store, taskId, row, act);
      return row && read(row.id);
    },
    async judge(taskId, disagreementId, { right, expectedOutput }) {
      const row = await newest(taskId);
      const missing = () => new HapaError("not_found", say`There is no such disagreement in the newest rollout.`);
      if (!row) throw missing();
      const expected = expectedOutput === undefined ? null : JSON.stringify(expectedOutput);
      await rollouts.change(row.id, async (change) => {
        const request = await change.request(disagreementId);
        if (!request) throw missing();
        const known = expected === null ? null : whoIsRight(request, expected, row.comparison);
        if (known !== null && known !== right) {
          const message = say`The verdict contradicts the expected output: by that one, another side is right.`;
          throw new HapaError("invalid_request", message);
        }
        await keepVerdicts(change, [{ id: disagreementId, right, oracle: "person", expected }]);
      });
      const kept = await store.rolloutRequests.disagreement(row.id, disagreementId);
      if (!kept) throw missing();
      return kept;
    },
    live: createLive({ store, sandbox, note: createNote({ store, log, ...work }) }),
    onEvent({ type, taskId, data }) {
      const matters =
        type === "artifact.activated" || type === "task.deleted" || (type === "task.changed" && isComparison(data));
      if (matters && taskId !== null) work.add("ending a rollout", () => newest(taskId));
    },
    onJudged: work.onJudged,
    onReference: work.onReference,
    recover: () =>
      work.add("going on with rollouts", async () => {
        for (const { id, task_id, state } of await rollouts.open()) {
          await rollouts.change(id, endIfStale);
          // Verdicts may have been kept that nobody had time to compare by.
          work.onReference(task_id);
          if (state === "running") work.wake(id);
        }
      }),
    settled: work.settled,
  };
}

/** What an undecided one was compared with may not run any more: then there is nothing left to decide. */
function mayEnd({ row, task }: RolloutChange): boolean {
  return isOpen(row) || (row.state === "undecided" && task.active_version === row.incumbent_version);
}

function isComparison(data: HapaEvent["data"]): boolean {
  const { fields } = data as { fields?: readonly string[] };
  return fields?.includes("comparison") ?? false;
}
