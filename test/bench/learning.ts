/**
 * `npm run bench -- learning [ROLLOUTS]`: simulates rollouts, verdicts and inputs whose truth is known, and measures how
 * often the learning loop decides wrongly, and how soon it decides. Exit code 1 where a limit is missed. What cannot be
 * reached by any test is printed with the bound that says so.
 */
import { defaultPlan, type RolloutPlan } from "../../src/learning/statistics/rollout.ts";
import { bestChance, fewestVerdicts, leastFavourable, perVerdict, seenThrough } from "./learning/bounds.ts";
import { benchClusters } from "./learning/clusters.ts";
import { benchFailing } from "./learning/failing.ts";
import { allKept, type Check, percent } from "./learning/report.ts";
import { type Oracle, type Pairing, pairings, type Summary, simulate, type Truth } from "./learning/rollouts.ts";
import { benchSampling } from "./learning/sampling.ts";
import { benchAccuracy, benchDrift } from "./learning/streams.ts";

const oracles: Readonly<Record<string, Oracle>> = {
  "a perfect oracle": { errs: 0, bias: "either" },
  "an oracle that errs in 5%, either way": { errs: 0.05, bias: "either" },
  "an oracle that errs in 5%, always for the candidate": { errs: 0.05, bias: "candidate" },
};
const changes = [
  [0.9, 0.8],
  [0.9, 0.85],
  [0.87, 0.92],
  [0.9, 0.9],
] as const;
const strangers: Pairing = "independent: as of two strangers";

export async function benchLearning([given]: string[]): Promise<void> {
  const rollouts = Number(given ?? 2_000);
  const checks = [
    ...benchRollouts(rollouts),
    ...benchNotWorse(rollouts / 4),
    ...benchFailing(rollouts),
    ...benchAccuracy(rollouts / 2),
    ...benchDrift(Math.ceil(rollouts / 40)),
    ...(await benchClusters(Math.ceil(rollouts / 20))),
    ...benchSampling(),
  ];
  console.log();
  if (!allKept(checks)) process.exitCode = 1;
}

function benchRollouts(rollouts: number): Check[] {
  const { promote, rollBack, failing } = defaultPlan.errorRates;
  console.log(
    `${rollouts} rollouts of each kind, looked at after every request and every verdict; error rates stated:`,
  );
  console.log(`promote ${percent(promote, 2)}, roll back ${percent(rollBack, 2)}, failing ${percent(failing, 2)}`);
  const checks: Check[] = [];
  for (const [pairing, truthOf] of Object.entries(pairings)) {
    for (const [oracleName, oracle] of Object.entries(oracles)) {
      console.log(`\nErrors ${pairing}; ${oracleName}\n${head}`);
      for (const [before, after] of changes) {
        const title = `${percent(before, 0)} → ${percent(after, 0)}`;
        const plan = { oracleErrorRate: oracle.errs };
        const summary = simulate(rollouts, truthOf(before, after), oracle, plan, 1);
        console.log(line(title, summary));
        const what = `${pairing.split(":")[0]}, ${oracleName}, ${title}`;
        if (after <= before) checks.push({ what: `${what}: promoted`, got: summary.promoted, most: 0.05 });
        if (after === before) {
          const wrong = summary.promoted + summary.rolledBack;
          checks.push({ what: `${what}: decided wrongly`, got: wrong, most: 0.05 });
        }
        if (after !== 0.8) continue;
        const { requests, verdicts } = summary.toRollBack ?? { requests: Infinity, verdicts: Infinity };
        const claimed = claims(pairing as Pairing, oracle);
        if (claimed.requests) checks.push({ what: `${what}: requests`, got: requests, most: mostRequests });
        if (claimed.verdicts) checks.push({ what: `${what}: verdicts`, got: verdicts, most: mostVerdicts });
        if (!claimed.requests || !claimed.verdicts) printBounds(oracle, truthOf(before, after));
      }
    }
  }
  return checks;
}

const mostRequests = 150;
const mostVerdicts = 20;

/**
 * A loss of ten points is rolled back within 150 requests and 20 verdicts where the errors are nested, as those of two
 * generations of one program are. Of two strangers nearly every third verdict says the opposite: 20 verdicts are too few
 * for any test of this error rate, and with an oracle that errs 150 requests would take a test that looks only once.
 */
function claims(pairing: Pairing, { errs }: Oracle): { requests: boolean; verdicts: boolean } {
  return pairing === strangers ? { requests: errs === 0, verdicts: false } : { requests: true, verdicts: true };
}

function printBounds(oracle: Oracle, truth: Truth): void {
  const [seen, equal] = [seenThrough(truth, oracle), leastFavourable(truth, oracle.errs)];
  const alpha = defaultPlan.errorRates.rollBack;
  const chance = (level: number): string =>
    percent(bestChance(mostVerdicts, perVerdict(seen), perVerdict(equal), level));
  const requests = percent(bestChance(mostRequests, seen, equal, alpha));
  console.log(
    `    not claimed; the best that any test can do: ${fewestVerdicts(seen, equal, alpha).toFixed(0)} verdicts (mean);`,
  );
  console.log(
    `    done in 20 verdicts: ${chance(alpha)} at α = 4%, ${chance(0.05)} at 5%; in 150 requests: ${requests} at 4%`,
  );
}

const head = `  ${"".padEnd(12)}promoted  rolled back  undecided   median to roll back          median to promote`;

function line(title: string, { promoted, rolledBack, undecided, toRollBack, toPromote }: Summary): string {
  const median = (of: Summary["toRollBack"]): string =>
    (of ? `${of.requests} requests, ${of.verdicts} verdicts` : "–").padEnd(29);
  const shares = `${percent(promoted).padStart(8)}${percent(rolledBack).padStart(13)}${percent(undecided).padStart(11)}`;
  return `  ${title.padEnd(12)}${shares}   ${median(toRollBack)}${median(toPromote)}`.trimEnd();
}

function benchNotWorse(rollouts: number): Check[] {
  const plan: Partial<RolloutPlan> = { goal: "not_worse" };
  const checks: Check[] = [];
  for (const pairing of Object.keys(pairings) as Pairing[]) {
    console.log(`\nGoal "not worse by 2 points", ${rollouts} rollouts; errors ${pairing}\n${head}`);
    for (const [before, after] of [...changes, [0.9, 0.88] as const]) {
      const title = `${percent(before, 0)} → ${percent(after, 0)}`;
      const summary = simulate(rollouts, pairings[pairing](before, after), { errs: 0, bias: "either" }, plan, 1);
      console.log(line(title, summary));
      if (after < before) checks.push({ what: `not worse, ${title}: promoted`, got: summary.promoted, most: 0.05 });
    }
  }
  return checks;
}
