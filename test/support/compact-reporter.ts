/**
 * Mocha's output in `npm test`: one line per test file's outermost suite, failures in full at the end, and the counts
 * and failures in the file named by the reporter option `output`: see `TestReport`.
 */
import { writeFileSync } from "node:fs";
import { reporters } from "mocha";
import type { TestReport } from "../../scripts/lib/test-report.ts";

export default class CompactReporter extends reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    let current = { passes: 0, failures: 0, pending: 0, since: performance.now() };
    let depth = 0;
    runner.on("suite", ({ root }) => {
      if (!root && depth++ === 0) current = { passes: 0, failures: 0, pending: 0, since: performance.now() };
    });
    runner.on("pass", () => current.passes++);
    runner.on("pending", () => current.pending++);
    runner.on("fail", ({ title }, error) => {
      current.failures++;
      console.log(`    ✖ ${title}: ${String(error?.message ?? error).split("\n")[0]}`);
    });
    runner.on("suite end", ({ root, title }) => {
      if (root || --depth > 0) return;
      const { passes, failures, pending, since } = current;
      const counts = [`${passes} passed`, failures > 0 && `${failures} FAILED`, pending > 0 && `${pending} skipped`];
      const ms = Math.round(performance.now() - since);
      console.log(`  ${failures > 0 ? "✖" : "✔"} ${title}: ${counts.filter(Boolean).join(", ")} (${ms} ms)`);
    });
    runner.on("end", () => {
      const { passes, failures, pending } = this.stats;
      if (failures > 0) reporters.Base.list(this.failures);
      const output = options.reporterOptions?.output;
      if (!output) return;
      const failed = this.failures.map((test) => ({ test: test.fullTitle(), error: test.err?.message ?? "" }));
      writeFileSync(output, JSON.stringify({ stats: { passes, failures, pending }, failed } satisfies TestReport));
    });
  }
}
