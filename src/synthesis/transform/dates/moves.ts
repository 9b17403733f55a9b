/** Operations from date to date: sums, beginnings and ends of periods, weekdays, times rounded to an interval. */
import type { Helper, Moment, Op } from "../language/expr.ts";
import { addDays, addMonths, epochSeconds, fromEpoch, secondOfDay, timeAt, timeYear } from "./calendar.ts";
import type { Shape } from "./forms.ts";
import { nameOf } from "./reader.ts";
import * as sources from "./sources.ts";

export const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

type Move = (date: Moment) => Moment | undefined;

/** @param js,py the source around the date's */
export function move(
  shape: Shape,
  key: string,
  cost: number,
  apply: Move,
  js: (date: string) => string,
  py: (date: string) => string,
  say: string,
  helpers: readonly Helper[],
): Op {
  return {
    key: `${shape}:${key}`,
    gives: "date",
    cost,
    apply,
    js: (date) => js(date?.tight ?? ""),
    py: (date) => py(date?.tight ?? ""),
    say: (date) => say.replace("%", date),
    helpers,
    name: nameOf(shape),
  };
}

export const plural = (n: number, unit: string): string => `${Math.abs(n)} ${unit}${Math.abs(n) === 1 ? "" : "s"}`;

const shifted = (n: number, unit: string): string => `the date ${plural(n, unit)} ${n < 0 ? "before" : "after"} %`;

export const digitCost = (n: number): number => 0.5 * String(Math.abs(n)).length;

export const addDaysOp = (shape: Shape, days: number): Op =>
  move(
    shape,
    `addDays${days}`,
    (Math.abs(days) === 1 || days % 7 === 0 || days % 10 === 0 ? 1.2 : 1.8) + digitCost(days) + (days < 0 ? 0.3 : 0),
    (date) => addDays(date, days),
    (date) => `addDays(${date}, ${days})`,
    (date) => `add_days(${date}, ${days})`,
    days % 7 === 0 ? shifted(days / 7, "week") : shifted(days, "day"),
    [sources.addDays],
  );

export const addMonthsOp = (shape: Shape, months: number): Op =>
  move(
    shape,
    `addMonths${months}`,
    1.5 + (months % 12 === 0 ? digitCost(months / 12) : digitCost(months)) + (months < 0 ? 0.3 : 0),
    (date) => addMonths(date, months),
    (date) => `addMonths(${date}, ${months % 12 === 0 && months > 12 ? `${months / 12} * 12` : months})`,
    (date) => `add_months(${date}, ${months % 12 === 0 && months > 12 ? `${months / 12} * 12` : months})`,
    months % 12 === 0 ? shifted(months / 12, "year") : shifted(months, "month"),
    [sources.addMonths],
  );

export const secondsOf = (shape: Shape, date: string): string =>
  shape === "time" ? `secondOfDay(${date})` : `epochSeconds(${date})`;

export const secondsOfPy = (shape: Shape, date: string): string =>
  shape === "time" ? `second_of_day(${date})` : `epoch_seconds(${date})`;

export const fromSeconds = (shape: Shape, seconds: string): string =>
  shape === "time" ? `timeAt(${seconds})` : `fromEpochSeconds(${seconds})`;

export const fromSecondsPy = (shape: Shape, seconds: string): string =>
  shape === "time" ? `time_at(${seconds})` : `from_epoch_seconds(${seconds})`;

export const clockHelpers = (shape: Shape): Helper[] =>
  shape === "time" ? [sources.secondOfDay, sources.timeAt] : [sources.epochSeconds, sources.fromEpochSeconds];

/** The moment whose seconds are a function of those of the date. */
export function bySeconds(shape: Shape, map: (seconds: number) => number): Move {
  return (date) => {
    if (shape !== "time") return fromEpoch(map(epochSeconds(date)));
    const seconds = map(secondOfDay(date));
    return Number.isSafeInteger(seconds) ? { year: timeYear, month: 1, day: 1, ...timeAt(seconds) } : undefined;
  };
}

export const addMinutesOp = (shape: Shape, minutes: number): Op => {
  const hours = minutes % 60 === 0;
  const amount = hours ? Math.abs(minutes / 60) : Math.abs(minutes);
  const sum = `${minutes < 0 ? "-" : "+"} ${hours ? (amount === 1 ? "3600" : `${amount} * 3600`) : `${amount} * 60`}`;
  return move(
    shape,
    `addMinutes${minutes}`,
    (amount === 1 || amount % 5 === 0 || hours ? 1.4 : 2) + digitCost(amount) + (minutes < 0 ? 0.3 : 0),
    bySeconds(shape, (seconds) => seconds + minutes * 60),
    (date) => fromSeconds(shape, `${secondsOf(shape, date)} ${sum}`),
    (date) => fromSecondsPy(shape, `${secondsOfPy(shape, date)} ${sum}`),
    shifted(hours ? minutes / 60 : minutes, hours ? "hour" : "minute"),
    clockHelpers(shape),
  );
};

/** Down, to the nearest, or up to full intervals of so many minutes; `end` is the end of the interval that began. */
export function roundMinutesOp(shape: Shape, minutes: number, way: "down" | "nearest" | "up" | "end"): Op {
  const step = minutes * 60;
  const map = {
    down: (s: number) => Math.floor(s / step) * step,
    nearest: (s: number) => Math.floor((s + step / 2) / step) * step,
    up: (s: number) => Math.ceil(s / step) * step,
    end: (s: number) => (Math.floor(s / step) + 1) * step,
  }[way];
  const usual = [15, 30, 60].includes(minutes) ? 0 : 0.5;
  return move(
    shape,
    `${way}To${minutes}`,
    { down: 1.8, nearest: 2, up: 2.2, end: 2.1 }[way] + usual,
    bySeconds(shape, map),
    (date) => {
      const seconds = secondsOf(shape, date);
      const steps = {
        down: `Math.floor(${seconds} / ${step})`,
        nearest: `Math.floor((${seconds} + ${step / 2}) / ${step})`,
        up: `Math.ceil(${seconds} / ${step})`,
        end: `(Math.floor(${seconds} / ${step}) + 1)`,
      }[way];
      return fromSeconds(shape, `${steps} * ${step}`);
    },
    (date) => {
      const seconds = secondsOfPy(shape, date);
      const steps = {
        down: `${seconds} // ${step}`,
        nearest: `(${seconds} + ${step / 2}) // ${step}`,
        up: `-(-${seconds} // ${step})`,
        end: `(${seconds} // ${step} + 1)`,
      }[way];
      return fromSecondsPy(shape, `${steps} * ${step}`);
    },
    way === "end"
      ? `the end of the ${plural(minutes, "minute")} that % lies in`
      : `% ${{ down: "rounded down", nearest: "rounded", up: "rounded up" }[way]} to ${plural(minutes, "minute")}`,
    clockHelpers(shape),
  );
}
