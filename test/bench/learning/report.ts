/** What the parts of the bench have in common: limits, and how numbers are written. */

/** A limit that is kept or missed. */
export interface Check {
  readonly what: string;
  readonly got: number;
  readonly most: number;
}

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)}%`;

/** Processor time of this process so far, in µs: on a shared machine the clock measures the others, too. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The median; of an even number the lower one. */
export function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length / 2) - 1] ?? Number.NaN;
}

/** Prints the limits that were missed. @returns whether all are kept */
export function allKept(checks: readonly Check[]): boolean {
  const missed = checks.filter(({ got, most }) => !(got <= most));
  for (const { what, got, most } of missed) console.log(`MISSED: ${what}: ${got}, wanted at most ${most}`);
  if (missed.length === 0) console.log(`All ${checks.length} limits are kept.`);
  return missed.length === 0;
}
