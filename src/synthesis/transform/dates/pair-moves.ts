/** Operations from a date and a number, or from two dates, to a date. */
import { type Code, type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import { addDays, addMonths, dayNumber, secondOfDay, timeYear } from "./calendar.ts";
import type { Shape } from "./forms.ts";
import { bySeconds, clockHelpers, fromSeconds, fromSecondsPy, secondsOf, secondsOfPy } from "./moves.ts";
import { nameOf } from "./reader.ts";
import * as sources from "./sources.ts";
import { addBusinessDays, businessHelper } from "./weekdays.ts";

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
