/** The inputs a cluster of failures speaks of: all that have what sets it apart, whether they failed or not. */
import { setImmediate } from "node:timers/promises";
import type { JsonValue } from "../../contract/wire.ts";
import { hash32 } from "../statistics/hash.ts";
import type { Mark } from "./names.ts";
import { traitsOf } from "./traits.ts";

/** A mark without its words, which may be a person's: what is kept of it tells no input. Plain JSON. */
export interface Region {
  /** The hash of the trait. */
  readonly trait: number;
  /** The inputs are those that have it not. */
  readonly lacks: boolean;
}

export function regionOf({ trait, lacks }: Mark): Region {
  return { trait: hash32(trait), lacks };
}

/** The hashes of an input's traits. */
export type TraitHashes = ReadonlySet<number>;

export function liesIn(input: TraitHashes, { trait, lacks }: Region): boolean {
  return input.has(trait) !== lacks;
}

/** Inputs looked at between two breaths. */
const inputsAtOnce = 200;

/** @param inputs JSON; the traits of each */
export async function hashesOf(inputs: readonly string[]): Promise<TraitHashes[]> {
  const found: TraitHashes[] = [];
  for (const [at, input] of inputs.entries()) {
    found.push(new Set([...traitsOf(JSON.parse(input) as JsonValue)].map(hash32)));
    if (at % inputsAtOnce === inputsAtOnce - 1) await setImmediate();
  }
  return found;
}
