/**
 * Concatenations of pool items and constants that give every output: the intersection of the examples' output graphs
 * of FlashFill (Gulwani, "Automating string processing in spreadsheets using input-output examples", POPL 2011,
 * section 5), searched cheapest first (Dijkstra) over vectors of positions, one position per example, instead of
 * being built whole.
 */
import type { Deadline } from "../deadline.ts";
import type { Goal } from "./goal.ts";
import type { Item, Pool } from "./pool.ts";
import { constantCost, type Piece, type Program } from "./program.ts";

interface State {
  readonly at: readonly number[];
  readonly cost: number;
  readonly previous: State | undefined;
  readonly piece: Item | string | undefined;
}

const maxExpansions = 6_000;
const maxStates = 400_000;
const maxItems = 1_500;
const maxConstant = 60;
const popsPerState = 3;

/** Up to `wanted` programs that fit, cheapest first. */
export function concatenations(goal: Goal, pool: Pool, wanted: number, deadline: Deadline): Program[] {
  const { targets, rows } = goal;
  const n = targets.length;
  const items: Item[] = [];
  for (const [best] of pool.groups.values())
    if (best?.values.every((value, i) => targets[i]?.includes(value)) && !isFixedMark(best.values)) items.push(best);
  items.sort((a, b) => a.cost - b.cost);
  items.length = Math.min(items.length, maxItems);

  const byPosition = indexByPosition(items, targets[0] ?? "", deadline);
  const empties = items.filter((item) => item.values[0] === "");
  const heap = createHeap();
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
    const step = (piece: Item | string, lengths: (i: number) => number, cost: number): void => {
      states++;
      heap.push({ at: state.at.map((p, i) => p + lengths(i)), cost: state.cost + cost, previous: state, piece });
    };
    for (const list of [byPosition.get(state.at[0] ?? 0) ?? [], empties])
      for (const item of list)
        if (item.values.every((value, i) => targets[i]?.startsWith(value, state.at[i])))
          step(item, (i) => item.values[i]?.length ?? 0, item.cost + 0.7);
    if (typeof state.piece !== "string") {
      const rest = commonRest(targets, state.at);
      for (let length = 1; length <= rest.length; length++) {
        if (splitsPair(rest, length)) continue;
        const text = rest.slice(0, length);
        step(text, () => length, constantCost(text, n, rows));
      }
    }
  }
  return found.map(programOf);
}

/** Values that are the same punctuation everywhere: a constant says it better. */
function isFixedMark(values: readonly string[]): boolean {
  const [first = ""] = values;
  return !/[\p{L}\p{N}]/u.test(first) && values.every((value) => value === first);
}

function splitsPair(text: string, at: number): boolean {
  return at < text.length && /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}

function indexByPosition(items: readonly Item[], target: string, deadline: Deadline): Map<number, Item[]> {
  const index = new Map<number, Item[]>();
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

function programOf(end: State): Program {
  const pieces: Piece[] = [];
  for (let state: State | undefined = end; state?.piece !== undefined; state = state.previous)
    pieces.unshift(
      typeof state.piece === "string"
        ? { kind: "constant", text: state.piece }
        : { kind: "pipeline", pipeline: state.piece.pipeline },
    );
  return { kind: "text", pieces, cost: end.cost };
}

/** A binary heap of states by cost. */
function createHeap(): { push(state: State): void; pop(): State | undefined } {
  const heap: State[] = [];
  const costAt = (i: number): number => heap[i]?.cost ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]];
    if (x && y) [heap[a], heap[b]] = [y, x];
  };
  return {
    push(state) {
      let i = heap.push(state) - 1;
      while (i > 0 && costAt((i - 1) >> 1) > costAt(i)) {
        swap(i, (i - 1) >> 1);
        i = (i - 1) >> 1;
      }
    },
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (heap.length > 0 && last) {
        heap[0] = last;
        for (let i = 0; ; ) {
          const child = costAt(2 * i + 1) <= costAt(2 * i + 2) ? 2 * i + 1 : 2 * i + 2;
          if (costAt(child) >= costAt(i)) break;
          swap(i, child);
          i = child;
        }
      }
      return top;
    },
  };
}
