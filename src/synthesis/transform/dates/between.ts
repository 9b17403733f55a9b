/** Operations from two dates to a number: what lies between them. */
import { type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import { addDays, dayNumber, epochSeconds, fullMonths, secondOfDay, weekday } from "./calendar.ts";
import type { Shape } from "./forms.ts";
import * as sources from "./sources.ts";

interface Between {
  readonly name: string;
  readonly cost: number;
  readonly apply: (from: Moment, to: Moment) => number | undefined;
  readonly js: readonly string[];
  readonly py: readonly string[];
  readonly needs: readonly Helper[];
  readonly say: string;
}

const between = ({ name, cost, apply, js, py, needs, say }: Between): Op => ({
  key: `between:${name}`,
  gives: "number",
  cost,
  apply,
  js: (from, to) => `${name}(${from?.bare}, ${to?.bare})`,
  py: (from, to) => `${snakeCase(name)}(${from?.bare}, ${to?.bare})`,
  say: (from, to) => `the ${say} from ${from} to ${to}`,
  helpers: [{ name, js: js.join("\n"), py: py.join("\n"), needs }],
  name: say.split(" ").at(-1) ?? "number",
});

const monthsBetween: Between = {
  name: "fullMonths",
  cost: 1.7,
  apply: fullMonths,
  js: [
    "/** Months from one date to another that have passed in full. */",
    "function fullMonths(from, to) {",
    "  const months = (to.year - from.year) * 12 + to.month - from.month;",
    "  if (months > 0 && to.day < from.day) return months - 1;",
    "  return months < 0 && to.day > from.day ? months + 1 : months;",
    "}",
  ],
  py: [
    "def full_months(start, end):",
    '    """Months from one date to another that have passed in full."""',
    "    months = (end.year - start.year) * 12 + end.month - start.month",
    "    if months > 0 and end.day < start.day:",
    "        return months - 1",
    "    return months + 1 if months < 0 and end.day > start.day else months",
  ],
  needs: [],
  say: "full months",
};

/** Working days from the one to the other, both included, as spreadsheets count them; at most 100 years. */
function workingDays(from: Moment, to: Moment): number | undefined {
  const days = dayNumber(to) - dayNumber(from);
  if (days < 0 || days > 36_600) return undefined;
  const weeks = Math.floor((days + 1) / 7);
  let count = weeks * 5;
  for (let i = weeks * 7; i <= days; i++) {
    const day = addDays(from, i);
    if (day && weekday(day) % 6 !== 0) count++;
  }
  return count;
}

export const dayBetweens: readonly Op[] = (
  [
    {
      name: "daysBetween",
      cost: 1.2,
      apply: (from, to) => dayNumber(to) - dayNumber(from),
      js: ["function daysBetween(from, to) {", "  return dayNumber(to) - dayNumber(from);", "}"],
      py: ["def days_between(start, end):", "    return day_number(end) - day_number(start)"],
      needs: [sources.dayNumber],
      say: "days",
    },
    monthsBetween,
    {
      name: "fullYears",
      cost: 1.4,
      apply: (from, to) => Math.trunc(fullMonths(from, to) / 12),
      js: [
        "/** Years from one date to another that have passed in full: the age. */",
        "function fullYears(from, to) {",
        "  return Math.trunc(fullMonths(from, to) / 12);",
        "}",
      ],
      py: [
        "def full_years(start, end):",
        '    """Years from one date to another that have passed in full: the age."""',
        "    return int(full_months(start, end) / 12)",
      ],
      needs: [{ name: "fullMonths", js: monthsBetween.js.join("\n"), py: monthsBetween.py.join("\n") }],
      say: "full years",
    },
    {
      name: "fullWeeks",
      cost: 2,
      apply: (from, to) => Math.trunc((dayNumber(to) - dayNumber(from)) / 7),
      js: ["function fullWeeks(from, to) {", "  return Math.trunc((dayNumber(to) - dayNumber(from)) / 7);", "}"],
      py: ["def full_weeks(start, end):", "    return int((day_number(end) - day_number(start)) / 7)"],
      needs: [sources.dayNumber],
      say: "full weeks",
    },
    {
      name: "workingDays",
      cost: 2,
      apply: workingDays,
      js: [
        "/** Days from Monday to Friday, both ends included. */",
        "function workingDays(from, to) {",
        "  const days = dayNumber(to) - dayNumber(from);",
        '  if (days < 0 || days > 36_600) throw new TypeError("expected an end after the start");',
        "  let count = 0;",
        "  for (let i = 0; i <= days; i++) if (weekday(addDays(from, i)) % 6 !== 0) count++;",
        "  return count;",
        "}",
      ],
      py: [
        "def working_days(start, end):",
        '    """Days from Monday to Friday, both ends included."""',
        "    days = day_number(end) - day_number(start)",
        "    if not 0 <= days <= 36_600:",
        '        raise TypeError("expected an end after the start")',
        "    return sum(weekday(add_days(start, i)) % 6 != 0 for i in range(days + 1))",
      ],
      needs: [sources.dayNumber, sources.weekday, sources.addDays],
      say: "working days",
    },
  ] satisfies Between[]
).map(between);

/** Between two times of a day, or over midnight; between two moments. */
export function clockBetweens(shape: Shape): Op[] {
  const at = shape === "time" ? secondOfDay : epochSeconds;
  const helper = shape === "time" ? sources.secondOfDay : sources.epochSeconds;
  const of = shape === "time" ? "" : "Moments";
  return (
    [
      ["minutes", 60, 1.2],
      ["hours", 3600, 1.5],
      ["seconds", 1, 1.7],
    ] as const
  ).flatMap(([unit, divisor, cost]): Op[] => {
    const by = divisor === 1 ? "" : ` / ${divisor}`;
    const brackets = (sum: string): string => (divisor === 1 ? sum : `(${sum})${by}`);
    const name = `${unit}Between${of}`;
    const plain = between({
      name,
      cost,
      apply: (from, to) => (at(to) - at(from)) / divisor,
      js: [`function ${name}(from, to) {`, `  return ${brackets(`${helper.name}(to) - ${helper.name}(from)`)};`, "}"],
      py: [
        `def ${snakeCase(name)}(start, end):`,
        `    return ${brackets(`${snakeCase(helper.name)}(end) - ${snakeCase(helper.name)}(start)`)}`,
      ],
      needs: [helper],
      say: unit,
    });
    if (shape !== "time") return [plain];
    const wrapped = between({
      name: `${unit}Until`,
      cost: cost + 0.3,
      apply: (from, to) => ((secondOfDay(to) - secondOfDay(from) + 86_400) % 86_400) / divisor,
      js: [
        "/** From one time of day to the next that is so late, also over midnight. */",
        `function ${unit}Until(from, to) {`,
        `  return ((secondOfDay(to) - secondOfDay(from) + 86_400) % 86_400)${by};`,
        "}",
      ],
      py: [
        `def ${unit}_until(start, end):`,
        '    """From one time of day to the next that is so late, also over midnight."""',
        `    return (second_of_day(end) - second_of_day(start)) % 86_400${by}`,
      ],
      needs: [sources.secondOfDay],
      say: unit,
    });
    return [plain, wrapped];
  });
}
