/** Time limits for a search: a point in time that loops ask about. */

/** Time a search may take where the caller does not say, in ms. */
export const defaultBudgetMs = 5_000;

export interface Deadline {
  expired(): boolean;
  /** Milliseconds left, never negative. */
  left(): number;
  /** An earlier deadline: this share (0 to 1) of what is left. */
  share(part: number): Deadline;
}

/** A deadline `ms` milliseconds from now, or when the signal is aborted. */
export function deadlineIn(ms: number, signal?: AbortSignal): Deadline {
  const end = performance.now() + ms;
  const left = (): number => (signal?.aborted ? 0 : Math.max(0, end - performance.now()));
  return { left, expired: () => left() === 0, share: (part) => deadlineIn(left() * part, signal) };
}
