/** Runs the same suite in desktop VS Code, for those who can download it: `npm run test:vscode-desktop`. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { projectRoot } from "../../scripts/lib/run.ts";
import { bundleSuite } from "./bundle.ts";
import { follow } from "./follow.ts";

const folder = await mkdtemp(join(tmpdir(), "hapa-desktop-"));
try {
  const vscodeExecutablePath = await downloadAndUnzipVSCode({
    version: "stable",
    cachePath: join(projectRoot, ".vscode-test"),
  }).catch((cause: unknown) => {
    throw new Error(
      "Desktop VS Code cannot be downloaded here (update.code.visualstudio.com must be reachable), so these tests did " +
        "not run. The same suite runs in the browser's VS Code: npm run test:vscode.",
      { cause },
    );
  });
  const reportFile = join(folder, "report.jsonl");
  const ended = new AbortController();
  const following = follow(reportFile, { silenceMs: 180_000, signal: ended.signal });
  following.catch(() => undefined); // Awaited below, after VS Code itself.
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: await bundleSuite(),
    extensionTestsEnv: { HAPA_TEST_REPORT: reportFile },
    launchArgs: [join(projectRoot, "examples"), "--disable-extensions", "--user-data-dir", join(folder, "data")],
  }).catch(async (error: unknown) => {
    // VS Code ends with an error where tests failed, which the report tells better; else it did not start.
    if (!(await readFile(reportFile, "utf8")).includes('"type":"end"')) ended.abort(error);
  });
  const { passes, failures, pending } = await following;
  console.log(`\n  ${passes} passing, ${failures} failing, ${pending} pending (inside desktop VS Code)`);
  process.exitCode = failures > 0 ? 1 : 0;
} catch (error) {
  const { message, cause } = error as Error;
  console.error(cause instanceof Error ? `${message}\n(${cause.message})` : message);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
