/** Number items of dates: their parts as numbers, and what lies between two of them. */
import type { Op } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import type { Scene } from "../scene.ts";
import { clockBetweens, dayBetweens } from "./between.ts";
import { secondOfDay } from "./calendar.ts";
import { durations, sumOp } from "./durations.ts";
import type { Shape } from "./forms.ts";
import { type Count, counts, helpersOfCount } from "./part-counts.ts";
import { shapeOf } from "./read.ts";
import * as sources from "./sources.ts";

const maxDates = 6;

const maxNumbers = 200;

/** Of two dates in a row one asks what lies between them, sooner than anything else. */
const betweenDiscount = -1.2;

/** A third field that is a number of minutes is hardly there by chance. */
const pauseDiscount = -1.5;

const dateCounts: readonly (readonly [Count, number])[] = [
  [counts.year, 0.6],
  [counts.month, 0.8],
  [counts.day, 0.8],
  [counts.quarter, 1.2],
  [counts.dayOfYear, 1.4],
  [counts.daysInMonth, 1.4],
  [counts.isoWeek, 2],
  [counts.isoWeekday, 2.6],
  [counts.weekday, 2.8],
  [counts.half, 2],
];

const clockCounts: readonly (readonly [Count, number])[] = [
  [counts.hour, 0.8],
  [counts.minute, 0.8],
  [counts.second, 1.2],
];

/** A time of day in minutes or hours since midnight. */
const sinceMidnight = (unit: string, divisor: number): Count => ({
  key: `${unit}OfDay`,
  apply: (date) => secondOfDay(date) / divisor,
  js: (date) => `secondOfDay(${date})${divisor === 1 ? "" : ` / ${divisor}`}`,
  py: (date) => `second_of_day(${date})${divisor === 1 ? "" : ` / ${divisor}`}`,
  say: `the ${unit}s from midnight to %`,
  helpers: [sources.secondOfDay],
  loose: true,
});

const dayCounts: readonly (readonly [Count, number])[] = [
  [sinceMidnight("minute", 60), 1.2],
  [sinceMidnight("hour", 3600), 1.4],
  [sinceMidnight("second", 1), 1.8],
];

const countsOf: Readonly<Record<Shape, readonly (readonly [Count, number])[]>> = {
  date: dateCounts,
  moment: [...dateCounts, ...clockCounts, ...dayCounts, [counts.epoch, 2]],
  time: [...clockCounts, ...dayCounts],
  month: dateCounts.filter(([{ key }]) => ["year", "month", "quarter", "half", "daysInMonth"].includes(key)),
  year: [[counts.year, 0.6]],
  birthday: dateCounts.filter(([{ key }]) => ["month", "day"].includes(key)),
  weekday: dateCounts.filter(([{ key }]) => ["isoWeekday", "weekday"].includes(key)),
  monthname: dateCounts.filter(([{ key }]) => ["month", "quarter"].includes(key)),
};

const numberOp = (count: Count, cost: number): Op => ({
  key: `dateNumber:${count.key}`,
  gives: "number",
  cost,
  apply: count.apply,
  js: (date) => count.js(date?.tight ?? ""),
  py: (date) => count.py(date?.tight ?? ""),
  ...(count.loose && { loose: true as const }),
  say: (date) => count.say.replace("%", date),
  helpers: helpersOfCount(count),
  name: count.key,
});

/** Numbers of dates, of what lies between two dates, and durations with their sums and differences; cheapest first. */
export function dateCountItems(scene: Scene, dates: readonly Item[]): Item[] {
  const items: Item[] = [];
  const add = (item: Item | undefined, extra = 0): void => {
    if (item) items.push(judged(extra ? { ...item, cost: item.cost + extra } : item));
  };
  const first = dates.slice(0, maxDates);
  for (const date of first)
    for (const [count, cost] of countsOf[shapeOf(date)]) add(makeItem(numberOp(count, cost), [date]));
  for (const from of dates.slice(0, 12))
    for (const to of dates.slice(0, 12)) {
      if (scene.deadline.expired()) return items;
      const shape = shapeOf(from);
      if (from === to || shapeOf(to) !== shape || !together(from, to)) continue;
      const ops = [
        ...(shape === "date" || shape === "moment" || shape === "month" ? dayBetweens : []),
        ...(shape === "time" || shape === "moment" ? clockBetweens(shape) : []),
      ];
      for (const op of ops) {
        const item = makeItem(op, [from, to], betweenDiscount);
        if (!item) continue;
        const all = [...item.values, ...item.probes];
        if (item.values.every((value) => Number(value) <= 0)) continue;
        add(item, all.some((value) => typeof value === "number" && value < 0) ? 0.8 : 0);
      }
    }
  for (const worked of lessPauses(scene, items)) add(worked);
  const read = durations(scene);
  items.push(...read);
  for (const [i, a] of read.entries())
    for (const b of read.slice(0, 40)) {
      if (scene.deadline.expired()) return items;
      if (a === b || opKey(a) !== opKey(b) || fieldOf(a) === fieldOf(b)) continue;
      if (read.indexOf(b) > i) add(makeItem(sumOp(false), [a, b]));
      add(makeItem(sumOp(true), [a, b]), 0.3);
    }
  return items.sort((a, b) => a.cost - b.cost).slice(0, maxNumbers);
}

const wholeNumber: Op = {
  key: "readWhole",
  gives: "number",
  cost: 0.3,
  apply: (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : undefined),
  js: (text) => `readWhole(${text?.bare})`,
  py: (text) => `read_whole(${text?.bare})`,
  say: (text) => text,
  helpers: [
    {
      name: "readWhole",
      js: [
        "function readWhole(text) {",
        '  if (!/^\\d{1,6}$/.test(text)) throw new TypeError("expected a whole number");',
        "  return Number(text);",
        "}",
      ].join("\n"),
      py: [
        "import re",
        "def read_whole(text):",
        '    if not re.search(r"^[0-9]{1,6}\\Z", text):',
        '        raise TypeError("expected a whole number")',
        "    return int(text)",
      ].join("\n"),
    },
  ],
};

const inHours: Op = {
  key: "inHours",
  gives: "number",
  cost: 0.3,
  apply: (minutes: number) => minutes / 60,
  js: (minutes) => `${minutes?.tight} / 60`,
  py: (minutes) => `${minutes?.tight} / 60`,
  loose: true,
  say: (minutes) => `${minutes} in hours`,
};

/** The minutes between two times less a pause of another field, also in hours. */
function* lessPauses({ texts }: Scene, items: readonly Item[]): Generator<Item | undefined> {
  const minutes = items.filter((item) => /^between:minutes/.test(opKey(item))).slice(0, 6);
  const fields = minutes.length === 0 ? [] : texts.filter(({ expr }) => expr.kind === "field").slice(0, 8);
  for (const field of fields) {
    const pause = makeItem(wholeNumber, [field]);
    if (!pause) continue;
    for (const span of minutes) {
      const worked = makeItem(sumOp(true), [span, pause], pauseDiscount);
      yield worked;
      yield worked && makeItem(inHours, [worked]);
    }
  }
}

const opKey = ({ expr }: Item): string => (expr.kind === "apply" ? expr.op.key : "");

const fieldOf = ({ expr }: Item): string => (expr.kind === "apply" ? (expr.args[0]?.key ?? "") : expr.key);

/** Two dates of different texts that are read in the same form, or not of the same text at least. */
function together(a: Item, b: Item): boolean {
  if (opKey(a) === opKey(b)) return fieldOf(a) !== fieldOf(b);
  const places = [opKey(a), opKey(b)].map((key) => key.replace(/:find(?:Last)?/, ":find"));
  return fieldOf(a) === fieldOf(b) && places[0] === places[1];
}
