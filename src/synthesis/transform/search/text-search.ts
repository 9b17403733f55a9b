/** Text outputs: grows a pool of texts and concatenates them, deepening until a program is short enough. */
import type { Deadline } from "../../deadline.ts";
import { spread } from "../../spread.ts";
import { evaluate } from "../language/expr.ts";
import { type Item, makeItem } from "../language/item.ts";
import type { Scene } from "../scene.ts";
import { caseOps } from "../text/case-ops.ts";
import { masks } from "../text/mask-ops.ts";
import { countedOps, joinFilled, pairOps } from "../text/pair-ops.ts";
import { type Concatenation, concatenated, concatenations } from "./concat.ts";
import { readingsOf, writtenTexts } from "./domains.ts";
import { type Candidate, type Goal, part } from "./goal.ts";
import { mappedLists } from "./map-search.ts";
import { createPool, keyOf, type Pool, type TextItem } from "./pool.ts";
import { tables } from "./tables.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** A small set of examples that stand for all; it grows by what a candidate gets wrong (CEGIS, Solar-Lezama 2006). */
const workingSize = 5;
const maxRounds = 8;
const wantedPrograms = 20;
/** Concatenation is for outputs of this length; longer ones are only sought whole. */
const maxConcatenated = 2_000;
/** Texts that numbers and dates are read from. */
const maxReadable = 48;
const maxCandidates = 60;
const plainerCost = 0.5;
/** Share of the time after which a short program is not looked beyond. */
const patience = 0.06;

export interface TextSearch {
  /** Texts of up to this many moves. */
  readonly maxDepth: number;
}

/** Programs that give every target, cheapest first; empty where none was found in time. */
export function learnText(goal: Goal, deadline: Deadline, { maxDepth }: TextSearch): Candidate[] {
  let working = spread(goal.rows.length, workingSize);
  for (let round = 0; round < maxRounds && !deadline.expired(); round++) {
    const found = searchOnce(part(goal, working), deadline, maxDepth);
    if (found.length === 0) return [];
    const misses = found.map((candidate) => firstMiss(candidate, goal));
    const fits = found.filter((_, i) => misses[i] === -1);
    if (fits.length > 0) return fits;
    working = [...new Set([...working, ...misses.slice(0, 3)])];
  }
  return [];
}

function searchOnce(goal: Goal, deadline: Deadline, maxDepth: number): Candidate[] {
  const vocabulary = vocabularyOf(goal);
  const { targets } = goal;
  const pool = createPool(goal, vocabulary, (values) => values.every((value, i) => targets[i]?.includes(value)));
  const longest = targets.reduce((most, target) => Math.max(most, target.length), 0);
  const startedAt = deadline.left();
  let found: Candidate[] = [];
  for (let depth = 1; depth <= maxDepth && !deadline.expired(); depth++) {
    pool.grow(depth, deadline);
    if (depth === 1) addReadings(goal, pool, deadline);
    if (depth === 1) for (const item of mappedTexts(goal, pool, vocabulary, deadline)) pool.add(item);
    if (depth === 1) for (const item of [...tables(pool, goal), ...together(goal, pool, vocabulary)]) pool.add(item);
    const whole = wholes(goal, pool);
    const joined = longest <= maxConcatenated ? concatenations(goal, pool, wantedPrograms, deadline) : [];
    const written = varied(joined, pool).map((one) => concatenated(one, goal));
    found = [...whole, ...written].sort((a, b) => a.cost - b.cost).slice(0, maxCandidates);
    const best = found[0]?.cost ?? Number.POSITIVE_INFINITY;
    if (depth >= 2 && best < 14 && (best < 6 || startedAt - deadline.left() > startedAt * patience)) break;
  }
  return found;
}

export function sceneOf(goal: Goal, pool: Pool, deadline: Deadline): Scene {
  return { rows: pool.rows, targets: goal.targets, texts: pool.readable(maxReadable), deadline };
}

function addReadings(goal: Goal, pool: Pool, deadline: Deadline): void {
  const scene = sceneOf(goal, pool, deadline.share(0.4));
  for (const item of writtenTexts(scene, readingsOf(scene))) pool.add(item);
}

/** Lists whose changed elements, joined, are the whole of every output. */
function mappedTexts(goal: Goal, pool: Pool, vocabulary: Vocabulary, deadline: Deadline): Item[] {
  const limit = deadline.share(0.3);
  const texts = pool.readable(8);
  return vocabulary.glues.flatMap((glue) => {
    if (glue === "" || !goal.targets.some((target) => target.includes(glue))) return [];
    return mappedLists(
      texts,
      goal.targets.map((target) => target.split(glue)),
      glue,
      vocabulary,
      limit,
    ).slice(0, 4);
  });
}

/** What several fields give together, and what the marks of the targets make of one text. */
function together(goal: Goal, pool: Pool, { glues, listers }: Vocabulary): Item[] {
  const texts = pool.readable(12);
  const fields = texts.filter(({ expr }) => expr.kind === "field");
  const pairs = fields.flatMap((one) =>
    fields.flatMap((other) => (one === other ? [] : pairOps.map((op) => makeItem(op, [one, other])))),
  );
  const filled =
    fields.length < 2
      ? []
      : glues.filter((glue) => glue !== "").map((glue) => makeItem(joinFilled(glue, fields.length), fields));
  const placed = fields.flatMap((number) =>
    !number.values.every((value) => /^[1-9]\d{0,2}$/.test(value))
      ? []
      : fields.flatMap((list) =>
          list === number
            ? []
            : listers
                .filter(({ nullable, delimiter }) => !nullable && delimiter !== undefined)
                .flatMap(({ op }) => {
                  const parts = makeItem(op, [list]);
                  return parts ? countedOps.map((counted) => makeItem(counted, [parts, number])) : [];
                }),
        ),
  );
  const cased = [
    ...texts,
    ...texts.slice(0, 4).flatMap((text) => caseOps.slice(0, 2).flatMap((op) => makeItem(op, [text]) ?? [])),
  ];
  const masked = cased.flatMap((text) =>
    masks(text.values as readonly string[], goal.targets).map((op) => makeItem(op, [text])),
  );
  return [...pairs, ...filled, ...placed, ...masked].filter((item) => item !== undefined);
}

/** Texts that give the targets by themselves. */
function wholes(goal: Goal, pool: Pool): Candidate[] {
  const group = pool.groups.get(keyOf(goal.targets)) ?? [];
  return group.map((item) => ({ expr: item.expr, cost: item.cost + 0.7 }));
}

/** The concatenations, and the best ones with one piece changed for another that is equal on the examples. */
function varied(found: readonly Concatenation[], pool: Pool): Concatenation[] {
  const all = [...found];
  for (const { pieces, cost } of found.slice(0, 5)) {
    const plain = pieces.map((piece) => (typeof piece === "string" ? piece : (pool.plainer(piece) ?? piece)));
    // It says the same: a little dearer only, so that the ranking may take it for its looks.
    if (plain.some((piece, i) => piece !== pieces[i])) all.push({ pieces: plain, cost: cost + plainerCost });
  }
  for (const { pieces, cost } of found.slice(0, 5))
    pieces.forEach((piece, at) => {
      if (typeof piece === "string") return;
      const [best, ...others] = pool.groups.get(keyOf(piece.values)) ?? [];
      for (const other of others as readonly TextItem[])
        all.push({ pieces: pieces.with(at, other), cost: cost + other.cost - (best?.cost ?? 0) });
    });
  return all;
}

function firstMiss({ expr }: Candidate, goal: Goal): number {
  return goal.rows.findIndex((row, i) => evaluate(expr, row) !== goal.targets[i]);
}
