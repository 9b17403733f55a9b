/** Moments that are written as one number: seconds and milliseconds since 1970, days of a spreadsheet. */
import { type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import { fromDayNumber, fromEpoch, midnight } from "./calendar.ts";
import { fromDayNumber as fromDayNumberHelper, fromEpochSeconds } from "./sources.ts";

/** A reading that is worth a try only where the numbers lie in a range in which they are usual. */
export type SerialOp = Op & { readonly likely: (texts: readonly string[]) => boolean };

const whole = /^-?\d{1,12}$/;

function digitsHelper(name: string, pattern: RegExp, expected: string, js: string, py: string, needs: Helper): Helper {
  const pyName = snakeCase(name);
  const raw = pattern.source.replaceAll("\\d", "[0-9]").replace("$", "\\Z");
  return {
    name,
    js: [
      `function ${name}(text) {`,
      `  if (!/${pattern.source}/.test(text)) throw new TypeError("expected ${expected}");`,
      `  return ${js};`,
      "}",
    ].join("\n"),
    py: [
      "import re",
      `def ${pyName}(text):`,
      `    if not re.search(r"${raw}", text):`,
      `        raise TypeError("expected ${expected}")`,
      `    return ${py}`,
    ].join("\n"),
    needs: [needs],
  };
}

function serial(
  helper: Helper,
  shape: string,
  cost: number,
  apply: (text: string) => Moment | undefined,
  say: string,
  likely: (numbers: readonly number[]) => boolean,
): SerialOp {
  const pyName = snakeCase(helper.name);
  return {
    key: `${shape}:${helper.name}`,
    gives: "date",
    cost,
    apply,
    js: (text) => `${helper.name}(${text?.bare})`,
    py: (text) => `${pyName}(${text?.bare})`,
    say: (text) => `${say} ${text}`,
    helpers: [helper],
    name: shape === "moment" ? "moment" : "date",
    likely: (texts) => texts.every((text) => /^-?\d{1,15}$/.test(text)) && likely(texts.map(Number)),
  };
}

const milliseconds = /^-?\d{1,15}$/;
const days = /^\d{1,7}$/;

export const serialOps: readonly SerialOp[] = [
  serial(
    digitsHelper(
      "fromUnixTime",
      whole,
      "seconds since 1970",
      "fromEpochSeconds(Number(text))",
      "from_epoch_seconds(int(text))",
      fromEpochSeconds,
    ),
    "moment",
    1.5,
    (text) => (whole.test(text) ? fromEpoch(Number(text)) : undefined),
    "the Unix time",
    (numbers) => numbers.some((n) => n > 1e8) && numbers.every((n) => Math.abs(n) < 1e10),
  ),
  serial(
    digitsHelper(
      "fromUnixMilliseconds",
      milliseconds,
      "milliseconds since 1970",
      "fromEpochSeconds(Math.floor(Number(text) / 1000))",
      "from_epoch_seconds(int(text) // 1000)",
      fromEpochSeconds,
    ),
    "moment",
    1.6,
    (text) => (milliseconds.test(text) ? fromEpoch(Math.floor(Number(text) / 1000)) : undefined),
    "the Unix time in milliseconds",
    (numbers) => numbers.some((n) => n > 1e11) && numbers.every((n) => Math.abs(n) < 1e13),
  ),
  serial(
    digitsHelper(
      "fromSerialDay",
      days,
      "the serial day of a spreadsheet",
      "fromDayNumber(Number(text) - 25_569)",
      "from_day_number(int(text) - 25_569)",
      fromDayNumberHelper,
    ),
    "date",
    1.8,
    (text) => (days.test(text) ? fromDayNumber(Number(text) - 25_569, midnight) : undefined),
    "the spreadsheet day",
    (numbers) => numbers.every((n) => n > 10_000 && n < 80_000),
  ),
];
