/**
 * Concatenations of pool items and constants that give every output: the intersection of the examples' output graphs
 * of FlashFill (Gulwani, "Automating string processing in spreadsheets using input-output examples", POPL 2011,
 * section 5), searched cheapest first (Dijkstra) over vectors of positions, one position per example, instead of
 * being built whole.
 */
import type { Deadline } from "../../deadline.ts";
import { joinExpr } from "../language/core-ops.ts";
import { constantExpr, type Expr, type Fields } from "../language/expr.ts";
import type { Candidate, Goal } from "./goal.ts";
import { createHeap } from "./heap.ts";
import type { Pool, TextItem } from "./pool.ts";

interface State {
  readonly at: readonly number[];
  readonly cost: number;
  readonly previous: State | undefined;
  readonly piece: TextItem | string | undefined;
}

/** What a concatenation is made of, before it is an expression. */
export interface Concatenation {
  readonly pieces: readonly (TextItem | string)[];
  readonly cost: number;
}

const maxExpansions = 15_000;
const maxStates = 400_000;
const maxItems = 2_500;
const maxConstant = 60;
const fewCharacters = 6;
const popsPerState = 3;
/** For one more piece. */
const pieceCost = 0.7;

/** Up to `wanted` concatenations that fit, cheapest first. */
export function concatenations(goal: Goal, pool: Pool, wanted: number, deadline: Deadline): Concatenation[] {
  const { targets, rows } = goal;
  const n = Math.max(targets.length, (goal.all ?? 0) < 3 ? 0 : 3);
  const items: TextItem[] = [];
  for (const [best] of pool.groups.values())
    if (best?.values.every((value, i) => targets[i]?.includes(value)) && !isFixedMark(best.values)) items.push(best);
  items.sort((a, b) => a.cost - b.cost);
  items.length = Math.min(items.length, maxItems);

  const byPosition = indexByPosition(items, targets[0] ?? "", deadline);
  const empties = items.filter((item) => item.values[0] === "");
  const heap = createHeap<State>();
  heap.push({ at: targets.map(() => 0), cost: 0, previous: undefined, piece: undefined });
  const pops = new Map<string, number>();
  const found: State[] = [];
  let states = 1;
  for (let expansions = 0; expansions < maxExpansions && found.length < wanted && states < maxStates; expansions++) {
    const state = heap.pop();
    if (!state || deadline.expired()) break;
    const key = `${state.at.join(",")}${typeof state.piece === "string" ? "c" : ""}`;
    const seen = pops.get(key) ?? 0;
    const done = state.at.every((p, i) => p === targets[i]?.length);
    if (seen >= (done ? wanted : popsPerState)) continue;
    pops.set(key, seen + 1);
    if (done && state.piece !== undefined) {
      found.push(state);
      continue;
    }
    const step = (piece: TextItem | string, lengths: (i: number) => number, cost: number): void => {
      states++;
      heap.push({ at: state.at.map((p, i) => p + lengths(i)), cost: state.cost + cost, previous: state, piece });
    };
    for (const list of [byPosition.get(state.at[0] ?? 0) ?? [], empties])
      for (const item of list)
        if (item.values.every((value, i) => targets[i]?.startsWith(value, state.at[i])))
          step(item, (i) => item.values[i]?.length ?? 0, item.cost + pieceCost);
    if (typeof state.piece !== "string") {
      const rest = commonRest(targets, state.at);
      for (let length = 1; length <= rest.length; length++) {
        if (splitsPair(rest, length)) continue;
        const text = rest.slice(0, length);
        step(text, () => length, constantCost(text, n, rows));
      }
    }
  }
  return found.map(piecesOf);
}

/**
 * Cost of a constant in the output. Punctuation between pieces is cheap. Letters and digits are dear, the more so with
 * few examples, and dearest where they also stand in every input: then they are probably data.
 */
export function constantCost(text: string, examples: number, rows: readonly Fields[]): number {
  const solid = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const rest = text.length - solid;
  const data = solid > 0 && rows.every((row) => row.some((field) => field.includes(text.trim())));
  const repeated = data ? 2 + solid * 0.5 : repeatedCost(text, rows);
  // A long text that outputs share is no coincidence: what is beyond the first few characters is cheap.
  const bits = (0.7 + 2.2 / examples) * Math.min(solid, fewCharacters) + 0.3 * Math.max(0, solid - fewCharacters);
  return 0.6 + rest * 0.3 + bits + (solid > 0 ? 1.2 : 0) + repeated;
}

/** For the words of a text that stand in every input as words of their own: they are taken from there. */
export function repeatedCost(text: string, rows: readonly Fields[]): number {
  const words = (all: string): string[] =>
    all
      .slice(0, 2_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const found = words(text);
  if (found.length === 0 || rows.length === 0) return 0;
  const inputs = rows.slice(0, 10).map((row) => new Set(row.flatMap(words)));
  return found.reduce((sum, word) => sum + (inputs.every((input) => input.has(word)) ? 2 + word.length * 0.4 : 0), 0);
}

/** The expression of a concatenation; reading the same thing for several pieces is paid once. */
export function concatenated({ pieces, cost }: Concatenation, { rows, targets }: Goal): Candidate {
  const exprs = pieces.map((piece) =>
    typeof piece === "string" ? constantExpr(piece, constantCost(piece, targets.length, rows)) : piece.expr,
  );
  return { expr: joinExpr(exprs, cost), cost: cost - sharedCost(exprs) * sharedShare };
}

/** Less than all of it: a program that takes everything from one place is not always the one meant. */
const sharedShare = 0.8;

/** What the operations that stand in several of the expressions cost beyond the first time. */
export function sharedCost(exprs: readonly Expr[]): number {
  const seen = new Set<string>();
  let saved = 0;
  const visit = (node: Expr): void => {
    if (node.kind !== "apply") return;
    if (seen.has(node.key)) {
      saved += Math.max(0, node.cost - 1);
      return;
    }
    seen.add(node.key);
    for (const arg of node.args) visit(arg);
  };
  for (const expr of exprs) visit(expr);
  return saved;
}

/** Values that are the same punctuation everywhere: a constant says it better. */
function isFixedMark(values: readonly string[]): boolean {
  const [first = ""] = values;
  return !/[\p{L}\p{N}]/u.test(first) && values.length > 1 && values.every((value) => value === first);
}

function splitsPair(text: string, at: number): boolean {
  return at < text.length && /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}

function indexByPosition(items: readonly TextItem[], target: string, deadline: Deadline): Map<number, TextItem[]> {
  const index = new Map<number, TextItem[]>();
  for (const item of items) {
    if (deadline.expired()) break;
    const value = item.values[0] ?? "";
    if (value === "") continue;
    for (let at = target.indexOf(value); at >= 0; at = target.indexOf(value, at + 1)) {
      const list = index.get(at);
      if (list) list.push(item);
      else index.set(at, [item]);
    }
  }
  return index;
}

/** The text that all outputs share from these positions on. */
function commonRest(targets: readonly string[], at: readonly number[]): string {
  const first = (targets[0] ?? "").slice(at[0], (at[0] ?? 0) + maxConstant);
  let length = first.length;
  for (let i = 1; i < targets.length; i++) {
    const target = targets[i] ?? "";
    const from = at[i] ?? 0;
    let same = 0;
    while (same < length && target.charCodeAt(from + same) === first.charCodeAt(same)) same++;
    length = same;
  }
  return first.slice(0, length);
}

function piecesOf(end: State): Concatenation {
  const pieces: (TextItem | string)[] = [];
  for (let state: State | undefined = end; state?.piece !== undefined; state = state.previous)
    pieces.unshift(state.piece);
  return { pieces, cost: end.cost };
}
