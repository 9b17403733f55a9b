/** Text items of dates: their parts, and the parts of what they become by a move, where they occur in the outputs. */
import type { Moment, Op } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import { occurs, type Scene } from "../scene.ts";
import { formatOps } from "./formats.ts";
import type { Shape } from "./forms.ts";
import { constantMoves } from "./move-list.ts";
import { languages } from "./names.ts";
import { extremeOps, shiftOps } from "./pair-moves.ts";
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
  const base = dates
    .filter((date) => !["year", "birthday", "monthname", "weekday"].includes(shapeOf(date)))
    .slice(0, 8);
  const days = numbers
    .filter(({ expr }) => expr.kind !== "apply" || !expr.op.key.startsWith("dateNumber:"))
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
