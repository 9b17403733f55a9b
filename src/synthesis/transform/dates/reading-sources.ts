/** The helpers that reading dates calls: they make a date, a time or both of what a pattern found. */
import { dt, epochSeconds, fromEpochSeconds, helper } from "./sources.ts";

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
