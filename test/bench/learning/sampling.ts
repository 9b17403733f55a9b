/** What choosing costs per execution: at 100,000 a second 10% of the time is one microsecond for each. */
import type { SamplingStrategy } from "../../../src/contract/tasks.ts";
import { choose, learnUsual, newProfile, placeOf } from "../../../src/learning/sampling.ts";
import { seededRandom } from "../../../src/learning/statistics/hash.ts";
import { streams } from "./inputs.ts";
import { type Check, middle, processorTime } from "./report.ts";

const strategies: readonly SamplingStrategy[] = ["random", "stratified", "edge", "adaptive"];

export function benchSampling(): Check[] {
  const random = seededRandom(1);
  const kinds = streams.map(({ normal }) => normal);
  const executions = Array.from({ length: 100_000 }, (_, i) => ({
    id: `exec_01JD8Q7Z3N${Math.floor(random() * 1e16)
      .toString(32)
      .padStart(16, "0")}`,
    input: JSON.stringify(kinds[i % kinds.length]?.(random)),
    output: JSON.stringify(["sale", "refund", "fee"][Math.floor(random() * 3)]),
  }));
  const profile = newProfile();
  for (const execution of executions.slice(0, 5_000)) learnUsual(profile, execution);
  console.log("\nChoosing what is judged, 5% of 100,000 executions, µs each (median of 9)\n");
  return strategies.map((strategy) => {
    const rule = { strategy, rate: 0.05 };
    let chosen = 0;
    const times = Array.from({ length: 10 }, () => {
      const started = processorTime();
      for (const execution of executions)
        if (choose(placeOf(execution.id), rule, profile, execution) !== "none") chosen++;
      return (processorTime() - started) / executions.length;
    });
    const cost = middle(times.slice(1));
    console.log(
      `  ${strategy.padEnd(12)}${cost.toFixed(3)}   chosen ${((chosen / 10 / executions.length) * 100).toFixed(1)}%`,
    );
    return { what: `${strategy} sampling, µs`, got: cost, most: 1 };
  });
}
