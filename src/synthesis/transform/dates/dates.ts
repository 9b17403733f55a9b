/** Dates, times and durations for the search: items that read them, move them, say their parts and compare them. */
import { type Item, makeItem } from "../language/item.ts";
import { occurs, type Scene } from "../scene.ts";
import { dateCountItems } from "./counts.ts";
import { durationParts, plainNumberOp } from "./duration-texts.ts";
import { readings } from "./read.ts";
import { dateTruths } from "./tests.ts";
import { dateParts } from "./texts.ts";

const maxTexts = 300;
const maxAmounts = 40;
const maxOwn = 60;

/** Items of kind date: readings of the scene's texts, the likeliest first. A time of day alone stands in the year 0. */
export function readDates(scene: Scene): Item[] {
  return readings(scene);
}

/**
 * Text items whose values occur in every target, cheapest first: parts of the dates, and of dates that are moved by a
 * constant or by a number; hours and minutes of numbers that are durations.
 * @param numbers those read from the texts, and those of `dateNumbers`
 */
export function dateTexts(scene: Scene, dates: readonly Item[], numbers: readonly Item[]): Item[] {
  const sorted = numbers.filter(mayBeAmount).toSorted((a, b) => a.cost - b.cost);
  const own = sorted.filter(isOwn).slice(0, maxOwn);
  const amounts = [...new Set([...own, ...sorted.slice(0, maxAmounts)])];
  const plain = own.flatMap((amount) => makeItem(plainNumberOp, [amount]) ?? []);
  return cheapest([
    ...dateParts(scene, dates, numbers),
    ...durationParts(scene, amounts),
    ...plain.filter(({ values }) => occurs(values, scene.targets)),
  ]).slice(0, maxTexts);
}

/** Of items that agree on all rows the cheapest, cheapest first. */
function cheapest(items: readonly Item[]): Item[] {
  const kept = new Map<string, Item>();
  for (const item of items.toSorted((a, b) => a.cost - b.cost)) {
    const key = JSON.stringify([item.values, item.probes]);
    if (!kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

/** A month or an hour is no duration. */
const mayBeAmount = ({ expr }: Item): boolean => expr.kind !== "apply" || !expr.op.key.startsWith("dateNumber:");

/** What lies between two dates, and durations. */
const isOwn = ({ expr }: Item): boolean => expr.kind === "apply" && /^(?:between|duration|inHours)/.test(expr.op.key);

/** Number items: parts of dates, what lies between two, durations in seconds, minutes and hours; cheapest first. */
export function dateNumbers(scene: Scene, dates: readonly Item[]): Item[] {
  return dateCountItems(scene, dates);
}

/** Truth items that divide the examples: weekend, before noon, the later of two and so on; cheapest first. */
export function dateTests(scene: Scene, dates: readonly Item[]): Item[] {
  return dateTruths(scene, dates);
}
