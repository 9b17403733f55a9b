/** Regular expressions that find the wanted spans in texts: put together from contexts and contents, cheapest first. */
import type { Deadline } from "../deadline.ts";
import { charset, isSubset, wordRanges } from "./charset.ts";
import { type Content, contentsOf } from "./contents.ts";
import { type Context, contextLength, encloses, fills, leftContexts, rightContexts } from "./contexts.ts";
import { capture, compile, edge, hasCapture, hasHalves, type Node, seq } from "./pattern.ts";
import { backtrackingProblem } from "./safety.ts";
import type { Span } from "./spans.ts";

export interface Finder {
  readonly node: Node;
  /** Which matches are taken: the first, the last, or all of them. */
  readonly which: "first" | "last" | "all";
  readonly cost: number;
  /** What is found, as far as it has a name ("date"), and the label before it ("Total"). */
  readonly name: string;
  readonly label: string;
  /** Marks (or a word) before and after it. */
  readonly marks: readonly [before: string, after: string];
  readonly regExp: RegExp;
  readonly grouped: boolean;
}

/** Combinations that are tried, and finders that are kept. */
const maxTried = 30_000;
const maxFound = 60;
/** Finders dearer than the first by more than this are not kept. */
const keptMargin = 4.5;
/** Upper ends for repeats that must have one. */
const boundaries = [20, 50, 100, 300];
/** A search for the last of very many matches stops here. */
const maxMatches = 100_000;

/** All texts that the pattern finds. */
export function findAll(finder: Pick<Finder, "regExp" | "grouped">, text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(finder.regExp)) {
    found.push((finder.grouped ? match[1] : match[0]) ?? "");
    if (found.length >= maxMatches) break;
  }
  return found;
}

/** The one text that a finder for single texts gives; undefined where it finds none. */
export function findOne(finder: Finder, text: string): string | undefined {
  if (finder.which === "last") return findAll(finder, text).at(-1);
  finder.regExp.lastIndex = 0;
  const match = finder.regExp.exec(text);
  return match ? (finder.grouped ? match[1] : match[0]) : undefined;
}

export interface FinderTask {
  readonly texts: readonly string[];
  /** For each text, where the wanted spans stand: any number, or at most one with `single`. */
  readonly spans: readonly (readonly Span[])[];
  readonly single: boolean;
}

/** Rows that candidates are made from; they are checked on all. */
const maxRows = 80;

export function findersFor(task: FinderTask, deadline: Deadline): Finder[] {
  const places = task.texts
    .flatMap((text, row) => (task.spans[row] ?? []).map((span) => ({ text, span })))
    .slice(0, task.single ? maxRows : maxRows * 4);
  if (places.length === 0) return [];
  const wanted = places.map(({ text, span }) => text.slice(span.start, span.end));
  const lefts = places.map(({ text, span }) => text.slice(Math.max(0, span.start - contextLength), span.start));
  const rights = places.map(({ text, span }) => text.slice(span.end, span.end + contextLength));
  const left = leftContexts(
    lefts,
    places.map(({ span }) => span.start <= contextLength),
    wanted,
  );
  const right = rightContexts(
    rights,
    places.map(({ text, span }) => text.length - span.end <= contextLength),
    wanted,
  );
  const contents = contentsOf(wanted, rights);
  const combined = combinations(left, contents, right, task.single);
  const expected = task.texts.map((text, row) => (task.spans[row] ?? []).map((s) => text.slice(s.start, s.end)));
  const lengths = wanted.map((value) => value.length);
  const found: Finder[] = [];
  let best = Number.POSITIVE_INFINITY;
  for (const [i, parts] of combined.entries()) {
    if (i >= maxTried || found.length >= maxFound || parts.cost > best + keptMargin || deadline.expired()) break;
    for (const finder of finderOf(parts, task.single, lengths)) {
      const fitting = check(finder, task, expected, deadline);
      if (!fitting) continue;
      found.push(fitting);
      best = Math.min(best, fitting.cost);
    }
  }
  return found.sort((a, b) => a.cost - b.cost);
}

interface Parts {
  readonly left: Context;
  readonly content: Content;
  readonly right: Context;
  readonly cost: number;
}

function combinations(left: Context[], contents: Content[], right: Context[], single: boolean): Parts[] {
  const all: Parts[] = [];
  for (const content of contents)
    for (const l of left)
      for (const r of right) {
        const bare = !l.says && !r.says;
        // A number or a word alone says little about which one is meant.
        const vague = bare && !content.distinct ? (single ? 1.6 : 0.2) : 0;
        const labelled = single && l.label !== "" ? 0.3 : 0;
        const needless = !bare && content.distinct ? 0.4 : 0;
        const touch = l.touch + r.touch;
        const enclosed = encloses(touch) ? (fills(content.node, touch) ? -1.9 : -0.7) : 0.3;
        const twice = (l.says && r.says ? enclosed : 0) + needless - labelled;
        all.push({ left: l, content, right: r, cost: l.cost + content.cost + r.cost + vague + twice });
      }
  return all.sort((a, b) => a.cost - b.cost);
}

const isOpen = ({ max }: { readonly max: number }): boolean => max === Number.POSITIVE_INFINITY;

/** The pattern with its repeats bounded: then no search walks far from a start that leads nowhere. */
function bounded(node: Node, most: number): Node {
  if (node.kind === "set" && isOpen(node)) return { ...node, max: Math.max(node.min, most) };
  if (node.kind === "seq") return seq(node.parts.map((part) => bounded(part, most)));
  if (node.kind === "repeat" && isOpen(node)) return { ...node, max: node.min + 5 };
  return node;
}

const openers = /[[({<「『“]$/;

/** The content without the bracket before it: then no search walks the same text from several brackets. */
function excluding(node: Node, opener: string): Node | undefined {
  if (opener === "" || node.kind !== "set" || !node.set.negated) return undefined;
  return { ...node, set: charset([opener, ...node.set.items], true) };
}

function* finderOf(
  { left, content, right, cost }: Parts,
  single: boolean,
  lengths: readonly number[],
): Generator<Finder> {
  const grouped = Boolean((left.node && left.node.kind !== "edge") || (right.node && right.node.kind !== "edge"));
  const build = (inner: Node): Node =>
    seq([...(left.node ? [left.node] : []), grouped ? capture(inner) : inner, ...(right.node ? [right.node] : [])]);
  let node = build(content.node);
  let extra = 0;
  if (backtrackingProblem(node)) {
    const first = content.node.kind === "seq" ? content.node.parts[0] : content.node;
    const wordy = !left.node && first?.kind === "set" && isSubset(first.set.ranges, wordRanges);
    const guarded = (inner: Node): Node => (wordy ? seq([edge("word"), build(inner)]) : build(inner));
    const longest = Math.max(0, ...lengths);
    const opener = openers.exec(left.touch)?.[0] ?? "";
    const without = excluding(content.node, opener);
    const bracketed = without && build(without);
    const tamed = [
      ...(bracketed ? [bracketed] : []),
      ...(wordy ? [guarded(content.node)] : []),
      ...boundaries
        .filter((most) => most >= Math.min(300, longest * 4))
        .map((most) => guarded(bounded(content.node, most))),
    ].find((candidate) => !backtrackingProblem(candidate));
    if (!tamed) return;
    node = tamed;
    extra = tamed === bracketed ? 0 : 0.3;
  }
  if (hasHalves(node)) return;
  yield {
    node,
    which: single ? "first" : "all",
    cost: cost + extra,
    name: content.name,
    label: left.label,
    marks: [left.mark, right.mark],
    regExp: compile(node, true),
    grouped: hasCapture(node),
  };
}

/** The finder, with which match it takes decided, where it gives what is wanted on every text. */
function check(
  finder: Finder,
  { texts, single }: FinderTask,
  expected: readonly (readonly string[])[],
  deadline: Deadline,
): Finder | undefined {
  let first = true;
  let last = single;
  let several = 0;
  let rows = 0;
  for (const [i, text] of texts.entries()) {
    const wanted = expected[i] ?? [];
    const found = findAll(finder, text);
    if (found.includes("")) return undefined;
    if (!single) {
      if (found.length !== wanted.length || found.some((value, k) => value !== wanted[k])) return undefined;
    } else if (wanted.length === 0) {
      if (found.length > 0) return undefined;
    } else {
      rows++;
      if (found.length > 1) several++;
      first &&= found[0] === wanted[0];
      last &&= found.at(-1) === wanted[0];
      if (!first && !last) return undefined;
    }
    if (i % 64 === 63 && deadline.expired()) return undefined;
  }
  if (!single) return finder;
  const picky = several > 0 ? 0.4 + (0.8 * several) / rows : 0;
  return first
    ? { ...finder, cost: finder.cost + picky }
    : { ...finder, which: "last", cost: finder.cost + picky + 1.2 };
}
