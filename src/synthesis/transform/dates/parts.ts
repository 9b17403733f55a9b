/** Operations from a date to text: its parts, as people write them, and a few whole formats. */
import { type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import type { Shape } from "./forms.ts";
import { languages, weekdaysOnly } from "./names.ts";
import { type Count, counts, fiscalQuarter, fiscalStart, fiscalYear, helpersOfCount } from "./part-counts.ts";
import { monthNames, ordinal, ordinalDay, weekdayNames } from "./part-names.ts";

export interface Part {
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
