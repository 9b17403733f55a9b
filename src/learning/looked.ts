/** How far the executions that wait to be judged were looked through. */
import { decodeTime, encodeTime } from "ulid";

/**
 * An execution's id says when it was made. It is in the database up to so much later, in ms: one with a later id may be
 * there before it.
 */
const writtenWithinMs = 10_000;
/** Ids that are kept in mind before the old ones among them are dropped. */
const tidiedFrom = 1_000;

/** In order of their ids, and none is passed over because it was written later than the next one. */
export class Looked {
  #newest = "";
  readonly #late = new Set<string>();
  #tidyAt = tidiedFrom;

  /** Executions with ids after this one may not have been looked at; empty: all of them. */
  get from(): string {
    if (this.#newest === "") return "";
    return `exec_${encodeTime(Math.max(0, decodeTime(this.#newest.slice(-26)) - writtenWithinMs))}`;
  }

  has(id: string): boolean {
    return this.#late.has(id);
  }

  /** This one was looked at, as were all with smaller ids that were in the database. */
  add(id: string): void {
    this.#late.add(id);
    if (id > this.#newest) this.#newest = id;
    if (this.#late.size < this.#tidyAt) return;
    const { from } = this;
    for (const one of this.#late) if (one <= from) this.#late.delete(one);
    this.#tidyAt = Math.max(tidiedFrom, 2 * this.#late.size);
  }
}
