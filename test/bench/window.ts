/**
 * `npm run bench -- window [--seconds 60]`: what a VS Code window costs with HAPA in it and without, in the same run:
 * memory of the extension host and its children, and its processor time while the panel stands open and nothing happens.
 * Linux only: reads /proc.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { build } from "../../esbuild.mjs";
import { projectRoot } from "../../scripts/lib/run.ts";
import { launchChromium } from "../support/chromium.ts";
import { startVsCode } from "../support/vscode.ts";

/** What the issue of the assistant allows. */
const limits = { loadedMb: 60, afterMb: 200, idlePercent: 0.5 };
const settleMs = 15_000;
/**
 * VS Code's server looks through the open files of every process for ports to forward, all the time: 2 to 3% of a core
 * in a window without HAPA. Off in both windows, so that what is left is the extensions'.
 */
const settings = {
  "hapa.backend.port": 0,
  "remote.autoForwardPorts": false,
  "remote.autoForwardPortsSource": "output",
};
const ticksPerSecond = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** In MB: `rss` counts shared pages for each process, `pss` once for all. */
interface Memory {
  readonly processes: number;
  readonly rss: number;
  readonly pss: number;
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = pids.map(async (pid): Promise<Process[]> => {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
      return [{ pid, parent: Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]), command }];
    } catch {
      return []; // It has ended.
    }
  });
  return (await Promise.all(all)).flat();
}

/** The extension host of the server with this data folder, and everything it started. */
async function hostAndChildren(dataDir: string): Promise<Process[]> {
  const all = await processes();
  const server = all.find(({ command }) => command.includes("server-main.js") && command.includes(dataDir));
  const host = all.find(({ parent, command }) => parent === server?.pid && command.includes("--type=extensionHost"));
  if (!host) throw new Error("no extension host was found");
  const found = [host];
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

async function memory(dataDir: string): Promise<Memory> {
  const found = await hostAndChildren(dataDir);
  let [rss, pss] = [0, 0];
  for (const { pid } of found) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(rollup)?.[1] ?? 0);
    rss += kilobytes("Rss") / 1024;
    pss += kilobytes("Pss") / 1024;
  }
  return { processes: found.length, rss, pss };
}

/** Processor time of the extension host so far, in seconds. */
async function hostSeconds(dataDir: string): Promise<number> {
  const [host] = await hostAndChildren(dataDir);
  const stat = await readFile(`/proc/${host?.pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Share of a core, in percent. */
async function idlePercent(dataDir: string, seconds: number): Promise<number> {
  const before = await hostSeconds(dataDir);
  await wait(seconds * 1_000);
  return (100 * ((await hostSeconds(dataDir)) - before)) / seconds;
}

async function inWindow<T>(withHapa: boolean, use: (page: Page, dataDir: string) => Promise<T>): Promise<T> {
  const code = await startVsCode({
    workspace: join(projectRoot, "examples"),
    settings,
    ...(withHapa ? { extensionPath: projectRoot } : {}),
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(code.url());
    await page.getByRole("treeitem", { name: "names.txt" }).waitFor({ timeout: 60_000 });
    if (withHapa) await page.getByRole("button", { name: /^HAPA, / }).waitFor({ timeout: 30_000 });
    await wait(settleMs);
    return await use(page, code.dataDir);
  } finally {
    await browser.close();
    await code.stop();
  }
}

const examples = [
  "Lovelace, Ada => ada.lovelace@example.com",
  "Hopper, Grace => grace.hopper@example.com",
  "Turing, Alan => alan.turing@example.com",
].join("\n");

/** As a person would: the panel, a question with examples, the card. */
async function makeProgram(page: Page): Promise<void> {
  const panel = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  await panel.getByRole("button", { name: "Examples" }).click();
  await panel.getByRole("textbox", { name: /^Examples/ }).fill(examples);
  await panel.getByRole("button", { name: "Send" }).click();
  await panel.getByRole("region", { name: "Program" }).waitFor({ timeout: 30_000 });
}

export async function benchWindow(argv: string[]): Promise<void> {
  const { values } = parseArgs({ args: argv, options: { seconds: { type: "string", default: "60" } } });
  const seconds = Number(values.seconds);
  await build({ production: true }); // As it is installed.
  const bare = await inWindow(false, async (page, dataDir) => ({
    memory: await memory(dataDir),
    idle: await idlePercent(dataDir, seconds),
    title: await page.title(),
  }));
  const rows: [name: string, memory: Memory, idle: number | undefined][] = [
    ["without HAPA", bare.memory, bare.idle],
    ...(await inWindow(true, async (page, dataDir) => {
      const loaded = await memory(dataDir);
      await page.getByRole("tab", { name: "HAPA" }).first().click();
      await page
        .frameLocator("iframe.webview.ready")
        .frameLocator("iframe#active-frame")
        .getByRole("button", { name: /^Model: / })
        .waitFor({ timeout: 30_000 });
      await wait(settleMs);
      const open = await memory(dataDir);
      const idle = await idlePercent(dataDir, seconds);
      await makeProgram(page);
      const working = await memory(dataDir);
      await wait(seconds * 1_000);
      return [
        ["with HAPA, loaded", loaded, undefined],
        ["panel open, backend running", open, idle],
        ["just after a program was made", working, undefined],
        [`${seconds} s later`, await memory(dataDir), undefined],
      ] as [string, Memory, number | undefined][];
    })),
  ];
  const row = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at ? cell.padStart(12) : cell.padEnd(32))).join("");
  console.log(
    row(["extension host and children", "processes", "RSS MB", "PSS MB", "RSS above", "PSS above", "% of a core"]),
  );
  for (const [name, { processes: count, rss, pss }, idle] of rows) {
    const above = [rss - bare.memory.rss, pss - bare.memory.pss].map((mb) => mb.toFixed(1));
    console.log(row([name, String(count), rss.toFixed(1), pss.toFixed(1), ...above, idle?.toFixed(2) ?? ""]));
  }
  console.log(
    `\nAllowed: ${limits.loadedMb} MB above before the first program runs, ${limits.afterMb} MB a minute after the last, ${limits.idlePercent}% of a core while idle.`,
  );
}
