/** Examples before anything is made of them: contradictions found, and the split into shown and held out. */
import type { Example } from "../contract/tasks.ts";

/** Fewer examples than this are too precious to hold any back: each is predicted from the others instead. */
export const leaveOneOutBelow = 20;
const heldOutShare = 0.2;
const heldOutMost = 2_000;
/** In large labelled sets a few people label the same text differently; more than this share is an error. */
const toleratedShare = 0.05;
const toleratedFrom = 100;

export interface Split {
  readonly shown: readonly Example[];
  readonly heldOut: readonly Example[];
}

/**
 * Two examples with the same input and different outputs, by position; undefined where there are none, or where they
 * are few in a large set.
 */
export function findContradiction(examples: readonly Example[]): [number, number] | undefined {
  const first = new Map<string, number>();
  let found: [number, number] | undefined;
  let count = 0;
  examples.forEach((example, position) => {
    const input = canonical(example.input);
    const earlier = first.get(input);
    if (earlier === undefined) first.set(input, position);
    else if (canonical(examples[earlier]?.output) !== canonical(example.output)) {
      found ??= [earlier, position];
      count += 1;
    }
  });
  return examples.length >= toleratedFrom && count <= examples.length * toleratedShare ? undefined : found;
}

/**
 * Keeps a fifth of the examples back, spread over the outputs, the same ones each time. The same input never stands on
 * both sides, or it would be held out in name only.
 */
export function holdOut(examples: readonly Example[], share = heldOutShare): Split {
  const byInput = new Map<string, Example[]>();
  for (const example of examples) {
    const key = canonical(example.input);
    const group = byInput.get(key);
    if (group) group.push(example);
    else byInput.set(key, [example]);
  }
  const strata = new Map<string, Example[][]>();
  for (const group of byInput.values()) {
    const key = canonical(group[0]?.output);
    const stratum = strata.get(key);
    if (stratum) stratum.push(group);
    else strata.set(key, [group]);
  }
  const shown: Example[] = [];
  const heldOut: Example[] = [];
  const random = mulberry32(examples.length);
  let owed = 0;
  for (const groups of strata.values()) {
    shuffle(groups, random);
    groups.forEach((group, index) => {
      owed += share;
      // An output that stands once must be seen to be learned.
      if (owed >= 1 && index < groups.length - 1 && heldOut.length < heldOutMost) {
        heldOut.push(...group);
        owed -= 1;
      } else shown.push(...group);
    });
  }
  // Outputs that are all different leave no stratum of two: then any of them will do.
  if (heldOut.length === 0 && byInput.size > 1) {
    const groups = [...byInput.values()];
    shuffle(groups, random);
    const count = Math.max(1, Math.min(heldOutMost, Math.floor(groups.length * share)));
    return { shown: groups.slice(count).flat(), heldOut: groups.slice(0, count).flat() };
  }
  return { shown, heldOut };
}

/** The text of a JSON value with object keys in order, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** A small seeded generator (mulberry32, T. Ettinger), so that a split can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fisher–Yates, in place. */
function shuffle<T>(items: T[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
}
