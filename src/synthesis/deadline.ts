/** Time limits for a search: a point in time that loops ask about. */

/** Time a search may take where the caller does not say, in ms. */
export const defaultBudgetMs = 5_000;

/**
 * Time that this thread was kept waiting for a processor does not count, up to three times the limit itself: what
 * a search finds should not hang on what else the machine does, and a person should not wait for ever.
 */
export const longestStretch = 4;

export interface Deadline {
  expired(): boolean;
  /** Milliseconds left, never negative. */
  left(): number;
  /** An earlier deadline: this share (0 to 1) of what is left. */
  share(part: number): Deadline;
}

/**
 * A deadline after `ms` milliseconds of work, or when the signal is aborted.
 * @param onAsked called each time somebody asks how much is left
 */
export function deadlineIn(ms: number, signal?: AbortSignal, onAsked?: () => void): Deadline {
  const started = performance.now();
  const workedBefore = workedMs();
  let end = started + ms;
  const left = (): number => {
    onAsked?.();
    if (signal?.aborted) return 0;
    const now = performance.now();
    if (now >= end) {
      // Asking how long the thread worked costs more than asking for the time: only where it may matter.
      const notWorked = ms - (workedMs() - workedBefore);
      const longest = started + ms * longestStretch;
      if (notWorked > 1 && longest > now) end = Math.min(now + notWorked, longest);
    }
    return Math.max(0, end - now);
  };
  return { left, expired: () => left() === 0, share: (part) => deadlineIn(left() * part, signal, onAsked) };
}

/** Processor time of this thread so far, in ms; the time of day where Node cannot tell (before 22.16). */
function workedMs(): number {
  if (!process.threadCpuUsage) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
