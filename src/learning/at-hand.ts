/**
 * Sampled executions that wait to be judged, at hand: of a fast batch, to find them again in the database costs as much
 * as to judge them. They are there as well, and are read from there where they are not at hand.
 */
import type { ExecutionRow } from "../store/schema.ts";

/** Of all tasks, in characters of their texts. */
const mostChars = 4_000_000;
/** Of a row, beside its texts. */
const rowChars = 300;

export class AtHand {
  readonly #rows = new Map<string, ExecutionRow[]>();
  #chars = 0;

  /** What is kept from here on is at hand; what was kept before is to be read. */
  begin(taskId: string): void {
    if (!this.#rows.has(taskId)) this.#rows.set(taskId, []);
  }

  /** These were kept just now. Where there is no room for them, the task's are no longer at hand. */
  add(taskId: string, rows: readonly ExecutionRow[]): void {
    const held = this.#rows.get(taskId);
    if (!held) return;
    this.#chars += charsOf(rows);
    if (this.#chars > mostChars) {
      this.#chars -= charsOf(rows);
      this.forget(taskId);
    } else for (const row of rows) held.push(row);
  }

  /** Those that came since it was asked last; undefined: they are to be read. */
  take(taskId: string): readonly ExecutionRow[] | undefined {
    const held = this.#rows.get(taskId);
    if (!held) return undefined;
    this.forget(taskId);
    this.begin(taskId);
    return held;
  }

  forget(taskId: string): void {
    this.#chars -= charsOf(this.#rows.get(taskId) ?? []);
    this.#rows.delete(taskId);
  }
}

function charsOf(rows: readonly ExecutionRow[]): number {
  return rows.reduce((sum, { input, output }) => sum + rowChars + input.length + (output?.length ?? 0), 0);
}
