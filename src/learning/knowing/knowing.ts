/**
 * What is known of how a task's program does: how often it is right, what its failures have in common, and whether its
 * inputs or its accuracy have changed.
 */
import { HapaError } from "../../contract/errors.ts";
import type { Cluster, Knowing as KnowingAnswer, KnowingQuery } from "../../contract/knowing.ts";
import { say } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Store } from "../../store/store.ts";
import { accuracyByClass, accuracyOverTime } from "./accuracy.ts";
import { clusterFailures } from "./failures.ts";
import { createWatching, readWatch, type Watching, type WatchingParts } from "./watching.ts";

export interface Knowing extends Watching {
  /** @throws HapaError("not_found") */
  of(taskId: string, query: KnowingQuery): Promise<KnowingAnswer>;
  /** What the failures of the active version have in common, the largest first. @throws HapaError("not_found") */
  clusters(taskId: string): Promise<Cluster[]>;
}

/** The newest of them are looked at. */
const failuresMost = 5_000;
const rightMost = 2_000;
const examplesMost = 500;
/** With fewer inputs that are known to be right, those that nobody judged are taken for usual. */
const rightLeast = 50;
const examplesShown = 3;

export function createKnowing(parts: WatchingParts): Knowing {
  const { store } = parts;
  // Many may ask at once (a page for each of them): it is computed once.
  const underWay = new Map<string, Promise<Cluster[]>>();
  const clusters = (task: Task): Promise<Cluster[]> => {
    const running = underWay.get(task.id) ?? findClusters(store, task).finally(() => underWay.delete(task.id));
    underWay.set(task.id, running);
    return running;
  };
  const find = async (taskId: string): Promise<Task> => {
    const task = await store.tasks.get(taskId);
    if (!task) throw new HapaError("not_found", say`There is no task ${taskId}.`);
    return task;
  };
  return {
    ...createWatching(parts),
    clusters: async (taskId) => clusters(await find(taskId)),
    async of(taskId, { points }) {
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
        clusters: await clusters(task),
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

async function findClusters({ outcomes }: Store, { id, activeVersion, examples }: Task): Promise<Cluster[]> {
  if (activeVersion === null) return [];
  const failures = await outcomes.failures(id, activeVersion, failuresMost);
  if (failures.length === 0) return [];
  const texts = await outcomes.right(id, activeVersion, rightMost);
  if (texts.length + examples.length < rightLeast)
    texts.push(...(await outcomes.unjudged(id, activeVersion, rightMost)));
  const every = Math.max(1, Math.ceil(examples.length / examplesMost));
  const right = [
    ...texts.map((text) => JSON.parse(text) as JsonValue),
    ...examples.filter((_, at) => at % every === 0).map(({ input }) => input),
  ];
  const rows = failures.map((row) => ({ executionId: row.id, input: JSON.parse(row.input) as JsonValue, row }));
  const found = await clusterFailures(rows, right);
  return found.map(({ id: clusterId, name, members }) => {
    const times = members.map(({ row }) => row.executedAt).sort();
    const different = new Map<string, (typeof members)[number]>();
    for (const member of members) {
      if (!different.has(member.row.input)) different.set(member.row.input, member);
      if (different.size === examplesShown) break;
    }
    return {
      id: clusterId,
      name,
      size: members.length,
      share: members.length / failures.length,
      firstSeen: times[0] ?? "",
      lastSeen: times.at(-1) ?? "",
      examples: [...different.values()].map(({ executionId, input, row: { output, expected } }) => ({
        executionId,
        input,
        output: output === null ? null : (JSON.parse(output) as JsonValue),
        ...(expected === null ? {} : { expectedOutput: JSON.parse(expected) as JsonValue }),
      })),
    };
  });
}
