/** Text outputs: grows a pool of pipelines and concatenates them, deepening until a program is short enough. */
import type { Deadline } from "../deadline.ts";
import { concatenations } from "./concat.ts";
import { type Goal, vocabularyOf } from "./goal.ts";
import { createPool, keyOf, type Pool } from "./pool.ts";
import { type Program, runProgram } from "./program.ts";

/** A small set of examples that stand for all; it grows by what a candidate gets wrong (CEGIS, Solar-Lezama 2006). */
const workingSize = 5;
const maxRounds = 8;
const wantedPrograms = 14;
/** Concatenation is for outputs of this length; longer ones are only sought whole. */
const maxConcatenated = 2_000;

export interface TextSearch {
  /** Pipelines of up to this many steps. */
  readonly maxDepth: number;
}

/** Programs that give every target, cheapest first; empty where none was found in time. */
export function learnText(goal: Goal, deadline: Deadline, { maxDepth }: TextSearch): Program[] {
  let working = spread(goal.rows.length, workingSize);
  for (let round = 0; round < maxRounds && !deadline.expired(); round++) {
    const part = {
      ...goal,
      rows: working.map((i) => goal.rows[i] ?? []),
      targets: working.map((i) => goal.targets[i] ?? ""),
    };
    const found = searchOnce(part, deadline, maxDepth);
    if (found.length === 0) return [];
    const misses = found.map((program) => firstMiss(program, goal));
    const fits = found.filter((_, i) => misses[i] === -1);
    if (fits.length > 0) return fits;
    working = [...new Set([...working, ...misses.slice(0, 3)])];
  }
  return [];
}

function searchOnce(goal: Goal, deadline: Deadline, maxDepth: number): Program[] {
  const vocabulary = vocabularyOf(goal);
  const { targets } = goal;
  const pool = createPool(goal, vocabulary, (values) => values.every((value, i) => targets[i]?.includes(value)));
  const longest = targets.reduce((most, target) => Math.max(most, target.length), 0);
  let found: Program[] = [];
  for (let depth = 1; depth <= maxDepth && !deadline.expired(); depth++) {
    pool.grow(depth, deadline);
    const whole = wholes(goal, pool);
    const joined = longest <= maxConcatenated ? concatenations(goal, pool, wantedPrograms, deadline) : [];
    const all = [...whole, ...joined].sort((a, b) => a.cost - b.cost);
    if (all.length > 0) found = variants(all, pool, goal);
    const best = found[0]?.cost ?? Number.POSITIVE_INFINITY;
    if (depth >= 2 && best < 14) break;
  }
  return found;
}

/** Pipelines that give the targets by themselves. */
function wholes(goal: Goal, pool: Pool): Program[] {
  const group = pool.groups.get(keyOf(goal.targets)) ?? [];
  return group.map((item) => ({
    kind: "text",
    pieces: [{ kind: "pipeline", pipeline: item.pipeline }],
    cost: item.cost + 0.7,
  }));
}

/** The programs, and the best ones with one piece changed for another that is equal on the examples. */
function variants(programs: readonly Program[], pool: Pool, goal: Goal): Program[] {
  const all = [...programs];
  for (const program of programs.slice(0, 3)) {
    if (program.kind !== "text") continue;
    program.pieces.forEach((piece, at) => {
      if (piece.kind !== "pipeline") return;
      const values = goal.rows.map((row) => String(runProgram({ kind: "text", pieces: [piece], cost: 0 }, row)));
      const [best, ...others] = pool.groups.get(keyOf(values)) ?? [];
      for (const other of others)
        all.push({
          kind: "text",
          pieces: program.pieces.with(at, { kind: "pipeline", pipeline: other.pipeline }),
          cost: program.cost + other.cost - (best?.cost ?? 0),
        });
    });
  }
  return all.sort((a, b) => a.cost - b.cost).slice(0, 40);
}

function firstMiss(program: Program, goal: Goal): number {
  return goal.rows.findIndex((row, i) => runProgram(program, row) !== goal.targets[i]);
}

/** `count` positions spread evenly over 0 … n-1, both ends among them. */
export function spread(n: number, count: number): number[] {
  if (n <= count) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (n - 1)) / (count - 1)));
}
