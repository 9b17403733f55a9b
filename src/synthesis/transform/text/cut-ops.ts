/** Operations that cut a piece out of a text: at fixed positions, at marks, between brackets, behind a key. */
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { groupOp, patternOp, textOp } from "./define.ts";

const range = (from: number, to: number | undefined): string =>
  `${from === 0 ? "" : from}:${to === undefined ? "" : to}`;

function slice(from: number, to: number | undefined, cost: number, say: (what: string) => string): Op {
  return textOp({
    ...{ cost, say },
    apply: (t) => t.slice(from, to),
    js: (r) =>
      from === 0 && to === 1 ? `${r}.charAt(0)` : `${r}.slice(${to === undefined ? from : `${from}, ${to}`})`,
    py: (r) => `${r}[${range(from, to)}]`,
  });
}

/** Cuts at fixed positions from either end, up to `reach` characters in. */
export function cuts(reach: number): Op[] {
  const plural = (n: number): string => (n === 1 ? "character" : `${n} characters`);
  const ops: Op[] = [];
  for (let n = 1; n <= reach; n++) {
    const far = n * 0.08;
    ops.push(
      slice(0, n, (n === 1 ? 1.5 : 2.4) + far, (w) =>
        n === 1 ? `the first letter of ${w}` : `the first ${plural(n)} of ${w}`,
      ),
      slice(-n, undefined, 2.5 + far, (w) => `the last ${plural(n)} of ${w}`),
      slice(n, undefined, 2.6 + n * 0.2, (w) => `${w} without its first ${plural(n)}`),
      slice(0, -n, 2.6 + n * 0.2, (w) => `${w} without its last ${plural(n)}`),
    );
    if (n <= 3) ops.push(slice(n, -n, 2.8 + far, (w) => `${w} without ${plural(n)} at each end`));
  }
  return ops;
}

/** Cuts between two fixed positions. */
export function windows(reach: number, longest: number): Op[] {
  const ops: Op[] = [];
  for (let from = 1; from <= reach; from++)
    for (let length = 1; length <= longest; length++)
      ops.push(
        slice(
          from,
          from + length,
          3.2 + from * 0.06 + length * 0.04,
          (w) => `characters ${from + 1} to ${from + length} of ${w}`,
        ),
      );
  return ops;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** What is before or behind a mark; texts without the mark stay whole. */
export function sides(mark: string, cost: number): Op[] {
  const q = quote(mark);
  const [one, not] = [escaped(mark), `[^${mark.replace(/[\\\]^-]/g, "\\$&")}]`];
  const ops: Op[] = [
    // Where the mark is missing, indexOf gives -1: nothing is cut off.
    textOp({
      cost: cost + 0.9 + mark.length * 0.1,
      apply: (t) => t.slice(t.indexOf(mark) + 1),
      js: (r) => `${r}.slice(${r}.indexOf(${q}) + 1)`,
      py: (r) => `${r}[${r}.find(${pyQuote(mark)}) + 1:]`,
      say: (w) => `what is behind the first ${q} of ${w}`,
    }),
  ];
  if (mark.length === 1)
    ops.push(
      patternOp(cost + 0.5, new RegExp(`${one}$`), "", (w) => `${w} without ${q} at its end`, { keepsMarks: true }),
      patternOp(cost + 0.6, new RegExp(`^${one}`), "", (w) => `${w} without ${q} at its start`, { keepsMarks: true }),
      patternOp(cost + 0.9, new RegExp(`${one}${not}*$`), "", (w) => `${w} up to its last ${q}`),
      patternOp(cost + 1.4, new RegExp(`\\s?${one}.*$`, "s"), "", (w) => `${w} up to its first ${q}`),
    );
  return mark.length === 1 ? ops : [];
}

const pairs = [
  ["(", ")", "parentheses"],
  ["[", "]", "brackets"],
  ["{", "}", "braces"],
  ["<", ">", "angle brackets"],
  ['"', '"', "double quotes"],
  ["'", "'", "single quotes"],
  ["“", "”", "quotation marks"],
  ["„", "“", "quotation marks"],
  ["「", "」", "brackets"],
] as const;

/** What stands between a pair of brackets or quotes that occurs in the texts. */
export function enclosed(texts: readonly string[]): Op[] {
  return pairs
    .filter(([open, close]) => texts.filter((t) => t.includes(open) && t.includes(close)).length * 2 >= texts.length)
    .map(([open, close, name]) =>
      groupOp(
        2.2,
        new RegExp(`${escaped(open)}([^${escaped(open === close ? close : open + close)}]*)${escaped(close)}`),
        (w) => `what is in ${name} in ${w}`,
      ),
    );
}

/**
 * The value behind a key that the texts share: `user=anna`, `"name": "Anna"`, `Total: 12`. Keys are words of all texts with
 * a mark behind; the value ends at a blank, a quote, or a mark that separates pairs.
 */
export function keyed(texts: readonly string[]): Op[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const found = new Set<string>();
    for (const [key] of text.slice(0, 4_000).matchAll(/["']?[\p{L}_][\p{L}\p{N}_-]*["']?\s?[=:#]\s*["']?/gu)) {
      if (found.size > 40) break;
      found.add(key);
    }
    for (const key of found) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const ops: Op[] = [];
  for (const [key, count] of counts) {
    if (count < texts.length * 0.6 || ops.length >= 60) continue;
    const start = /^\p{L}|^_/u.test(key) ? "(?<![A-Za-z0-9_])" : "";
    const quoteMark = /["']$/.exec(key)?.[0];
    const plain = `${start}${escaped(key)}`;
    if (quoteMark) {
      ops.push(groupOp(1.4, new RegExp(`${plain}([^${quoteMark}]*)`), (w) => `the value of ${said(key)} in ${w}`));
      continue;
    }
    for (const [until, extra] of [
      ["[^\\s&;,#]*", 0],
      ["[^&]*", 0.3],
      ["[^;]*", 0.3],
      ["[^,]*", 0.3],
      ["\\S*", 0.3],
      [".*", 0.4],
    ] as const) {
      const mark = until.charAt(2);
      if (until.length === 5 && !texts.some((t) => t.includes(mark))) continue;
      ops.push(groupOp(2.6 + extra, new RegExp(`${plain}(${until})`), (w) => `the value of ${said(key)} in ${w}`));
    }
  }
  return ops;
}

const said = (key: string): string => quote(key.replace(/["']/g, "").replace(/\s*[=:#]\s*$/, ""));
