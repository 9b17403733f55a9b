/** What failing inputs have in common: traits that are more frequent among them than among inputs that were right. */
import { setImmediate } from "node:timers/promises";
import type { Said } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { hash32 } from "../statistics/hash.ts";
import { dbscan } from "./cluster.ts";
import { type Mark, markOf, nameOf } from "./names.ts";
import { type Trait, traitsOf } from "./traits.ts";

export interface Failure {
  readonly executionId: string;
  readonly input: JsonValue;
}

export interface FailureCluster<F> {
  /** The same for the same mark: a cluster that grows keeps it. */
  readonly id: string;
  readonly name: Said;
  readonly mark: Mark;
  /** The most typical first. */
  readonly members: readonly F[];
}

/** Distinct sets of traits that are compared with each other; of more, a part found by hash stands for all. */
const pointsMost = 1_500;
const clustersMost = 20;
/** A cluster has at least so many inputs, and so large a share of all that failed. */
const leastInputs = 3;
const leastShare = 0.02;
/** ln 1.5: what is half as frequent again. */
const leastLift = 0.4;
/** Standard errors: inputs have hundreds of traits, and some are more frequent here by chance. */
const surely = 3.5;
/** Inputs looked at between two breaths. */
const inputsAtOnce = 200;

/**
 * Each trait weighs ln(share of failures / share of right inputs) · √(share of failures): what is as frequent among
 * inputs that were right says nothing of why the others fail, and what few of them have says little. Distances are the
 * cosine's (TF-IDF as of Salton & Buckley 1988, with the right inputs as the collection), clusters DBSCAN's. Clusters
 * with the same mark are one.
 *
 * @param failures at most some thousands; each input counts as often as it came
 * @param right inputs that were right; with none, traits count by how frequent they are
 * @returns the largest first
 */
export async function clusterFailures<F extends Failure>(
  failures: readonly F[],
  right: readonly JsonValue[],
): Promise<FailureCluster<F>[]> {
  const least = Math.max(leastInputs, Math.ceil(leastShare * failures.length));
  if (failures.length < least) return [];
  const traits = await allTraits(failures.map(({ input }) => input));
  const usual = shares(await allTraits(right));
  const failing = shares(traits);
  const weights = weigh(failing, usual, { failures: failures.length, right: right.length, least });

  const number = new Map([...weights.keys()].map((trait, at) => [trait, at]));
  const groups = new Map<string, { traits: number[]; members: number[] }>();
  traits.forEach((own, at) => {
    const weighty = [...own].flatMap((trait) => number.get(trait) ?? []).sort((a, b) => a - b);
    if (weighty.length === 0) return;
    const key = weighty.join(" ");
    const group = groups.get(key);
    if (group) group.members.push(at);
    else groups.set(key, { traits: weighty, members: [at] });
  });
  const all = [...groups].map(([key, group]) => ({ ...group, order: hash32(key) })).sort((a, b) => a.order - b.order);
  const points = all.slice(0, pointsMost);
  const weight = Float64Array.from(weights.values());
  const found = await dbscan(
    {
      traits: points.map((point) => point.traits),
      weights: weight,
      counts: points.map((point) => point.members.length),
    },
    Math.max(leastInputs, Math.round((least * points.length) / all.length)),
  );
  const clusters = new Map<number, number[]>();
  points.forEach(({ members }, at) => {
    const cluster = found[at] ?? -1;
    if (cluster >= 0) clusters.set(cluster, [...(clusters.get(cluster) ?? []), ...members]);
  });
  const centres = [...clusters].map(([cluster, members]) => ({ cluster, centre: centreOf(members, traits, weights) }));
  for (const { members } of all.slice(pointsMost)) {
    const own = traits[members[0] ?? 0] ?? new Set();
    const near = centres.map(({ cluster, centre }) => ({ cluster, close: closeness(own, centre, weights) }));
    const nearest = near.toSorted((a, b) => b.close - a.close)[0];
    if (nearest && nearest.close >= 0.5) clusters.get(nearest.cluster)?.push(...members);
  }
  return named([...clusters.values()], failures, traits, usual, weights).filter(
    ({ members }) => members.length >= least,
  );
}

function named<F extends Failure>(
  clusters: readonly number[][],
  failures: readonly F[],
  traits: readonly Set<Trait>[],
  usual: ReadonlyMap<Trait, number>,
  weights: ReadonlyMap<Trait, number>,
): FailureCluster<F>[] {
  const byMark = new Map<string, { readonly mark: Mark; readonly members: number[] }>();
  // Where nothing was right yet, the other failures are what is usual.
  const everyone = failures.map((_, at) => at);
  for (const members of clusters) {
    const here = shares(members.map((member) => traits[member] ?? new Set()));
    const own = new Set(members);
    const elsewhere =
      usual.size > 0 ? usual : shares(everyone.filter((at) => !own.has(at)).map((at) => traits[at] ?? new Set()));
    const either = new Set([...here.keys(), ...elsewhere.keys()]);
    const mark = markOf(
      [...either].map((trait) => ({ trait, here: here.get(trait) ?? 0, elsewhere: elsewhere.get(trait) ?? 0 })),
    );
    // Inputs like those that were right fail for a reason that cannot be seen.
    if (!mark) continue;
    const key = `${mark.lacks ? "lacks " : ""}${mark.trait}`;
    byMark.set(key, { mark, members: [...(byMark.get(key)?.members ?? []), ...members] });
  }
  return [...byMark]
    .map(([key, { mark, members }]) => {
      const typical = byTypicality(members, traits, weights).map((at) => failures[at] as F);
      const id = `cluster_${hash32(key).toString(16).padStart(8, "0")}`;
      return { id, name: nameOf(mark, typical[0]?.input ?? null), mark, members: typical };
    })
    .toSorted((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1))
    .slice(0, clustersMost);
}

/** The closest to the centre first; the newest of those that are as close. */
function byTypicality(
  members: readonly number[],
  traits: readonly Set<Trait>[],
  weights: ReadonlyMap<Trait, number>,
): number[] {
  const centre = centreOf(members, traits, weights);
  const close = new Map(members.map((at) => [at, closeness(traits[at] ?? new Set(), centre, weights)]));
  return members.toSorted((a, b) => (close.get(b) ?? 0) - (close.get(a) ?? 0) || a - b);
}

async function allTraits(inputs: readonly JsonValue[]): Promise<Set<Trait>[]> {
  const found: Set<Trait>[] = [];
  for (const [at, input] of inputs.entries()) {
    found.push(traitsOf(input));
    if (at % inputsAtOnce === inputsAtOnce - 1) await setImmediate();
  }
  return found;
}

/** The share of inputs that have each trait. */
function shares(inputs: readonly Set<Trait>[]): Map<Trait, number> {
  const counts = new Map<Trait, number>();
  for (const own of inputs) for (const trait of own) counts.set(trait, (counts.get(trait) ?? 0) + 1 / inputs.length);
  return counts;
}

function weigh(
  failing: ReadonlyMap<Trait, number>,
  usual: ReadonlyMap<Trait, number>,
  counts: { readonly failures: number; readonly right: number; readonly least: number },
): Map<Trait, number> {
  const { failures, right, least } = counts;
  const weights = new Map<Trait, number>();
  // As if one of so many more inputs had it.
  const unseen = 1 / (right + 20);
  for (const [trait, share] of failing) {
    if (share < least / failures - 1e-9) continue;
    const other = usual.get(trait) ?? 0;
    if (right === 0) weights.set(trait, (leastLift - Math.log(Math.min(1, share))) * Math.sqrt(share));
    else {
      const lift = Math.log((share + unseen) / (other + unseen));
      if (lift > leastLift && standardErrors(share, failures, other, right) > surely)
        weights.set(trait, lift * Math.sqrt(share));
    }
  }
  return weights;
}

/** How many standard errors two shares lie apart, if they were the same (the test of two proportions). */
function standardErrors(share: number, of: number, other: number, ofOthers: number): number {
  const together = (share * of + other * ofOthers) / (of + ofOthers);
  return (share - other) / Math.sqrt(Math.max(1e-12, together * (1 - together) * (1 / of + 1 / ofOthers)));
}

/** The mean of a cluster's inputs. */
interface Centre {
  readonly parts: ReadonlyMap<Trait, number>;
  readonly norm: number;
}

function centreOf(
  members: readonly number[],
  traits: readonly Set<Trait>[],
  weights: ReadonlyMap<Trait, number>,
): Centre {
  const parts = new Map<Trait, number>();
  let square = 0;
  for (const [trait, share] of shares(members.map((at) => traits[at] ?? new Set()))) {
    const part = share * (weights.get(trait) ?? 0);
    if (part > 0) parts.set(trait, part);
    square += part ** 2;
  }
  return { parts, norm: Math.sqrt(square) };
}

/** The cosine of an input and a centre. */
function closeness(own: Set<Trait>, centre: Centre, weights: ReadonlyMap<Trait, number>): number {
  let dot = 0;
  let square = 0;
  for (const trait of own) {
    const weight = weights.get(trait) ?? 0;
    dot += weight * (centre.parts.get(trait) ?? 0);
    square += weight ** 2;
  }
  const norm = Math.sqrt(square) * centre.norm;
  return norm === 0 ? 0 : dot / norm;
}
