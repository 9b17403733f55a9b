/** Which names a mistyped one may stand for. */

/** The five names nearest to one, by edit distance; names that contain it, or are contained in it, come first. */
export function nearest(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const score = (other: string) => {
    const at = other.toLowerCase();
    return distance(wanted, at) - (at.includes(wanted) || wanted.includes(at) ? 100 : 0);
  };
  return names
    .slice(0, 2_000)
    .map((other) => [other, score(other)] as const)
    .sort((a, b) => a[1] - b[1])
    .slice(0, 5)
    .map(([other]) => other);
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
