/** Identifiers: a prefix that says what it is, and a ULID, so that ids sort by the time they were made. */
import { randomFillSync } from "node:crypto";
import { monotonicFactory, ulid } from "ulid";

export type IdPrefix =
  | "task"
  | "art"
  | "exec"
  | "key"
  | "req"
  | "held"
  | "conv"
  | "fb"
  | "val"
  | "hook"
  | "evt"
  | "roll"
  | "dis"
  | "imp";

export function newId(prefix: IdPrefix): string {
  return `${prefix}_${ulid()}`;
}

/** A source of ids that ascend even within one millisecond: for lists that are paged by id. */
export function ascendingIds(prefix: IdPrefix): () => string {
  const next = monotonicFactory(pooledRandom());
  return () => `${prefix}_${next()}`;
}

/** Random numbers in [0, 1) from the system's source, fetched a page at a time: one by one they cost more than a run. */
function pooledRandom(): () => number {
  const pool = new Uint8Array(4096);
  let at = pool.length;
  return () => {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    return (pool[at++] ?? 0) / 256;
  };
}
