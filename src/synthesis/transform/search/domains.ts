/** What numbers and dates add to a search: texts, numbers and tests read from the texts there are. */
import { dateNumbers, dateTests, dateTexts, readDates } from "../dates/dates.ts";
import type { Expr } from "../language/expr.ts";
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
  const order = new Map(numbers.map((item) => [item, item.cost - 1.5 * (fieldsIn(item.expr).size - 1)]));
  return { numbers: numbers.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)), dates };
}

/** The fields that an expression reads. What several fields say together is looked at early. */
function fieldsIn(expr: Expr): ReadonlySet<number> {
  if (expr.kind === "field") return new Set([expr.field]);
  return new Set(expr.kind === "apply" ? expr.args.flatMap((arg) => [...fieldsIn(arg)]) : []);
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
