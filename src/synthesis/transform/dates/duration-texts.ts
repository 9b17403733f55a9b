/** Durations written from numbers of seconds, minutes or days: whole, or as pieces for a concatenation. */
import { type Helper, type Op, snakeCase } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import { occurs, type Scene } from "../scene.ts";
import { amountOf, pieceOps, wholeHelper } from "./duration-pieces.ts";
import { unitOps } from "./unit-texts.ts";

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
