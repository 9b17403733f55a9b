/** The moves by a constant that are tried. */
import type { Op } from "../language/expr.ts";
import type { Shape } from "./forms.ts";
import { addDaysOp, addMinutesOp, addMonthsOp, roundMinutesOp } from "./moves.ts";
import { monthDayOps, periodOps } from "./periods.ts";
import { addBusinessDaysOp, businessDayOp, monthBusinessOps, monthWeekdayOp, weekdayOps } from "./weekdays.ts";

/** Moves of a date of this shape: not many thousands, so that each can be tried. */
export function* constantMoves(shape: Shape): Generator<Op> {
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
    yield* monthBusinessOps(shape);
    for (let day = 2; day <= 28; day++) yield* monthDayOps(shape, day);
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
