/** Moving from one version to the next, and back. */
import type { ReplayVersion } from "../../learning/rollouts/replay.ts";
import type { Rollouts } from "../../learning/rollouts/rollouts.ts";
import type { Act } from "../../learning/rollouts/steps.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../serve.ts";
import { findTask } from "./tasks.ts";

type RolloutRoutes = Pick<
  Handlers,
  | "startRollout"
  | "getRollout"
  | "promoteRollout"
  | "pauseRollout"
  | "resumeRollout"
  | "rollBack"
  | "listDisagreements"
  | "judgeDisagreement"
  | "replayVersion"
>;

interface Parts {
  readonly store: Store;
  readonly rollouts: Rollouts;
  readonly replay: ReplayVersion;
}

export function rolloutRoutes({ store, rollouts, replay }: Parts): RolloutRoutes {
  const find = (id: string) => findTask(store.tasks, id);
  const byPerson = (reason: string | undefined): Act => ({ by: "person", reason: reason || "By hand." });
  return {
    async startRollout({ params, body }) {
      const { id } = await find(params.id);
      return { rollout: await rollouts.start(id, { ...body, ...byPerson(body.reason) }) };
    },
    async getRollout({ params }) {
      const { id } = await find(params.id);
      return { rollout: (await rollouts.current(id)) ?? null };
    },
    async promoteRollout({ params, body }) {
      const { id } = await find(params.id);
      return { rollout: await rollouts.promote(id, byPerson(body.reason)) };
    },
    async pauseRollout({ params, body }) {
      const { id } = await find(params.id);
      return { rollout: await rollouts.pause(id, byPerson(body.reason)) };
    },
    async resumeRollout({ params, body }) {
      const { id } = await find(params.id);
      return { rollout: await rollouts.resume(id, byPerson(body.reason)) };
    },
    async rollBack({ params, body }) {
      const { id } = await find(params.id);
      return { rollout: (await rollouts.rollBack(id, byPerson(body.reason))) ?? null };
    },
    async listDisagreements({ params, query }) {
      const { id } = await find(params.id);
      const newest = await rollouts.current(id);
      return newest ? store.rolloutRequests.disagreements(newest.id, query) : { items: [], cursor: null, waiting: 0 };
    },
    async judgeDisagreement({ params, body }) {
      const { id } = await find(params.id);
      return rollouts.judge(id, params.did, body);
    },
    replayVersion: async ({ params, query }, { signal }) => replay(await find(params.id), query, signal),
  };
}
