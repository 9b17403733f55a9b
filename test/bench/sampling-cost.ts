/** `npm run bench -- sandbox`: what sampling costs a batch. */
import { startTestBackend } from "../support/backend.ts";
import { type Load, measure } from "./load.ts";

const code = `function run(input) {
  const [last, first] = input.split(", ");
  return first + " " + last;
}`;
const inputAt = (i: number) => `Family${i}, Given${i}`;

/** One batch says little: what the machine does meanwhile costs as much as sampling. The first round warms up. */
const measuredRounds = 6;

const strategies = ["random", "stratified", "edge", "adaptive"] as const;

/**
 * What it costs that a part of a batch is chosen, kept, judged by labelled rows and watched for change: the same batch,
 * of inputs that are all different, with sampling on and off in turn. What goes on in the background counts: the next
 * batch runs beside it. Medians.
 */
export async function benchSamplingCost(): Promise<void> {
  const backend = await startTestBackend({ limits: { requestsPerMinute: 100_000_000 } });
  const { call } = backend.client;
  try {
    const count = 100_000;
    const items = Array.from({ length: count }, (_, i) => ({ input: inputAt((i * 7_919) % count) }));
    const examples = [0, 1, 2].map((i) => ({ input: inputAt(i), output: `Given${i} Family${i}` }));
    const make = async (samplingRate: number, samplingStrategy: (typeof strategies)[number]) => {
      const { id } = await call("createTask", {
        params: {},
        body: {
          ...{ name: "bench", description: "", language: "javascript", examples },
          ...{ accuracyTarget: 0.9, latencyTargetMs: 100, samplingRate, samplingStrategy },
        },
      });
      await call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
      const rows = Array.from({ length: 10_000 }, (_, i) => ({
        input: inputAt(i),
        output: `Given${i} Family${i % 10 === 0 ? "?" : i}`,
      }));
      if (samplingRate > 0) await call("setReference", { params: { id }, body: { rows } });
      return id;
    };
    const runs = [{ what: "off", id: await make(0, "random"), rates: [] as number[], cpu: [] as number[] }];
    for (const strategy of strategies)
      runs.push({ what: strategy, id: await make(0.05, strategy), rates: [], cpu: [] });
    for (let round = 0; round <= measuredRounds; round++) {
      // In another order each time: what one leaves to do falls to the next.
      for (const at of runs.keys()) {
        const run = runs[(at * (round % 2 === 0 ? 1 : 4) + round) % runs.length];
        if (!run) continue;
        const load: Load = {
          url: `${backend.url}/api/v1/batch/execute`,
          headers: { "x-api-key": backend.apiKey },
          body: JSON.stringify({ task_id: run.id, items, log: true }),
          connections: 1,
          requests: 3,
        };
        const { times, cpuUs } = await measure(load);
        if (round === 0) continue;
        run.cpu.push(cpuUs / count);
        run.rates.push(...times.map((ms) => (count / ms) * 1_000));
      }
    }
    const median = (rates: readonly number[]) =>
      rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? Number.NaN;
    const off = median(runs[0]?.rates ?? []);
    const cpuOff = median(runs[0]?.cpu ?? []);
    console.log(
      "\nHTTP batch of 100,000, logged; 5% of the rows sampled, judged and watched: runs/s, server CPU µs each, and what they lose to `off`\n",
    );
    for (const { what, rates, cpu } of runs) {
      const rate = median(rates);
      const cost = `${((1 - rate / off) * 100).toFixed(1)}%`;
      const more = `${((median(cpu) / cpuOff - 1) * 100).toFixed(1)}%`;
      console.log(
        `  sampling ${what.padEnd(14)}${Math.round(rate).toLocaleString("en").padStart(12)}${cost.padStart(10)}${median(cpu).toFixed(2).padStart(12)}${more.padStart(10)}`,
      );
    }
  } finally {
    await backend.stop();
  }
}
