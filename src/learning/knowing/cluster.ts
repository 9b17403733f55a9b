/**
 * Which inputs lie close to each other: DBSCAN (Ester, Kriegel, Sander & Xu 1996) on the cosine distance of weighted
 * sets of traits. Pure and deterministic.
 */
import { setImmediate } from "node:timers/promises";

/** Traits by number, with the weight of each for all. */
export interface Points {
  /** Each point's traits, ascending; without those of weight 0. */
  readonly traits: readonly (readonly number[])[];
  readonly weights: Float64Array;
  /** How often each point came. */
  readonly counts: readonly number[];
}

/** Points no farther apart than this are neighbours; 0: the same traits, 1: none in common. */
const reach = 0.5;
/** Work between two breaths. */
const pointsAtOnce = 100;

/**
 * @param least so many inputs, itself among them, within reach make a point the core of a cluster
 * @returns the cluster of each point from 0, -1 for those that lie apart
 */
export async function dbscan(points: Points, least: number): Promise<Int32Array> {
  const neighbours = await neighboursOf(points);
  const count = points.traits.length;
  const isCore = (point: number): boolean =>
    (neighbours[point] ?? []).reduce((sum, other) => sum + (points.counts[other] ?? 0), 0) >= least;
  const cluster = new Int32Array(count).fill(-1);
  let next = 0;
  for (let start = 0; start < count; start++) {
    if (cluster[start] !== -1 || !isCore(start)) continue;
    const found = next++;
    cluster[start] = found;
    const open = [start];
    for (let point = open.pop(); point !== undefined; point = open.pop()) {
      for (const other of neighbours[point] ?? []) {
        if (cluster[other] !== -1) continue;
        cluster[other] = found;
        if (isCore(other)) open.push(other);
      }
    }
  }
  return cluster;
}

/** Of each point those within reach, itself too: by the lists of points that have a trait, so most pairs are never seen. */
async function neighboursOf({ traits, weights }: Points): Promise<number[][]> {
  const having: number[][] = Array.from(weights, () => []);
  traits.forEach((some, point) => {
    for (const trait of some) having[trait]?.push(point);
  });
  const norms = traits.map((some) => Math.hypot(...some.map((trait) => weights[trait] ?? 0)));
  const near: number[][] = [];
  const dots = new Float64Array(traits.length);
  for (const [point, some] of traits.entries()) {
    dots.fill(0);
    for (const trait of some) {
      const square = (weights[trait] ?? 0) ** 2;
      for (const other of having[trait] ?? []) dots[other] = (dots[other] ?? 0) + square;
    }
    const enough = (1 - reach) * (norms[point] ?? 0);
    const mine: number[] = [];
    for (let other = 0; other < dots.length; other++) {
      const dot = dots[other] ?? 0;
      if (dot > 0 && dot >= enough * (norms[other] ?? 0) - 1e-9) mine.push(other);
    }
    near.push(mine);
    if (point % pointsAtOnce === pointsAtOnce - 1) await setImmediate();
  }
  return near;
}
