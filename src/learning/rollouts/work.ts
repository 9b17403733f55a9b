/** What rollouts do by themselves: one thing after the other for each, started by what happens, never by a clock. */

import { setTimeout as pause } from "node:timers/promises";
import type { RolloutRequestRow, RolloutRow } from "../../store/schema.ts";
import type { KeptValidation } from "../../store/validations.ts";
import { type CountingParts, countPending } from "./counting.ts";
import { judgeByModel, type ModelParts } from "./judge-by-model.ts";
import { expectedOf, keepVerdicts, type NewVerdict, overrules, whoIsRight } from "./judging.ts";
import { inputHash } from "./notes.ts";
import { end, endIfStale, toRollout } from "./steps.ts";

export interface Work {
  /** There are requests to be counted. */
  wake(rolloutId: string): void;
  /** No new inputs come: what is to be known of it is known. */
  onNothingNew(rolloutId: string): void;
  onJudged(taskId: string, verdicts: readonly KeptValidation[]): void;
  onReference(taskId: string): void;
  /** Does something in the background; `settled` waits for it. */
  add(what: string, work: () => Promise<unknown>): void;
  settled(): Promise<void>;
}

/** What is to be counted is gathered for so long, in ms: those who are answered come first. */
const gatherMs = 50;
/** Disagreements that are looked at again together. */
const judgedAtOnce = 200;

export function createWork(parts: CountingParts & ModelParts): Work {
  const { store, log, stopping } = parts;
  const { rollouts, rolloutRequests } = store;
  const under = new Set<Promise<void>>();
  const add: Work["add"] = (what, work) => {
    if (stopping.aborted) return;
    const done: Promise<void> = work()
      .then(
        () => {},
        (error: unknown) => {
          if (!stopping.aborted) log.warn({ err: error }, what);
        },
      )
      .finally(() => under.delete(done));
    under.add(done);
  };

  /** One at a time for each rollout, and once more where it was asked for meanwhile. */
  const oneByOne = (what: string, work: (id: string) => Promise<void>): ((id: string) => void) => {
    const asked = new Map<string, boolean>();
    const workOn = async (id: string): Promise<void> => {
      try {
        while (asked.get(id)) {
          asked.set(id, false);
          await work(id);
        }
      } finally {
        asked.delete(id);
      }
    };
    return (id) => {
      const idle = !asked.has(id);
      asked.set(id, true);
      if (idle) add(what, () => workOn(id));
    };
  };
  // A model takes seconds, and a candidate that fails must be seen at once.
  const judge = oneByOne("a model judging disagreements", (id) => judgeByModel(parts, id));
  const wake = oneByOne("counting the requests of a rollout", async (id) => {
    await pause(gatherMs, undefined, { signal: stopping });
    if (await countPending(parts, id)) judge(id);
  });

  /** Judges disagreements by what is known now of their inputs. */
  const judgeKnown = async ({ id, task_id, comparison }: RolloutRow, requests: readonly RolloutRequestRow[]) => {
    const inputs = requests.map(({ input }) => input);
    const expected = await expectedOf(store, task_id, inputs);
    const verdicts = requests.flatMap((request, at): NewVerdict[] => {
      const known = expected[at];
      if (!known || !overrules(known.oracle, request.oracle)) return [];
      return [{ id: request.id, right: whoIsRight(request, known.expected, comparison), ...known }];
    });
    if (verdicts.length > 0) await rollouts.change(id, (change) => keepVerdicts(change, verdicts));
  };
  const openOf = async (taskId: string): Promise<RolloutRow | undefined> => {
    const open = (await store.tasks.getRunSettings(taskId))?.rolloutId;
    return open == null ? undefined : rollouts.get(open);
  };

  return {
    add,
    wake,
    onNothingNew(id) {
      add("ending a rollout without new inputs", async () => {
        if (!(await countPending(parts, id))) return;
        await rollouts.change(id, async (change) => {
          if (change.row.state !== "running" || (await endIfStale(change))) return;
          const { requests } = toRollout(change.row);
          const reason = `The same ${requests} inputs came again and again, and neither version was better on them.`;
          await end(change, "undecided", { by: "hapa", reason });
        });
      });
    },
    onJudged(taskId, verdicts) {
      add("judging disagreements", async () => {
        const rollout = await openOf(taskId);
        if (!rollout) return;
        const hashes = [...new Set(verdicts.map(({ input }) => inputHash(input)))];
        const requests = await rolloutRequests.onInputs(rollout.id, hashes);
        if (requests.length > 0) await judgeKnown(rollout, requests);
      });
    },
    onReference(taskId) {
      add("judging disagreements by labelled rows", async () => {
        const rollout = await openOf(taskId);
        let after = "";
        while (rollout && !stopping.aborted) {
          const requests = await rolloutRequests.waiting(rollout.id, after, judgedAtOnce);
          const last = requests.at(-1);
          if (!last) return;
          await judgeKnown(rollout, requests);
          after = last.id;
        }
      });
    },
    async settled() {
      while (under.size > 0) await Promise.all(under);
    },
  };
}
