/**
 * `npm run bench -- soak [--minutes 5] [--callers 32] [--hostile 2000]`: many callers at once, single calls and batches,
 * with hostile programs scattered among them. Every good answer is checked; at the end this process's memory must be
 * where it was after the first minute. Exit code 1 where anything of that failed.
 */
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Program } from "../../src/sandbox/sandbox.ts";
import { Arena, hostilePrograms } from "../hostile/arena.ts";

const goodCallsLeast = 2_000_000;
const grownMost = 1.1;
const reportEveryMs = 30_000;
const batchSize = 500;
/** One call in so many of a caller is a batch. */
const batchEvery = 10;
/** Longer than the hostile programs' budgets: a good call that waited is not a slow one. */
const goodBudgetMs = 1_000;

interface Good {
  readonly program: Program;
  readonly answer: (n: number) => string;
}

const goods: readonly Good[] = [
  {
    program: {
      key: "soak names",
      code: 'function run(n) { const [last, first] = ("Family" + n + ", Given" + n).split(", "); return first + " " + last; }',
      language: "javascript",
    },
    answer: (n) => `"Given${n} Family${n}"`,
  },
  {
    program: {
      key: "soak words",
      code: 'const digit = /\\d/g;\nfunction run(n) { return { n, digits: String(n).match(digit).length, text: String(n).replace(digit, "#") }; }',
      language: "javascript",
    },
    answer: (n) => `{"n":${n},"digits":${String(n).length},"text":"${"#".repeat(String(n).length)}"}`,
  },
  {
    program: {
      key: "soak counter",
      code: "let calls = 0;\nfunction run(n) { calls++; return [n * 2, calls]; }",
      language: "javascript",
    },
    answer: (n) => `[${n * 2},1]`,
  },
];

class Soak {
  readonly #arena = new Arena("isolated-vm");
  readonly #untilMs: number;
  readonly #startedAt = performance.now();
  readonly #singleMs: number[] = [];
  readonly #wrong: string[] = [];
  goodCalls = 0;
  hostileCalls = 0;
  worstWaitMs = 0;

  constructor(minutes: number) {
    this.#untilMs = minutes * 60_000;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  get isOver(): boolean {
    return this.elapsedMs > this.#untilMs;
  }

  get wrong(): readonly string[] {
    return this.#wrong;
  }

  get singleMs(): readonly number[] {
    return this.#singleMs.toSorted((a, b) => a - b);
  }

  get restarts(): number {
    return this.#arena.sandbox.info().restarts;
  }

  async start(): Promise<void> {
    await this.#arena.warmUp();
  }

  stop(): Promise<void> {
    return this.#arena.stop();
  }

  async caller(number: number): Promise<void> {
    for (let turn = number; !this.isOver; turn++) {
      const good = goods[turn % goods.length];
      if (good === undefined) return;
      if (turn % batchEvery === 0) await this.#batch(good, turn);
      else await this.#single(good, turn);
    }
  }

  /** Hostile calls at an even pace, so that all of them are made in the time there is. */
  async attackers(count: number): Promise<void> {
    const programs = hostilePrograms("isolated-vm");
    const underWay = new Set<Promise<void>>();
    while (this.hostileCalls < count && !this.isOver) {
      const due = Math.floor((this.elapsedMs / this.#untilMs) * count) + 1;
      if (this.hostileCalls >= due || underWay.size >= 8) {
        await (underWay.size > 0 ? Promise.race([...underWay, nextTurn()]) : nextTurn());
        continue;
      }
      const hostile = programs[this.hostileCalls % programs.length];
      if (hostile === undefined) return;
      this.hostileCalls++;
      const call = this.#arena.sandbox
        .run(hostile.program, hostile.input, { budgetMs: 100 })
        .then(({ status, output }) => {
          const escaped = status === "success" && hostile.expected.includes(status) && output !== hostile.output;
          if (escaped && JSON.stringify(JSON.parse(output ?? "")) !== JSON.stringify(JSON.parse(hostile.output)))
            this.#wrong.push(`${hostile.name} answered ${output}`);
          underWay.delete(call);
        });
      underWay.add(call);
    }
    await Promise.all(underWay);
  }

  async #single({ program, answer }: Good, n: number): Promise<void> {
    const startedAt = performance.now();
    const verdict = await this.#arena.sandbox.run(program, String(n), { budgetMs: goodBudgetMs });
    const ms = performance.now() - startedAt;
    this.worstWaitMs = Math.max(this.worstWaitMs, ms);
    // A sample, evenly spread: half a million of them say what millions would.
    if (n % 4 === 1) this.#singleMs.push(ms);
    this.#judge(program, n, verdict.output ?? verdict.errorMessage, answer(n));
  }

  async #batch({ program, answer }: Good, n: number): Promise<void> {
    const inputs = Array.from({ length: batchSize }, (_, i) => String(n + i));
    const verdicts = await this.#arena.sandbox.runBatch(program, inputs, { budgetMs: goodBudgetMs });
    for (const [i, verdict] of verdicts.entries()) {
      this.#judge(program, n + i, verdict.output ?? verdict.errorMessage, answer(n + i));
    }
    if (verdicts.length !== batchSize) this.#wrong.push(`${program.key}: ${verdicts.length} verdicts of ${batchSize}`);
  }

  #judge(program: Program, n: number, got: string | undefined, expected: string): void {
    this.goodCalls++;
    if (got !== expected && this.#wrong.length < 1_000)
      this.#wrong.push(`${program.key} of ${n}: ${got?.slice(0, 200)}, not ${expected}`);
  }
}

export async function benchSoak(argv: readonly string[] = []): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      minutes: { type: "string", default: "5" },
      callers: { type: "string", default: "32" },
      hostile: { type: "string", default: "2000" },
    },
  });
  const minutes = Number(values.minutes);
  const hostileCalls = Number(values.hostile);
  const soak = new Soak(minutes);
  let afterFirstMinute: Memory | null = null;
  let fullSpeed: Promise<unknown> = Promise.resolve();
  console.log("   s    good calls  hostile  restarts   rss MB  held MB  worst wait ms");
  const report = () => {
    const { rssMb, heldMb } = memory();
    const columns = [
      ...[(soak.elapsedMs / 1_000).toFixed(0).padStart(4), soak.goodCalls.toLocaleString("en").padStart(12)],
      ...[String(soak.hostileCalls).padStart(7), String(soak.restarts).padStart(8)],
      ...[rssMb.toFixed(0).padStart(7), heldMb.toFixed(1).padStart(7), soak.worstWaitMs.toFixed(0).padStart(9)],
    ];
    console.log(columns.join("  "));
    soak.worstWaitMs = 0;
    if (afterFirstMinute === null && soak.elapsedMs > Math.min(59_000, minutes * 60_000 * 0.3))
      afterFirstMinute = memory();
  };
  const timer = setInterval(report, Math.min(reportEveryMs, minutes * 10_000));
  try {
    await soak.start();
    const callers = Array.from({ length: Number(values.callers) }, (_, i) => soak.caller(i * 1_000));
    fullSpeed = Promise.all([...callers, soak.attackers(hostileCalls)]);
    await fullSpeed;
  } finally {
    clearInterval(timer);
    report();
    await soak.stop();
  }

  const end = memory();
  const start = afterFirstMinute ?? end;
  const singles = soak.singleMs;
  const at = (share: number) =>
    (singles[Math.min(singles.length - 1, Math.floor(singles.length * share))] ?? 0).toFixed(2);
  const checks: readonly (readonly [boolean, string])[] = [
    [soak.wrong.length === 0, `${soak.wrong.length} wrong answers`],
    [soak.goodCalls >= goodCallsLeast * Math.min(1, minutes / 5), `${soak.goodCalls.toLocaleString("en")} good calls`],
    [soak.hostileCalls >= hostileCalls, `${soak.hostileCalls} hostile calls`],
    [
      end.rssMb <= start.rssMb * grownMost,
      `rss ${start.rssMb.toFixed(0)} MB after the first minute, ${end.rssMb.toFixed(0)} MB now`,
    ],
    [
      end.heldMb <= start.heldMb * grownMost + 5,
      `heap and buffers ${start.heldMb.toFixed(1)} MB then, ${end.heldMb.toFixed(1)} MB now`,
    ],
  ];
  console.log(`good single calls: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
  for (const [isKept, what] of checks) console.log(`${isKept ? "ok    " : "FAILED"} ${what}`);
  for (const line of soak.wrong.slice(0, 20)) console.log(`  ${line}`);
  if (checks.some(([isKept]) => !isKept)) process.exitCode = 1;
}

interface Memory {
  readonly rssMb: number;
  /** Heap in use and buffers, after a collection. */
  readonly heldMb: number;
}

function memory(): Memory {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMb: rss / 1e6, heldMb: (heapUsed + external) / 1e6 };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
