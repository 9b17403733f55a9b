/** What rollouts do by themselves: one thing after the other for each, started by what happens, never by a clock. */
import { setTimeout as pause } from "node:timers/promises";
import { say } from "../../contract/say.ts";
import type { RolloutRequestRow, RolloutRow } from "../../store/schema.ts";
import type { KeptValidation } from "../../store/validations.ts";
import { type CountingParts, countPending } from "./counting.ts";
import { judgeByModel, type ModelParts } from "./judge-by-model.ts";
import { type Asked, judgeByProgram } from "./judge-by-program.ts";
import {
  type Expected,
  expectedOf,
  isItsOwnReference,
  keepVerdicts,
  mayJudge,
  type NewVerdict,
  overrules,
  whoIsRight,
} from "./judging.ts";
import { inputHash } from "./notes.ts";
import { end, endIfStale, toRollout } from "./steps.ts";

export interface Work {
  /** There are requests to be counted. */
  wake(rolloutId: string): void;
  /** No new inputs come: what is to be known of it is known. */
  onNothingNew(rolloutId: string): void;
  onJudged(taskId: string, verdicts: readonly KeptValidation[]): void;
  /** More may be known of the right outputs: what waits is looked at again. */
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
  const { store, programs, log, stopping } = parts;
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
  /** By task, of its newest rollout. */
  const asked = new Map<string, Asked>();
  const askProgram = oneByOne("a reference program judging disagreements", async (id) => {
    const row = await rollouts.get(id);
    if (!row) return;
    const before = asked.get(row.task_id);
    const now = before?.rolloutId === id ? before : { rolloutId: id, ids: new Set<string>(), isOver: false };
    asked.set(row.task_id, now);
    await judgeByProgram(parts, row, now);
    judge(id); // What is left over.
  });
  const wake = oneByOne("counting the requests of a rollout", async (id) => {
    await pause(gatherMs, undefined, { signal: stopping });
    if (await countPending(parts, id)) askProgram(id);
  });

  /** @param expected of each request, what should have come out, as far as it is known */
  const judgeBy = async (
    { id, comparison }: RolloutRow,
    requests: readonly RolloutRequestRow[],
    expected: readonly (Expected | undefined)[],
  ) => {
    const verdicts = requests.flatMap((request, at): NewVerdict[] => {
      const known = expected[at];
      if (!known || !overrules(known.oracle, request.oracle)) return [];
      const right = whoIsRight(request, known.expected, comparison);
      return right === null ? [] : [{ id: request.id, right, ...known }];
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
          const reason = say`The same ${requests} inputs came again and again, and neither version was better on them.`;
          await end(change, "undecided", { by: "hapa", reason });
        });
      });
    },
    onJudged(taskId, verdicts) {
      add("judging disagreements", async () => {
        const rollout = await openOf(taskId);
        if (!rollout) return;
        const isOwn =
          verdicts.some(({ oracle }) => oracle === "reference") && (await isItsOwnReference(programs, rollout));
        const known = new Map<string, Expected>();
        for (const { input, output, oracle, correct, expected_output } of verdicts) {
          const expected = expected_output ?? (correct === 1 ? output : null);
          if (expected === null || (isOwn && oracle === "reference")) continue;
          if (mayJudge(oracle, rollout.statistics)) known.set(inputHash(input), { oracle, expected });
        }
        const hashes = [...known.keys()];
        let requests = await rolloutRequests.onInputs(rollout.id, hashes);
        // Whoever counts these just now may have looked before there was a verdict.
        if (requests.some(({ outcome }) => outcome === "pending") && (await countPending(parts, rollout.id))) {
          requests = await rolloutRequests.onInputs(rollout.id, hashes);
        }
        await judgeBy(
          rollout,
          requests,
          requests.map(({ input_hash }) => known.get(input_hash)),
        );
      });
    },
    onReference(taskId) {
      add("judging disagreements by another reference", async () => {
        const before = asked.get(taskId);
        if (before) before.isOver = true;
        asked.delete(taskId);
        const rollout = await openOf(taskId);
        if (!rollout) return;
        // Whoever counts just now may have looked before there were these rows.
        await countPending(parts, rollout.id);
        let after = "";
        while (!stopping.aborted) {
          const requests = await rolloutRequests.waiting(rollout.id, after, judgedAtOnce);
          const last = requests.at(-1);
          if (!last) break;
          const inputs = requests.map(({ input }) => input);
          await judgeBy(rollout, requests, await expectedOf(parts, rollout, inputs));
          after = last.id;
        }
        askProgram(rollout.id);
      });
    },
    async settled() {
      while (under.size > 0) await Promise.all(under);
    },
  };
}
