/**
 * `node test/hostile/repeat.ts [--times 10] [--busy] [--engine NAME]…`: the hostile suite so many times in a row, with a
 * busy process for each `--busy`; a line for each repetition. Exit code 1 where the contract was broken.
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { Arena, type ArenaEngine, type Bout, budgetMs, engines, faults, hostilePrograms } from "./arena.ts";

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "10" },
    busy: { type: "boolean", multiple: true, default: [] },
    engine: { type: "string", multiple: true, default: [...engines] },
  },
});

function isEngine(name: string): name is ArenaEngine {
  return (engines as readonly string[]).includes(name);
}

async function repetition(engine: ArenaEngine, number: number): Promise<boolean> {
  const arena = new Arena(engine);
  const all: Bout[] = [];
  const failed: string[] = [];
  const worst = { verdict: "", next: "", overMs: Number.NEGATIVE_INFINITY, nextMs: 0 };
  const startedAt = performance.now();
  try {
    await arena.warmUp();
    for (const hostile of hostilePrograms(engine)) {
      const bouts = await arena.fight(hostile);
      all.push(...bouts);
      for (const { hostile: answer, good } of bouts) {
        if (answer.ms - budgetMs > worst.overMs)
          Object.assign(worst, { overMs: answer.ms - budgetMs, verdict: hostile.name });
        if (good.ms > worst.nextMs) Object.assign(worst, { nextMs: good.ms, next: hostile.name });
      }
      const found = faults(hostile, bouts);
      if (found.length > 0) failed.push(`${hostile.name}: ${found.join("; ")}`);
    }
  } finally {
    await arena.stop();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `${engine} ${number}: ${all.length / 2} programs twice in ${seconds.toFixed(0)} s, ` +
      `worst verdict ${worst.overMs.toFixed(0)} ms past its budget (${worst.verdict}), ` +
      `worst next good call ${worst.nextMs.toFixed(0)} ms (after ${worst.next}), ${failed.length} failed`,
  );
  for (const line of failed) console.log(`  ${line}`);
  return failed.length === 0;
}

const busy = values.busy.map(() => spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }));
let kept = true;
try {
  for (let number = 1; number <= Number(values.times); number++) {
    for (const engine of values.engine.filter(isEngine)) kept = (await repetition(engine, number)) && kept;
  }
} finally {
  for (const child of busy) child.kill("SIGKILL");
}
process.exitCode = kept ? 0 : 1;
