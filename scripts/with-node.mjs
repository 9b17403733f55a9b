// @ts-check
/**
 * Runs one of the project's TypeScript files on the Node that the project brings along (the `node` dev dependency),
 * whatever Node the system has, after installing dependencies where they are missing or out of date:
 *
 *     node scripts/with-node.mjs scripts/test.ts --only types
 *
 * Plain JavaScript without dependencies, because on a fresh clone it runs before anything is installed. Its own words
 * go to stderr: stdout belongs to what it runs.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binaries = join(root, "node_modules", ".bin");
const projectNode = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const lockFile = join(root, ".hapa-dev", "install.lock");

/** What `node_modules/.bin` and npm itself add to PATH is left out, so that npm runs on the Node it came with. */
const systemPath = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .join(delimiter);

/**
 * The packages of a lock file: path → version, whether it is meant for this platform, whether it may be missing.
 * @param {string} file
 */
function packagesOf(file) {
  const { packages } = JSON.parse(readFileSync(file, "utf8"));
  const fits = (/** @type {string[] | undefined} */ allowed, /** @type {string} */ mine) => {
    if (!allowed) return true;
    if (allowed.includes(`!${mine}`)) return false;
    return allowed.includes(mine) || allowed.every((name) => name.startsWith("!"));
  };
  const wanted = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    if (path === "") continue;
    const here = fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
    wanted.set(path, { version: entry.version, here, optional: entry.optional === true });
  }
  return wanted;
}

/** npm writes `node_modules/.package-lock.json` when an install is complete: it is the stamp compared here. */
function packagesAreInstalled() {
  const stamp = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(stamp)) return false;
  const installed = packagesOf(stamp);
  for (const { here } of installed.values()) if (!here) return false;
  for (const [path, { version, here, optional }] of packagesOf(join(root, "package-lock.json"))) {
    const found = installed.get(path);
    if (found ? found.version !== version : here && !optional) return false;
  }
  return true;
}

function projectNodeWorks() {
  if (!existsSync(projectNode)) return false;
  return spawnSync(projectNode, ["--version"], { encoding: "utf8" }).stdout?.startsWith("v24.") === true;
}

/**
 * Runs npm in the project's folder, its output shown, and a line with the elapsed time every ten seconds.
 * @param {string} what
 * @param {string[]} args
 */
async function npm(what, args) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  console.error(`▸ ${what} (npm ${args.join(" ")})`);
  const ticker = setInterval(() => console.error(`  … ${what}: ${seconds()}`), 10_000);
  const child = spawn("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, "pipe"],
    env: { ...process.env, PATH: systemPath },
    shell: process.platform === "win32",
  });
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    complaints += text;
    process.stderr.write(text);
  });
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`npm could not be started: ${error.message}. Install npm (it comes with Node).`);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
  clearInterval(ticker);
  if (code !== 0) {
    console.error(`\n${what} failed after ${seconds()}; npm's own words stand above.`);
    if (/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|network/.test(complaints))
      console.error("The npm registry could not be reached: check the network, or proxy and registry in ~/.npmrc.");
    release();
    process.exit(1);
  }
  console.error(`✔ ${what}: ${seconds()}`);
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** One install at a time: the lock holds the id of the process that installs; a dead one's lock is taken over. */
async function acquire() {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      process.once("exit", release);
      return;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    try {
      const owner = Number(readFileSync(lockFile, "utf8"));
      const stale = owner ? !isAlive(owner) : Date.now() - statSync(lockFile).mtimeMs > 5_000;
      if (stale) rmSync(lockFile, { force: true });
      else if (!waited) console.error(`▸ waiting for another install (process ${owner}) to end`);
    } catch {
      continue; // The owner has just removed it.
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function release() {
  try {
    if (Number(readFileSync(lockFile, "utf8")) === process.pid) rmSync(lockFile, { force: true });
  } catch {
    // Already gone.
  }
}

async function install() {
  await acquire();
  if (!packagesAreInstalled()) await npm("installing dependencies", ["ci", "--ignore-scripts"]);
  // The one package whose install script is needed: it fetches Node's binary for this platform from the npm registry.
  if (!projectNodeWorks()) await npm("fetching Node 24", ["rebuild", "node", "--ignore-scripts=false"]);
  release();
  if (!projectNodeWorks()) {
    console.error(
      "Node 24 was installed from npm but does not run here: is this platform supported by the `node` package?",
    );
    process.exit(1);
  }
}

const [script, ...args] = process.argv.slice(2);
const major = Number(process.versions.node.split(".")[0]);
if (major < 18) {
  console.error(
    `This needs Node 20 or newer to begin with; this is Node ${process.versions.node}. See https://nodejs.org.`,
  );
  process.exit(1);
}
if (!script) {
  console.error("Usage: node scripts/with-node.mjs <file> [arguments]");
  process.exit(2);
}
if (!packagesAreInstalled() || !projectNodeWorks()) await install();

/**
 * Of a process, where the system tells (Linux): the shell between npm and this outlives an npm that was killed.
 * @param {number} pid
 */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) \S+ /s, "")
      .split(" ")[0];
  } catch {
    return "";
  }
}

const child = spawn(projectNode, [script, ...args], {
  stdio: "inherit",
  env: { ...process.env, PATH: binaries + delimiter + (process.env["PATH"] ?? ""), HAPA_SYSTEM_PATH: systemPath },
});
// Ctrl+C in a terminal reaches the child by itself; what is sent to this process alone is passed on.
process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
process.on("SIGTERM", () => child.kill("SIGTERM"));
process.on("SIGHUP", () => child.kill("SIGHUP"));
// npm passes a signal to the shell it started, and that shell ends without passing it on: nobody would be left to stop
// what runs here.
const lineage = () => `${process.ppid} ${parentOf(process.ppid)}`;
const born = lineage();
const orphaned = () => lineage() !== born && child.kill("SIGTERM");
if (process.env["npm_lifecycle_event"]) setInterval(orphaned, 500).unref();
child.on("error", (error) => {
  console.error(`${script} could not be started: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)));
