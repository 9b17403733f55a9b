/** The person's way through what waits for a verdict: forward, back, and what could not be kept. Pure. */
import type { ReviewItem } from "../../src/contract/review.ts";

export interface ReviewQueue {
  /** The first is asked about. */
  readonly items: readonly ReviewItem[];
  /** Judged or skipped in this sitting, the last one first: to go back to. */
  readonly past: readonly ReviewItem[];
  readonly skipped: ReadonlySet<string>;
  /** Judged in this sitting: not asked again when more are loaded. */
  readonly judged: ReadonlySet<string>;
  /** How many waited when last told; null: not told yet. */
  readonly waiting: number | null;
  /** Why the last verdict was not kept. */
  readonly failure: string | null;
}

export const emptyQueue: ReviewQueue = {
  items: [],
  past: [],
  skipped: new Set(),
  judged: new Set(),
  waiting: null,
  failure: null,
};

/** Takes in what waits now: what is asked about stays first, what was skipped comes last. */
export function loaded(queue: ReviewQueue, items: readonly ReviewItem[], waiting: number): ReviewQueue {
  const here = new Map(queue.items.map((item) => [item.id, item]));
  for (const item of items) if (!queue.judged.has(item.id) && !here.has(item.id)) here.set(item.id, item);
  const all = [...here.values()];
  const isLater = ({ id }: ReviewItem) => queue.skipped.has(id);
  return { ...queue, items: [...all.filter((item) => !isLater(item)), ...all.filter(isLater)], waiting };
}

export function judgedFirst(queue: ReviewQueue): ReviewQueue {
  const [first, ...items] = queue.items;
  if (!first) return queue;
  const waiting = queue.waiting === null ? null : Math.max(0, queue.waiting - 1);
  const judged = new Set(queue.judged).add(first.id);
  return { ...queue, items, past: [first, ...queue.past].slice(0, 100), judged, waiting, failure: null };
}

export function skippedFirst(queue: ReviewQueue): ReviewQueue {
  const [first, ...items] = queue.items;
  if (!first) return queue;
  const skipped = new Set(queue.skipped).add(first.id);
  return { ...queue, items: [...items, first], past: [first, ...queue.past].slice(0, 100), skipped, failure: null };
}

/** To the one before: it is judged anew, and the new verdict takes the place of the old one. */
export function back(queue: ReviewQueue): ReviewQueue {
  const [last, ...past] = queue.past;
  return last ? { ...reopened(queue, last), past, failure: null } : queue;
}

/** A verdict that was not kept: the item is asked about again. */
export function failed(queue: ReviewQueue, item: ReviewItem, failure: string): ReviewQueue {
  return { ...reopened(queue, item), past: queue.past.filter(({ id }) => id !== item.id), failure };
}

function reopened(queue: ReviewQueue, item: ReviewItem): ReviewQueue {
  const judged = new Set(queue.judged);
  const wasJudged = judged.delete(item.id);
  const waiting = queue.waiting !== null && wasJudged ? queue.waiting + 1 : queue.waiting;
  return { ...queue, items: [item, ...queue.items.filter(({ id }) => id !== item.id)], judged, waiting };
}
