/** Identifiers: a prefix that says what it is, and a ULID, so that ids sort by the time they were made. */
import { monotonicFactory, ulid } from "ulid";

export type IdPrefix = "task" | "art" | "exec" | "key" | "req";

export function newId(prefix: IdPrefix): string {
  return `${prefix}_${ulid()}`;
}

/** A source of ids that ascend even within one millisecond: for lists that are paged by id. */
export function ascendingIds(prefix: IdPrefix): () => string {
  const next = monotonicFactory();
  return () => `${prefix}_${next()}`;
}
