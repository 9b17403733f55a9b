/** Which labelled rows are given and which are held out: chosen by a seed, class by class. */
import type { Example } from "../../../src/contract/tasks.ts";

export interface Split {
  readonly given: readonly Example[];
  readonly held: readonly Example[];
}

/** Rows whose input (spaces around it aside) stood before are left out: none may be both given and held out. */
export function dropRepeats(examples: readonly Example[]): Example[] {
  const seen = new Set<string>();
  return examples.filter(({ input }) => {
    const key = JSON.stringify(typeof input === "string" ? input.trim() : input);
    return !seen.has(key) && seen.add(key);
  });
}

/** Of each class `count` rows are given (all where it has no more); the others are held out. */
export function takePerClass(examples: readonly Example[], count: number, seed: number): Split {
  const chosen = new Set(classes(examples, seed).flatMap((rows) => rows.slice(0, count)));
  return splitBy(examples, (i) => chosen.has(i));
}

/** Stratified cross-validation: every row is held out in one of `count` splits, each class spread evenly over them. */
export function foldsOf(examples: readonly Example[], count: number, seed: number): Split[] {
  const fold = new Map(
    classes(examples, seed)
      .flat()
      .map((row, place) => [row, place % count]),
  );
  return Array.from({ length: count }, (_, k) => splitBy(examples, (i) => fold.get(i) !== k));
}

/** Both parts in the order of the file. */
function splitBy(examples: readonly Example[], isGiven: (index: number) => boolean): Split {
  return { given: examples.filter((_, i) => isGiven(i)), held: examples.filter((_, i) => !isGiven(i)) };
}

/** The rows' positions class by class, shuffled in each. */
function classes(examples: readonly Example[], seed: number): number[][] {
  const random = mulberry32(seed);
  const rows = Map.groupBy(examples.keys(), (i) => JSON.stringify(examples[i]?.output));
  return [...rows.values()].map((positions) => shuffled(positions, random));
}

/** Fisher–Yates. */
function shuffled(items: readonly number[], random: () => number): number[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] ?? 0, result[i] ?? 0];
  }
  return result;
}

/** A small seeded generator of numbers from 0 to 1 (mulberry32, T. Ettinger). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
