/** Durations written with units: 2h 15m. */
import { quote } from "../../javascript.ts";
import type { Helper, Op } from "../language/expr.ts";
import { amountOf, wholeHelper } from "./duration-pieces.ts";

const unitsHelper: Helper = {
  name: "hoursAndMinutes",
  js: [
    "/** Minutes as 2h 15m; what is zero is left out. */",
    "function hoursAndMinutes(minutes, hourUnit, minuteUnit, between) {",
    "  const hours = Math.floor(wholeAmount(minutes) / 60);",
    "  const rest = minutes % 60;",
    "  if (hours === 0) return rest + minuteUnit;",
    "  return rest === 0 ? hours + hourUnit : hours + hourUnit + between + rest + minuteUnit;",
    "}",
  ].join("\n"),
  py: [
    "def hours_and_minutes(minutes, hour_unit, minute_unit, between):",
    '    """Minutes as 2h 15m; what is zero is left out."""',
    "    hours, rest = divmod(whole_amount(minutes), 60)",
    "    if hours == 0:",
    '        return f"{rest}{minute_unit}"',
    '    return f"{hours}{hour_unit}" if rest == 0 else f"{hours}{hour_unit}{between}{rest}{minute_unit}"',
  ].join("\n"),
  needs: [wholeHelper],
};

const unitNames = [
  ["h", "m"],
  [" h", " min"],
  ["h", "min"],
  ["hr", "min"],
  [" hr", " min"],
  [" hrs", " mins"],
  [" Std.", " Min."],
  ["시간", "분"],
  ["時間", "分"],
] as const;

const allUnitsHelper: Helper = {
  name: "allHoursAndMinutes",
  js: [
    "/** Minutes as 2h 0m. */",
    "function allHoursAndMinutes(minutes, hourUnit, minuteUnit, width) {",
    "  const hours = Math.floor(wholeAmount(minutes) / 60);",
    '  return hours + hourUnit + String(minutes % 60).padStart(width, "0") + minuteUnit;',
    "}",
  ].join("\n"),
  py: [
    "def all_hours_and_minutes(minutes, hour_unit, minute_unit, width):",
    '    """Minutes as 2h 0m."""',
    "    hours, rest = divmod(whole_amount(minutes), 60)",
    '    return f"{hours}{hour_unit}{str(rest).zfill(width)}{minute_unit}"',
  ].join("\n"),
  needs: [wholeHelper],
};

interface Units {
  readonly hour: string;
  readonly minute: string;
  readonly gap: string;
}

const allUnits: readonly Units[] = unitNames.flatMap(([hour, minute]) =>
  [" ", "", ", "].map((gap) => ({ hour, minute, gap })),
);

/** Without the parts that are zero. */
const shortUnitOp = ({ hour, minute, gap }: Units): Op => {
  const args = [hour, minute, gap].map(quote).join(", ");
  return {
    key: `durationText:short${args}`,
    gives: "text",
    cost: 2.2,
    apply: (minutes: number) => {
      if (!amountOf(minutes)) return undefined;
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      if (hours === 0) return `${rest}${minute}`;
      return rest === 0 ? `${hours}${hour}` : `${hours}${hour}${gap}${rest}${minute}`;
    },
    js: (n) => `hoursAndMinutes(${n?.bare}, ${args})`,
    py: (n) => `hours_and_minutes(${n?.bare}, ${args})`,
    say: (n) => `${n} minutes in hours and minutes`,
    helpers: [unitsHelper],
  };
};

/** With all parts. @param width of the minutes */
const allUnitsOp = ({ hour, minute, gap }: Units, width: number): Op => {
  const args = `${quote(hour + gap)}, ${quote(minute)}, ${width}`;
  return {
    key: `durationText:all${args}`,
    gives: "text",
    cost: 2 + width * 0.1,
    apply: (minutes: number) =>
      amountOf(minutes)
        ? `${Math.floor(minutes / 60)}${hour}${gap}${String(minutes % 60).padStart(width, "0")}${minute}`
        : undefined,
    js: (n) => `allHoursAndMinutes(${n?.bare}, ${args})`,
    py: (n) => `all_hours_and_minutes(${n?.bare}, ${args})`,
    say: (n) => `${n} minutes in hours and minutes`,
    helpers: [allUnitsHelper],
  };
};

export const unitOps: readonly Op[] = allUnits.flatMap((units) => [
  shortUnitOp(units),
  allUnitsOp(units, 1),
  allUnitsOp(units, 2),
]);
