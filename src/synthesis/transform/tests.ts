/** Questions that a branch, or a yes/no program, may ask about an input. */
import type { Deadline } from "../deadline.ts";
import { quote } from "../javascript.ts";
import type { Goal } from "./goal.ts";
import type { Test } from "./program.ts";

interface Kind {
  readonly pattern: RegExp;
  readonly say: string;
  readonly cost: number;
}

/** All linear in the length of the text. */
const kinds: readonly Kind[] = [
  { pattern: /^\d+$/, say: "is all digits", cost: 2 },
  { pattern: /^-?\d+(?:\.\d+)?$/, say: "is a number", cost: 2.2 },
  { pattern: /\d/, say: "contains a digit", cost: 2 },
  { pattern: /^\d/, say: "starts with a digit", cost: 2.2 },
  { pattern: /\d$/, say: "ends with a digit", cost: 2.4 },
  { pattern: /\p{L}/u, say: "contains a letter", cost: 2 },
  { pattern: /^\p{L}+$/u, say: "is all letters", cost: 2.3 },
  { pattern: /^\p{L}/u, say: "starts with a letter", cost: 2.3 },
  { pattern: /\p{Lu}/u, say: "contains a capital letter", cost: 2.3 },
  { pattern: /^\p{Lu}/u, say: "starts with a capital letter", cost: 2.3 },
  { pattern: /^[^\p{Ll}]*$/u, say: "has no small letters", cost: 2.5 },
  { pattern: /\s/, say: "contains a space", cost: 2 },
  { pattern: /^\s*$/, say: "is empty", cost: 2 },
];

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Tests that divide the rows, cheapest first; one of each division, at most `limit`. */
export function dividingTests(
  { rows, labels }: Goal,
  delimiters: readonly string[],
  limit: number,
  deadline: Deadline,
): Test[] {
  const byDivision = new Map<string, Test>();
  for (const test of allTests(rows, labels, delimiters)) {
    if (deadline.expired()) break;
    const answers = rows.map((row) => (test.holds(row) ? "1" : "0")).join("");
    if (!answers.includes("0") || !answers.includes("1")) continue;
    const known = byDivision.get(answers);
    if (!known || known.cost > test.cost) byDivision.set(answers, test);
  }
  return [...byDivision.values()].sort((a, b) => a.cost - b.cost).slice(0, limit);
}

function* allTests(rows: Goal["rows"], labels: readonly string[], delimiters: readonly string[]): Generator<Test> {
  const width = rows[0]?.length ?? 0;
  const name = (names: readonly string[], field: number): string => names[field] ?? "text";
  for (let field = 0; field < width; field++) {
    const texts = rows.map((row) => row[field] ?? "");
    const what = labels[field] ?? "the text";
    for (const { pattern, say, cost } of kinds)
      yield {
        cost,
        holds: (fields) => pattern.test(fields[field] ?? ""),
        js: (names) => `${pattern}.test(${name(names, field)})`,
        say: `${what} ${say}`,
      };
    yield* markTests(texts, delimiters, field, what);
    for (const count of new Set(texts.map((text) => words(text).length)))
      if (count > 1 && count < 12)
        yield {
          cost: 2.6 + count * 0.1,
          holds: (fields) => words(fields[field] ?? "").length >= count,
          js: (names) => `${name(names, field)}.trim().split(/\\s+/).length >= ${count}`,
          notJs: (names) => `${name(names, field)}.trim().split(/\\s+/).length < ${count}`,
          say: `${what} has ${count} words or more`,
        };
    for (const length of new Set(texts.map((text) => text.length)))
      if (length > 0 && length < 200)
        yield {
          cost: 3.2,
          holds: (fields) => (fields[field] ?? "").length >= length,
          js: (names) => `${name(names, field)}.length >= ${length}`,
          notJs: (names) => `${name(names, field)}.length < ${length}`,
          say: `${what} has ${length} characters or more`,
        };
    if (texts.every((text) => text.trim() !== "" && Number.isFinite(Number(text))))
      for (const bound of bounds(texts.map(Number)))
        yield {
          cost: 2.8 + String(bound).length * 0.2,
          holds: (fields) => Number(fields[field]) >= bound,
          js: (names) => `Number(${name(names, field)}) >= ${bound}`,
          notJs: (names) => `Number(${name(names, field)}) < ${bound}`,
          say: `${what} is ${bound} or more`,
        };
    for (let other = field + 1; other < width; other++)
      yield {
        cost: 2.2,
        holds: (fields) => fields[field] === fields[other],
        js: (names) => `${name(names, field)} === ${name(names, other)}`,
        notJs: (names) => `${name(names, field)} !== ${name(names, other)}`,
        say: `${what} equals ${labels[other] ?? ""}`,
      };
  }
}

function* markTests(
  texts: readonly string[],
  delimiters: readonly string[],
  field: number,
  what: string,
): Generator<Test> {
  const found = new Set(delimiters.slice(0, 16));
  for (const text of texts.slice(0, 60)) {
    for (const word of (text.slice(0, 400).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 20)) found.add(word);
    for (const mark of text.slice(0, 400).match(/[^\p{L}\p{N}\s]/gu) ?? []) found.add(mark);
  }
  for (const mark of found) {
    const solid = /[\p{L}\p{N}]/u.test(mark);
    const cost = (solid ? 3.4 : 2.1) + mark.length * 0.1;
    for (const [method, verb, extra] of [
      ["includes", "contains", 0],
      ["startsWith", "starts with", 0.2],
      ["endsWith", "ends with", 0.2],
    ] as const)
      yield {
        cost: cost + extra,
        holds: (fields) => (fields[field] ?? "")[method](mark),
        js: (names) => `${names[field] ?? "text"}.${method}(${quote(mark)})`,
        say: `${what} ${verb} ${quote(mark)}`,
      };
  }
}

/** Round numbers between neighbours, and the neighbours themselves. */
function bounds(numbers: readonly number[]): number[] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const found = new Set<number>();
  for (let i = 1; i < sorted.length && found.size < 60; i++) {
    const [low = 0, high = 0] = [sorted[i - 1], sorted[i]];
    let size = 10 ** Math.ceil(Math.log10(Math.max(Math.abs(high), high - low, 1e-9)));
    for (let tries = 0; tries < 20; tries++, size /= 10) {
      const round = Math.floor(high / size) * size;
      if (round > low && round <= high) {
        found.add(Number(round.toPrecision(12)));
        break;
      }
    }
  }
  return [...found];
}
