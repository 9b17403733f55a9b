/** Which clusters of failures grow: told once each, also where they are found anew under another name. Pure. */
import { defaultGrowthPlan, type Growth, type GrowthPlan, grew } from "../statistics/growth.ts";
import { hash32 } from "../statistics/hash.ts";
import type { Mark } from "./names.ts";
import { liesIn, type Region, regionOf, type TraitHashes } from "./regions.ts";

/** Plain JSON, changed in place. */
export interface GrowthWatch {
  /** Verdicts since it was last looked at, and how many of them were "wrong": without those nothing has grown. */
  verdicts: number;
  wrong: number;
  told: { readonly id: string; readonly region: Region /** ISO 8601. */; readonly at: string }[];
}

/** A verdict that counts, on a fair draw of the active version. */
interface JudgedInput {
  /** Of the execution. */
  readonly id: string;
  /** JSON. */
  readonly input: string;
  readonly correct: boolean;
  readonly traits: TraitHashes;
}

/** What is needed of a cluster. */
interface Kind {
  readonly id: string;
  readonly mark: Mark;
}

interface Grown<K extends Kind> {
  readonly cluster: K;
  readonly growth: Growth;
}

/** What was told of one version at most; the oldest are forgotten. */
const toldMost = 100;
/** Of the failures that make a cluster grow, the share that a cluster told before has: then it is that one. */
const sameShare = 0.5;

export function newGrowth(): GrowthWatch {
  return { verdicts: 0, wrong: 0, told: [] };
}

/**
 * The cluster that grows for sure and was not told yet; of several the surest. `state` is changed in place.
 *
 * @param judged in the order the executions ran
 * @param now ISO 8601
 */
export function growing<K extends Kind>(
  state: GrowthWatch,
  judged: readonly JudgedInput[],
  clusters: readonly K[],
  now: string,
  plan: GrowthPlan = defaultGrowthPlan,
): Grown<K> | undefined {
  state.verdicts = 0;
  state.wrong = 0;
  const places = onePlaceEach(judged);
  const grown = clusters.flatMap((cluster) => {
    const region = regionOf(cluster.mark);
    const placed = places.map((at) => {
      const one = judged[at];
      return { at, failed: one !== undefined && !one.correct && liesIn(one.traits, region) };
    });
    const growth = grew(placed, judged.length, clusters.length, plan);
    if (!growth) return [];
    const fresh = placed.filter(({ at, failed }) => failed && at >= growth.from);
    return [{ cluster, region, growth, traits: fresh.flatMap(({ at }) => judged[at]?.traits ?? []) }];
  });
  grown.sort((a, b) => a.growth.pValue - b.growth.pValue);
  for (const { cluster, region, growth, traits } of grown) {
    if (state.told.some(({ id }) => id === cluster.id)) continue;
    const told = traits.filter((input) => state.told.some((one) => liesIn(input, one.region)));
    // More of one that was told, under the name of something else that its inputs have in common.
    if (told.length >= sameShare * traits.length) continue;
    state.told = [...state.told, { id: cluster.id, region, at: now }].slice(-toldMost);
    return { cluster, growth };
  }
  return undefined;
}

/**
 * Of each input one of its places, by a hash of the execution's id: a row that is asked for a thousand times is one
 * failure, and as likely to be an old one as a new one while nothing changes.
 */
function onePlaceEach(judged: readonly JudgedInput[]): number[] {
  const lots = new Map<string, { readonly at: number; readonly lot: number }>();
  for (const [at, { id, input }] of judged.entries()) {
    const lot = hash32(id);
    const known = lots.get(input);
    if (!known || lot < known.lot) lots.set(input, { at, lot });
  }
  return [...lots.values()].map(({ at }) => at);
}
