/** Operations from a date to a weekday or a working day. */
import type { Helper, Moment, Op } from "../language/expr.ts";
import { addDays, weekday } from "./calendar.ts";
import type { Shape } from "./forms.ts";
import { dayNames, digitCost, move, plural } from "./moves.ts";
import { monthEnd, monthEndHelper } from "./periods.ts";
import * as sources from "./sources.ts";

/** The next or latest of a weekday, with or without the day itself. */
export function weekdayOps(shape: Shape): Op[] {
  const helpers = [sources.addDays, sources.weekday];
  return dayNames.flatMap((name, n) => {
    const usual = n === 0 || n === 1 || n === 5 ? 0 : 0.6;
    const onOrAfter = (code: string): string => `(${n + 7} - weekday(${code})) % 7`;
    const after = (code: string): string => `((${n + 6} - weekday(${code})) % 7) + 1`;
    const before = (code: string): string => `-((weekday(${code}) + ${6 - n}) % 7) - 1`;
    return [
      move(
        shape,
        `onOrAfter${n}`,
        1.9 + usual,
        (d) => addDays(d, (n + 7 - weekday(d)) % 7),
        (d) => `addDays(${d}, ${onOrAfter(d)})`,
        (d) => `add_days(${d}, ${onOrAfter(d)})`,
        `the ${name} on or after %`,
        helpers,
      ),
      move(
        shape,
        `after${n}`,
        2 + usual,
        (d) => addDays(d, ((n + 6 - weekday(d)) % 7) + 1),
        (d) => `addDays(${d}, ${after(d)})`,
        (d) => `add_days(${d}, ${after(d)})`,
        `the ${name} after %`,
        helpers,
      ),
      move(
        shape,
        `before${n}`,
        2.4 + usual,
        (d) => addDays(d, -((weekday(d) + 6 - n) % 7) - 1),
        (d) => `addDays(${d}, ${before(d)})`,
        (d) => `add_days(${d}, ${before(d)})`,
        `the ${name} before %`,
        helpers,
      ),
    ];
  });
}

export const businessHelper: Helper = {
  name: "addBusinessDays",
  js: [
    "/** So many days from Monday to Friday later. */",
    "function addBusinessDays(date, days) {",
    '  if (!Number.isInteger(days) || Math.abs(days) > 1000) throw new TypeError("expected at most 1000 days");',
    "  let moved = date;",
    "  for (let left = Math.abs(days); left > 0; ) {",
    "    moved = addDays(moved, Math.sign(days));",
    "    if (weekday(moved) % 6 !== 0) left--;",
    "  }",
    "  return moved;",
    "}",
  ].join("\n"),
  py: [
    "def add_business_days(date, days):",
    '    """So many days from Monday to Friday later."""',
    "    if days % 1 or abs(days) > 1000:",
    '        raise TypeError("expected at most 1000 days")',
    "    moved = date",
    "    left = abs(days)",
    "    while left > 0:",
    "        moved = add_days(moved, 1 if days > 0 else -1)",
    "        if weekday(moved) % 6 != 0:",
    "            left -= 1",
    "    return moved",
  ].join("\n"),
  needs: [sources.addDays, sources.weekday],
};

export function addBusinessDays(date: Moment, days: number): Moment | undefined {
  if (!Number.isInteger(days) || Math.abs(days) > 1000) return undefined;
  let moved: Moment | undefined = date;
  for (let left = Math.abs(days); left > 0 && moved; ) {
    moved = addDays(moved, Math.sign(days));
    if (moved && weekday(moved) % 6 !== 0) left--;
  }
  return moved;
}

export const addBusinessDaysOp = (shape: Shape, days: number): Op =>
  move(
    shape,
    `addBusinessDays${days}`,
    2.3 + digitCost(days) + (days < 0 ? 0.3 : 0),
    (date) => addBusinessDays(date, days),
    (date) => `addBusinessDays(${date}, ${days})`,
    (date) => `add_business_days(${date}, ${days})`,
    `the date ${plural(days, "working day")} ${days < 0 ? "before" : "after"} %`,
    [businessHelper],
  );

/** The day itself where it is a working day, else the Monday after. */
export const businessDayOp = (shape: Shape): Op =>
  move(
    shape,
    "businessDay",
    2.2,
    (date) => {
      const before = addDays(date, -1);
      return before && addBusinessDays(before, 1);
    },
    (date) => `addBusinessDays(addDays(${date}, -1), 1)`,
    (date) => `add_business_days(add_days(${date}, -1), 1)`,
    "the first working day from % on",
    [businessHelper],
  );

/** The first and last working day of the month. */
export const monthBusinessOps = (shape: Shape): Op[] => [
  move(
    shape,
    "firstBusinessDay",
    2.6,
    (date) => {
      const before = addDays({ ...date, day: 1 }, -1);
      return before && addBusinessDays(before, 1);
    },
    (date) => `addBusinessDays(addDays({ ...${date}, day: 1 }, -1), 1)`,
    (date) => `add_business_days(add_days(${date}.replace(day=1), -1), 1)`,
    "the first working day of the month of %",
    [businessHelper],
  ),
  move(
    shape,
    "lastBusinessDay",
    2.6,
    (date) => {
      const after = addDays(monthEnd(date), 1);
      return after && addBusinessDays(after, -1);
    },
    (date) => `addBusinessDays(addDays(endOfMonth(${date}), 1), -1)`,
    (date) => `add_business_days(add_days(end_of_month(${date}), 1), -1)`,
    "the last working day of the month of %",
    [businessHelper, monthEndHelper],
  ),
];

/** The k-th (1 to 4) or last (-1) of a weekday in the month of a date. */
export function monthWeekdayOp(shape: Shape, k: number, n: number): Op {
  const count = k < 0 ? "last" : ["first", "second", "third", "fourth"][k - 1];
  return move(
    shape,
    `monthWeekday${k},${n}`,
    2.8 + (k === 1 || k === -1 ? 0 : 0.3),
    (date) => {
      if (k < 0) {
        const end = monthEnd(date);
        return addDays(end, -((weekday(end) - n + 7) % 7));
      }
      const start = { ...date, day: 1 };
      return { ...date, day: 1 + ((n - weekday(start) + 7) % 7) + (k - 1) * 7 };
    },
    (date) => `${k < 0 ? "lastWeekday" : "nthWeekday"}(${date}, ${k < 0 ? "" : `${k}, `}${n})`,
    (date) => `${k < 0 ? "last_weekday" : "nth_weekday"}(${date}, ${k < 0 ? "" : `${k}, `}${n})`,
    `the ${count} ${dayNames[n]} in the month of %`,
    [k < 0 ? lastWeekdayHelper : nthWeekdayHelper],
  );
}

const nthWeekdayHelper: Helper = {
  name: "nthWeekday",
  js: [
    "/** The nth of a weekday (0 is Sunday) in the month of a date. */",
    "function nthWeekday(date, nth, day) {",
    "  const first = weekday({ ...date, day: 1 });",
    "  return { ...date, day: 1 + ((day - first + 7) % 7) + (nth - 1) * 7 };",
    "}",
  ].join("\n"),
  py: [
    "def nth_weekday(date, nth, day):",
    '    """The nth of a weekday (0 is Sunday) in the month of a date."""',
    "    first = weekday(date.replace(day=1))",
    "    return date.replace(day=1 + (day - first) % 7 + (nth - 1) * 7)",
  ].join("\n"),
  needs: [sources.weekday],
};

const lastWeekdayHelper: Helper = {
  name: "lastWeekday",
  js: [
    "/** The last of a weekday (0 is Sunday) in the month of a date. */",
    "function lastWeekday(date, day) {",
    "  const end = endOfMonth(date);",
    "  return { ...end, day: end.day - ((weekday(end) - day + 7) % 7) };",
    "}",
  ].join("\n"),
  py: [
    "def last_weekday(date, day):",
    '    """The last of a weekday (0 is Sunday) in the month of a date."""',
    "    end = end_of_month(date)",
    "    return end.replace(day=end.day - (weekday(end) - day) % 7)",
  ].join("\n"),
  needs: [monthEndHelper, sources.weekday],
};
