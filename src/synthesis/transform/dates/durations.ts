/** Durations read from text as numbers of seconds, minutes or hours. */
import type { Helper, Op } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import type { Scene } from "../scene.ts";
import { maxLength, readDuration, unitHelper, units, unitTable } from "./duration-units.ts";

const maxTexts = 30;

const clockHelper: Helper = {
  name: "readClock",
  js: [
    "/** The duration h:mm:ss or m:ss in seconds, h:mm in minutes. */",
    "function readClock(text) {",
    '  if (!/^\\d{1,6}(?::\\d{2}){1,2}$/.test(text)) throw new TypeError("expected a duration like 1:02:05");',
    '  return text.split(":").reduce((total, part) => total * 60 + Number(part), 0);',
    "}",
  ].join("\n"),
  py: [
    "import re",
    "def read_clock(text):",
    '    """The duration h:mm:ss or m:ss in seconds, h:mm in minutes."""',
    '    if not re.search(r"^[0-9]{1,6}(?::[0-9]{2}){1,2}\\Z", text):',
    '        raise TypeError("expected a duration like 1:02:05")',
    "    total = 0",
    '    for part in text.split(":"):',
    "        total = total * 60 + int(part)",
    "    return total",
  ].join("\n"),
};

function readClock(text: string): number | undefined {
  if (!/^\d{1,6}(?::\d{2}){1,2}$/.test(text)) return undefined;
  return text.split(":").reduce((total, part) => total * 60 + Number(part), 0);
}

const hoursHelper: Helper = {
  name: "readHoursClock",
  js: [
    "/** The duration h:mm or h:mm:ss in seconds. */",
    "function readHoursClock(text) {",
    '  if (!/^\\d{1,6}(?::\\d{2}){1,2}$/.test(text)) throw new TypeError("expected a duration like 1:02");',
    '  const [hours, minutes, seconds = 0] = text.split(":").map(Number);',
    "  return hours * 3600 + minutes * 60 + seconds;",
    "}",
  ].join("\n"),
  py: [
    "import re",
    "def read_hours_clock(text):",
    '    """The duration h:mm or h:mm:ss in seconds."""',
    '    if not re.search(r"^[0-9]{1,6}(?::[0-9]{2}){1,2}\\Z", text):',
    '        raise TypeError("expected a duration like 1:02")',
    '    hours, minutes, *seconds = map(int, text.split(":"))',
    "    return hours * 3600 + minutes * 60 + sum(seconds)",
  ].join("\n"),
};

function readHoursClock(text: string): number | undefined {
  if (!/^\d{1,6}(?::\d{2}){1,2}$/.test(text)) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

const isoHelper: Helper = {
  name: "readIsoDuration",
  js: [
    "/** A duration like PT1H30M in seconds. */",
    "function readIsoDuration(text) {",
    "  const match = /^P(?:(\\d+)D)?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+)S)?)?$/.exec(text);",
    '  if (!match || text.length < 3) throw new TypeError("expected a duration like PT1H30M");',
    "  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));",
    "  return days * 86_400 + hours * 3600 + minutes * 60 + seconds;",
    "}",
  ].join("\n"),
  py: [
    "import re",
    "def read_iso_duration(text):",
    '    """A duration like PT1H30M in seconds."""',
    '    match = re.search(r"^P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?\\Z", text)',
    "    if not match or len(text) < 3:",
    '        raise TypeError("expected a duration like PT1H30M")',
    "    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())",
    "    return days * 86_400 + hours * 3600 + minutes * 60 + seconds",
  ].join("\n"),
};

function readIsoDuration(text: string): number | undefined {
  if (text.length > 40 || text.length < 3) return undefined;
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return days * 86_400 + hours * 3600 + minutes * 60 + seconds;
}

/** A reading and what it is divided by, so that it counts in other units. */
function reading(
  key: string,
  cost: number,
  apply: (text: string) => number | undefined,
  js: (text: string) => string,
  py: (text: string) => string,
  helpers: readonly Helper[],
  [unit, divisor]: readonly [unit: string, divisor: number],
): Op {
  const scaled = (code: string): string =>
    divisor === 1 ? code : divisor < 1 ? `${code} * ${Math.round(1 / divisor)}` : `${code} / ${divisor}`;
  return {
    key: `duration:${key}/${divisor}`,
    gives: "number",
    cost,
    apply: (text: string) => {
      const value = apply(text);
      if (value === undefined) return undefined;
      return divisor < 1 ? value * Math.round(1 / divisor) : value / divisor;
    },
    js: (text) => scaled(js(text?.bare ?? "")),
    py: (text) => scaled(py(text?.bare ?? "")),
    ...(divisor !== 1 && { loose: true }),
    say: (text) => `the ${unit} of ${text}`,
    helpers,
    name: unit,
  };
}

const secondsUnit = ["seconds", 1] as const;

const minutesUnit = ["minutes", 60] as const;

const hoursUnit = ["hours", 3600] as const;

const readers: readonly Op[] = [
  ...[secondsUnit, minutesUnit, hoursUnit].map((unit, i) =>
    reading(
      "clock",
      1.2 + i * 0.5,
      readClock,
      (t) => `readClock(${t})`,
      (t) => `read_clock(${t})`,
      [clockHelper],
      unit,
    ),
  ),
  ...[secondsUnit, minutesUnit, hoursUnit].map((unit, i) =>
    reading(
      "hours",
      [2.4, 2, 2][i] ?? 2,
      readHoursClock,
      (t) => `readHoursClock(${t})`,
      (t) => `read_hours_clock(${t})`,
      [hoursHelper],
      unit,
    ),
  ),
  ...[minutesUnit, secondsUnit, hoursUnit].map((unit, i) =>
    reading(
      "iso",
      1.2 + i * 0.1,
      readIsoDuration,
      (t) => `readIsoDuration(${t})`,
      (t) => `read_iso_duration(${t})`,
      [isoHelper],
      unit,
    ),
  ),
  ...units.flatMap(([table, cost, , seconds]) =>
    [minutesUnit, hoursUnit, secondsUnit, ["days", 86_400] as const, ["milliseconds", 0.001] as const].map((unit, i) =>
      reading(
        table,
        1.2 + cost + i * 0.1 + (i > 2 ? 0.6 : 0),
        (text) => readDuration(text, seconds),
        (t) => `readDuration(${t}, ${table})`,
        (t) => `read_duration(${t}, ${table})`,
        [unitHelper, unitTable(table, seconds)],
        unit,
      ),
    ),
  ),
];

/** Durations read from the texts, in several units. */
export function durations(scene: Scene): Item[] {
  const items: Item[] = [];
  const texts = scene.texts
    .filter(({ values }) =>
      values.every((value) => typeof value === "string" && value.length <= maxLength && /\d/.test(value)),
    )
    .slice(0, maxTexts);
  for (const text of texts) {
    if (scene.deadline.expired()) break;
    for (const op of readers) {
      if (op.apply(text.values[0] as never) === undefined) continue;
      const item = makeItem(op, [text]);
      if (item) items.push(judged(item));
    }
  }
  return items;
}

/** The sum, or difference, of two numbers of the same unit. */
export const sumOp = (minus: boolean): Op => ({
  key: minus ? "durationDifference" : "durationSum",
  gives: "number",
  cost: 1,
  apply: (a: number, b: number) => (minus ? a - b : a + b),
  js: (a, b) => `${a?.tight} ${minus ? "-" : "+"} ${b?.tight}`,
  py: (a, b) => `${a?.tight} ${minus ? "-" : "+"} ${b?.tight}`,
  loose: true,
  say: (a, b) => (minus ? `${a} less ${b}` : `the sum of ${a} and ${b}`),
});
