/** Operations from a date to text: its parts, as people write them, and a few whole formats. */
import { type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import { dayNumber, dayOfYear, epochSeconds, isoWeek, isoWeekYear, weekday } from "./calendar.ts";
import type { Shape } from "./forms.ts";
import { type Language, languages, monthsTable, tableHelper, weekdaysOnly, weekdaysTable } from "./names.ts";
import * as sources from "./sources.ts";

interface Part {
  readonly key: string;
  readonly cost: number;
  readonly apply: (date: Moment) => string | undefined;
  readonly js: (date: string) => string;
  readonly py: (date: string) => string;
  readonly say: string;
  readonly helpers?: readonly Helper[];
  readonly loose?: true;
}

const textOp = ({ key, cost, apply, js, py, say, helpers, loose }: Part): Op => ({
  key: `dateText:${key}`,
  gives: "text",
  cost,
  apply,
  js: (date) => js(date?.tight ?? ""),
  py: (date) => py(date?.tight ?? ""),
  say: (date) => say.replace("%", date),
  ...(helpers && { helpers }),
  ...(loose && { loose }),
});

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
const fiscalYear = (start: number): Count => ({
  key: `fiscalYear${start}`,
  apply: (d) => (d.month >= start ? d.year + 1 : d.year),
  js: (d) => `${d}.year + (${d}.month >= ${start} ? 1 : 0)`,
  py: (d) => `${d}.year + (1 if ${d}.month >= ${start} else 0)`,
  say: `the year in which the fiscal year of % ends (it starts in month ${start})`,
  loose: true,
});

const fiscalStart = (start: number): Count => ({
  key: `fiscalStart${start}`,
  apply: (d) => (d.month >= start ? d.year : d.year - 1),
  js: (d) => `${d}.year - (${d}.month < ${start} ? 1 : 0)`,
  py: (d) => `${d}.year - (1 if ${d}.month < ${start} else 0)`,
  say: `the year in which the fiscal year of % starts (in month ${start})`,
  loose: true,
});

const fiscalQuarter = (start: number): Count => ({
  key: `fiscalQuarter${start}`,
  apply: (d) => Math.floor(((d.month + 12 - start) % 12) / 3) + 1,
  js: (d) => `Math.floor(((${d}.month + ${12 - start}) % 12) / 3) + 1`,
  py: (d) => `(${d}.month + ${12 - start}) % 12 // 3 + 1`,
  say: `the quarter of % in a fiscal year that starts in month ${start}`,
  loose: true,
});

/** As it is, or padded with zeros to a width. */
function digits(count: Count, cost: number, width = 0): Part {
  const text = (date: string): string => `String(${count.js(date)})`;
  return {
    key: `${count.key}/${width}`,
    cost,
    apply: (date) => String(count.apply(date)).padStart(width, "0"),
    js: (date) => (width ? `${text(date)}.padStart(${width}, "0")` : text(date)),
    py: (date) => (width ? `str(${count.py(date)}).zfill(${width})` : `str(${count.py(date)})`),
    say: width ? `${count.say} with ${width} digits` : count.say,
    helpers: helpersOfCount(count),
  };
}

/** The last two digits. */
function lastTwo(count: Count, cost: number): Part {
  return {
    key: `${count.key}%100`,
    cost,
    apply: (date) => String(count.apply(date)).slice(-2),
    js: (date) => `String(${count.js(date)}).slice(-2)`,
    py: (date) => `str(${count.py(date)})[-2:]`,
    say: `the last two digits of ${count.say}`,
    helpers: helpersOfCount(count),
  };
}

const ordinalDay: Helper = {
  name: "ordinalDay",
  js: [
    "function ordinalDay(day) {",
    '  const suffix = day >= 11 && day <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");',
    "  return day + suffix;",
    "}",
  ].join("\n"),
  py: [
    "def ordinal_day(day):",
    '    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")',
    '    return f"{day}{suffix}"',
  ].join("\n"),
};

function ordinal(day: number): string {
  return `${day}${day >= 11 && day <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th")}`;
}

type Case = readonly [key: string, cost: number, apply: (text: string) => string, js: string, py: string, say: string];

const cases: readonly Case[] = [
  ["", 0, (t) => t, "", "", ""],
  ["upper", 0.4, (t) => t.toUpperCase(), ".toUpperCase()", ".upper()", " in capitals"],
  ["lower", 0.4, (t) => t.toLowerCase(), ".toLowerCase()", ".lower()", " in small letters"],
  ["title", 0.9, (t) => t.charAt(0).toUpperCase() + t.slice(1), "", ".capitalize()", " with a capital"],
];

/** Elements of a table in all cases, whole or their first letters. */
function names(
  table: Helper,
  rows: readonly string[],
  index: (date: Moment) => number,
  source: (date: string) => string,
  lengths: readonly (readonly [letters: number, cost: number])[],
  base: number,
  say: string,
  helpers: readonly Helper[],
): Part[] {
  const small = rows[0] === rows[0]?.toLowerCase() && rows[0] !== rows[0]?.toUpperCase();
  return lengths.flatMap(([letters, cost]) =>
    cases
      .filter(
        ([key]) => key === "" || (rows[0]?.toLowerCase() !== rows[0]?.toUpperCase() && (key !== "title" || small)),
      )
      .filter(([key]) => key !== "lower" || !small)
      .map(([key, extra, apply, js, py, how]): Part => {
        const cut = letters ? `.slice(0, ${letters})` : "";
        const cutPy = letters ? `[:${letters}]` : "";
        const of = (date: string): string => `${table.name}[${source(date)}]`;
        return {
          key: `${table.name}${letters}${key}`,
          cost: base + cost + extra,
          apply: (date) => {
            const name = rows[index(date)] ?? "";
            return apply(letters ? name.slice(0, letters) : name);
          },
          js: (date) => (key === "title" ? `capitalizeName(${of(date)}${cut})` : `${of(date)}${cut}${js}`),
          py: (date) => `${of(date)}${cutPy}${py}`,
          say: `${letters === 1 ? "the first letter of " : letters ? "the short " : "the "}${say} of %${how}`,
          helpers: [table, ...helpers, ...(key === "title" ? [capitalizeHelper] : [])],
        };
      }),
  );
}

const capitalizeHelper: Helper = {
  name: "capitalizeName",
  js: "function capitalizeName(name) {\n  return name.charAt(0).toUpperCase() + name.slice(1);\n}",
  py: "def capitalize_name(name):\n    return name.capitalize()",
};

function monthNames(language: Language): Part[] {
  const index = (date: Moment): number => date.month - 1;
  const source = (date: string): string => `${date}.month - 1`;
  const say = language.key ? `${language.name} month name` : "month name";
  const base = 1 + language.cost;
  const long = names(
    monthsTable(language),
    language.months,
    index,
    source,
    language.shortMonths
      ? [[0, 0]]
      : [
          [0, 0],
          [3, 0.1],
          [1, 1],
        ],
    base,
    say,
    [],
  );
  if (!language.shortMonths) return long;
  const table = tableHelper(`${language.key}SHORT_MONTHS`, language.shortMonths);
  return [...long, ...names(table, language.shortMonths, index, source, [[0, 0.1]], base, `short ${say}`, [])];
}

function weekdayNames(language: Pick<Language, "key" | "name" | "cost" | "weekdays" | "shortWeekday">): Part[] {
  const lengths: (readonly [number, number])[] = [
    [0, 0],
    [language.shortWeekday, 0.1],
  ];
  if (language.shortWeekday === 3) lengths.push([2, 0.8]);
  if (language.key === "") lengths.push([1, 1.2]);
  return names(
    weekdaysTable(language),
    language.weekdays,
    weekday,
    (date) => `weekday(${date})`,
    lengths,
    1.2 + language.cost,
    language.key ? `${language.name} weekday` : "weekday",
    [sources.weekday],
  );
}

const halves: readonly (readonly [am: string, pm: string, cost: number])[] = [
  ["AM", "PM", 0.8],
  ["am", "pm", 0.8],
  ["a.m.", "p.m.", 1],
  ["a", "p", 1.6],
  ["A", "P", 1.6],
  ["오전", "오후", 1],
  ["午前", "午後", 1.2],
  ["上午", "下午", 1.2],
];

const halfDay = ([am, pm, cost]: (typeof halves)[number]): Part => ({
  key: `half/${am}`,
  cost,
  apply: (date) => (date.hour < 12 ? am : pm),
  js: (date) => `${date}.hour < 12 ? "${am}" : "${pm}"`,
  py: (date) => `"${am}" if ${date}.hour < 12 else "${pm}"`,
  say: `${am} or ${pm} for %`,
  loose: true,
});

export const isoDateHelper: Helper = {
  name: "isoDate",
  js: [
    "function isoDate({ year, month, day }) {",
    '  return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");',
    "}",
  ].join("\n"),
  py: 'def iso_date(date):\n    return date.strftime("%Y-%m-%d")',
};

const isoDate: Part = {
  key: "isoDate",
  cost: 1,
  apply: (date) => formatIso(date),
  js: (date) => `isoDate(${date})`,
  py: (date) => `iso_date(${date})`,
  say: "% as yyyy-mm-dd",
  helpers: [isoDateHelper],
};

const two = (n: number): string => String(n).padStart(2, "0");

export const formatIso = ({ year, month, day }: Pick<Moment, "year" | "month" | "day">): string =>
  `${year}-${two(month)}-${two(day)}`;

function clockPart(key: string, cost: number, seconds: boolean, say: string): Part {
  const js = ["hour", "minute", ...(seconds ? ["second"] : [])];
  return {
    key,
    cost,
    apply: (d) => [d.hour, d.minute, ...(seconds ? [d.second] : [])].map(two).join(":"),
    js: (date) => `${key}(${date})`,
    py: (date) => `${snakeCase(key)}(${date})`,
    say,
    helpers: [
      {
        name: key,
        js: [
          `function ${key}({ ${js.join(", ")} }) {`,
          `  return [${js.join(", ")}].map((part) => String(part).padStart(2, "0")).join(":");`,
          "}",
        ].join("\n"),
        py: `def ${snakeCase(key)}(time):\n    return time.strftime("${seconds ? "%H:%M:%S" : "%H:%M"}")`,
      },
    ],
  };
}

const years: readonly Part[] = [digits(counts.year, 0.4), lastTwo(counts.year, 0.8)];

const monthParts: readonly Part[] = [
  digits(counts.month, 0.5),
  digits(counts.month, 0.5, 2),
  ...languages.flatMap(monthNames),
];

const periodParts: readonly Part[] = [
  digits(counts.quarter, 0.9),
  digits(counts.half, 1.4),
  ...[7, 10, 4, 9, 8, 2, 3, 5, 6, 11, 12].flatMap((start, i): Part[] => {
    const extra = 2 + (i < 4 ? 0 : 0.8);
    return [
      digits(fiscalYear(start), extra),
      lastTwo(fiscalYear(start), extra + 0.2),
      digits(fiscalStart(start), extra + 0.2),
      lastTwo(fiscalStart(start), extra + 0.5),
      ...(start % 3 === 1 ? [digits(fiscalQuarter(start), extra + 0.5)] : []),
    ];
  }),
];

const yearParts: readonly Part[] = [
  digits(counts.decade, 1.4),
  lastTwo(counts.decade, 2),
  digits(counts.decadeEnd, 2),
  digits(counts.century, 2.6),
  digits(counts.nextYear, 1.8),
  lastTwo(counts.nextYear, 2),
  digits(counts.lastYear, 2),
  lastTwo(counts.lastYear, 2.4),
];

const dayParts: readonly Part[] = [
  digits(counts.day, 0.5),
  digits(counts.day, 0.5, 2),
  {
    key: "dayOrdinal",
    cost: 1,
    apply: (d) => ordinal(d.day),
    js: (d) => `ordinalDay(${d}.day)`,
    py: (d) => `ordinal_day(${d}.day)`,
    say: "the ordinal day of %",
    helpers: [ordinalDay],
  },
];

const calendarParts: readonly Part[] = [
  isoDate,
  ...languages.flatMap(weekdayNames),
  ...weekdaysOnly.flatMap(weekdayNames),
  digits(counts.isoWeek, 1.6),
  digits(counts.isoWeek, 1.6, 2),
  digits(counts.isoYear, 1.8),
  digits(counts.dayOfYear, 1.4),
  digits(counts.dayOfYear, 1.5, 3),
  digits(counts.daysInMonth, 1.4),
  digits(counts.weekOfMonth, 2.6),
  digits(counts.isoWeekday, 2.2),
  digits(counts.weekday, 2.4),
  digits(counts.serialDay, 2.6),
];

const clockParts: readonly Part[] = [
  clockPart("hourMinute", 1, false, "the time of % as hh:mm"),
  clockPart("hourMinuteSecond", 1.2, true, "the time of % as hh:mm:ss"),
  digits(counts.hour, 0.6),
  digits(counts.hour, 0.6, 2),
  digits(counts.hour12, 0.9),
  digits(counts.hour12, 1, 2),
  digits(counts.minute, 0.6),
  digits(counts.minute, 0.5, 2),
  digits(counts.second, 0.9),
  digits(counts.second, 0.8, 2),
  ...halves.map(halfDay),
];

const parts: Readonly<Record<Shape, readonly Part[]>> = {
  date: [
    ...years,
    ...monthParts,
    ...dayParts,
    ...calendarParts,
    ...periodParts,
    ...yearParts,
    digits(counts.epochDay, 2.6),
  ],
  moment: [
    ...years,
    ...monthParts,
    ...dayParts,
    ...clockParts,
    ...calendarParts,
    ...periodParts,
    ...yearParts,
    digits(counts.epoch, 2),
  ],
  time: clockParts,
  month: [...years, ...monthParts, ...periodParts, ...yearParts, digits(counts.daysInMonth, 1.2)],
  year: [...years, ...yearParts],
  birthday: [...monthParts, ...dayParts],
  weekday: [
    ...languages.flatMap(weekdayNames),
    ...weekdaysOnly.flatMap(weekdayNames),
    digits(counts.isoWeekday, 1),
    digits(counts.weekday, 1.4),
  ],
  monthname: [...monthParts, digits(counts.quarter, 0.9), digits(counts.half, 1.4)],
};

/** The parts that a date of this shape has, the likeliest first. */
export function partOps(shape: Shape): readonly Op[] {
  return parts[shape].map(textOp);
}
