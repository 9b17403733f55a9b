/** Steps that cut at fixed positions. */
import type { Step } from "./step.ts";

/** Cuts at fixed positions from either end, up to `reach` characters in. */
export function cuts(reach: number): Step[] {
  const cut = (from: number, to: number | undefined, cost: number, say: (what: string) => string): Step => ({
    cost,
    apply: (t) => t.slice(from, to),
    js: (r) =>
      from === 0 && to === 1 ? `${r}.charAt(0)` : `${r}.slice(${to === undefined ? from : `${from}, ${to}`})`,
    say,
  });
  const plural = (n: number): string => (n === 1 ? "character" : `${n} characters`);
  const steps: Step[] = [];
  for (let n = 1; n <= reach; n++) {
    const far = n * 0.08;
    steps.push(
      cut(0, n, (n === 1 ? 1.5 : 2.4) + far, (w) =>
        n === 1 ? `the first letter of ${w}` : `the first ${plural(n)} of ${w}`,
      ),
      cut(-n, undefined, 2.5 + far, (w) => `the last ${plural(n)} of ${w}`),
      cut(n, undefined, 2.6 + n * 0.2, (w) => `${w} without its first ${plural(n)}`),
      cut(0, -n, 2.6 + n * 0.2, (w) => `${w} without its last ${plural(n)}`),
    );
    if (n <= 3) steps.push(cut(n, -n, 2.8 + far, (w) => `${w} without ${plural(n)} at each end`));
  }
  return steps;
}

/** Cuts between two fixed positions. */
export function windows(reach: number, longest: number): Step[] {
  const steps: Step[] = [];
  for (let from = 1; from <= reach; from++)
    for (let length = 1; length <= longest; length++)
      steps.push({
        cost: 3.2 + from * 0.06 + length * 0.04,
        apply: (t) => t.slice(from, from + length),
        js: (r) => `${r}.slice(${from}, ${from + length})`,
        say: (w) => `characters ${from + 1} to ${from + length} of ${w}`,
      });
  return steps;
}
