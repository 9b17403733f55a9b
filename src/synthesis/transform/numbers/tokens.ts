/** Numbers as they stand in the wanted outputs: rows of them, one of each output, and how they are written. */
import type { Op } from "../language/expr.ts";
import { bracketOp, commaOp, groupOp, indianOp, padOp, signOp } from "./format.ts";

/** How the numbers of a row are written: the numbers, their decimals, and what makes the text from the plain one. */
export interface Writing {
  readonly wanted: readonly number[];
  /** Decimals that all of them have; undefined where they differ. */
  readonly digits: number | undefined;
  /** Whether a decimal ends in 0: no plain number does. */
  readonly trailing: boolean;
  /** Text to text, one after the other. */
  readonly finish: readonly Op[];
}

const space = " \u00a0\u202f";
const spaced = new RegExp(
  `\\d{1,3}(?:[,.'’${space}]\\d{3})+(?:[.,]\\d+)?(?!\\d)|\\d{1,2}(?:,\\d{2})*,\\d{3}(?!\\d)|\\d+(?:[.,]\\d+)?`,
  "g",
);

/** Ways to cut numbers out of an output. */
const cuts: readonly RegExp[] = [
  new RegExp(`\\((?:${spaced.source})\\)|(?:(?<![\\w)])[-+])?(?:${spaced.source})`, "g"),
  spaced,
  /(?:(?<![\w)])[-+])?\d+/g,
  /\d+/g,
];

const mostNumbers = 5;
const longestOutput = 400;

export interface TokenRow {
  /** Of each output, a number in it. */
  readonly tokens: readonly string[];
  /** Probably the digits before or after a decimal point: no arithmetic is meant with them alone. */
  readonly fragment: boolean;
}

/** Rows of numbers in the outputs: the first of each, the second … and from the end; each row once. */
export function tokenRows(targets: readonly string[]): TokenRow[] {
  const rows = new Map<string, TokenRow>();
  const decimal = targets.every((target) => /\d[.,]\d/.test(target) && !/\d([.,])\d+\1\d+/.test(target));
  if (targets.some((target) => target.length > longestOutput)) return [];
  for (const cut of cuts) {
    const found = targets.map((target) => target.match(cut) ?? []);
    const shortest = Math.min(...found.map((tokens) => tokens.length));
    for (let k = 0; k < Math.min(shortest, mostNumbers); k++)
      for (const index of [k, -1 - k]) {
        const row = found.map((tokens) => tokens.at(index) ?? "");
        // What is the same in all outputs is a constant of the program.
        if (targets.length > 1 && row.every((token) => token === row[0])) continue;
        const key = row.join("\n");
        if (!rows.has(key)) rows.set(key, { tokens: row, fragment: decimal && !cut.source.includes(spaced.source) });
      }
  }
  return [...rows.values()];
}

interface Style {
  readonly group: RegExp | undefined;
  readonly point: string;
  readonly op: Op | undefined;
}

const grouped = (separator: string, point: string): Style => ({
  group: new RegExp(`\\${separator}`, "g"),
  point,
  op: groupOp(separator, point),
});

const styles: readonly Style[] = [
  { group: undefined, point: ".", op: undefined },
  grouped(",", "."),
  grouped(".", ","),
  { group: undefined, point: ",", op: commaOp },
  ...[...space].map((separator) => grouped(separator, ",")),
  grouped("'", "."),
  grouped("’", "."),
  ...[...space].map((separator) => grouped(separator, ".")),
  { group: /,/g, point: ".", op: indianOp },
];

const canonical = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;

/** The ways of writing that could have made all tokens of a row. */
export function writingsOf(row: readonly string[]): Writing[] {
  const brackets = row.some((token) => token.startsWith("("));
  const signed = row.some((token) => token.startsWith("+"));
  const bare = row.map((token) => (token.startsWith("(") ? `-${token.slice(1, -1)}` : token.replace(/^\+/, "")));
  const width = Math.min(...bare.map((token) => token.replace(/\D.*/, "").length));
  const padded = bare.some((token) => /^0\d/.test(token));
  const writings: Writing[] = [];
  for (const { group, point, op } of styles) {
    if (group ? !row.some((token) => token.search(group) > 0) : point !== "." && !row.some((t) => t.includes(point)))
      continue;
    const plain = bare.map((token) => {
      const whole = group ? token.replace(group, "") : token;
      return (point === "." ? whole : whole.replace(point, ".")).replace(/^0+(?=\d)/, padded ? "" : "$&");
    });
    if (!plain.every((text) => canonical.test(text))) continue;
    const finish = [
      ...(op ? [op] : []),
      ...(padded ? [padOp(width)] : []),
      ...(brackets ? [bracketOp] : []),
      ...(signed ? [signOp] : []),
    ];
    const written = plain.map((text) => finish.reduce((t, { apply }) => String(apply(...([t] as never[]))), text));
    if (!written.every((text, i) => text === row[i])) continue;
    const decimals = plain.map((text) => (text.split(".")[1] ?? "").length);
    writings.push({
      wanted: plain.map(Number),
      digits: decimals.every((count) => count === decimals[0]) ? decimals[0] : undefined,
      trailing: plain.some((text) => /\.\d*0$/.test(text)),
      finish,
    });
  }
  return writings;
}
