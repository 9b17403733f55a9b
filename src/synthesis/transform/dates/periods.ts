/** Operations from a date to the beginning or end of the period it lies in, and to certain days of months. */
import type { Helper, Moment, Op } from "../language/expr.ts";
import { addDays, addMonths, daysInMonth, weekday } from "./calendar.ts";
import type { Shape } from "./forms.ts";
import { digitCost, move } from "./moves.ts";
import * as sources from "./sources.ts";

const replaced = (js: string, py: string): Pick<Replace, "js" | "py"> => ({
  js: (d) => `{ ...${d}, ${js.replaceAll("%", d)} }`,
  py: (d) => `${d}.replace(${py.replaceAll("%", d)})`,
});

interface Replace {
  readonly js: (date: string) => string;
  readonly py: (date: string) => string;
}

export const monthEnd = (date: Moment): Moment => ({ ...date, day: daysInMonth(date.year, date.month) });

const quarterMonth = (date: Moment): number => date.month - ((date.month - 1) % 3);

const quarterHelper: Helper = {
  name: "startOfQuarter",
  js: "function startOfQuarter(date) {\n  return { ...date, month: date.month - ((date.month - 1) % 3), day: 1 };\n}",
  py: "def start_of_quarter(date):\n    return date.replace(month=date.month - (date.month - 1) % 3, day=1)",
};

export const monthEndHelper: Helper = {
  name: "endOfMonth",
  js: "function endOfMonth(date) {\n  return { ...date, day: daysInMonth(date.year, date.month) };\n}",
  py: "def end_of_month(date):\n    return date.replace(day=days_in_month(date.year, date.month))",
  needs: [sources.daysInMonth],
};

/** Beginnings and ends of the periods that a day lies in. */
export function periodOps(shape: Shape): Op[] {
  const start = replaced("day: 1", "day=1");
  const yearStart = replaced("month: 1, day: 1", "month=1, day=1");
  const yearEnd = replaced("month: 12, day: 31", "month=12, day=31");
  const nextMonth = (date: string): string => `addMonths(${start.js(date)}, 1)`;
  const { addDays: days, addMonths: months, weekday: wd } = sources;
  const firstOfNext = (date: Moment): Moment | undefined => addMonths({ ...date, day: 1 }, 1);
  return [
    move(
      shape,
      "monthStart",
      1.4,
      (d) => ({ ...d, day: 1 }),
      start.js,
      start.py,
      "the first day of the month of %",
      [],
    ),
    move(
      shape,
      "monthEnd",
      1.4,
      monthEnd,
      (d) => `endOfMonth(${d})`,
      (d) => `end_of_month(${d})`,
      "the last day of the month of %",
      [monthEndHelper],
    ),
    move(
      shape,
      "nextMonthStart",
      1.8,
      firstOfNext,
      nextMonth,
      (d) => `add_months(${start.py(d)}, 1)`,
      "the first day of the month after %",
      [months],
    ),
    move(
      shape,
      "nextMonthEnd",
      2.4,
      (d) => {
        const next = firstOfNext(d);
        return next && monthEnd(next);
      },
      (d) => `endOfMonth(${nextMonth(d)})`,
      (d) => `end_of_month(add_months(${start.py(d)}, 1))`,
      "the last day of the month after %",
      [months, monthEndHelper],
    ),
    move(
      shape,
      "lastMonthStart",
      2.2,
      (d) => addMonths({ ...d, day: 1 }, -1),
      (d) => `addMonths(${start.js(d)}, -1)`,
      (d) => `add_months(${start.py(d)}, -1)`,
      "the first day of the month before %",
      [months],
    ),
    move(
      shape,
      "lastMonthEnd",
      2.2,
      (d) => addDays({ ...d, day: 1 }, -1),
      (d) => `addDays(${start.js(d)}, -1)`,
      (d) => `add_days(${start.py(d)}, -1)`,
      "the last day of the month before %",
      [days],
    ),
    move(
      shape,
      "quarterStart",
      1.9,
      (d) => ({ ...d, month: quarterMonth(d), day: 1 }),
      (d) => `startOfQuarter(${d})`,
      (d) => `start_of_quarter(${d})`,
      "the first day of the quarter of %",
      [quarterHelper],
    ),
    move(
      shape,
      "quarterEnd",
      1.9,
      (d) => monthEnd({ ...d, month: quarterMonth(d) + 2, day: 1 }),
      (d) => `endOfMonth(addMonths(startOfQuarter(${d}), 2))`,
      (d) => `end_of_month(add_months(start_of_quarter(${d}), 2))`,
      "the last day of the quarter of %",
      [quarterHelper, monthEndHelper, months],
    ),
    move(
      shape,
      "yearStart",
      1.9,
      (d) => ({ ...d, month: 1, day: 1 }),
      yearStart.js,
      yearStart.py,
      "the first day of the year of %",
      [],
    ),
    move(
      shape,
      "yearEnd",
      1.9,
      (d) => ({ ...d, month: 12, day: 31 }),
      yearEnd.js,
      yearEnd.py,
      "the last day of the year of %",
      [],
    ),
    move(
      shape,
      "monday",
      1.6,
      (d) => addDays(d, -((weekday(d) + 6) % 7)),
      (d) => `addDays(${d}, -((weekday(${d}) + 6) % 7))`,
      (d) => `add_days(${d}, -((weekday(${d}) + 6) % 7))`,
      "the Monday of the week of %",
      [days, wd],
    ),
    move(
      shape,
      "sundayBefore",
      2,
      (d) => addDays(d, -weekday(d)),
      (d) => `addDays(${d}, -weekday(${d}))`,
      (d) => `add_days(${d}, -weekday(${d}))`,
      "the Sunday on or before %",
      [days, wd],
    ),
    move(
      shape,
      "fridayOfWeek",
      2.3,
      (d) => addDays(d, 4 - ((weekday(d) + 6) % 7)),
      (d) => `addDays(${d}, 4 - ((weekday(${d}) + 6) % 7))`,
      (d) => `add_days(${d}, 4 - (weekday(${d}) + 6) % 7)`,
      "the Friday of the week of %",
      [days, wd],
    ),
  ];
}

/** A certain day of the month, or of the one after. */
export function monthDayOps(shape: Shape, day: number): Op[] {
  const cost = 2.2 + (day % 5 === 0 ? 0 : 0.5) + digitCost(day);
  const js = `day: ${day} }`;
  return [
    move(
      shape,
      `monthDay${day}`,
      cost + 0.4,
      (date) => ({ ...date, day }),
      (date) => `{ ...${date}, ${js}`,
      (date) => `${date}.replace(day=${day})`,
      `day ${day} of the month of %`,
      [],
    ),
    move(
      shape,
      `nextMonthDay${day}`,
      cost,
      (date) => addMonths({ ...date, day }, 1),
      (date) => `addMonths({ ...${date}, ${js}, 1)`,
      (date) => `add_months(${date}.replace(day=${day}), 1)`,
      `day ${day} of the month after %`,
      [sources.addMonths],
    ),
  ];
}
