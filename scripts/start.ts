/**
 * `npm start`: builds HAPA and opens VS Code with it on `examples/`: desktop VS Code where there is one that fits, else
 * VS Code in the browser, served on loopback until Ctrl+C.
 *
 *     npm start -- [--browser] [--port 8100] [--no-open]
 */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../esbuild.mjs";
import { quietSettings, startServer } from "./lib/code-server.ts";
import { projectRoot, run, step } from "./lib/run.ts";

const { values } = parseArgs({
  options: {
    browser: { type: "boolean", default: false },
    port: { type: "string", default: "8100" },
    "no-open": { type: "boolean", default: false },
  },
});
const examples = join(projectRoot, "examples");
const hasScreen = process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);

/** Why desktop VS Code is not used; undefined where it can be. */
function whyNotDesktop(): string | undefined {
  if (values.browser) return "--browser was given";
  if (!hasScreen) return "there is no screen here";
  if (process.getuid?.() === 0) return "desktop VS Code does not run as root";
  let version: string;
  try {
    version = execFileSync("code", ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      shell: process.platform === "win32",
    });
  } catch {
    return "there is no `code` command on PATH";
  }
  const { engines } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = engines.vscode.replace("^", "").split(".").map(Number);
  if (major * 1000 + minor >= wantedMajor * 1000 + wantedMinor) return undefined;
  return `desktop VS Code ${version.split("\n")[0]} is older than ${engines.vscode.slice(1)}`;
}

async function openInBrowser(): Promise<void> {
  const home = join(projectRoot, ".hapa-dev", "vscode");
  const server = await startServer({
    dataDir: home,
    extensionsDir: join(home, "extensions"),
    port: Number(values.port),
    settings: { ...quietSettings, "workbench.startupEditor": "readme" }, // What to try, in examples/README.md.
    linkedExtensions: [projectRoot],
  });
  const url = server.url({ folder: examples });
  console.log(`
  ──────────────────────────────────────────────────────────────
   VS Code with HAPA is running. Open in a browser:

   ${url}

   Ctrl+C stops it.
  ──────────────────────────────────────────────────────────────
`);
  if (hasScreen && !values["no-open"]) openAddress(url);
  const stopped = new Promise<"signal">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve("signal"));
  });
  const ending = await Promise.race([stopped, server.ended]);
  await server.stop();
  if (ending === "signal") console.log("Stopped.");
  else throw new Error(`VS Code's server ended by itself (${ending}).`);
}

/** Opens the person's browser where the system has a command for it; the printed address stays the sure way. */
function openAddress(url: string): void {
  const command = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  const child = spawn(command, [url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

try {
  await step("building HAPA", () => build());
  const reason = whyNotDesktop();
  if (reason === undefined) {
    console.log("▸ opening desktop VS Code");
    process.exitCode = await run("code", [`--extensionDevelopmentPath=${projectRoot}`, examples]);
  } else {
    console.log(`▸ opening VS Code in the browser (${reason})`);
    await openInBrowser();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
