/**
 * A VS Code that comes from npm alone: the `code-server` package, installed on demand below `.vscode-test/`, and its
 * server as a process that can be started and stopped. Used by `npm start` and by the tests.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { mustRun, npm, projectRoot, step } from "./run.ts";

const version = "4.139.1";

/** Nothing that asks, updates, phones home or covers the editor; folders are trusted. */
export const quietSettings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "git.autoRepositoryDetection": false,
  "chat.disableAIFeatures": true,
  // Else each window says that "your application running on port 8000 is available": that is HAPA's own backend.
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
} as const;

export interface CodeServer {
  /** The server of VS Code itself, without code-server's login around it. */
  readonly serverMain: string;
  /** The `code-server` command. */
  readonly command: string;
}

/**
 * Installs code-server (about 15 s and 600 MB) unless it is there. Its own install script is not run: it would compile
 * modules for which VS Code has fallbacks. The stamp is written last, so that a broken-off install is done again.
 */
export async function ensureCodeServer(): Promise<CodeServer> {
  const home = join(projectRoot, ".vscode-test", `code-server-${version}`);
  const packaged = join(home, "node_modules", "code-server");
  const stamp = join(home, "complete");
  if (!existsSync(stamp)) {
    await step(`installing VS Code for the browser (code-server ${version} from npm)`, async () => {
      await rm(home, { recursive: true, force: true });
      await mkdir(home, { recursive: true });
      await writeFile(join(home, "package.json"), '{ "private": true }\n');
      const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      await npm(["install", `code-server@${version}`, "--prefix", home, ...quiet], home);
      for (const folder of ["lib/vscode", "lib/vscode/extensions"]) {
        const part = join(packaged, folder);
        await npm(["install", "--omit=dev", "--prefix", part, ...quiet], part);
      }
      await writeFile(stamp, `${new Date().toISOString()}\n`);
    });
  }
  return {
    serverMain: join(packaged, "lib", "vscode", "out", "server-main.js"),
    command: join(packaged, "out", "node", "entry.js"),
  };
}

/** Installs a packaged extension the way a person would: `code-server --install-extension`. Gives its output. */
export async function installExtension(vsix: string, extensionsDir: string, dataDir: string): Promise<string> {
  const { command } = await ensureCodeServer();
  const folders = ["--extensions-dir", extensionsDir, "--user-data-dir", join(dataDir, "data")];
  return mustRun(process.execPath, [command, ...folders, "--install-extension", vsix, "--force"], {
    // Else it writes a configuration file into the person's home.
    env: { CODE_SERVER_CONFIG: join(dataDir, "code-server.yaml") },
  });
}

export interface OpenOptions {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** Absolute path of an extension to load from source; only with `testDriver`. */
  readonly extensionPath?: string;
  /** Absolute path of a module whose exported `run()` is called inside the extension host. */
  readonly testsPath?: string;
}

export interface ServerOptions {
  /** Settings, state and logs. */
  readonly dataDir: string;
  readonly extensionsDir: string;
  /** First port tried; the next free one is taken. Any free one unless told. */
  readonly port?: number;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
  /** User settings, written where the person has none yet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Absolute paths of extensions that are used from where they are, as if they were installed. */
  readonly linkedExtensions?: readonly string[];
  /** Lets the address name an extension and tests to load; VS Code then shows no notification at all. */
  readonly testDriver?: boolean;
}

export interface RunningServer {
  readonly port: number;
  /** The address to open in a browser; it carries the connection token. */
  url(options: OpenOptions): string;
  /** Resolves when the server has ended by itself. */
  readonly ended: Promise<number>;
  /** Ends the server and its extension hosts. */
  stop(): Promise<void>;
}

/** Starts the server on loopback and waits until it listens. @throws where it ends before that, with its output. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { serverMain } = await ensureCodeServer();
  const port = await freePort(options.port ?? 0);
  await mkdir(options.extensionsDir, { recursive: true });
  await writeSettings(options.dataDir, options.settings ?? {});
  for (const path of options.linkedExtensions ?? []) await linkExtension(path, options);
  const token = randomBytes(16).toString("hex");
  const child = spawn(
    process.execPath,
    [
      serverMain,
      ...["--host", "127.0.0.1", "--port", String(port), "--connection-token", token],
      ...["--accept-server-license-terms", "--telemetry-level", "off"],
      ...(options.testDriver ? ["--enable-smoke-test-driver"] : []),
      ...["--server-data-dir", options.dataDir, "--extensions-dir", options.extensionsDir],
    ],
    // A group of its own: its extension hosts end with it.
    { stdio: ["ignore", "pipe", "pipe"], detached: true, env: { ...process.env, ...options.env } },
  );
  const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
  // Where this process ends without stopping it (an error, a signal), the server must not outlive it.
  const last = () => endGroup(child, "SIGKILL");
  process.once("exit", last);
  await listening(child, ended, options.onOutput);

  return {
    port,
    ended,
    url({ folder, extensionPath, testsPath }) {
      const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
      const payload: string[][] = [];
      if (extensionPath) payload.push(["extensionDevelopmentPath", remote(extensionPath)]);
      if (testsPath) payload.push(["extensionTestsPath", remote(testsPath)]);
      const query = new URLSearchParams({ tkn: token, folder });
      if (payload.length > 0) query.set("payload", JSON.stringify(payload));
      return `http://127.0.0.1:${port}/?${query}`;
    },
    async stop() {
      endGroup(child, "SIGTERM");
      const hard = setTimeout(() => endGroup(child, "SIGKILL"), 5_000);
      await ended;
      clearTimeout(hard);
      endGroup(child, "SIGKILL"); // An extension host that outlived its server.
      process.removeListener("exit", last);
    },
  };
}

async function listening(child: ChildProcess, ended: Promise<number>, onOutput?: (text: string) => void) {
  let output = "";
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (text: string) => {
        onOutput?.(text);
        if (output.length < 100_000) output += text;
        if (output.includes("Extension host agent listening on")) resolve();
      });
    }
    child.on("error", reject);
    void ended.then((code) => reject(new Error(`VS Code's server ended with ${code}:\n${output}`)));
  });
}

function endGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has already ended.
  }
}

async function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = join(dataDir, "data", "User");
  const file = join(folder, "settings.json");
  if (existsSync(file)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * Lists the extension among the installed ones, at its own place; a later start lists it anew, as its version may have
 * changed. Uninstalling it in VS Code takes it off the list and leaves its folder alone.
 */
async function linkExtension(path: string, { extensionsDir, dataDir }: ServerOptions): Promise<void> {
  const { publisher, name, version } = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
  const list = join(extensionsDir, "extensions.json");
  const id = `${publisher}.${name}`;
  const known: { identifier: { id: string } }[] = existsSync(list) ? JSON.parse(await readFile(list, "utf8")) : [];
  const entry = { identifier: { id }, version, location: { $mid: 1, scheme: "file", path }, metadata: {} };
  await writeFile(list, JSON.stringify([...known.filter(({ identifier }) => identifier.id !== id), entry]));
  await rm(join(dataDir, "data", "CachedProfilesData"), { recursive: true, force: true });
}

/** The first port from `start` on that nobody listens on; any free one for 0. */
async function freePort(start: number): Promise<number> {
  for (let port = start; port < start + 100; port++) {
    const found = await new Promise<number | undefined>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(undefined));
      probe.listen(port, "127.0.0.1", () => {
        const address = probe.address();
        probe.close(() => resolve(address && typeof address === "object" ? address.port : undefined));
      });
    });
    if (found !== undefined) return found;
  }
  throw new Error(`No free port between ${start} and ${start + 99}: stop what listens there.`);
}
