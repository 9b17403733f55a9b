/** Operations from date to date: sums, beginnings and ends of periods, weekdays, times rounded to an interval. */
import { type Code, type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import {
  addDays,
  addMonths,
  dayNumber,
  daysInMonth,
  epochSeconds,
  fromEpoch,
  secondOfDay,
  timeAt,
  timeYear,
  weekday,
} from "./calendar.ts";
import type { Shape } from "./forms.ts";
import { nameOf } from "./reader.ts";
import * as sources from "./sources.ts";

const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

type Move = (date: Moment) => Moment | undefined;

/** @param js,py the source around the date's */
function move(
  shape: Shape,
  key: string,
  cost: number,
  apply: Move,
  js: (date: string) => string,
  py: (date: string) => string,
  say: string,
  helpers: readonly Helper[],
): Op {
  return {
    key: `${shape}:${key}`,
    gives: "date",
    cost,
    apply,
    js: (date) => js(date?.tight ?? ""),
    py: (date) => py(date?.tight ?? ""),
    say: (date) => say.replace("%", date),
    helpers,
    name: nameOf(shape),
  };
}

const plural = (n: number, unit: string): string => `${Math.abs(n)} ${unit}${Math.abs(n) === 1 ? "" : "s"}`;
const shifted = (n: number, unit: string): string => `the date ${plural(n, unit)} ${n < 0 ? "before" : "after"} %`;
const digitCost = (n: number): number => 0.5 * String(Math.abs(n)).length;

export const addDaysOp = (shape: Shape, days: number): Op =>
  move(
    shape,
    `addDays${days}`,
    (Math.abs(days) === 1 || days % 7 === 0 || days % 10 === 0 ? 1.2 : 1.8) + digitCost(days) + (days < 0 ? 0.3 : 0),
    (date) => addDays(date, days),
    (date) => `addDays(${date}, ${days})`,
    (date) => `add_days(${date}, ${days})`,
    days % 7 === 0 ? shifted(days / 7, "week") : shifted(days, "day"),
    [sources.addDays],
  );

export const addMonthsOp = (shape: Shape, months: number): Op =>
  move(
    shape,
    `addMonths${months}`,
    1.5 + (months % 12 === 0 ? digitCost(months / 12) : digitCost(months)) + (months < 0 ? 0.3 : 0),
    (date) => addMonths(date, months),
    (date) => `addMonths(${date}, ${months % 12 === 0 && months > 12 ? `${months / 12} * 12` : months})`,
    (date) => `add_months(${date}, ${months % 12 === 0 && months > 12 ? `${months / 12} * 12` : months})`,
    months % 12 === 0 ? shifted(months / 12, "year") : shifted(months, "month"),
    [sources.addMonths],
  );

const secondsOf = (shape: Shape, date: string): string =>
  shape === "time" ? `secondOfDay(${date})` : `epochSeconds(${date})`;
const secondsOfPy = (shape: Shape, date: string): string =>
  shape === "time" ? `second_of_day(${date})` : `epoch_seconds(${date})`;
const fromSeconds = (shape: Shape, seconds: string): string =>
  shape === "time" ? `timeAt(${seconds})` : `fromEpochSeconds(${seconds})`;
const fromSecondsPy = (shape: Shape, seconds: string): string =>
  shape === "time" ? `time_at(${seconds})` : `from_epoch_seconds(${seconds})`;
const clockHelpers = (shape: Shape): Helper[] =>
  shape === "time" ? [sources.secondOfDay, sources.timeAt] : [sources.epochSeconds, sources.fromEpochSeconds];

/** The moment whose seconds are a function of those of the date. */
function bySeconds(shape: Shape, map: (seconds: number) => number): Move {
  return (date) => {
    if (shape !== "time") return fromEpoch(map(epochSeconds(date)));
    const seconds = map(secondOfDay(date));
    return Number.isSafeInteger(seconds) ? { year: timeYear, month: 1, day: 1, ...timeAt(seconds) } : undefined;
  };
}

export const addMinutesOp = (shape: Shape, minutes: number): Op => {
  const hours = minutes % 60 === 0;
  const amount = hours ? Math.abs(minutes / 60) : Math.abs(minutes);
  const sum = `${minutes < 0 ? "-" : "+"} ${hours ? (amount === 1 ? "3600" : `${amount} * 3600`) : `${amount} * 60`}`;
  return move(
    shape,
    `addMinutes${minutes}`,
    (amount === 1 || amount % 5 === 0 || hours ? 1.4 : 2) + digitCost(amount) + (minutes < 0 ? 0.3 : 0),
    bySeconds(shape, (seconds) => seconds + minutes * 60),
    (date) => fromSeconds(shape, `${secondsOf(shape, date)} ${sum}`),
    (date) => fromSecondsPy(shape, `${secondsOfPy(shape, date)} ${sum}`),
    shifted(hours ? minutes / 60 : minutes, hours ? "hour" : "minute"),
    clockHelpers(shape),
  );
};

/** Down, to the nearest, or up to full intervals of so many minutes; `end` is the end of the interval that began. */
export function roundMinutesOp(shape: Shape, minutes: number, way: "down" | "nearest" | "up" | "end"): Op {
  const step = minutes * 60;
  const map = {
    down: (s: number) => Math.floor(s / step) * step,
    nearest: (s: number) => Math.floor((s + step / 2) / step) * step,
    up: (s: number) => Math.ceil(s / step) * step,
    end: (s: number) => (Math.floor(s / step) + 1) * step,
  }[way];
  const usual = [15, 30, 60].includes(minutes) ? 0 : 0.5;
  return move(
    shape,
    `${way}To${minutes}`,
    { down: 1.8, nearest: 2, up: 2.2, end: 2.1 }[way] + usual,
    bySeconds(shape, map),
    (date) => {
      const seconds = secondsOf(shape, date);
      const steps = {
        down: `Math.floor(${seconds} / ${step})`,
        nearest: `Math.floor((${seconds} + ${step / 2}) / ${step})`,
        up: `Math.ceil(${seconds} / ${step})`,
        end: `(Math.floor(${seconds} / ${step}) + 1)`,
      }[way];
      return fromSeconds(shape, `${steps} * ${step}`);
    },
    (date) => {
      const seconds = secondsOfPy(shape, date);
      const steps = {
        down: `${seconds} // ${step}`,
        nearest: `(${seconds} + ${step / 2}) // ${step}`,
        up: `-(-${seconds} // ${step})`,
        end: `(${seconds} // ${step} + 1)`,
      }[way];
      return fromSecondsPy(shape, `${steps} * ${step}`);
    },
    way === "end"
      ? `the end of the ${plural(minutes, "minute")} that % lies in`
      : `% ${{ down: "rounded down", nearest: "rounded", up: "rounded up" }[way]} to ${plural(minutes, "minute")}`,
    clockHelpers(shape),
  );
}

const replaced = (js: string, py: string): Pick<Replace, "js" | "py"> => ({
  js: (d) => `{ ...${d}, ${js.replaceAll("%", d)} }`,
  py: (d) => `${d}.replace(${py.replaceAll("%", d)})`,
});

interface Replace {
  readonly js: (date: string) => string;
  readonly py: (date: string) => string;
}

const monthEnd = (date: Moment): Moment => ({ ...date, day: daysInMonth(date.year, date.month) });
const quarterMonth = (date: Moment): number => date.month - ((date.month - 1) % 3);

const quarterHelper: Helper = {
  name: "startOfQuarter",
  js: "function startOfQuarter(date) {\n  return { ...date, month: date.month - ((date.month - 1) % 3), day: 1 };\n}",
  py: "def start_of_quarter(date):\n    return date.replace(month=date.month - (date.month - 1) % 3, day=1)",
};

const monthEndHelper: Helper = {
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

const businessHelper: Helper = {
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

function addBusinessDays(date: Moment, days: number): Moment | undefined {
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

/** A date and a number of units after it (or before it). */
export function shiftOps(shape: Shape): Op[] {
  const ops: Op[] = [];
  const add = (
    key: string,
    cost: number,
    apply: (date: Moment, n: number) => Moment | undefined,
    call: (n: string) => [js: string, py: string],
    unit: string,
    helpers: readonly Helper[],
    before: boolean,
  ): void => {
    const source = (python: 0 | 1) => (date?: Code, n?: Code) => {
      const [left, right] = (call(before ? `-${n?.tight}` : (n?.tight ?? ""))[python] ?? "").split("%");
      return `${left}${date?.bare}${right}`;
    };
    ops.push({
      key: `${shape}:${before ? "minus" : "plus"}${key}`,
      gives: "date",
      cost: cost + (before ? 0.4 : 0),
      apply: (date: Moment, n: number) => (Number.isFinite(n) ? apply(date, before ? -n : n) : undefined),
      js: source(0),
      py: source(1),
      say: (date, n) => `the date ${n} ${unit} ${before ? "before" : "after"} ${date}`,
      helpers,
      name: nameOf(shape),
    });
  };
  for (const before of [false, true]) {
    if (shape !== "time") {
      add("Days", 1, addDays, (n) => [`addDays(%, ${n})`, `add_days(%, ${n})`], "days", [sources.addDays], before);
      add(
        "Months",
        1.3,
        addMonths,
        (n) => [`addMonths(%, ${n})`, `add_months(%, ${n})`],
        "months",
        [sources.addMonths],
        before,
      );
      add(
        "Weeks",
        1.6,
        (date, n) => addDays(date, n * 7),
        (n) => [`addDays(%, ${n} * 7)`, `add_days(%, ${n} * 7)`],
        "weeks",
        [sources.addDays],
        before,
      );
      add(
        "Years",
        1.5,
        (date, n) => addMonths(date, n * 12),
        (n) => [`addMonths(%, ${n} * 12)`, `add_months(%, ${n} * 12)`],
        "years",
        [sources.addMonths],
        before,
      );
      add(
        "BusinessDays",
        2.4,
        addBusinessDays,
        (n) => [`addBusinessDays(%, ${n})`, `add_business_days(%, ${n})`],
        "working days",
        [businessHelper],
        before,
      );
    }
    if (shape === "time" || shape === "moment")
      for (const [key, unit, cost] of [
        ["Minutes", 60, 1],
        ["Hours", 3600, 1.3],
        ["Seconds", 1, 1.8],
      ] as const)
        add(
          key,
          cost,
          (date, n) => bySeconds(shape, (seconds) => seconds + n * unit)(date),
          (n) => [
            fromSeconds(shape, `${secondsOf(shape, "%")} + ${n}${unit === 1 ? "" : ` * ${unit}`}`),
            fromSecondsPy(shape, `${secondsOfPy(shape, "%")} + ${n}${unit === 1 ? "" : ` * ${unit}`}`),
          ],
          key.toLowerCase(),
          clockHelpers(shape),
          before,
        );
  }
  return ops;
}

/** The later or earlier of two. */
export function extremeOps(shape: Shape): Op[] {
  const order = (a: Moment, b: Moment): boolean => rank(a) >= rank(b);
  return [true, false].map((later): Op => {
    const name = later ? "laterOf" : "earlierOf";
    const pyName = later ? "max" : "min";
    const needs =
      shape === "time" ? [sources.secondOfDay] : shape === "moment" ? [sources.epochSeconds] : [sources.dayNumber];
    const by = needs[0]?.name ?? "";
    const key = `${name}${shape === "time" ? "Times" : shape === "moment" ? "Moments" : "Dates"}`;
    return {
      key: `${shape}:${name}`,
      gives: "date",
      cost: 1.2,
      apply: (a: Moment, b: Moment) => (order(a, b) === later ? a : b),
      js: (a, b) => `${key}(${a?.bare}, ${b?.bare})`,
      py: (a, b) => `${snakeCase(key)}(${a?.bare}, ${b?.bare})`,
      say: (a, b) => `the ${later ? "later" : "earlier"} of ${a} and ${b}`,
      helpers: [
        {
          name: key,
          js: `function ${key}(a, b) {\n  return ${by}(a) ${later ? ">=" : "<"} ${by}(b) ? a : b;\n}`,
          py: `def ${snakeCase(key)}(a, b):\n    return ${pyName}(a, b)`,
          needs,
        },
      ],
      name: nameOf(shape),
    };
  });
}

/** For comparisons: grows with time. */
export function rank(moment: Moment): number {
  return moment.year === timeYear ? secondOfDay(moment) : dayNumber(moment) * 86_400 + secondOfDay(moment);
}
