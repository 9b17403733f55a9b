/** Questions about one date: its month, weekday or hour. */
import type { Helper, Moment, Op } from "../language/expr.ts";
import { daysInMonth, isLeapYear, weekday } from "./calendar.ts";
import * as sources from "./sources.ts";

const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export function test(
  key: string,
  cost: number,
  apply: (date: Moment) => boolean,
  js: string,
  say: string,
  helpers: readonly Helper[] = [],
  py = js.replaceAll("===", "=="),
): Op {
  return {
    key: `dateTest:${key}`,
    gives: "truth",
    cost,
    apply,
    js: (date) => js.replaceAll("%%", date?.tight ?? ""),
    py: (date) => py.replaceAll("%%", date?.tight ?? ""),
    loose: true,
    say: (date) => say.replace("%%", date),
    helpers,
  };
}

const leapHelper: Helper = {
  name: "isLeapYear",
  js: "function isLeapYear(year) {\n  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;\n}",
  py: "def is_leap_year(year):\n    return (year % 4 == 0 and year % 100 != 0) or year % 400 == 0",
};

export const ofMonths: readonly Op[] = [
  ...Array.from({ length: 11 }, (_, i) =>
    test(
      `month>=${i + 2}`,
      i + 2 === 7 ? 2 : 2.6,
      (d) => d.month >= i + 2,
      `%%.month >= ${i + 2}`,
      `%% is in month ${i + 2} or later`,
    ),
  ),
  ...Array.from({ length: 12 }, (_, i) =>
    test(`month=${i + 1}`, 2.8, (d) => d.month === i + 1, `%%.month === ${i + 1}`, `%% is in month ${i + 1}`),
  ),
  ...Array.from({ length: 4 }, (_, i) =>
    test(
      `quarter=${i + 1}`,
      2.4,
      (d) => Math.ceil(d.month / 3) === i + 1,
      `Math.ceil(%%.month / 3) === ${i + 1}`,
      `%% is in quarter ${i + 1}`,
      [],
      `(%%.month + 2) // 3 == ${i + 1}`,
    ),
  ),
];

export const ofYears: readonly Op[] = [
  test(
    "leap",
    1,
    (d) => isLeapYear(d.year),
    "isLeapYear(%%.year)",
    "the year of %% is a leap year",
    [leapHelper],
    "is_leap_year(%%.year)",
  ),
];

export const ofDays: readonly Op[] = [
  test("weekend", 1.8, (d) => weekday(d) % 6 === 0, "weekday(%%) % 6 === 0", "%% is a Saturday or Sunday", [
    sources.weekday,
  ]),
  ...dayNames.map((name, n) =>
    test(`weekday=${n}`, 2.4, (d) => weekday(d) === n, `weekday(%%) === ${n}`, `%% is a ${name}`, [sources.weekday]),
  ),
  ...Array.from({ length: 30 }, (_, i) => i + 2).map((day) =>
    test(
      `day>=${day}`,
      [11, 16, 21].includes(day) ? 2.6 : 3,
      (d) => d.day >= day,
      `%%.day >= ${day}`,
      `the day of %% is ${day} or later`,
    ),
  ),
  test(
    "monthEnd",
    2.8,
    (d) => d.day === daysInMonth(d.year, d.month),
    "%%.day === daysInMonth(%%.year, %%.month)",
    "%% is the last day of its month",
    [sources.daysInMonth],
    "%%.day == days_in_month(%%.year, %%.month)",
  ),
];

const usualHours: Readonly<Record<number, number>> = {
  12: 1.4,
  18: 1.6,
  17: 1.8,
  6: 1.8,
  9: 1.9,
  22: 2,
  20: 2,
  5: 2,
  21: 2,
};

export const ofHours: readonly Op[] = [
  ...Array.from({ length: 23 }, (_, i) => i + 1).map((hour) =>
    test(
      `hour>=${hour}`,
      usualHours[hour] ?? 2.3,
      (d) => d.hour >= hour,
      `%%.hour >= ${hour}`,
      `%% is ${hour}:00 or later`,
    ),
  ),
  test(
    "midnight",
    2.4,
    (d) => d.hour + d.minute + d.second === 0,
    "%%.hour + %%.minute + %%.second === 0",
    "%% is midnight",
  ),
  test("fullHour", 2.6, (d) => d.minute === 0, "%%.minute === 0", "%% is a full hour"),
];
