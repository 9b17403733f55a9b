/** What numbers and dates add to a search: texts, numbers and tests read from the texts there are. */
import type { Item } from "../language/item.ts";
import type { Scene } from "../scene.ts";

export interface Readings {
  readonly numbers: readonly Item[];
  readonly dates: readonly Item[];
}

export function readingsOf(_scene: Scene): Readings {
  return { numbers: [], dates: [] };
}

/** Items of kind text whose values stand in the targets. */
export function writtenTexts(_scene: Scene, _readings: Readings): readonly Item[] {
  return [];
}

/** Items of kind number that give the wanted numbers. */
export function wantedNumbers(_scene: Scene, _readings: Readings, _wanted: readonly number[]): readonly Item[] {
  return [];
}

/** Items of kind truth that divide the examples. */
export function readingTests(_scene: Scene, _readings: Readings): readonly Item[] {
  return [];
}
