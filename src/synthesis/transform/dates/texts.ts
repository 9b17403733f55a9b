/** Text items of dates: their parts, and the parts of what they become by a move, where they occur in the outputs. */
import type { Moment, Op } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import { occurs, type Scene } from "../scene.ts";
import { formatOps } from "./formats.ts";
import type { Shape } from "./forms.ts";
import {
  addBusinessDaysOp,
  addDaysOp,
  addMinutesOp,
  addMonthsOp,
  businessDayOp,
  extremeOps,
  monthWeekdayOp,
  periodOps,
  roundMinutesOp,
  shiftOps,
  weekdayOps,
} from "./moves.ts";
import { languages } from "./names.ts";
import { partOps } from "./parts.ts";
import { distinct, shapeOf } from "./read.ts";

const maxParts = 1_000;
const maxMoved = 60;

/** Text items whose values occur in every target, cheapest first. */
export function dateParts(scene: Scene, dates: readonly Item[], numbers: readonly Item[]): Item[] {
  const found: Item[] = [];
  const known = new Map<Shape, readonly Op[]>();
  const ops = (shape: Shape): readonly Op[] => {
    const made = known.get(shape) ?? [...partOps(shape), ...formatOps(shape)];
    known.set(shape, made);
    return made;
  };
  const add = (date: Item): void => {
    const shape = shapeOf(date);
    for (const op of ops(shape)) {
      const values = date.values.map((value) => op.apply(value as never));
      if (!occurs(values, scene.targets)) continue;
      const item = makeItem(op, [date]);
      if (item) found.push(judged(item));
    }
  };
  for (const date of dates) {
    if (scene.deadline.expired()) break;
    add(date);
  }
  for (const date of movedDates(scene, dates, numbers)) {
    if (scene.deadline.expired()) break;
    add(date);
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, maxParts);
}

/** Dates that the targets may show: every move of a few readings whose day or time stands in each of them. */
export function movedDates(scene: Scene, dates: readonly Item[], numbers: readonly Item[]): Item[] {
  const moved: Item[] = [];
  const base = dates.filter((date) => !["year", "birthday", "monthname"].includes(shapeOf(date))).slice(0, 8);
  const days = numbers
    .filter(({ values }) => values.every((value) => typeof value === "number" && Math.abs(value) <= 100_000))
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, 12);
  const tryOp = (op: Op, args: readonly Item[], shape: Shape): void => {
    const size = scene.targets.length;
    for (let i = 0; i < size; i++) {
      const value = op.apply(...(args.map((arg) => arg.values[i]) as never[]));
      if (value === undefined || !mentions(scene.targets[i] ?? "", value as Moment, shape)) return;
    }
    const item = makeItem(op, args);
    if (item && !same(item, args[0])) moved.push(judged(item));
  };
  for (const date of base) {
    if (scene.deadline.expired()) break;
    const shape = shapeOf(date);
    for (const op of constantMoves(shape)) tryOp(op, [date], shape);
    for (const op of shiftOps(shape)) for (const number of days) tryOp(op, [date, number], shape);
    for (const other of base)
      if (other !== date && shapeOf(other) === shape && other.expr.key !== date.expr.key)
        for (const op of extremeOps(shape)) tryOp(op, [date, other], shape);
  }
  return distinct(moved).slice(0, maxMoved);
}

const same = (a: Item, b?: Item): boolean =>
  b !== undefined &&
  JSON.stringify(a.values) === JSON.stringify(b.values) &&
  JSON.stringify(a.probes) === JSON.stringify(b.probes);

function* constantMoves(shape: Shape): Generator<Op> {
  if (shape !== "time") {
    yield* periodOps(shape === "month" ? "date" : shape);
    for (let months = 1; months <= 24; months++) for (const sign of [1, -1]) yield addMonthsOp(shape, months * sign);
    for (const years of [3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 18, 20, 21, 25, 30, 50, 60, 65, 67, 100])
      for (const sign of [1, -1]) yield addMonthsOp(shape, years * 12 * sign);
    if (shape === "month") return;
    for (let days = 1; days <= 400; days++) for (const sign of [1, -1]) yield addDaysOp(shape, days * sign);
    yield* weekdayOps(shape);
    for (let days = 1; days <= 30; days++) for (const sign of [1, -1]) yield addBusinessDaysOp(shape, days * sign);
    yield businessDayOp(shape);
    for (let day = 0; day < 7; day++) for (const k of [1, 2, 3, 4, -1]) yield monthWeekdayOp(shape, k, day);
  }
  if (shape !== "time" && shape !== "moment") return;
  for (let minutes = 1; minutes <= 120; minutes++)
    for (const sign of [1, -1]) yield addMinutesOp(shape, minutes * sign);
  for (let hours = 3; hours <= 24; hours++) for (const sign of [1, -1]) yield addMinutesOp(shape, hours * 60 * sign);
  for (const minutes of [150, 210, 330, 345, 570, 630])
    for (const sign of [1, -1]) yield addMinutesOp(shape, minutes * sign);
  for (const minutes of [60, 15, 30, 10, 5, 20, 120, 180, 240, 360, 720])
    for (const way of ["down", "nearest", "up", "end"] as const) yield roundMinutesOp(shape, minutes, way);
}

/** Whether a text may show this day, or this time: cheap, and true more often than it is so. */
function mentions(text: string, moment: Moment, shape: Shape): boolean {
  if (shape === "time") return mentionsTime(text, moment);
  if (shape === "month") return mentionsMonth(text, moment);
  return (
    text.includes(String(moment.day)) &&
    mentionsMonth(text, moment) &&
    (shape === "date" || mentionsTime(text, moment) || !/\d:\d/.test(text))
  );
}

function mentionsTime(text: string, { hour, minute }: Moment): boolean {
  return (
    (text.includes(String(hour)) || text.includes(String(hour % 12 || 12))) &&
    (minute === 0 || text.includes(String(minute)))
  );
}

function mentionsMonth(text: string, { month }: Moment): boolean {
  if (text.includes(String(month))) return true;
  const lower = text.toLowerCase();
  return languages.some(({ months }) => lower.includes(months[month - 1]?.slice(0, 3).toLowerCase() ?? " "));
}
