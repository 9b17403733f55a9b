/** The names of months and weekdays, and ordinals of days, as parts of a date. */
import type { Helper, Moment } from "../language/expr.ts";
import { weekday } from "./calendar.ts";
import { type Language, monthsTable, tableHelper, weekdaysTable } from "./names.ts";
import type { Part } from "./parts.ts";
import * as sources from "./sources.ts";

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

export function monthNames(language: Language): Part[] {
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

export function weekdayNames(language: Pick<Language, "key" | "name" | "cost" | "weekdays" | "shortWeekday">): Part[] {
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

export const ordinalDay: Helper = {
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

export function ordinal(day: number): string {
  return `${day}${day >= 11 && day <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th")}`;
}
