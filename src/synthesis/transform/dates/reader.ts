/** Operations that read a date or a time of one form, from the whole text or from inside it. */
import { quote } from "../../javascript.ts";
import { type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import { pyPattern, pyQuote } from "../language/python.ts";
import { daysInMonth, epochSeconds, firstYear, fromEpoch, midnight, timeYear } from "./calendar.ts";
import type { Form, Part, Shape } from "./forms.ts";
import { languages, monthNumber, monthNumberHelper, monthsTable, weekdaysTable } from "./names.ts";
import { centuryHelper, fullYear, hourOfDay, toDate, toTime, toUtc, weekdayHelper } from "./reading-sources.ts";

/** The whole text, or the first or last place in it. */
export type Place = "whole" | "first" | "last";

type Found = Partial<Record<Part, string>>;

/** Birthdays stand in a leap year. */
const birthdayYear = 2000;

const wholePattern = (form: Form): RegExp => new RegExp(`^${form.pattern}$`);
const innerPattern = (form: Form): RegExp => {
  const edge = form.pattern.startsWith("([A-Za-z") || form.pattern.startsWith("[A-Za-z") ? "[A-Za-z\\d]" : "\\d";
  return new RegExp(`(?<!${edge})${form.pattern}(?!\\d)`);
};

/** Texts longer than this are no cells with a date in them. */
const maxLength = 2_000;

/** What matches the form in a text; undefined where nothing does. The calendar is not asked. */
export function matcher(form: Form, place: Place): (text: string) => Found | undefined {
  const pattern = place === "whole" ? wholePattern(form) : innerPattern(form);
  const all = new RegExp(pattern.source, "g");
  return (text) => {
    if (text.length > maxLength) return undefined;
    const match = place === "last" ? [...text.matchAll(all)].at(-1) : pattern.exec(text);
    if (!match) return undefined;
    const found: Found = {};
    form.parts.forEach((part, i) => {
      const value = match[i + 1];
      if (value !== undefined) found[part] = value;
    });
    return found;
  };
}

/** @param pivot two-digit years below it are of the 21st century */
function toMoment(form: Form, found: Found, pivot: number): Moment | undefined {
  const time = timeOf(found);
  if (!time) return undefined;
  if (form.shape === "time") return { year: timeYear, month: 1, day: 1, ...time };
  const date = dateOf(form, found, pivot);
  if (!date) return undefined;
  const moment = { ...date, ...time };
  if (!found.offset) return moment;
  const sign = found.offset.startsWith("-") ? -1 : 1;
  const minutes = found.offset.length < 5 ? 0 : Number(found.offset.slice(1, 3)) * 60 + Number(found.offset.slice(-2));
  return fromEpoch(epochSeconds(moment) - sign * minutes * 60);
}

function timeOf(found: Found): Pick<Moment, "hour" | "minute" | "second"> | undefined {
  if (found.hour === undefined) return midnight;
  const written = Number(found.hour);
  if (found.half && (written < 1 || written > 12)) return undefined;
  const hour = found.half ? (written % 12) + (/^(?:p|오후|午後|下午)/i.test(found.half) ? 12 : 0) : written;
  const minute = Number(found.minute ?? 0);
  const second = Number(found.second ?? 0);
  return hour > 23 || minute > 59 || second > 59 ? undefined : { hour, minute, second };
}

function dateOf(form: Form, found: Found, pivot: number): Pick<Moment, "year" | "month" | "day"> | undefined {
  if (found.weekday !== undefined) return weekdayDate(found.weekday, form.language);
  let year = Number(found.year ?? birthdayYear);
  if (found.century) year += centuryOf(found.century);
  if (form.shortYear && year <= 99) year += year < pivot ? 2000 : 1900;
  const table = languages.find((language) => language.key === form.language)?.months ?? [];
  const number = found.quarter ? Number(found.quarter) * 3 - 2 : Number(found.month ?? 1);
  const month = found.name === undefined ? number : monthNumber(found.name, table);
  const day = Number(found.day ?? 1);
  const real = year >= firstYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? { year, month, day } : undefined;
}

/** Weekdays stand in the week that begins on Sunday, 2 January 2000. */
function weekdayDate(name: string, key = ""): Pick<Moment, "year" | "month" | "day"> | undefined {
  const table = languages.find((language) => language.key === key)?.weekdays ?? [];
  const at = table.findIndex((weekday) => weekday.toLowerCase().startsWith(name.toLowerCase()));
  return at < 0 ? undefined : { year: 2000, month: 1, day: 2 + at };
}

/** 1, 2, 5 and 6 stand for births from 1900 on, 3, 4, 7 and 8 from 2000 on, 9 and 0 before 1900. */
function centuryOf(digit: string): number {
  if ("1256".includes(digit)) return 1900;
  return "3478".includes(digit) ? 2000 : 1800;
}

const verb = { whole: "read", first: "find", last: "findLast" } as const;

/** What a date of this shape is called as a variable. */
export const nameOf = (shape: Shape): string => (shape === "time" ? "time" : shape === "moment" ? "moment" : "date");

/** Where years of two digits may occur, the variants of their century: by a pivot, all of this one, all of the last. */
export const pivots = (form: Form): readonly (readonly [pivot: number, cost: number])[] =>
  form.shortYear
    ? [
        [50, 0],
        [100, 0.3],
        [70, 0.6],
        [30, 1],
        [0, 1.5],
      ]
    : [[100, 0]];

export function readOp(form: Form, place: Place, pivot: number): Op {
  const match = matcher(form, place);
  const helper = readHelper(form, place);
  const pythonName = snakeCase(helper.name);
  const rest = form.shortYear ? `, ${pivot}` : "";
  const where = { whole: "", first: "first ", last: "last " }[place];
  const noun = form.shape === "time" ? "time" : "date";
  return {
    key: `${form.shape}:${helper.name}${form.shortYear ? pivot : ""}`,
    gives: "date",
    cost: form.cost + (place === "whole" ? 0 : place === "first" ? 0.8 : 1.2),
    apply: (text: string) => {
      const found = match(text);
      return found && toMoment(form, found, pivot);
    },
    js: (text) => `${helper.name}(${text?.bare}${rest})`,
    py: (text) => `${pythonName}(${text?.bare}${rest})`,
    say: (text) => (place === "whole" ? `the ${noun} ${text}` : `the ${where}${noun} in ${text}`),
    helpers: [helper],
    name: nameOf(form.shape),
  };
}

/** How the parts that were found make a date, in either language. */
function building(form: Form, number: (part: Part) => string, python: boolean): string {
  const call = (helper: Helper, args: string): string => `${python ? snakeCase(helper.name) : helper.name}(${args})`;
  const has = (part: Part): boolean => form.parts.includes(part);
  let time = "";
  if (has("hour")) {
    const hour = has("half") ? call(hourOfDay, `${number("hour")}, half`) : number("hour");
    time = call(toTime, `${hour}, ${has("minute") ? number("minute") : 0}, ${has("second") ? number("second") : 0}`);
  }
  if (form.shape === "time") return time;
  if (has("weekday")) return call(weekdayHelper, `weekday, ${form.language ?? ""}WEEKDAYS`);
  const written = has("year") ? number("year") : String(birthdayYear);
  const full = has("century") ? `${call(centuryHelper, "century")} + ${written}` : written;
  const year = form.shortYear ? call(fullYear, `${written}, pivot`) : full;
  const month = has("name")
    ? call(monthNumberHelper, `name, ${form.language ?? ""}MONTHS`)
    : has("quarter")
      ? `${number("quarter")} * 3 - 2`
      : has("month")
        ? number("month")
        : "1";
  const date = call(toDate, `${year}, ${month}, ${has("day") ? number("day") : 1}`);
  if (time === "") return date;
  const moment = python ? `datetime.datetime.combine(${date}, ${time})` : `{ ...${date}, ...${time} }`;
  return has("offset") ? call(toUtc, `${moment}, offset`) : moment;
}

function readHelper(form: Form, place: Place): Helper {
  const name = verb[place] + form.name;
  const pattern = place === "whole" ? wholePattern(form) : innerPattern(form);
  const expected = `expected a ${form.shape === "time" ? "time" : form.shape === "month" ? "month" : "date"} like ${form.like}`;
  const comment = `${place === "whole" ? "Reads" : place === "first" ? "Finds the first of" : "Finds the last of"} ${
    form.shape === "time" ? "times" : "dates"
  } like ${form.like}.`;
  const needed = form.parts.find((part) => !form.optional?.includes(part)) ?? "hour";
  const optional = (part: Part): boolean => form.optional?.includes(part) ?? false;
  const js = (part: Part): string => (optional(part) ? `Number(${part} ?? 0)` : `Number(${part})`);
  const py = (part: Part): string => (optional(part) ? `int(${part} or 0)` : `int(${part})`);
  const found = place === "last" ? `[...text.matchAll(/${pattern.source}/g)].at(-1)` : `/${pattern.source}/.exec(text)`;
  const raw = pyPattern(pattern);
  const matched =
    place === "last" ? `next(reversed(list(re.finditer(${raw}, text))), None)` : `re.search(${raw}, text)`;
  const args = form.shortYear ? "text, pivot" : "text";
  const language = languages.find((one) => one.key === form.language);
  const has = (part: Part): boolean => form.parts.includes(part);
  return {
    name,
    js: [
      `/** ${comment} */`,
      `function ${name}(${args}) {`,
      `  const [, ${form.parts.join(", ")}] = ${found} ?? [];`,
      `  if (!${needed}) throw new TypeError(${quote(expected)});`,
      `  return ${building(form, js, false)};`,
      "}",
    ].join("\n"),
    py: [
      "import re",
      ...(has("hour") && form.shape !== "time" ? ["import datetime"] : []),
      `def ${snakeCase(name)}(${args}):`,
      `    """${comment}"""`,
      `    match = ${matched}`,
      "    if not match:",
      `        raise TypeError(${pyQuote(expected)})`,
      `    ${form.parts.join(", ")}${form.parts.length === 1 ? "," : ""} = match.groups()`,
      `    return ${building(form, py, true)}`,
    ].join("\n"),
    needs: [
      ...(form.shape === "time" ? [] : [toDate]),
      ...(has("century") ? [centuryHelper] : []),
      ...(has("weekday") && language ? [weekdayHelper, weekdaysTable(language)] : []),
      ...(has("hour") ? [toTime] : []),
      ...(has("half") ? [hourOfDay] : []),
      ...(form.shortYear ? [fullYear] : []),
      ...(has("name") && language ? [monthNumberHelper, monthsTable(language)] : []),
      ...(has("offset") ? [toUtc] : []),
    ],
  };
}
