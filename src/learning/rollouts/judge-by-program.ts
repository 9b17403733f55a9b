/** Has a task's reference program say who is right where the two differ and no better oracle has spoken. */
import { setImmediate } from "node:timers/promises";
import type { RolloutRequestRow, RolloutRow } from "../../store/schema.ts";
import {
  expectedOf,
  isItsOwnReference,
  type KnowingParts,
  keepVerdicts,
  type NewVerdict,
  whoIsRight,
} from "./judging.ts";

/** The disagreements of a rollout that its task's program was asked about. */
export interface Asked {
  readonly rolloutId: string;
  readonly ids: Set<string>;
  /** Another program was chosen: what this one says now counts no more. */
  isOver: boolean;
}

const disagreementsAtOnce = 200;

/**
 * Judges what waits, oldest first, and what only a model has judged; until nothing is left, the rollout is over, or the
 * program rests. What it does not say stays with the model and the person.
 * @param asked not looked at again
 */
export async function judgeByProgram(
  { store, programs, stopping }: KnowingParts & { readonly stopping: AbortSignal },
  { id, task_id: taskId }: Pick<RolloutRow, "id" | "task_id">,
  asked: Asked,
): Promise<void> {
  const { rollouts, rolloutRequests } = store;
  for (let after = ""; ; ) {
    const row = await rollouts.get(id);
    const program = row?.state === "running" ? await programs.of(taskId) : undefined;
    if (!row || !program || (await isItsOwnReference(programs, row))) return;
    const requests = await rolloutRequests.waiting(id, after, disagreementsAtOnce, "or judged by a model");
    const last = requests.at(-1);
    if (!last) return;
    after = last.id;
    const fresh = requests.filter((request) => !asked.ids.has(request.id));
    const inputs = fresh.map(({ input }) => input);
    const known = await expectedOf({ store, programs }, row, inputs);
    // What others say of it, in other words, is left to a reader.
    const open = fresh.filter((_, at) => known[at] === undefined || known[at].oracle === "model");
    for (let from = 0; from < open.length; ) {
      const some = open.slice(from, from + program.atOnce);
      const outputs = await program.outputs(some.map(({ input }) => input));
      if (!outputs || asked.isOver || stopping.aborted) return;
      const verdicts = some.flatMap((request, at): NewVerdict[] => verdictOf(request, outputs[at], row));
      if (verdicts.length > 0) await rollouts.change(id, (change) => keepVerdicts(change, verdicts));
      for (const request of some) asked.ids.add(request.id);
      from += some.length;
      await setImmediate();
    }
  }
}

function verdictOf(request: RolloutRequestRow, expected: string | undefined, { comparison }: RolloutRow): NewVerdict[] {
  const right = expected === undefined ? null : whoIsRight(request, expected, comparison);
  return expected === undefined || right === null ? [] : [{ id: request.id, right, oracle: "reference", expected }];
}
