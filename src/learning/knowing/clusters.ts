/** The clusters of a task's failures, and how often inputs like theirs are right. */
import type { Cluster } from "../../contract/knowing.ts";
import type { Said } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { FailureRow, JudgedRow } from "../../store/outcomes.ts";
import type { Store } from "../../store/store.ts";
import type { OracleRecord } from "../statistics/wilson.ts";
import { accuracyOfRows } from "./accuracy.ts";
import { clusterFailures, type FailureCluster } from "./failures.ts";
import type { GrowthWatch } from "./growing.ts";
import { hashesOf, liesIn, regionOf, type TraitHashes } from "./regions.ts";

/** The newest of them are looked at. */
const failuresMost = 5_000;
const rightMost = 2_000;
const judgedMost = 2_000;
const examplesMost = 500;
/** With fewer inputs that are known to be right, those that nobody judged are taken for usual. */
const rightLeast = 50;
const examplesShown = 3;

export interface FoundClusters {
  readonly clusters: readonly FailureCluster<{
    readonly executionId: string;
    readonly input: JsonValue;
    readonly row: FailureRow;
  }>[];
  /** All that failed, in a cluster or not. */
  readonly failures: number;
}

/** What failures of the active version have in common, the largest first. Nobody looks at when they came. */
export async function findClusters(
  { outcomes }: Store,
  { id, activeVersion, examples }: Pick<Task, "id" | "activeVersion" | "examples">,
): Promise<FoundClusters> {
  if (activeVersion === null) return { clusters: [], failures: 0 };
  const failures = await outcomes.failures(id, activeVersion, failuresMost);
  if (failures.length === 0) return { clusters: [], failures: 0 };
  const texts = await outcomes.right(id, activeVersion, rightMost);
  if (texts.length + examples.length < rightLeast)
    texts.push(...(await outcomes.unjudged(id, activeVersion, rightMost)));
  const every = Math.max(1, Math.ceil(examples.length / examplesMost));
  const right = [
    ...texts.map((text) => JSON.parse(text) as JsonValue),
    ...examples.filter((_, at) => at % every === 0).map(({ input }) => input),
  ];
  const rows = failures.map((row) => ({ executionId: row.id, input: JSON.parse(row.input) as JsonValue, row }));
  return { clusters: await clusterFailures(rows, right), failures: failures.length };
}

/** Before it is known in which language it is named. */
export type KeptCluster = Omit<Cluster, "name"> & { readonly name: Said };

/** A judged fair draw, with what can be said of its input. */
export type JudgedTraits = JudgedRow & { readonly traits: TraitHashes };

/** The newest judged fair draws of a version, in the order they ran. */
export async function judgedTraits({ outcomes }: Store, taskId: string, version: number): Promise<JudgedTraits[]> {
  const rows = await outcomes.fairOf(taskId, version, judgedMost);
  const traits = await hashesOf(rows.map(({ input }) => input));
  return rows.map((row, at) => ({ ...row, traits: traits[at] ?? new Set() }));
}

/**
 * @param judged of the active version
 * @param told which of them were told to grow
 */
export function shownClusters(
  { clusters, failures }: FoundClusters,
  judged: readonly JudgedTraits[],
  oracle: OracleRecord,
  told: GrowthWatch["told"],
): KeptCluster[] {
  return clusters.map(({ id, name, mark, members }) => {
    const times = members.map(({ row }) => row.executedAt).sort();
    const different = new Map<string, (typeof members)[number]>();
    for (const member of members) {
      if (!different.has(member.row.input)) different.set(member.row.input, member);
      if (different.size === examplesShown) break;
    }
    const region = regionOf(mark);
    const like = judged.filter(({ traits }) => liesIn(traits, region));
    return {
      id,
      name,
      size: members.length,
      share: members.length / failures,
      firstSeen: times[0] ?? "",
      lastSeen: times.at(-1) ?? "",
      right: like.filter(({ correct }) => correct).length,
      accuracy: accuracyOfRows(like, oracle),
      grewAt: told.find((one) => one.id === id)?.at ?? null,
      examples: [...different.values()].map(({ executionId, input, row: { output, expected } }) => ({
        executionId,
        input,
        output: output === null ? null : (JSON.parse(output) as JsonValue),
        ...(expected === null ? {} : { expectedOutput: JSON.parse(expected) as JsonValue }),
      })),
    };
  });
}
