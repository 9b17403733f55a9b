/** Whole numbers that a date has: its year, its quarter, its week. */
import { type Helper, type Moment, snakeCase } from "../language/expr.ts";
import { dayNumber, dayOfYear, epochSeconds, isoWeek, isoWeekYear, weekday } from "./calendar.ts";
import * as sources from "./sources.ts";

/** A whole number from a date, as parts use it and as `dateNumbers` gives it. */
export interface Count {
  readonly key: string;
  readonly apply: (date: Moment) => number;
  readonly js: (date: string) => string;
  readonly py: (date: string) => string;
  readonly say: string;
  readonly helpers?: readonly Helper[];
  /** Its source is a sum or product. */
  readonly loose?: true;
}

const member = (key: "year" | "month" | "day" | "hour" | "minute" | "second"): Count => ({
  key,
  apply: (date) => date[key],
  js: (date) => `${date}.${key}`,
  py: (date) => `${date}.${key}`,
  say: `the ${key} of %`,
});

const floored = (key: string, apply: (d: Moment) => number, js: string, py: string, say: string): Count => ({
  key,
  apply,
  js: (date) => js.replace("%", date),
  py: (date) => py.replace("%", date),
  say,
  loose: true,
});

const helped = (helper: Helper, apply: (d: Moment) => number, say: string): Count => ({
  key: helper.name,
  apply,
  js: (date) => `${helper.name}(${date})`,
  py: (date) => `${snakeCase(helper.name)}(${date})`,
  say,
  helpers: [helper],
});

const dayOfYearHelper: Helper = {
  name: "dayOfYear",
  js: "function dayOfYear(date) {\n  return dayNumber(date) - dayNumber({ year: date.year, month: 1, day: 1 }) + 1;\n}",
  py: "def day_of_year(date):\n    return date.timetuple().tm_yday",
  needs: [sources.dayNumber],
};

export const isoWeekHelper: Helper = {
  name: "isoWeek",
  js: [
    "/** Week and year after ISO 8601: those of the Thursday of the week. */",
    "function isoWeek(date) {",
    "  const thursday = fromDayNumber(dayNumber(date) + 4 - (weekday(date) || 7));",
    "  const days = dayNumber(thursday) - dayNumber({ year: thursday.year, month: 1, day: 1 });",
    "  return { week: Math.floor(days / 7) + 1, year: thursday.year };",
    "}",
  ].join("\n"),
  py: ["def iso_week(date):", '    """Week and year after ISO 8601."""', "    return date.isocalendar()"].join("\n"),
  needs: [sources.fromDayNumber, sources.dayNumber, sources.weekday],
};

export const counts = {
  year: member("year"),
  month: member("month"),
  day: member("day"),
  hour: member("hour"),
  minute: member("minute"),
  second: member("second"),
  hour12: floored(
    "hour12",
    (d) => d.hour % 12 || 12,
    "%.hour % 12 || 12",
    "%.hour % 12 or 12",
    "the hour of % on a 12-hour clock",
  ),
  quarter: floored(
    "quarter",
    (d) => Math.ceil(d.month / 3),
    "Math.ceil(%.month / 3)",
    "(%.month + 2) // 3",
    "the quarter of %",
  ),
  half: floored(
    "half",
    (d) => Math.ceil(d.month / 6),
    "Math.ceil(%.month / 6)",
    "(%.month + 5) // 6",
    "the half-year of %",
  ),
  decade: floored(
    "decade",
    (d) => d.year - (d.year % 10),
    "Math.floor(%.year / 10) * 10",
    "%.year // 10 * 10",
    "the decade of %",
  ),
  decadeEnd: floored(
    "decadeEnd",
    (d) => d.year - (d.year % 10) + 9,
    "Math.floor(%.year / 10) * 10 + 9",
    "%.year // 10 * 10 + 9",
    "the last year of the decade of %",
  ),
  century: floored(
    "century",
    (d) => Math.ceil(d.year / 100),
    "Math.ceil(%.year / 100)",
    "(%.year + 99) // 100",
    "the century of %",
  ),
  nextYear: floored("nextYear", (d) => d.year + 1, "%.year + 1", "%.year + 1", "the year after %"),
  lastYear: floored("lastYear", (d) => d.year - 1, "%.year - 1", "%.year - 1", "the year before %"),
  weekOfMonth: floored(
    "weekOfMonth",
    (d) => Math.ceil(d.day / 7),
    "Math.ceil(%.day / 7)",
    "(%.day + 6) // 7",
    "the week of the month of %",
  ),
  dayOfYear: helped(dayOfYearHelper, dayOfYear, "the day of the year of %"),
  isoWeek: {
    ...helped(isoWeekHelper, isoWeek, "the ISO week of %"),
    js: (d) => `isoWeek(${d}).week`,
    py: (d) => `iso_week(${d}).week`,
  },
  isoYear: {
    ...helped(isoWeekHelper, isoWeekYear, "the ISO week's year of %"),
    key: "isoYear",
    js: (d) => `isoWeek(${d}).year`,
    py: (d) => `iso_week(${d}).year`,
  },
  weekday: helped(sources.weekday, weekday, "the weekday of % from 0 for Sunday"),
  isoWeekday: floored(
    "isoWeekday",
    (d) => weekday(d) || 7,
    "weekday(%) || 7",
    "weekday(%) or 7",
    "the weekday of % from 1 for Monday",
  ),
  daysInMonth: {
    ...helped(
      sources.daysInMonth,
      (d) => new Date(Date.UTC(d.year, d.month, 0)).getUTCDate(),
      "the number of days of the month of %",
    ),
    js: (d) => `daysInMonth(${d}.year, ${d}.month)`,
    py: (d) => `days_in_month(${d}.year, ${d}.month)`,
  },
  epoch: helped(sources.epochSeconds, epochSeconds, "the seconds from 1970 to %"),
  epochDay: {
    ...helped(sources.dayNumber, (d) => dayNumber(d) * 86_400, "the seconds from 1970 to %"),
    key: "epochDay",
    js: (d) => `dayNumber(${d}) * 86_400`,
    py: (d) => `day_number(${d}) * 86_400`,
    loose: true,
  },
  serialDay: {
    ...helped(sources.dayNumber, (d) => dayNumber(d) + 25_569, "the spreadsheet day of %"),
    key: "serialDay",
    js: (d) => `dayNumber(${d}) + 25_569`,
    py: (d) => `day_number(${d}) + 25_569`,
    loose: true,
  },
} satisfies Record<string, Count>;

/** Helpers of `isoWeekday`, which is written with that of `weekday`. */
const weekdayHelpers = { isoWeekday: [sources.weekday] } as const;

export const helpersOfCount = (count: Count): readonly Helper[] =>
  count.helpers ?? (count.key === "isoWeekday" ? weekdayHelpers.isoWeekday : []);

/** The fiscal year of a date by the month it starts in, named after the year it ends in. */
export const fiscalYear = (start: number): Count => ({
  key: `fiscalYear${start}`,
  apply: (d) => (d.month >= start ? d.year + 1 : d.year),
  js: (d) => `${d}.year + (${d}.month >= ${start} ? 1 : 0)`,
  py: (d) => `${d}.year + (1 if ${d}.month >= ${start} else 0)`,
  say: `the year in which the fiscal year of % ends (it starts in month ${start})`,
  loose: true,
});

export const fiscalStart = (start: number): Count => ({
  key: `fiscalStart${start}`,
  apply: (d) => (d.month >= start ? d.year : d.year - 1),
  js: (d) => `${d}.year - (${d}.month < ${start} ? 1 : 0)`,
  py: (d) => `${d}.year - (1 if ${d}.month < ${start} else 0)`,
  say: `the year in which the fiscal year of % starts (in month ${start})`,
  loose: true,
});

export const fiscalQuarter = (start: number): Count => ({
  key: `fiscalQuarter${start}`,
  apply: (d) => Math.floor(((d.month + 12 - start) % 12) / 3) + 1,
  js: (d) => `Math.floor(((${d}.month + ${12 - start}) % 12) / 3) + 1`,
  py: (d) => `(${d}.month + ${12 - start}) % 12 // 3 + 1`,
  say: `the quarter of % in a fiscal year that starts in month ${start}`,
  loose: true,
});
