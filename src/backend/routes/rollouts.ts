/** Moving from one version to the next, and back. */
import type { Rollout } from "../../contract/rollouts.ts";
import { type Catalogue, say, spoken, verbatim } from "../../contract/say.ts";
import type { ReplayVersion } from "../../learning/rollouts/replay.ts";
import type { Rollouts } from "../../learning/rollouts/rollouts.ts";
import type { Act, KeptRollout } from "../../learning/rollouts/steps.ts";
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
  const byPerson = (reason: string | undefined): Act => ({
    by: "person",
    reason: reason ? verbatim(reason) : say`By hand.`,
  });
  return {
    async startRollout({ params, body }, { words }) {
      const { id } = await find(params.id);
      return { rollout: told(await rollouts.start(id, { ...body, ...byPerson(body.reason) }), words) };
    },
    async getRollout({ params }, { words }) {
      const { id } = await find(params.id);
      return toldIfAny(await rollouts.current(id), words);
    },
    async promoteRollout({ params, body }, { words }) {
      const { id } = await find(params.id);
      return { rollout: told(await rollouts.promote(id, byPerson(body.reason)), words) };
    },
    async pauseRollout({ params, body }, { words }) {
      const { id } = await find(params.id);
      return { rollout: told(await rollouts.pause(id, byPerson(body.reason)), words) };
    },
    async resumeRollout({ params, body }, { words }) {
      const { id } = await find(params.id);
      return { rollout: told(await rollouts.resume(id, byPerson(body.reason)), words) };
    },
    async rollBack({ params, body }, { words }) {
      const { id } = await find(params.id);
      return toldIfAny(await rollouts.rollBack(id, byPerson(body.reason)), words);
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

function told({ reason, endReason, ...rest }: KeptRollout, words: Catalogue): Rollout {
  return { ...rest, reason: spoken(reason, words), endReason: endReason && spoken(endReason, words) };
}

function toldIfAny(rollout: KeptRollout | undefined, words: Catalogue): { rollout: Rollout | null } {
  return { rollout: rollout ? told(rollout, words) : null };
}
