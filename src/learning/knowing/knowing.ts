/**
 * What is known of how a task's program does: how often it is right, what its failures have in common, and whether its
 * inputs or its accuracy have changed.
 */
import { HapaError } from "../../contract/errors.ts";
import type { Knowing as KnowingAnswer, KnowingQuery } from "../../contract/knowing.ts";
import { type Catalogue, say, spoken } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { Store } from "../../store/store.ts";
import { accuracyByClass, accuracyOverTime } from "./accuracy.ts";
import { findClusters, judgedTraits, type KeptCluster, shownClusters } from "./clusters.ts";
import { createWatching, readWatch, type Watching, type WatchingParts } from "./watching.ts";

export interface Knowing extends Watching {
  /** @param words in which clusters are named @throws HapaError("not_found") */
  of(taskId: string, query: KnowingQuery, words?: Catalogue): Promise<KnowingAnswer>;
}

export function createKnowing(parts: WatchingParts): Knowing {
  const { store } = parts;
  // Many may ask at once (a page for each of them): it is computed once.
  const underWay = new Map<string, Promise<KeptCluster[]>>();
  const clusters = (task: Task): Promise<KeptCluster[]> => {
    const running = underWay.get(task.id) ?? shown(task).finally(() => underWay.delete(task.id));
    underWay.set(task.id, running);
    return running;
  };
  const shown = async (task: Task): Promise<KeptCluster[]> => {
    const { id, activeVersion } = task;
    const found = await findClusters(store, task);
    if (activeVersion === null || found.clusters.length === 0) return [];
    const { growth, version } = readWatch(await store.knowing.read(id));
    const told = version === activeVersion ? growth.told : [];
    const judged = await judgedTraits(store, id, activeVersion);
    return shownClusters(found, judged, await store.modelChecks.record(id), told);
  };
  const find = async (taskId: string): Promise<Task> => {
    const task = await store.tasks.get(taskId);
    if (!task) throw new HapaError("not_found", say`There is no task ${taskId}.`);
    return task;
  };
  return {
    ...createWatching(parts),
    async of(taskId, { points }, words) {
      const task = await find(taskId);
      const { id, activeVersion: version } = task;
      const fair = await store.outcomes.fair(id);
      const record = await store.modelChecks.record(id);
      const { inputs, accuracy, version: watched } = readWatch(await store.knowing.read(id));
      // What is watched still is another version's until there is something new to look at.
      const own = watched === version;
      return {
        taskId: id,
        accuracy: accuracyOverTime(fair, record, points),
        byClass: accuracyByClass(
          fair.filter((row) => row.version === version),
          record,
        ),
        model: record,
        rates: version === null ? null : await ratesOf(store, id, version),
        clusters: (await clusters(task)).map((one) => ({ ...one, name: spoken(one.name, words) })),
        inputs: {
          state: inputs.since !== null ? "changed" : inputs.drift.last === null ? "learning" : "usual",
          since: inputs.since,
          seen: inputs.drift.inputs,
        },
        accuracyChange: {
          state: !own || accuracy.change === null ? "learning" : accuracy.since !== null ? "worse" : "steady",
          since: own ? accuracy.since : null,
        },
      };
    },
  };
}

async function ratesOf({ outcomes }: Store, taskId: string, version: number): Promise<KnowingAnswer["rates"]> {
  const counts = await outcomes.counts(taskId, version);
  const executions = [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (executions === 0) return null;
  return {
    executions,
    failed: (executions - (counts.get("success") ?? 0)) / executions,
    timedOut: (counts.get("timeout") ?? 0) / executions,
    abstained: await outcomes.abstained(taskId, version),
  };
}
