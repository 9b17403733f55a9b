/** The calendar: days counted since 1 January 1970, lengths of months, weeks after ISO 8601. All pure, Gregorian, no zone. */
import type { Moment } from "../language/expr.ts";

export const dayMs = 86_400_000;

/** A time of day without a date stands in this year, which no reader of dates accepts. */
export const timeYear = 0;

/** Years the readers and moves accept: four digits, as in what people write. */
export const firstYear = 1000;
export const lastYear = 9999;

export const midnight = { hour: 0, minute: 0, second: 0 } as const;

/** Days since 1 January 1970; months beyond 12 and days beyond the month run on. */
export function dayNumber({ year, month, day }: Pick<Moment, "year" | "month" | "day">): number {
  return Math.round(Date.UTC(year, month - 1, day) / dayMs);
}

/** Undefined outside the years 1000 to 9999. The time of day is that of `time`. */
export function fromDayNumber(number: number, time: Pick<Moment, "hour" | "minute" | "second">): Moment | undefined {
  if (!Number.isSafeInteger(number) || Math.abs(number) > 4_000_000) return undefined;
  const date = new Date(number * dayMs);
  const year = date.getUTCFullYear();
  if (year < firstYear || year > lastYear) return undefined;
  const { hour, minute, second } = time;
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour, minute, second };
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(date: Moment): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** 1 for 1 January. */
export function dayOfYear(date: Moment): number {
  return dayNumber(date) - dayNumber({ year: date.year, month: 1, day: 1 }) + 1;
}

/** The day number of the Thursday of the ISO 8601 week: it lies in the year that the week belongs to. */
function thursday(date: Moment): number {
  return dayNumber(date) + 4 - (weekday(date) || 7);
}

export function isoWeekYear(date: Moment): number {
  return new Date(thursday(date) * dayMs).getUTCFullYear();
}

export function isoWeek(date: Moment): number {
  const first = dayNumber({ year: isoWeekYear(date), month: 1, day: 1 });
  return Math.floor((thursday(date) - first) / 7) + 1;
}

/** So many months later; the 31st becomes the last day of a shorter month. */
export function addMonths(date: Moment, months: number): Moment | undefined {
  if (!Number.isSafeInteger(months) || Math.abs(months) > 120_000) return undefined;
  const total = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  if (year < firstYear || year > lastYear) return undefined;
  return { ...date, year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}

export function addDays(date: Moment, days: number): Moment | undefined {
  return Number.isSafeInteger(days) ? fromDayNumber(dayNumber(date) + days, date) : undefined;
}

/** Seconds since midnight. */
export function secondOfDay({ hour, minute, second }: Pick<Moment, "hour" | "minute" | "second">): number {
  return hour * 3600 + minute * 60 + second;
}

/** Seconds since 1 January 1970. */
export function epochSeconds(moment: Moment): number {
  return dayNumber(moment) * 86_400 + secondOfDay(moment);
}

/** A moment so many seconds after 1 January 1970. */
export function fromEpoch(seconds: number): Moment | undefined {
  if (!Number.isSafeInteger(seconds)) return undefined;
  const days = Math.floor(seconds / 86_400);
  return fromDayNumber(days, timeAt(seconds - days * 86_400));
}

/** The time of day so many seconds after midnight; it wraps. */
export function timeAt(seconds: number): Pick<Moment, "hour" | "minute" | "second"> {
  const rest = ((seconds % 86_400) + 86_400) % 86_400;
  return { hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60 };
}

/** Full months from the first to the second date; negative where the second is earlier. */
export function fullMonths(from: Moment, to: Moment): number {
  const months = (to.year - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) return months - 1;
  return months < 0 && to.day > from.day ? months + 1 : months;
}
