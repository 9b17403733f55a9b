/** What numbers and dates add to a search: texts, numbers and tests read from the texts there are. */
import { dateNumbers, dateTests, dateTexts, readDates } from "../dates/dates.ts";
import type { Item } from "../language/item.ts";
import { numbersFor, numberTests, numberTexts, readNumbers } from "../numbers/numbers.ts";
import type { Scene } from "../scene.ts";

export interface Readings {
  readonly numbers: readonly Item[];
  readonly dates: readonly Item[];
}

export function readingsOf(scene: Scene): Readings {
  const dates = readDates(scene);
  const numbers = [...readNumbers(scene), ...dateNumbers(scene, dates)];
  return { numbers: numbers.sort((a, b) => a.cost - b.cost), dates };
}

/** Items of kind text whose values stand in the targets. */
export function writtenTexts(scene: Scene, { numbers, dates }: Readings): readonly Item[] {
  return [...dateTexts(scene, dates, numbers), ...numberTexts(scene, numbers)];
}

/** Items of kind number that give the wanted numbers. */
export function wantedNumbers(scene: Scene, { numbers }: Readings, wanted: readonly number[]): readonly Item[] {
  return numbersFor(scene, numbers, wanted);
}

/** Items of kind truth that divide the examples. */
export function readingTests(scene: Scene, { numbers, dates }: Readings): readonly Item[] {
  return [...dateTests(scene, dates), ...numberTests(scene, numbers)];
}
