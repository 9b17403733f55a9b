/** Simulated candidates that crash, time out or give invalid outputs. */
import { failureBound } from "../../../src/learning/statistics/failing-test.ts";
import { seededRandom } from "../../../src/learning/statistics/hash.ts";
import { begin, type RolloutState, step } from "../../../src/learning/statistics/rollout.ts";
import { type Check, middle, percent } from "./report.ts";

/** The incumbent failed in so many of its last 2,000 executions. */
const record = 2_000;
const requests = 2_000;

export function benchFailing(rollouts: number): Check[] {
  console.log(
    `\nCandidates that fail, ${rollouts} rollouts of ${requests} requests, no oracle; the incumbent's record: ${record}\n`,
  );
  console.log("  incumbent   candidate   rolled back   requests: median, 95 of 100");
  const checks: Check[] = [];
  for (const [incumbent, candidate, before = incumbent] of [
    [0.001, 1],
    [0.001, 0.5],
    [0.001, 0.2],
    [0.001, 0.05],
    [0.05, 0.2],
    [0.001, 0.001],
    [0.02, 0.02],
    [0.1, 0.1],
    [0.05, 0.05, 0.001],
  ] as const) {
    const random = seededRandom(5);
    const ends = Array.from({ length: rollouts }, () => one(before, incumbent, candidate, random));
    const rolledBack = ends.filter((end) => end !== null).length / rollouts;
    const sorted = ends.map((end) => end ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
    const late = sorted[Math.ceil(0.95 * rollouts) - 1] ?? 0;
    const title = `  ${percent(incumbent).padStart(9)}${percent(candidate).padStart(12)}${percent(rolledBack, 2).padStart(14)}`;
    const note = before < incumbent ? `new to both: the record says ${percent(before)}` : "";
    console.log(`${title}   ${candidate > incumbent ? `${middle(sorted)}, ${late}` : note}`.trimEnd());
    if (candidate <= before)
      checks.push({ what: `failing alike (${incumbent}): rolled back`, got: rolledBack, most: 0.0125 });
    if (candidate >= 0.5) checks.push({ what: `failing in ${candidate}: requests`, got: middle(sorted), most: 10 });
  }
  return checks;
}

/** The request after which it was rolled back, or null. The two fail independently: the hardest case. */
function one(before: number, incumbent: number, candidate: number, random: () => number): number | null {
  let failures = 0;
  for (let i = 0; i < record; i++) if (random() < before) failures++;
  let state: RolloutState = begin({ incumbentFailureRate: failureBound(failures, record) });
  for (let i = 0; i < requests && !state.decided; i++) {
    const candidateFailed = random() < candidate;
    const incumbentFailed = random() < incumbent;
    state = step(state, {
      kind: "request",
      differ: candidateFailed !== incumbentFailed,
      candidateFailed,
      incumbentFailed,
    });
  }
  return state.decided?.requests ?? null;
}
