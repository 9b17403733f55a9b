/**
 * Runs the suite inside a real VS Code in a real browser:
 *
 *     npm run test:vscode -- [--grep PATTERN] [--report FILE]            the extension from source
 *     npm run test:vscode -- --vsix FILE [--windows N] [--report FILE]   the packaged one, installed as a person would
 *
 * With `--vsix`, a nearly empty extension stands in as the one under development. After the suite, activation is
 * measured in several more windows, and the median printed.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { installExtension } from "../../scripts/lib/code-server.ts";
import { projectRoot, step } from "../../scripts/lib/run.ts";
import type { TestReport } from "../../scripts/lib/test-report.ts";
import { authorityFile } from "../support/certificates.ts";
import { launchChromium } from "../support/chromium.ts";
import { startVsCode } from "../support/vscode.ts";
import { bundleSuite } from "./bundle.ts";
import { follow, type Outcome } from "./follow.ts";

const { values } = parseArgs({
  options: {
    vsix: { type: "string" },
    windows: { type: "string", default: "5" },
    grep: { type: "string", short: "g" },
    report: { type: "string" },
  },
});

interface Place {
  readonly extensionPath: string;
  readonly extensionsDir: string;
}

/** A fresh server, one window, the suite in it. */
async function runSuite(browser: Browser, place: Place, testsPath: string, grep?: string): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "hapa-report-"));
  const reportFile = join(folder, "report.jsonl");
  let log = "";
  const code = await startVsCode({
    workspace: join(projectRoot, "examples"),
    ...place,
    testsPath,
    linkedExtensions: [join(projectRoot, "test/vscode/fixtures/model-provider")],
    dataDir: join(folder, "data"),
    env: {
      HAPA_TEST_REPORT: reportFile,
      // Trusted besides the usual ones: see test/support/certificates.ts.
      NODE_EXTRA_CA_CERTS: authorityFile,
      ...(grep ? { HAPA_TEST_GREP: grep } : {}),
    },
    onOutput: (text) => {
      log = (log + text).slice(-20_000);
    },
  });
  const page = await browser.newPage();
  page.on("console", (message) => {
    log = `${log}[window] ${message.text()}\n`.slice(-20_000);
  });
  const gone = new AbortController();
  page.on("close", () => gone.abort(new Error("The window was closed before the tests ended.")));
  try {
    const following = follow(reportFile, { silenceMs: 120_000, signal: gone.signal });
    await Promise.race([page.goto(code.url()), following]);
    return await following;
  } catch (error) {
    await mkdir(join(projectRoot, "out"), { recursive: true });
    const picture = join(projectRoot, "out", "vscode-failure.png");
    await page.screenshot({ path: picture }).catch(() => undefined);
    console.error(`${log}\nThe window at that moment: ${picture}`);
    throw error;
  } finally {
    page.removeAllListeners("close");
    await page.close();
    await code.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Installs the VSIX into a fresh folder and makes the nearly empty extension that the tests are loaded with. */
async function installPackaged(vsix: string, folder: string): Promise<Place> {
  const extensionsDir = join(folder, "extensions");
  const output = await step("code-server --install-extension", () => installExtension(vsix, extensionsDir, folder));
  console.log(`  ${output.split("\n").find((line) => line.includes("installed")) ?? output}`);
  const extensionPath = join(folder, "test-host");
  await mkdir(extensionPath, { recursive: true });
  const manifest = { name: "hapa-test-host", publisher: "hapa-tests", version: "0.0.0", engines: { vscode: "*" } };
  await writeFile(join(extensionPath, "package.json"), JSON.stringify(manifest));
  return { extensionPath, extensionsDir };
}

/**
 * Lets the installed extension wait for the test to activate it, instead of starting by itself with the window: only so
 * can a test measure it. Nothing else of it is changed.
 */
async function startOnlyWhenAsked(extensionsDir: string): Promise<void> {
  const name = (await readdir(extensionsDir)).find((folder) => folder.startsWith("hapa.hapa-"));
  if (!name) throw new Error(`The extension was not installed into ${extensionsDir}.`);
  const file = join(extensionsDir, name, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...manifest, activationEvents: [] }));
}

/** Prints the median activation time of some windows. @throws where none could be measured */
async function measureActivation(browser: Browser, place: Place, testsPath: string): Promise<void> {
  await startOnlyWhenAsked(place.extensionsDir);
  const times: number[] = [];
  for (let window = 0; window < Number(values.windows); window++) {
    const { notes } = await runSuite(browser, place, testsPath, "^activation");
    for (const note of notes) times.push(...[/^activation: ([\d.]+) ms$/.exec(note)?.[1] ?? []].flat().map(Number));
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)];
  if (median === undefined)
    throw new Error("Activation could not be measured: the extension was always active before.");
  console.log(`\nactivation of the packaged extension: ${median} ms (median of ${times.length}; wanted: ≤ 100 ms)`);
}

// A plain end by signal would leave VS Code's server running; `exit` handlers end it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
const temporary = await mkdtemp(join(tmpdir(), "hapa-vscode-run-"));
const browser = await launchChromium();
let outcome: Outcome;
try {
  const testsPath = await bundleSuite();
  const place = values.vsix
    ? await installPackaged(resolve(values.vsix), temporary)
    : { extensionPath: projectRoot, extensionsDir: join(temporary, "extensions") };
  outcome = await runSuite(browser, place, testsPath, values.grep);
  if (values.vsix) await measureActivation(browser, place, testsPath);
} finally {
  await browser.close();
  await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
}
const { passes, failures, pending, failed } = outcome;
console.log(`\n  ${passes} passing, ${failures} failing, ${pending} pending (inside VS Code)`);
const report = { stats: { passes, failures, pending }, failed } satisfies TestReport;
if (values.report) await writeFile(values.report, JSON.stringify(report));
process.exitCode = failures > 0 ? 1 : 0;
