/** Simulated verdicts on programs that fail on some kinds of inputs: false alarms while the kinds stay as they are, and the delay where one grows. */
import type { JsonValue } from "../../../src/contract/wire.ts";
import { clusterFailures } from "../../../src/learning/knowing/failures.ts";
import { growing, newGrowth } from "../../../src/learning/knowing/growing.ts";
import { hashesOf, type TraitHashes } from "../../../src/learning/knowing/regions.ts";
import { defaultGrowthPlan } from "../../../src/learning/statistics/growth.ts";
import { seededRandom } from "../../../src/learning/statistics/hash.ts";
import { type Random, type Stream, streams } from "./inputs.ts";
import { type Check, middle, percent } from "./report.ts";

/** A kind of input: its share of all, and how often it fails. */
interface Kind {
  readonly make: (random: Random) => unknown;
  readonly share: number;
  readonly fails: number;
}

const stream = (name: string): Stream => {
  const found = streams.find((one) => one.name === name);
  if (!found) throw new Error(`there is no stream ${name}`);
  return found;
};
const dates = stream("dates");
const names = stream("names");
const rows = stream("rows");
const tickets = stream("tickets");

/** 5% failures each. */
const programs: Readonly<Record<string, readonly Kind[]>> = {
  "without a kind": [{ make: tickets.normal, share: 1, fails: 0.05 }],
  "one kind, always": [
    { make: dates.normal, share: 0.95, fails: 0 },
    { make: dates.changed, share: 0.05, fails: 1 },
  ],
  "three kinds, now and then": [
    { make: dates.normal, share: 0.6, fails: 0.02 },
    { make: dates.changed, share: 0.06, fails: 0.3 },
    { make: names.changed, share: 0.08, fails: 0.15 },
    { make: rows.changed, share: 0.04, fails: 0.2 },
    { make: names.normal, share: 0.22, fails: 0 },
  ],
};

interface Verdict {
  readonly id: string;
  readonly input: string;
  readonly correct: boolean;
  readonly traits: TraitHashes;
}

/** As `judgedMost` of the server. */
const poolMost = 2_000;

function oneOf(kinds: readonly Kind[], draw: number): Kind | undefined {
  let left = draw;
  for (const kind of kinds) {
    left -= kind.share;
    if (left < 0) return kind;
  }
  return kinds.at(-1);
}

async function verdicts(count: number, kinds: readonly Kind[], random: Random, first: number): Promise<Verdict[]> {
  const some = Array.from({ length: count }, (_, i) => {
    const kind = oneOf(kinds, random());
    return {
      id: `exec_${first + i}_${random()}`,
      input: JSON.stringify(kind?.make(random)),
      correct: random() >= (kind?.fails ?? 0),
    };
  });
  const traits = await hashesOf(some.map(({ input }) => input));
  return some.map((one, at) => ({ ...one, traits: traits[at] ?? new Set() }));
}

/** A task watched as the server does it. @returns for each alarm after how many verdicts it came */
async function watchStream(
  kindsAt: (verdict: number) => readonly Kind[],
  count: number,
  random: Random,
): Promise<number[]> {
  const state = newGrowth();
  const alarms: number[] = [];
  let pool: Verdict[] = [];
  const step = defaultGrowthPlan.every;
  for (let at = 0; at < count; at += step) {
    pool = [...pool, ...(await verdicts(step, kindsAt(at), random, at))].slice(-poolMost);
    const parsed = (right: boolean) =>
      pool
        .filter(({ correct }) => correct === right)
        .map(({ id, input }) => ({ executionId: id, input: JSON.parse(input) as JsonValue }));
    const clusters = await clusterFailures(
      parsed(false),
      parsed(true).map(({ input }) => input),
    );
    if (growing(state, pool, clusters, "")) alarms.push(at + step);
  }
  return alarms;
}

/** What is new after so many verdicts. */
const before = 500;
const usual = programs["three kinds, now and then"] ?? [];

interface Change {
  readonly name: string;
  readonly after: readonly Kind[];
  /** Verdicts until it is told, median. */
  readonly most: number;
}

/** A kind that was not there, beside the usual ones. */
function another(share: number, fails: number, most: number): Change {
  const rest = usual.map((kind) => ({ ...kind, share: kind.share * (1 - share) }));
  const name = `new: ${percent(share, 0)} of the inputs, ${percent(fails, 0)} of them wrong`;
  return { name, after: [...rest, { make: tickets.changed, share, fails }], most };
}

const changes: readonly Change[] = [
  another(0.2, 1, 100),
  another(0.1, 1, 150),
  another(0.05, 1, 250),
  another(0.1, 0.5, 250),
  {
    name: "a kind of 6% comes four times as often",
    after: usual.map((kind) =>
      kind.make === dates.changed ? { ...kind, share: 0.24 } : { ...kind, share: kind.share * 0.81 },
    ),
    most: 600,
  },
];

export async function benchClusters(runs: number): Promise<Check[]> {
  const long = 2_500;
  console.log(
    `\nFailures that are alike: ${runs} streams of ${long} verdicts (5% of 50,000 executions), 5% of them "wrong"`,
  );
  console.log(
    `(by the test's bound a false alarm in at most ${percent(long / defaultGrowthPlan.falseAlarmEvery)} of them)\n`,
  );
  const checks: Check[] = [];
  for (const [name, kinds] of Object.entries(programs)) {
    let told = 0;
    for (let run = 0; run < runs; run++) {
      const alarms = await watchStream(() => kinds, long, seededRandom(run));
      if (alarms.length > 0) told++;
    }
    console.log(`  ${name.padEnd(44)} false alarms ${percent(told / runs)}`);
    checks.push({ what: `failures, ${name}, that do not grow: alarms`, got: told / runs, most: 0.05 });
  }
  for (const { name, after, most } of changes) {
    const delays: number[] = [];
    for (let run = 0; run < runs; run++) {
      const alarms = await watchStream((at) => (at < before ? usual : after), before + 800, seededRandom(run));
      delays.push((alarms.find((at) => at > before) ?? Infinity) - before);
    }
    const delay = middle(delays);
    const late = delays.toSorted((a, b) => a - b)[Math.ceil(0.95 * runs) - 1] ?? Infinity;
    const within = late < Infinity ? `${late}` : "more than 800";
    console.log(`  ${name.padEnd(44)} told after ${delay} verdicts (median), ${within} (95 of 100)`);
    checks.push({ what: `failures, ${name}: verdicts`, got: delay, most });
  }
  return checks;
}
