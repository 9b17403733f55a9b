/** One pattern with a named group for each field, for lines of one shape. */
import type { Deadline } from "../deadline.ts";
import { anyInLine, charset } from "./charset.ts";
import { type Content, contentsOf } from "./contents.ts";
import { fills } from "./contexts.ts";
import { capture, chars, compile, edge, hasHalves, type Node, seq, text } from "./pattern.ts";
import { backtrackingProblem } from "./safety.ts";
import { commonPrefix, commonSuffix, type Span } from "./spans.ts";
import { aligned, grains, tokenPattern } from "./tokens.ts";

export interface LinePattern {
  readonly node: Node;
  readonly regExp: RegExp;
  readonly cost: number;
}

export interface LineTask {
  readonly texts: readonly string[];
  /** For each text, the spans of its fields in the order in which they stand. */
  readonly spans: readonly (readonly Span[])[];
  /** Names of the groups, in that order. */
  readonly groups: readonly string[];
}

const beamWidth = 24;
/** Of them, with the same content for the last field. */
const beamShare = 4;
const contentOptions = 9;
const checkedRows = 24;
/** Patterns of which every field is tried with other contents, too. */
const swappedPatterns = 2;
const maxGap = 300;
/** Upper end of a field that must have one, because what follows it may also stand inside it. */
const maxBounded = 300;

interface Option {
  readonly node: Node;
  readonly cost: number;
}

interface Partial {
  readonly parts: readonly Node[];
  readonly cost: number;
  /** Which content its last field has. */
  readonly option: number;
}

/** Patterns that give every field of every text, cheapest first. */
export function linePatterns({ texts, spans, groups }: LineTask, deadline: Deadline): LinePattern[] {
  const gap = (field: number): string[] =>
    texts.map((line, row) => line.slice(spans[row]?.[field - 1]?.end ?? 0, spans[row]?.[field]?.start ?? line.length));
  const values = groups.map((_, field) =>
    texts.map((line, row) => line.slice(spans[row]?.[field]?.start ?? 0, spans[row]?.[field]?.end ?? 0)),
  );
  const padded = texts.some((line) => / {2}|\t/.test(line.trim()));
  const fits = (pattern: RegExp, fields: number, rows: number): boolean =>
    texts.slice(0, rows).every((line, row) => {
      const found = pattern.exec(line)?.groups;
      return groups.slice(0, fields).every((group, field) => found?.[group] === values[field]?.[row]);
    });
  let beam: Partial[] = gapOptions(gap(0), false, padded).map(({ node, cost }) => ({
    parts: [edge("start"), node],
    cost,
    option: 0,
  }));
  const options: Option[][] = [];
  for (const [field, group] of groups.entries()) {
    const gaps = gap(field + 1);
    const last = field === groups.length - 1;
    const after = last ? lastOptions(gaps, padded) : gapOptions(gaps, true, padded);
    const enclosed = commonSuffix(gap(field)).slice(-1) + commonPrefix(gaps).slice(0, 1);
    const contents = contentsOf(values[field] ?? [], gaps)
      .map((content) => ({
        node: content.node,
        cost: contentCost(content) - (fills(content.node, enclosed) ? 0.5 : 0),
      }))
      .sort((a, b) => a.cost - b.cost)
      .slice(0, contentOptions);
    options.push(contents);
    const next: Partial[] = beam
      .flatMap(({ parts, cost }) =>
        contents.flatMap((content, index) =>
          after.map((option) => ({
            parts: [...parts, capture(content.node, group), option.node],
            cost: cost + content.cost + option.cost,
            option: index,
          })),
        ),
      )
      .sort((a, b) => a.cost - b.cost);
    beam = [];
    for (const partial of next) {
      if (beam.length >= beamWidth || deadline.expired()) break;
      if (beam.filter(({ option }) => option === partial.option).length >= beamShare) continue;
      const node = seq(partial.parts);
      if (backtrackingProblem(node)) {
        const tamed = tame(partial, partial.parts.length - 2);
        const place = next.findIndex((other) => tamed !== undefined && other.cost > tamed.cost);
        if (tamed) next.splice(place < 0 ? next.length : place, 0, tamed);
      } else if (fits(compile(node, false), field + 1, checkedRows)) beam.push(partial);
    }
  }
  const swapped = beam.slice(0, swappedPatterns).flatMap((partial) => swaps(partial, options));
  const seen = new Set<string>();
  return [...beam, ...swapped]
    .sort((a, b) => a.cost - b.cost)
    .flatMap(({ parts, cost }) => {
      const node = seq(parts);
      const regExp = compile(node, false);
      if (seen.has(regExp.source) || (seen.size > 0 && deadline.expired())) return [];
      seen.add(regExp.source);
      return !hasHalves(node) && fits(regExp, groups.length, texts.length) ? [{ node, regExp, cost }] : [];
    });
}

/** The pattern with one field changed to something else that it may be. */
function swaps({ parts, cost, option }: Partial, options: readonly (readonly Option[])[]): Partial[] {
  let field = -1;
  return parts.flatMap((part, i) => {
    if (part.kind !== "capture") return [];
    field++;
    const own = options[field]?.find(({ node }) => node === part.part)?.cost ?? 0;
    return (options[field] ?? []).flatMap((other): Partial[] => {
      if (other.node === part.part) return [];
      const changed = { parts: parts.with(i, { ...part, part: other.node }), cost: cost - own + other.cost, option };
      if (!backtrackingProblem(seq(changed.parts))) return [changed];
      const tamed = tame(changed, i);
      return tamed ? [tamed] : [];
    });
  });
}

/** The pattern with the field at `index` made safe: beginning with no space where spaces stand before it, or bounded. */
function tame({ parts, cost, option }: Partial, index: number): Partial | undefined {
  const field = parts[index];
  if (field?.kind !== "capture" || field.part.kind !== "set" || field.part.max !== Number.POSITIVE_INFINITY)
    return undefined;
  const { set } = field.part;
  const marks = set === anyInLine ? [] : set.items;
  const solid = seq([chars(charset(["space", ...marks], true), 1, 1), chars(set, 0)]);
  const safer = [...(set.negated ? [solid] : []), { ...field.part, max: maxBounded }];
  for (const part of safer) {
    const changed = parts.with(index, { ...field, part });
    if (!backtrackingProblem(seq(changed)))
      return { parts: changed, cost: cost + (part === solid ? 0.1 : 0.6), option };
  }
  return undefined;
}

/** With fixed text on both sides, a general content is as sure as a special one, and lets more lines through. */
const contentCost = ({ cost, node, distinct }: Content): number => {
  const general = node.kind === "set" && node.min <= 1 && node.max === Number.POSITIVE_INFINITY;
  return (general ? cost - 0.3 : cost + (distinct ? 0 : 0.4)) * 0.7;
};

/** What may stand between two fields (or before the first): fixed text, kinds of token, or all up to fixed text. */
function gapOptions(gaps: readonly string[], between: boolean, padded: boolean): Option[] {
  const [first = ""] = gaps;
  if (gaps.some((gap) => gap.length > maxGap)) return [];
  const found: Option[] = [];
  if (gaps.every((gap) => gap === first)) {
    if (first === "") return [{ node: text(""), cost: between ? 1.5 : 0 }];
    found.push({ node: text(first), cost: 0.3 + 0.15 * (first.match(/\d/g)?.length ?? 0) });
    const tokens = /\d/.test(first) ? aligned([first], grains[0], 40) : undefined;
    if (tokens) found.push({ node: tokenPattern(tokens, { fixed: true, counted: false }, 1).node, cost: 0.4 });
    if (/\s/.test(first)) found.push({ node: flexible(first), cost: padded ? 0.2 : 0.5 });
    return found;
  }
  if (gaps.every((gap) => gap !== "" && gap.trim() === "")) return [{ node: chars(charset(["space"])), cost: 0.4 }];
  for (const grain of grains) {
    const tokens = aligned(gaps, grain, 30);
    if (!tokens) continue;
    const spaced = padded ? tokens.map((t) => (t.kind === "space" ? { ...t, texts: [" ", "  "] } : t)) : tokens;
    const { node, cost } = tokenPattern(spaced, { fixed: true, counted: false }, gaps.length);
    found.push({ node, cost: 0.5 + cost * 0.5 });
    break;
  }
  const lists = gaps.map((gap) => gap.split(/(\s+)/));
  const [shortest] = lists;
  if (shortest && lists.every((list) => list.length === shortest.length)) {
    const parts = shortest.map((piece, i) =>
      lists.every((list) => list[i] === piece) && !(padded && i % 2 === 1) ? text(piece) : wordOrSpace(lists, i),
    );
    if (parts.every((part) => part !== undefined)) found.push({ node: seq(parts), cost: 0.8 + parts.length * 0.3 });
  }
  // Digits, and half words, are data even where the examples share them.
  const prefix = commonPrefix(gaps).match(/^[^\d]*(?<![\p{L}\p{N}])/u)?.[0] ?? "";
  const suffix = commonSuffix(gaps.map((gap) => gap.slice(prefix.length)));
  for (let cut = 0; cut < suffix.length; cut++) {
    const stop = suffix.charAt(cut);
    if (/[\p{L}\p{N}]/u.test(stop)) continue;
    const middles = gaps.map((gap) => gap.slice(prefix.length, gap.length - suffix.length + cut));
    if (middles.some((middle) => middle.includes(stop))) continue;
    const node = seq([text(prefix), chars(charset([stop], true), 0), text(suffix.slice(cut))]);
    found.push({ node, cost: 1.6 + cut * 0.3 });
    break;
  }
  return found;
}

function wordOrSpace(lists: readonly (readonly string[])[], i: number): Node | undefined {
  if (i % 2 === 1) return chars(charset(["space"]));
  const pieces = lists.map((list) => list[i] ?? "");
  if (pieces.some((piece) => piece === "")) return undefined;
  const prefix = commonPrefix(pieces).match(/^[^\p{L}\p{N}]+/u)?.[0] ?? "";
  const rest = pieces.map((piece) => piece.slice(prefix.length));
  return rest.every((r) => r !== "")
    ? seq([text(prefix), chars(charset(["space"], true))])
    : chars(charset(["space"], true));
}

const flexible = (gap: string): Node =>
  seq(gap.split(/(\s+)/).map((piece, i) => (i % 2 === 1 ? chars(charset(["space"])) : text(piece))));

/** After the last field: the end, fixed text, or whatever comes. */
function lastOptions(gaps: readonly string[], padded: boolean): Option[] {
  if (gaps.every((gap) => gap === "")) return [{ node: edge("end"), cost: 0.1 }];
  const prefix = commonPrefix(gaps).slice(0, 20);
  const mark = prefix.match(/^[^\p{L}\p{N}]+/u)?.[0] ?? "";
  return [
    ...gapOptions(gaps, true, padded).map(({ node, cost }) => ({ node: seq([node, edge("end")]), cost: cost + 0.3 })),
    ...(mark && mark.trim() !== "" ? [{ node: text(mark), cost: 0.3 }] : []),
    { node: text(""), cost: 0.6 },
  ];
}
