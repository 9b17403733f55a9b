/** Whole hours, remaining minutes and so on of an amount, as pieces of a text. */
import { type Helper, type Op, snakeCase } from "../language/expr.ts";

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

export const wholeHelper: Helper = {
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

export const amountOf = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

export const pieceOps: readonly Op[] = pieces.flatMap((piece) =>
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
