/** Simulated streams of verdicts and of inputs: false alarms where nothing changes, and the delay where something does. */
import {
  baseline,
  defaultFalseAlarmEvery,
  stepAccuracy,
  watchAccuracy,
} from "../../../src/learning/statistics/change-detector.ts";
import { watchInput, watchInputs } from "../../../src/learning/statistics/drift.ts";
import { seededRandom } from "../../../src/learning/statistics/hash.ts";
import { type Random, type Stream, streams } from "./inputs.ts";
import { type Check, middle, percent, processorTime } from "./report.ts";

const executions = 50_000;
const samplingRate = 0.05;

/** Verdicts on the usual sample of 50,000 executions; the first 200 tell what is normal. */
export function benchAccuracy(runs: number): Check[] {
  console.log(`\nA fall of the accuracy: ${runs} streams of ${executions / 1_000},000 executions, 5% of them judged`);
  console.log(`(a false alarm every ${defaultFalseAlarmEvery} verdicts or less often, by the e-detector's bound)\n`);
  const stream = (before: number, after: number, seed: number): number | null => {
    const random = seededRandom(seed);
    const learning = 200;
    let right = 0;
    for (let i = 0; i < learning; i++) if (random() < before) right++;
    let state = watchAccuracy(baseline(right, learning) ?? 1);
    const verdicts = executions * samplingRate;
    for (let i = learning; i < verdicts && state.alarmAt === null; i++) state = stepAccuracy(state, random() < after);
    return state.alarmAt;
  };
  const checks: Check[] = [];
  for (const [before, after] of [
    [0.95, 0.95],
    [0.8, 0.8],
    [0.95, 0.85],
    [0.95, 0.7],
    [0.8, 0.6],
  ] as const) {
    const alarms = Array.from({ length: runs }, (_, i) => stream(before, after, i));
    const share = alarms.filter((at) => at !== null).length / runs;
    const title = `${percent(before, 0)} → ${percent(after, 0)}`.padEnd(14);
    if (before === after) {
      console.log(`  ${title} false alarms ${percent(share)}`);
      checks.push({ what: `accuracy ${percent(before, 0)} that does not change: alarms`, got: share, most: 0.05 });
    } else {
      const delay = middle(alarms.map((at) => at ?? Number.POSITIVE_INFINITY));
      console.log(`  ${title} seen in ${percent(share)}, after ${delay} verdicts (median)`);
    }
  }
  return checks;
}

/** Streams in which nothing changes, and ones in which a share of the inputs does. */
export function benchDrift(runs: number): Check[] {
  console.log(`\nDrift of the inputs: ${runs} streams of 50,000 inputs of each kind; 20 streams for each change`);
  console.log("(inputs until it was noticed, in blocks of 500: median, and the worst of 20)\n");
  console.log(
    `  ${"".padEnd(28)}false alarms   µs/input      ${["2%", "5%", "10%", "50%"].map((s) => s.padEnd(15)).join("")}`,
  );
  let alarms = 0;
  for (const stream of streams) {
    let own = 0;
    let spent = 0;
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(1_000 + run);
      const inputs = Array.from({ length: executions }, () => JSON.stringify(stream.normal(random)));
      const state = watchInputs();
      const started = processorTime();
      for (const input of inputs) watchInput(state, input);
      spent += processorTime() - started;
      if (state.alarmAt !== null) own++;
    }
    alarms += own;
    const delays = [0.02, 0.05, 0.1, 0.5].map((share) => {
      const all = Array.from({ length: 20 }, (_, i) => delay(stream, share, seededRandom(i)));
      return `${middle(all)}, ${Math.max(...all)}`.replaceAll("Infinity", "–").padEnd(15);
    });
    const title = `${stream.name}: ${stream.change}`.padEnd(28);
    const cost = (spent / runs / executions).toFixed(2);
    console.log(`  ${title}${percent(own / runs).padStart(12)}${cost.padStart(11)}      ${delays.join("")}`);
  }
  return [{ what: "inputs that do not change: alarms in 50,000", got: alarms / (runs * streams.length), most: 0.05 }];
}

function delay({ normal, changed }: Stream, share: number, random: Random): number {
  const state = watchInputs();
  const before = 2_000;
  for (let i = 0; i < before; i++) watchInput(state, JSON.stringify(normal(random)));
  for (let i = 0; i < 10_000 && state.alarmAt === null; i++) {
    watchInput(state, JSON.stringify((random() < share ? changed : normal)(random)));
  }
  return state.alarmAt === null ? Number.POSITIVE_INFINITY : state.alarmAt - before;
}
