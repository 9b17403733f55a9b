/**
 * The helpers that dated programs call, as a person would write them. A date is `{ year, month, day }`, a time of day
 * `{ hour, minute, second }`, a moment both together; in Python they are date, time and datetime.
 */
import type { Helper } from "../language/expr.ts";

const helper = (name: string, js: string[], py: string[], needs: readonly Helper[] = []): Helper => ({
  name,
  js: js.join("\n"),
  py: py.join("\n"),
  needs,
});

const dt = "import datetime";

export const toDate = helper(
  "toDate",
  [
    "function toDate(year, month, day) {",
    "  const date = new Date(Date.UTC(year, month - 1, day));",
    "  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)",
    '    throw new TypeError("expected a day of the calendar");',
    "  return { year, month, day };",
    "}",
  ],
  [
    dt,
    "def to_date(year, month, day):",
    "    try:",
    "        return datetime.date(year, month, day)",
    "    except ValueError:",
    '        raise TypeError("expected a day of the calendar") from None',
  ],
);

export const toTime = helper(
  "toTime",
  [
    "function toTime(hour, minute, second) {",
    '  if (hour > 23 || minute > 59 || second > 59) throw new TypeError("expected a time of day");',
    "  return { hour, minute, second };",
    "}",
  ],
  [
    dt,
    "def to_time(hour, minute, second):",
    "    try:",
    "        return datetime.time(hour, minute, second)",
    "    except ValueError:",
    '        raise TypeError("expected a time of day") from None',
  ],
);

export const fullYear = helper(
  "fullYear",
  [
    "/** Two digits below the pivot are of this century, others of the last. */",
    "function fullYear(year, pivot) {",
    "  if (year > 99) return year;",
    "  return year < pivot ? 2000 + year : 1900 + year;",
    "}",
  ],
  [
    "def full_year(year, pivot):",
    '    """Two digits below the pivot are of this century, others of the last."""',
    "    if year > 99:",
    "        return year",
    "    return 2000 + year if year < pivot else 1900 + year",
  ],
);

export const hourOfDay = helper(
  "hourOfDay",
  [
    "/** From a 12-hour clock; without AM or PM the hour stays. */",
    "function hourOfDay(hour, half) {",
    "  if (!half) return hour;",
    '  if (hour < 1 || hour > 12) throw new TypeError("expected an hour from 1 to 12");',
    "  return (hour % 12) + (/^(?:p|오후|午後|下午)/i.test(half) ? 12 : 0);",
    "}",
  ],
  [
    "import re",
    "def hour_of_day(hour, half):",
    '    """From a 12-hour clock; without AM or PM the hour stays."""',
    "    if not half:",
    "        return hour",
    "    if not 1 <= hour <= 12:",
    '        raise TypeError("expected an hour from 1 to 12")',
    '    return hour % 12 + (12 if re.match("p|오후|午後|下午", half, re.I) else 0)',
  ],
);

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

export const toUtc = helper(
  "toUtc",
  [
    "/** A moment with an offset like +02:00 or Z as UTC. */",
    "function toUtc(moment, offset) {",
    "  const minutes = offset.length < 5 ? 0 : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));",
    '  return fromEpochSeconds(epochSeconds(moment) - (offset.startsWith("-") ? -minutes : minutes) * 60);',
    "}",
  ],
  [
    "def to_utc(moment, offset):",
    '    """A moment with an offset like +02:00 or Z as UTC."""',
    "    minutes = 0 if len(offset) < 5 else int(offset[1:3]) * 60 + int(offset[-2:])",
    '    return from_epoch_seconds(epoch_seconds(moment) - (-minutes if offset.startswith("-") else minutes) * 60)',
  ],
  [epochSeconds, fromEpochSeconds],
);

export const centuryHelper = helper(
  "centuryOf",
  [
    "/** The century that a digit of a Korean registration number stands for. */",
    "function centuryOf(digit) {",
    '  if ("1256".includes(digit)) return 1900;',
    '  return "3478".includes(digit) ? 2000 : 1800;',
    "}",
  ],
  [
    "def century_of(digit):",
    '    """The century that a digit of a Korean registration number stands for."""',
    '    return 1900 if digit in "1256" else 2000 if digit in "3478" else 1800',
  ],
);

export const weekdayHelper = helper(
  "weekdayDate",
  [
    "/** The weekday of this name, or one that begins so, in the week from Sunday, 2 January 2000 on. */",
    "function weekdayDate(name, weekdays) {",
    "  const at = weekdays.findIndex((weekday) => weekday.toLowerCase().startsWith(name.toLowerCase()));",
    '  if (at < 0) throw new TypeError("expected the name of a weekday");',
    "  return toDate(2000, 1, 2 + at);",
    "}",
  ],
  [
    "def weekday_date(name, weekdays):",
    '    """The weekday of this name, or one that begins so, in the week from Sunday, 2 January 2000 on."""',
    "    for at, weekday in enumerate(weekdays):",
    "        if weekday.lower().startswith(name.lower()):",
    "            return to_date(2000, 1, 2 + at)",
    '    raise TypeError("expected the name of a weekday")',
  ],
  [toDate],
);
