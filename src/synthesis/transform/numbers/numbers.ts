/**
 * Numbers in the transformation language: reading them out of text, arithmetic found from what is wanted, rounding,
 * writing, and conditions on them. Everything here proposes items; joining and choosing them is the search's work.
 */
export { readNumbers } from "./read.ts";
export { numberTests } from "./tests.ts";
export { numberTexts } from "./texts.ts";

import type { Item } from "../language/item.ts";
import type { Scene } from "../scene.ts";
import { numbersForGoal } from "./targets.ts";
import { prepare } from "./workbench.ts";

/** Number items equal to the wanted numbers on every example, cheapest first. */
export function numbersFor(scene: Scene, numbers: readonly Item[], wanted: readonly number[]): Item[] {
  return numbersForGoal(wanted, prepare(numbers, scene.deadline)).slice(0, 100);
}
