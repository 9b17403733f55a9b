/** Runs inside the extension host (`extensionTestsPath`): every `*.test.cjs` beside this file's bundle, with mocha. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { report } from "./report.ts";

/** Called by VS Code. `HAPA_TEST_GREP` runs only the tests whose title fits. @throws where a test failed */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: Reporter });
  const grep = process.env["HAPA_TEST_GREP"];
  if (grep) mocha.grep(new RegExp(grep));
  const folder = import.meta.dirname;
  for (const name of readdirSync(folder).sort()) if (name.endsWith(".test.cjs")) mocha.addFile(join(folder, name));
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    // A file that cannot even be loaded must not leave the runner waiting.
    report({ type: "fail", title: "the suite is loaded", depth: 0, error: describeError(error) });
    report({ type: "end", passes: 0, failures: 1, pending: 0 });
    throw error;
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

class Reporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    let depth = 0;
    runner.on("suite", ({ title, root }) => {
      if (!root) report({ type: "suite", title, depth: depth++ });
    });
    runner.on("suite end", ({ root }) => {
      if (!root) depth--;
    });
    runner.on("pass", ({ title, duration }) => report({ type: "pass", title, depth, ms: duration ?? 0 }));
    runner.on("pending", ({ title }) => report({ type: "pending", title, depth }));
    runner.on("fail", ({ title }, error) => report({ type: "fail", title, depth, error: describeError(error) }));
    runner.on("end", () => {
      const { passes, failures, pending } = this.stats;
      report({ type: "end", passes, failures, pending });
    });
  }
}
