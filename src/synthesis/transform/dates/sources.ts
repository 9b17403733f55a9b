/**
 * The helpers that dated programs call, as a person would write them. A date is `{ year, month, day }`, a time of day
 * `{ hour, minute, second }`, a moment both together; in Python they are date, time and datetime.
 */
import type { Helper } from "../language/expr.ts";

export const helper = (name: string, js: string[], py: string[], needs: readonly Helper[] = []): Helper => ({
  name,
  js: js.join("\n"),
  py: py.join("\n"),
  needs,
});

export const dt = "import datetime";

export const dayNumber = helper(
  "dayNumber",
  [
    "/** Days since 1 January 1970. */",
    "function dayNumber({ year, month, day }) {",
    "  return Date.UTC(year, month - 1, day) / 86_400_000;",
    "}",
  ],
  ["def day_number(date):", '    """Days since 1 January 1970."""', "    return date.toordinal() - 719_163"],
);

export const fromDayNumber = helper(
  "fromDayNumber",
  [
    "function fromDayNumber(number) {",
    "  const date = new Date(number * 86_400_000);",
    "  const year = date.getUTCFullYear();",
    "  if (!Number.isInteger(number) || !(year >= 1000 && year <= 9999))",
    '    throw new TypeError("expected whole days that lead to the years 1000 to 9999");',
    "  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };",
    "}",
  ],
  [
    dt,
    "def from_day_number(number):",
    "    if number % 1 or not -354_285 <= number <= 2_932_896:",
    '        raise TypeError("expected whole days that lead to the years 1000 to 9999")',
    "    return datetime.date.fromordinal(int(number) + 719_163)",
  ],
);

export const addDays = helper(
  "addDays",
  ["function addDays(date, days) {", "  return { ...date, ...fromDayNumber(dayNumber(date) + days) };", "}"],
  [
    "def add_days(date, days):",
    "    moved = from_day_number(day_number(date) + days)",
    "    return date.replace(year=moved.year, month=moved.month, day=moved.day)",
  ],
  [dayNumber, fromDayNumber],
);

export const daysInMonth = helper(
  "daysInMonth",
  ["function daysInMonth(year, month) {", "  return new Date(Date.UTC(year, month, 0)).getUTCDate();", "}"],
  ["import calendar", "def days_in_month(year, month):", "    return calendar.monthrange(year, month)[1]"],
);

export const addMonths = helper(
  "addMonths",
  [
    "/** The 31st becomes the last day of a shorter month. */",
    "function addMonths(date, months) {",
    "  const total = date.year * 12 + date.month - 1 + months;",
    "  const year = Math.floor(total / 12);",
    "  const month = total - year * 12 + 1;",
    "  if (!Number.isInteger(months) || !(year >= 1000 && year <= 9999))",
    '    throw new TypeError("expected whole months that lead to the years 1000 to 9999");',
    "  return { ...date, year, month, day: Math.min(date.day, daysInMonth(year, month)) };",
    "}",
  ],
  [
    "def add_months(date, months):",
    '    """The 31st becomes the last day of a shorter month."""',
    "    total = date.year * 12 + date.month - 1 + months",
    "    if months % 1 or not 12_000 <= total < 120_000:",
    '        raise TypeError("expected whole months that lead to the years 1000 to 9999")',
    "    year, month = divmod(int(total), 12)",
    "    return date.replace(year=year, month=month + 1, day=min(date.day, days_in_month(year, month + 1)))",
  ],
  [daysInMonth],
);

export const weekday = helper(
  "weekday",
  [
    "/** 0 for Sunday to 6 for Saturday. */",
    "function weekday({ year, month, day }) {",
    "  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();",
    "}",
  ],
  ["def weekday(date):", '    """0 for Sunday to 6 for Saturday."""', "    return date.isoweekday() % 7"],
);

export const secondOfDay = helper(
  "secondOfDay",
  ["function secondOfDay({ hour, minute, second }) {", "  return hour * 3600 + minute * 60 + second;", "}"],
  ["def second_of_day(time):", "    return time.hour * 3600 + time.minute * 60 + time.second"],
);

export const timeAt = helper(
  "timeAt",
  [
    "/** The time of day so many seconds after midnight; after a day it begins again. */",
    "function timeAt(seconds) {",
    '  if (!Number.isInteger(seconds)) throw new TypeError("expected whole seconds");',
    "  const rest = ((seconds % 86_400) + 86_400) % 86_400;",
    "  return { hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60 };",
    "}",
  ],
  [
    dt,
    "def time_at(seconds):",
    '    """The time of day so many seconds after midnight; after a day it begins again."""',
    "    if seconds % 1:",
    '        raise TypeError("expected whole seconds")',
    "    rest = int(seconds) % 86_400",
    "    return datetime.time(rest // 3600, rest // 60 % 60, rest % 60)",
  ],
);

export const epochSeconds = helper(
  "epochSeconds",
  [
    "/** Seconds since 1 January 1970. */",
    "function epochSeconds(moment) {",
    "  return dayNumber(moment) * 86_400 + secondOfDay(moment);",
    "}",
  ],
  [
    "def epoch_seconds(moment):",
    '    """Seconds since 1 January 1970."""',
    "    return day_number(moment) * 86_400 + second_of_day(moment)",
  ],
  [dayNumber, secondOfDay],
);

export const fromEpochSeconds = helper(
  "fromEpochSeconds",
  [
    "/** The moment so many seconds after 1 January 1970. */",
    "function fromEpochSeconds(seconds) {",
    "  return { ...fromDayNumber(Math.floor(seconds / 86_400)), ...timeAt(seconds) };",
    "}",
  ],
  [
    dt,
    "def from_epoch_seconds(seconds):",
    '    """The moment so many seconds after 1 January 1970."""',
    "    return datetime.datetime.combine(from_day_number(seconds // 86_400), time_at(seconds))",
  ],
  [fromDayNumber, timeAt],
);
