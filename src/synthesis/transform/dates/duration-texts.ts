/** Durations written from numbers of seconds, minutes or days: whole, or as pieces for a concatenation. */
import { quote } from "../../javascript.ts";
import { type Helper, type Op, snakeCase } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import { occurs, type Scene } from "../scene.ts";

interface Piece {
  readonly key: string;
  readonly cost: number;
  readonly apply: (n: number) => number;
  readonly js: (n: string) => string;
  readonly py: (n: string) => string;
  readonly say: string;
}

const whole = (by: number, cost: number): Piece => ({
  key: `whole${by}`,
  cost,
  apply: (n) => Math.floor(n / by),
  js: (n) => `Math.floor(${n} / ${by})`,
  py: (n) => `int(${n} // ${by})`,
  say: `the whole ${by}s of %`,
});
const rest = (by: number, cost: number): Piece => ({
  key: `rest${by}`,
  cost,
  apply: (n) => n % by,
  js: (n) => `${n} % ${by}`,
  py: (n) => `int(${n} % ${by})`,
  say: `the rest of % by ${by}`,
});
const between = (by: number, wrap: number, cost: number): Piece => ({
  key: `between${by},${wrap}`,
  cost,
  apply: (n) => Math.floor(n / by) % wrap,
  js: (n) => `Math.floor(${n} / ${by}) % ${wrap}`,
  py: (n) => `int(${n} // ${by} % ${wrap})`,
  say: `the ${by}s of % beyond full ${by * wrap}s`,
});

const pieces: readonly Piece[] = [
  whole(60, 1),
  rest(60, 1),
  whole(3600, 1.2),
  between(60, 60, 2),
  whole(1440, 2.4),
  between(60, 24, 2.8),
  whole(86_400, 2),
  between(3600, 24, 2),
  whole(7, 1.8),
  rest(7, 1.8),
  whole(24, 1.6),
  rest(24, 1.6),
  whole(12, 2),
  rest(12, 2),
];

const wholeHelper: Helper = {
  name: "wholeAmount",
  js: [
    "function wholeAmount(number) {",
    '  if (!Number.isSafeInteger(number) || number < 0) throw new TypeError("expected a whole number from 0 on");',
    "  return number;",
    "}",
  ].join("\n"),
  py: [
    `def ${snakeCase("wholeAmount")}(number):`,
    "    if number % 1 or not 0 <= number < 2**53:",
    '        raise TypeError("expected a whole number from 0 on")',
    "    return int(number)",
  ].join("\n"),
};

const pieceOps: readonly Op[] = pieces.flatMap((piece) =>
  [0, 2].map(
    (width): Op => ({
      key: `durationText:${piece.key}/${width}`,
      gives: "text",
      cost: piece.cost + (width ? 0.1 : 0),
      apply: (n: number) =>
        Number.isSafeInteger(n) && n >= 0 ? String(piece.apply(n)).padStart(width, "0") : undefined,
      js: (n) => `String(${piece.js(`wholeAmount(${n?.bare})`)})${width ? `.padStart(${width}, "0")` : ""}`,
      py: (n) => `str(${piece.py(`whole_amount(${n?.bare})`)})${width ? `.zfill(${width})` : ""}`,
      say: (n) => piece.say.replace("%", n),
      helpers: [wholeHelper],
    }),
  ),
);

const shortClockHelper: Helper = {
  name: "shortClock",
  js: [
    "/** Minutes as h:mm, seconds as m:ss. */",
    "function shortClock(amount) {",
    "  const low = wholeAmount(amount) % 60;",
    '  return [Math.floor(amount / 60), String(low).padStart(2, "0")].join(":");',
    "}",
  ].join("\n"),
  py: [
    "def short_clock(amount):",
    '    """Minutes as h:mm, seconds as m:ss."""',
    "    high, low = divmod(whole_amount(amount), 60)",
    '    return f"{high}:{low:02}"',
  ].join("\n"),
  needs: [wholeHelper],
};

const longClockHelper: Helper = {
  name: "longClock",
  js: [
    "/** Seconds as h:mm:ss. */",
    "function longClock(seconds) {",
    "  const minutes = Math.floor(wholeAmount(seconds) / 60);",
    '  const rest = [minutes % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));',
    '  return [Math.floor(minutes / 60), ...rest].join(":");',
    "}",
  ].join("\n"),
  py: [
    "def long_clock(seconds):",
    '    """Seconds as h:mm:ss."""',
    "    minutes, second = divmod(whole_amount(seconds), 60)",
    '    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"',
  ].join("\n"),
  needs: [wholeHelper],
};

/** m:ss, h:mm and h:mm:ss, with or without a zero in front. */
const sixtieths: readonly Op[] = [1, 2].flatMap((depth) =>
  [false, true].map((isPadded): Op => {
    const width = depth * 3 + 2;
    const name = depth === 1 ? "shortClock" : "longClock";
    const pyName = snakeCase(name);
    return {
      key: `durationText:${name}${isPadded}`,
      gives: "text",
      cost: 1.4,
      apply: (n: number) => {
        if (!amountOf(n)) return undefined;
        const high = Math.floor(n / 60);
        const text =
          depth === 1 ? `${high}:${two(n % 60)}` : `${Math.floor(high / 60)}:${two(high % 60)}:${two(n % 60)}`;
        return isPadded ? text.padStart(width, "0") : text;
      },
      js: (n) => `${name}(${n?.bare})${isPadded ? `.padStart(${width}, "0")` : ""}`,
      py: (n) => `${pyName}(${n?.bare})${isPadded ? `.zfill(${width})` : ""}`,
      say: (n) => `${n} as ${isPadded ? "h" : ""}h:mm${depth === 2 ? ":ss" : ""}`,
      helpers: [depth === 1 ? shortClockHelper : longClockHelper],
    };
  }),
);

const amountOf = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

const two = (n: number): string => String(n).padStart(2, "0");

function clockText(seconds: number): string | undefined {
  if (!amountOf(seconds)) return undefined;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

const clockTextOp: Op = {
  key: "durationText:clock",
  gives: "text",
  cost: 1.8,
  apply: clockText,
  js: (n) => `clockText(${n?.bare})`,
  py: (n) => `clock_text(${n?.bare})`,
  say: (n) => `${n} seconds as h:mm:ss, as m:ss below an hour`,
  helpers: [
    {
      name: "clockText",
      js: [
        "/** Seconds as h:mm:ss, as m:ss below an hour. */",
        "function clockText(seconds) {",
        "  const minutes = Math.floor(wholeAmount(seconds) / 60);",
        "  const parts = minutes < 60 ? [minutes, seconds % 60] : [Math.floor(minutes / 60), minutes % 60, seconds % 60];",
        '  return parts.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");',
        "}",
      ].join("\n"),
      py: [
        "def clock_text(seconds):",
        '    """Seconds as h:mm:ss, as m:ss below an hour."""',
        "    minutes, second = divmod(whole_amount(seconds), 60)",
        '    return f"{minutes}:{second:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{second:02}"',
      ].join("\n"),
      needs: [wholeHelper],
    },
  ],
};

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

const unitOps: readonly Op[] = allUnits.flatMap((units) => [
  shortUnitOp(units),
  allUnitsOp(units, 1),
  allUnitsOp(units, 2),
]);

/** A number of what lies between two dates, as it is. */
export const plainNumberOp: Op = {
  key: "durationText:plain",
  gives: "text",
  cost: 0.3,
  apply: (n: number) =>
    Number.isFinite(n) && Math.abs(n) < 1e15 && (n === 0 || Math.abs(n) > 1e-6) ? String(n) : undefined,
  js: (n) => `numberText(${n?.bare})`,
  py: (n) => `number_text(${n?.bare})`,
  say: (n) => n,
  helpers: [
    {
      name: "numberText",
      js: [
        "function numberText(number) {",
        '  if (number !== 0 && !(Math.abs(number) > 1e-6 && Math.abs(number) < 1e15)) throw new TypeError("expected a usual number");',
        "  return String(number);",
        "}",
      ].join("\n"),
      py: [
        "def number_text(number):",
        "    if number != 0 and not 1e-6 < abs(number) < 1e15:",
        '        raise TypeError("expected a usual number")',
        "    return str(int(number) if number % 1 == 0 else number)",
      ].join("\n"),
    },
  ],
};

/** Whole hours, remaining minutes and so on of amounts of seconds, minutes or days, where they occur in every target. */
export function durationParts(scene: Scene, amounts: readonly Item[]): Item[] {
  const found: Item[] = [];
  for (const amount of amounts) {
    if (scene.deadline.expired()) break;
    if (!amount.values.every((value) => Number.isSafeInteger(value) && Number(value) >= 0)) continue;
    for (const op of [...pieceOps, ...sixtieths, ...unitOps, clockTextOp]) {
      const values = amount.values.map((value) => op.apply(value as never));
      if (!occurs(values, scene.targets) || values.every((value) => Number(value) === 0)) continue;
      if (values.every((value, i) => Number(value) === amount.values[i])) continue;
      const item = makeItem(op, [amount], unproven(op, values as string[], amount.values, scene.targets));
      if (item) found.push(judged(item));
    }
  }
  return found;
}

/** What it costs that no example shows the zero in front, or the hour that is left out. */
function unproven(op: Op, texts: readonly string[], amounts: readonly unknown[], targets: readonly string[]): number {
  if (op === clockTextOp)
    return amounts.some((n) => Number(n) < 3600) && amounts.some((n) => Number(n) >= 3600) ? 0 : 2.5;
  const isMinutes = texts.every((text, i) => targets[i]?.includes(`:${text}`));
  if (op.key.endsWith("/0")) return isMinutes ? 1.5 : 0;
  if (op.key.endsWith("/2")) return isMinutes || texts.some((text) => text.startsWith("0")) ? 0 : 1.5;
  const isPadded = op.key.endsWith("true") || op.key.endsWith(" 2");
  const shown = op.key.endsWith("true") ? /^0/ : /\D0\d/;
  return isPadded && !texts.some((text) => shown.test(text)) ? 1.5 : 0;
}
