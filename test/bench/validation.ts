/**
 * `npm run bench -- validation`: what checking code costs, cold (a new worker) and warm (the file changed a little), on
 * the bundle that is shipped, and what it holds in memory until it is idle.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckRequest } from "../../src/validation/check.ts";
import { createValidator } from "../../src/validation/client.ts";

const root = join(import.meta.dirname, "../..");
const worker = join(root, "dist/validation-worker.cjs");
const rounds = 30;
const settleMs = 12_000;

const python = (lines: number): string =>
  Array.from(
    { length: lines / 4 },
    (_, i) => `def f${i}(text):\n    parts = text.split(",")\n    return parts[${i % 3}].strip()\n\n`,
  ).join("");
const typescript = readFileSync(join(root, "src/validation/scripts.ts"), "utf8");

const samples: readonly (readonly [title: string, request: CheckRequest])[] = [
  ["Python, 40 lines", { language: "python", code: python(40) }],
  ["Python, 4,000 lines", { language: "python", code: python(4_000) }],
  ["Python, 4,000 lines, with format", { language: "python", code: python(4_000), format: true }],
  ["JavaScript, 3 lines", { language: "javascript", code: "function run(input) {\n  return input.trim();\n}\n" }],
  [`TypeScript, ${typescript.split("\n").length} lines`, { language: "typescript", code: typescript }],
  ["TypeScript, syntax only", { language: "typescript", code: typescript, only: "syntax" }],
];

const megabytes = (): string => `${Math.round(process.memoryUsage().rss / 1e6)} MB`;
const ms = (value: number | undefined): string => (value ?? 0).toFixed(1).padStart(9);

export async function benchValidation(): Promise<void> {
  if (!existsSync(worker)) throw new Error("Build first: npm run build");
  console.log(
    `code checked in a worker thread, ${rounds} changes each; memory of this process before: ${megabytes()}\n`,
  );
  console.log(`${"".padEnd(36)}     cold    warm p50       p95 ms    memory`);
  for (const [title, request] of samples) {
    const validator = createValidator(worker, { limitMs: 60_000 });
    try {
      const times: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const comment = request.language === "python" ? "#" : "//";
        const started = performance.now();
        await validator.check({ ...request, code: `${request.code}\n${comment} ${round}\n` });
        times.push(performance.now() - started);
      }
      const [cold, ...warm] = times;
      const sorted = warm.toSorted((a, b) => a - b);
      const at = (share: number): number | undefined => sorted[Math.floor((sorted.length - 1) * share)];
      console.log(`${title.padEnd(36)}${ms(cold)}   ${ms(at(0.5))} ${ms(at(0.95))}    ${megabytes().padStart(6)}`);
    } finally {
      await validator.stop();
    }
  }
  console.log(`\nas the last worker ended: ${megabytes()}`);
  // The engine keeps a dead thread's pages for some seconds, in case there is another.
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  console.log(`${settleMs / 1000} s later: ${megabytes()}`);
}
