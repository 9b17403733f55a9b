/** Questions that a case distinction, or a yes/no program, may ask about an input. */
import type { Deadline } from "../../deadline.ts";
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { type Item, makeItem, type Rows } from "../language/item.ts";
import { pyPattern, pyQuote } from "../language/python.ts";
import type { TextItem } from "./pool.ts";

interface TestSource {
  readonly cost: number;
  readonly holds: (text: string) => boolean;
  readonly js: (r: string) => string;
  readonly py: (r: string) => string;
  readonly say: string;
  readonly loose?: true | "js" | "py";
}

function testOp({ cost, holds, js, py, say, loose }: TestSource): Op {
  return {
    ...{ key: js("@"), gives: "truth", cost, apply: holds as Op["apply"] },
    js: (text) => js(text?.tight ?? ""),
    py: (text) => py(text?.tight ?? ""),
    say: (what) => `${what} ${say}`,
    ...(loose ? { loose } : {}),
  };
}

const kinds: readonly (readonly [pattern: RegExp, say: string, cost: number])[] = [
  [/^\d+$/, "is all digits", 2],
  [/^-?\d+(?:\.\d+)?$/, "is a number", 2.2],
  [/\d/, "contains a digit", 2],
  [/^\d/, "starts with a digit", 2.2],
  [/\d$/, "ends with a digit", 2.4],
  [/\p{L}/u, "contains a letter", 2],
  [/^\p{L}+$/u, "is all letters", 2.3],
  [/^\p{L}/u, "starts with a letter", 2.3],
  [/\p{Lu}/u, "contains a capital letter", 2.3],
  [/^\p{Lu}/u, "starts with a capital letter", 2.3],
  [/^[^\p{Ll}]*$/u, "has no small letters", 2.5],
  [/\s/, "contains a space", 2],
  [/^\s*$/, "is empty", 2],
];

const kindOps: readonly Op[] = kinds.map(([pattern, say, cost]) =>
  testOp({
    ...{ cost, say },
    holds: (text) => pattern.test(text),
    js: (r) => `${pattern}.test(${r})`,
    py: (r) => `bool(re.search(${pyPattern(pattern)}, ${r}))`,
  }),
);

/** Tests that divide the rows, cheapest first; a few of each division, at most `limit`. */
export function dividingTests(
  texts: readonly TextItem[],
  others: readonly Item[],
  rows: Rows,
  delimiters: readonly string[],
  limit: number,
  deadline: Deadline,
  /** Lengths that outputs have in common: texts are cut to them. */
  lengths: readonly number[] = [],
): Item[] {
  const byDivision = new Map<string, Item[]>();
  const keep = (item: Item | undefined): void => {
    if (!item?.values.includes(true) || !item.values.includes(false)) return;
    const missing = item.probes.filter((value) => value === undefined).length / Math.max(1, item.probes.length);
    const judged = { ...item, cost: item.cost + missing * 4 };
    const key = item.values.map((value) => (value ? "1" : "0")).join("");
    const known = byDivision.get(key) ?? [];
    known.push(judged);
    known.sort((a, b) => a.cost - b.cost);
    known.length = Math.min(known.length, 3);
    byDivision.set(key, known);
  };
  for (const text of texts) {
    if (deadline.expired()) break;
    for (const op of [...textTests(text, rows, delimiters, lengths), ...memberTests(text)]) keep(makeItem(op, [text]));
  }
  const whole = texts.filter(({ expr }) => expr.kind === "field");
  for (const [i, a] of whole.entries()) for (const b of whole.slice(i + 1)) keep(makeItem(sameOp, [a, b]));
  for (const other of others) keep(other);
  return [...byDivision.values()]
    .flat()
    .sort((a, b) => a.cost - b.cost)
    .slice(0, limit);
}

const sameOp: Op = {
  ...{ key: "===", gives: "truth", cost: 1, loose: true as const },
  apply: (a: string, b: string) => a === b,
  js: (a, b) => `${a?.tight} === ${b?.tight}`,
  py: (a, b) => `${a?.tight} == ${b?.tight}`,
  say: (a, b) => `${a} equals ${b}`,
};

const words = (text: string): string[] => text.trim().split(/\s+/);

function* textTests(
  item: TextItem,
  { probes }: Rows,
  delimiters: readonly string[],
  lengths: readonly number[],
): Generator<Op> {
  const texts = item.values;
  const isField = item.expr.kind === "field";
  yield* kindOps;
  const others = (item.probes.filter((value) => typeof value === "string") as string[]).slice(0, 12);
  yield* markTests(texts, others, isField ? delimiters : []);
  if (!isField && probes.length > 0) return;
  for (const length of lengths)
    yield testOp({
      cost: 1.6,
      holds: (text) => text.length > length,
      js: (r) => `${r}.length > ${length}`,
      py: (r) => `len(${r}) > ${length}`,
      loose: true,
      say: `has more than ${length} characters`,
    });
  for (const count of new Set(texts.map((text) => words(text).length)))
    if (count > 1 && count < 12)
      yield testOp({
        cost: 2.6 + count * 0.1,
        holds: (text) => words(text).length >= count,
        js: (r) => `${r}.trim().split(/\\s+/).length >= ${count}`,
        py: (r) => `len(re.split(r"\\s+", ${r}.strip())) >= ${count}`,
        loose: true,
        say: `has ${count} words or more`,
      });
  for (const length of new Set(texts.map((text) => text.length)))
    if (length > 0 && length < 200)
      for (const bound of [length, ...(length % 10 === 0 ? [] : [Math.ceil(length / 10) * 10])])
        yield testOp({
          cost: bound % 10 === 0 ? 2.9 : 3.2,
          holds: (text) => text.length >= bound,
          js: (r) => `${r}.length >= ${bound}`,
          py: (r) => `len(${r}) >= ${bound}`,
          loose: true,
          say: `has ${bound} characters or more`,
        });
}

const mostMembers = 5;

/** Whether a text is one of several words that stand in the examples: for words that other rows repeat. */
function memberTests({ values, probes }: TextItem): Op[] {
  const words = [...new Set(values)].filter((value) => value !== "" && value.length <= 16);
  if (words.length < 3 || words.length > mostMembers) return [];
  const seen = (word: string): number => probes.filter((value) => value === word).length;
  const ops: Op[] = [];
  for (let chosen = 1; chosen < 1 << words.length; chosen++) {
    const members = words.filter((_, i) => (chosen >> i) & 1);
    if (members.length < 2 || members.length === words.length) continue;
    if (probes.length > 0 && members.some((word) => seen(word) < 2)) continue;
    const list = members.map(quote).join(", ");
    ops.push(
      testOp({
        cost: 1.2 + members.reduce((sum, word) => sum + 0.5 + word.length * 0.08, 0),
        holds: (text) => members.includes(text),
        js: (r) => `[${list}].includes(${r})`,
        py: (r) => `${r} in (${members.map(pyQuote).join(", ")})`,
        loose: "py",
        say: `is one of ${list}`,
      }),
    );
  }
  return ops;
}

function* markTests(texts: readonly string[], others: readonly string[], delimiters: readonly string[]): Generator<Op> {
  const found = new Set(delimiters.slice(0, 16));
  for (const text of texts.slice(0, 60)) {
    for (const word of (text.slice(0, 400).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 20)) found.add(word);
    for (const mark of text.slice(0, 400).match(/[^\p{L}\p{N}\s]/gu) ?? []) found.add(mark);
    const lower = /^\p{Ll}/u.exec(text)?.[0];
    if (lower && text.length > 1) found.add(lower);
  }
  for (const mark of found) {
    const solid = /[\p{L}\p{N}]/u.test(mark);
    // A word that no other row has is data.
    const rare = solid && others.length >= 3 && others.filter((text) => text.includes(mark)).length < 2 ? 2 : 0;
    const cost = (solid ? 3 : 2.1) + mark.length * 0.08 + rare + (solid && mark.length === 1 ? 1.5 : 0);
    const q = quote(mark);
    const p = pyQuote(mark);
    yield testOp({
      ...{ cost, holds: (text) => text.includes(mark), js: (r) => `${r}.includes(${q})`, py: (r) => `${p} in ${r}` },
      ...{ loose: "py" as const, say: `contains ${q}` },
    });
    yield testOp({
      cost: cost + 0.2,
      holds: (text) => text.startsWith(mark),
      js: (r) => `${r}.startsWith(${q})`,
      py: (r) => `${r}.startswith(${p})`,
      say: `starts with ${q}`,
    });
    yield testOp({
      cost: cost + 0.2,
      holds: (text) => text.endsWith(mark),
      js: (r) => `${r}.endsWith(${q})`,
      py: (r) => `${r}.endswith(${p})`,
      say: `ends with ${q}`,
    });
    if (solid)
      yield testOp({
        cost: cost - 0.1,
        holds: (text) => text === mark,
        js: (r) => `${r} === ${q}`,
        py: (r) => `${r} == ${p}`,
        loose: true,
        say: `is ${q}`,
      });
  }
}
