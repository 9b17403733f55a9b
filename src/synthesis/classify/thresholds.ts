/** Where to cut a number field so that its labels fall apart. */

const maxThresholds = 24;

/**
 * Round numbers between neighbouring values with different labels, at most 24 of them, evenly spread.
 * `classes` are the labels' numbers; undefined values are skipped.
 */
export function thresholdsOf(values: readonly (number | undefined)[], classes: Int32Array): number[] {
  const seen = values
    .flatMap((value, i) => (value === undefined ? [] : [{ value, label: classes[i] ?? 0 }]))
    .sort((a, b) => a.value - b.value || a.label - b.label);
  const cuts: number[] = [];
  for (let i = 1; i < seen.length; i++) {
    const [low, high] = [seen[i - 1], seen[i]];
    if (!low || !high || low.value === high.value) continue;
    const same = low.label === high.label && !mixed(seen, i - 1) && !mixed(seen, i);
    if (!same) cuts.push(roundBetween(low.value, high.value));
  }
  if (cuts.length <= maxThresholds) return cuts;
  return Array.from(
    { length: maxThresholds },
    (_, k) => cuts[Math.floor(((k + 0.5) * cuts.length) / maxThresholds)] ?? 0,
  );
}

/** Whether the value at a place of the sorted list occurs with several labels. */
function mixed(sorted: readonly { value: number; label: number }[], at: number): boolean {
  const here = sorted[at];
  return [sorted[at - 1], sorted[at + 1]].some((other) => other?.value === here?.value && other?.label !== here?.label);
}

/** The number with the fewest digits that is above `low` and at most `high`, nearest to their middle. */
function roundBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  for (let digits = 1; digits <= 15; digits++) {
    const rounded = Number(middle.toPrecision(digits));
    if (rounded > low && rounded <= high) return rounded;
  }
  return high;
}
