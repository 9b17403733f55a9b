/** Truth items of dates, for conditions. */
import type { Moment, Op } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import type { Scene } from "../scene.ts";
import type { Shape } from "./forms.ts";
import { rank } from "./pair-moves.ts";
import { formatIso, isoDateHelper } from "./parts.ts";
import { shapeOf } from "./read.ts";
import * as sources from "./sources.ts";
import { ofDays, ofHours, ofMonths, ofYears, test } from "./test-ops.ts";

const maxDates = 6;

const maxTests = 200;

/** Of two dates in a row one asks how they lie to each other, sooner than what each is by itself. */
const pairDiscount = -3.2;

const tests: Readonly<Record<Shape, readonly Op[]>> = {
  date: [...ofDays, ...ofMonths, ...ofYears],
  moment: [...ofDays, ...ofMonths, ...ofYears, ...ofHours],
  time: ofHours,
  month: [...ofMonths, ...ofYears],
  year: ofYears,
  birthday: ofMonths,
  monthname: ofMonths,
  weekday: ofDays.filter(({ key }) => key.startsWith("dateTest:week")),
};

/** Before or after the beginning of a year or month between two examples, and years. */
function* thresholds(date: Item): Generator<Op> {
  const shape = shapeOf(date);
  if (shape === "time" || ["birthday", "monthname", "weekday"].includes(shape)) return;
  const moments = (date.values as readonly Moment[]).toSorted((a, b) => rank(a) - rank(b)).slice(0, 40);
  const years = new Set<number>();
  for (const [i, later] of moments.entries()) {
    const earlier = moments[i - 1];
    if (!earlier || later.year - earlier.year > 200) continue;
    for (let year = earlier.year + 1; year <= later.year; year++) years.add(year);
    if (shape === "year" || earlier.year !== later.year) continue;
    for (let month = earlier.month + 1; month <= later.month; month++)
      yield fromDay({ year: later.year, month, day: 1 }, 4.4);
    if (earlier.month === later.month && earlier.day < later.day) yield fromDay(later, 5);
  }
  for (const year of [...years].slice(0, 200))
    yield test(
      `year>=${year}`,
      year % 100 === 0 ? 2.8 : year % 10 === 0 ? 3.2 : year % 5 === 0 ? 3.6 : 4,
      (d) => d.year >= year,
      `%%.year >= ${year}`,
      `%% is in ${year} or later`,
    );
}

function fromDay(day: Pick<Moment, "year" | "month" | "day">, cost: number): Op {
  const iso = formatIso(day);
  return test(
    `day>=${iso}`,
    cost,
    (d) => formatIso(d) >= iso,
    `isoDate(%%) >= "${iso}"`,
    `%% is ${iso} or later`,
    [isoDateHelper],
    `iso_date(%%) >= "${iso}"`,
  );
}

/** Comparisons of two dates. */
function pairTests(shape: Shape): Op[] {
  const by = shape === "time" ? sources.secondOfDay : shape === "moment" ? sources.epochSeconds : sources.dayNumber;
  const compare = (
    key: string,
    cost: number,
    sign: string,
    holds: (a: number, b: number) => boolean,
    say: string,
  ): Op => ({
    key: `dateTest:${key}`,
    gives: "truth",
    cost,
    apply: (a: Moment, b: Moment) => holds(rank(a), rank(b)),
    js: (a, b) => `${by.name}(${a?.bare}) ${sign} ${by.name}(${b?.bare})`,
    py: (a, b) => `${a?.tight} ${sign === "===" ? "==" : sign} ${b?.tight}`,
    loose: true,
    say: (a, b) => `${a} is ${say} ${b}`,
    helpers: [by],
  });
  const same = (key: string, cost: number, parts: readonly ("year" | "month" | "day")[]): Op => ({
    key: `dateTest:same${key}`,
    gives: "truth",
    cost,
    apply: (a: Moment, b: Moment) => parts.every((part) => a[part] === b[part]),
    js: (a, b) => parts.map((part) => `${a?.tight}.${part} === ${b?.tight}.${part}`).join(" && "),
    py: (a, b) => parts.map((part) => `${a?.tight}.${part} == ${b?.tight}.${part}`).join(" and "),
    loose: true,
    say: (a, b) => `${a} and ${b} are in the same ${key}`,
  });
  return [
    compare("after", 1.2, ">", (a, b) => a > b, "after"),
    compare("before", 1.2, "<", (a, b) => a < b, "before"),
    compare("equal", 1.8, "===", (a, b) => a === b, "the same as"),
    ...(shape === "time"
      ? []
      : [
          same("month", 1.6, ["month", "year"]),
          same("year", 1.8, ["year"]),
          ...(shape === "moment" ? [same("day", 1.7, ["day", "month", "year"])] : []),
        ]),
  ];
}

/** What it saves that examples stand at full hours, one of them at the hour that the test names: people show limits. */
function atBoundary(op: Op, date: Item): number {
  const hour = /^dateTest:hour>=(\d+)$/.exec(op.key)?.[1];
  if (hour === undefined) return 0;
  // Of a column of times one asks for the hour, sooner than for the numbers in it.
  const asked = shapeOf(date) === "time" ? -0.8 : 0;
  const full = (date.values as readonly Moment[]).filter(({ minute, second }) => minute + second === 0);
  return full.some((moment) => moment.hour === Number(hour)) ? asked - (1.2 * full.length) / date.values.length : asked;
}

/** Truth items that are neither true nor false on all examples, one for each division of the rows, cheapest first. */
export function dateTruths(scene: Scene, dates: readonly Item[]): Item[] {
  const kept = new Map<string, Item>();
  const add = (item: Item | undefined): void => {
    if (!item || new Set(item.values).size < 2) return;
    const key = JSON.stringify([item.values, item.probes]);
    const known = kept.get(key);
    const made = judged(item);
    if (!known || made.cost < known.cost) kept.set(key, made);
  };
  const first = dates.slice(0, maxDates);
  for (const [i, date] of first.entries()) {
    if (scene.deadline.expired()) break;
    for (const op of [...tests[shapeOf(date)], ...thresholds(date)]) {
      const values = date.values.map((value) => op.apply(value as never));
      if (new Set(values).size > 1) add(makeItem(op, [date], atBoundary(op, date)));
    }
    for (const other of first.slice(i + 1))
      if (shapeOf(other) === shapeOf(date))
        for (const op of pairTests(shapeOf(date))) add(makeItem(op, [date, other], pairDiscount));
  }
  return [...kept.values()].sort((a, b) => a.cost - b.cost).slice(0, maxTests);
}
