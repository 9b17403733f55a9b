/**
 * `npm test`: installs what is missing and runs everything, in named steps, and ends with what failed and one line
 * of totals.
 *
 *     npm test                        everything
 *     npm test -- types unit          only these steps
 *     npm test -- --skip vscode,ui    all but these
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureChromium } from "./lib/chromium.ts";
import { ensureCodeServer } from "./lib/code-server.ts";
import { elapsed, projectRoot, run } from "./lib/run.ts";
import type { FailedTest, TestReport } from "./lib/test-report.ts";

const reports = join(projectRoot, "out", "reports");
const vsix = join(projectRoot, "out", "hapa-test.vsix");

interface Step {
  readonly title: string;
  /** The commands, one after the other. The first that fails ends the step, unless they are runs of tests. */
  readonly commands: readonly (readonly string[])[];
  /** Where its tests are counted (files that its commands write); absent: a check, which counts only as a failure. */
  readonly reports?: readonly string[];
  readonly needs?: readonly ("chromium" | "code-server")[];
}

const binary = (name: string) => join(projectRoot, "node_modules", ".bin", name);
const node = process.execPath;
const mocha = (report: string, ...args: string[]) => [
  ...[node, binary("mocha"), "--forbid-only", "--reporter", "test/support/compact-reporter.ts"],
  ...["--reporter-option", `output=${report}`, ...args],
];
const reportOf = (name: string) => join(reports, `${name}.json`);

/** What touches every file of a package; the rest was tested from source, and is the same. */
const inPackage =
  "^(activation|language-model tools|the Doctor|running a program on a file|with a model|reaching a model|tasks as files|transforming the selected|validation|the window)";

const steps = {
  types: {
    title: "types (tsc)",
    commands: [
      [binary("tsc"), "-p", "."],
      [binary("tsc"), "-p", "webview-ui"],
    ],
  },
  lint: {
    title: "lint (biome)",
    commands: [[binary("biome"), "ci", "--colors=off", "--diagnostic-level=error", "--max-diagnostics=30"]],
  },
  deps: {
    title: "dependency rules (dependency-cruiser)",
    commands: [[binary("depcruise"), "src", "webview-ui", "test", "scripts", "--config", ".dependency-cruiser.cjs"]],
  },
  unused: {
    title: "unused files and exports (knip)",
    commands: [[node, binary("knip"), "--no-progress", "--no-config-hints"]],
  },
  build: { title: "build (esbuild)", commands: [[node, "esbuild.mjs"]] },
  unit: {
    title: "unit, API, the offline generator (mocha)",
    commands: [
      mocha(reportOf("unit"), "test/**/*.test.ts", "--ignore", "test/{ui,vscode,hostile,sandbox,synthesis,loop}/**"),
      mocha(reportOf("synthesis"), "test/synthesis/**/*.test.ts"),
    ],
    reports: [reportOf("unit"), reportOf("synthesis")],
  },
  loop: {
    title: "the learning loop from end to end",
    commands: [mocha(reportOf("loop"), "test/loop/**/*.test.ts")],
    reports: [reportOf("loop")],
  },
  // By itself: much of what it proves is that things happen in time.
  hostile: {
    title: "sandbox, and hostile programs on every engine",
    commands: [mocha(reportOf("hostile"), "test/{sandbox,hostile}/**/*.test.ts")],
    reports: [reportOf("hostile")],
  },
  ui: {
    title: "user interface in a browser (mocha, Chromium)",
    commands: [
      mocha(reportOf("ui-workbench"), "test/ui/workbench/**/*.test.ts"),
      mocha(reportOf("ui-pages"), "test/ui/{panel,results,dashboard}/**/*.test.ts"),
    ],
    reports: [reportOf("ui-workbench"), reportOf("ui-pages")],
    needs: ["chromium", "code-server"],
  },
  vscode: {
    title: "extension inside VS Code",
    commands: [[node, "test/vscode/run.ts", "--report", reportOf("vscode")]],
    reports: [reportOf("vscode")],
    needs: ["chromium", "code-server"],
  },
  packaged: {
    title: "packaged extension: made, installed, tested, activation time",
    commands: [
      [node, "scripts/package.ts", "--out", vsix],
      [node, "test/vscode/run.ts", "--vsix", vsix, "--grep", inPackage, "--report", reportOf("packaged")],
    ],
    reports: [reportOf("packaged")],
    needs: ["chromium", "code-server"],
  },
} as const satisfies Record<string, Step>;
type StepName = keyof typeof steps;
const names = Object.keys(steps) as StepName[];
/** Need no build, disturb nobody: run beside the installations. */
const light: readonly StepName[] = ["types", "lint", "deps", "unused"];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { skip: { type: "string" } } });
const skipped = values.skip?.split(",") ?? [];
for (const name of [...positionals, ...skipped]) {
  if (names.includes(name as StepName)) continue;
  console.error(`There is no step "${name}". Steps: ${names.join(", ")}.`);
  process.exit(2);
}
const chosen = names.filter(
  (name) => (positionals.length === 0 || positionals.includes(name)) && !skipped.includes(name),
);

const total = { passes: 0, failures: 0, pending: 0 };
const failedTests: FailedTest[] = [];
const summary: string[] = [];
const began = performance.now();
const missing = new Map<string, string>();

/** Runs one step; `live` shows its output as it comes, else it is shown at the end where the step failed. */
async function runStep(name: StepName, live: boolean): Promise<void> {
  const step: Step = steps[name];
  const started = performance.now();
  if (live) console.log(`\n▸ ${step.title}`);
  let output = "";
  let failed = false;
  const lacks = step.needs?.flatMap((need) => missing.get(need) ?? []) ?? [];
  if (lacks.length > 0) {
    failed = true;
    output = lacks.join("\n");
  }
  const execute = async ([command = "", ...args]: readonly string[]): Promise<void> => {
    try {
      const timeoutMs = 600_000;
      const code = await run(command, args, live ? { timeoutMs } : { timeoutMs, onOutput: (text) => (output += text) });
      failed ||= code !== 0;
    } catch (error) {
      failed = true;
      output += String(error);
    }
  };
  const independent = step.commands.length === step.reports?.length;
  for (const command of step.commands) if (!failed || (independent && lacks.length === 0)) await execute(command);
  const written = await readReports(step.reports ?? []);
  const failures = written.flatMap((report) => report.failed);
  for (const { stats } of written) {
    total.passes += stats.passes;
    total.pending += stats.pending;
  }
  // A step that failed without a failed test (it did not compile, it crashed) counts as one.
  total.failures += failures.length || (failed ? 1 : 0);
  failedTests.push(...failures);
  if (output && failed) console.log(output.trimEnd().replace(/^/gm, "  "));
  const line = `${failed ? "✖" : "✔"} ${step.title}: ${elapsed(started)}`;
  console.log(line);
  summary.push(line);
}

/** Those that were written: a command that ended before its tests wrote none. */
async function readReports(files: readonly string[]): Promise<TestReport[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  return texts.filter(Boolean).map((text) => JSON.parse(text));
}

async function installs(): Promise<void> {
  const needs = new Set(chosen.flatMap((name) => (steps[name] as Step).needs ?? []));
  for (const [need, install] of Object.entries({ chromium: ensureChromium, "code-server": ensureCodeServer })) {
    if (!needs.has(need as "chromium")) continue;
    await install().catch((error: unknown) =>
      missing.set(need, error instanceof Error ? error.message : String(error)),
    );
  }
}

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
const checks = async () => {
  for (const name of chosen) if (light.includes(name)) await runStep(name, false);
};
await Promise.all([installs(), checks()]);
for (const name of chosen) if (!light.includes(name)) await runStep(name, true);

console.log(`\n${summary.join("\n")}\nin ${elapsed(began)}\n`);
for (const { test, error } of failedTests) {
  const lines = error
    .split("\n")
    .slice(0, 12)
    .map((line) => `    ${line.slice(0, 300)}`);
  console.log(`✖ ${test}\n${lines.join("\n")}\n`);
}
const skippedTests = total.pending > 0 ? `, ${total.pending} skipped` : "";
console.log(`${total.passes} passed, ${total.failures} failed${skippedTests}`);
process.exitCode = total.failures > 0 ? 1 : 0;
