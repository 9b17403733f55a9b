/** Has a model judge disagreements, where the person switched that on: one after another, within the day's caps. */

import type { JsonValue } from "../../contract/wire.ts";
import type { Endpoint } from "../../models/endpoint.ts";
import type { Log } from "../../observability/log.ts";
import type { Store } from "../../store/store.ts";
import { askModel } from "../ask-model.ts";
import { settle, spend } from "../daily-caps.ts";
import { keepVerdicts, mayJudge, whoIsRight } from "./judging.ts";

export interface ModelParts {
  readonly store: Store;
  readonly log: Log;
  /** The model that judges; undefined: none is set up. */
  readonly endpoint: () => Promise<Endpoint | undefined>;
  readonly stopping: AbortSignal;
}

/** Odd, so that there is a majority. */
const votes = 3;
const cost = { verdicts: 1, costUsd: 0 };
const disagreementsAtOnce = 20;

/**
 * Judges what nobody has judged, oldest first, until nothing waits, the day's caps are reached, or the rollout is over.
 * What the model has no opinion about stays with the person. Nothing is asked about twice.
 */
export async function judgeByModel({ store, log, endpoint, stopping }: ModelParts, id: string): Promise<void> {
  const { rollouts, rolloutRequests, tasks, validations } = store;
  for (;;) {
    const row = await rollouts.get(id);
    if (row?.state !== "running") return;
    if (!mayJudge("model", row.statistics)) return;
    const settings = await tasks.getRunSettings(row.task_id);
    if (!settings || settings.modelVerdictsPerDay === 0) return;
    const waiting = await rolloutRequests.waiting(id, "", disagreementsAtOnce, true);
    const model = waiting.length === 0 ? undefined : await endpoint();
    const task = model && (await tasks.get(row.task_id));
    if (!task) return;
    for (const request of waiting) {
      const caps = { verdicts: task.modelVerdictsPerDay, costUsd: task.modelUsdPerDay };
      if (stopping.aborted) return;
      const spent = await validations.changeModelUse(task.id, (use) => spend(use, caps, new Date(), cost));
      if (!spent) return;
      // Marked before: it is rather not judged than paid for twice.
      await rolloutRequests.markAsked(request.id);
      try {
        const input = JSON.parse(request.input) as JsonValue;
        const { opinion, costUsd } = await askModel(model, task, input, { votes, signal: stopping });
        await validations.changeModelUse(task.id, (use) => settle(use, spent.day, cost, { verdicts: 1, costUsd }));
        if (!opinion) continue;
        const expected = JSON.stringify(opinion.output);
        const right = whoIsRight(request, expected, row.comparison);
        await rollouts.change(id, (change) =>
          keepVerdicts(change, [{ id: request.id, right, oracle: "model", expected }]),
        );
      } catch (error) {
        if (!stopping.aborted) log.warn({ err: error, rolloutId: id }, "the model could not judge; disagreements wait");
        return;
      }
    }
  }
}
