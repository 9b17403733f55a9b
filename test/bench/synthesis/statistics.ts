/** Figures of a list of measurements; 0 where there are none. */

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The nearest-rank percentile: the smallest value that at least this share (0 to 1) of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** "k of n (p%)", with one decimal where the share is not whole. */
export function shareOf(part: number, whole: number): string {
  return whole === 0 ? "–" : `${part} of ${whole} (${Number(((100 * part) / whole).toFixed(1))}%)`;
}
