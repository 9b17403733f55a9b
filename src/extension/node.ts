/**
 * Finds a Node ≥ 24 for the sandbox child: the setting, this process where it is one, PATH, the login shell, in that
 * order. No VS Code here, so that it can be tested with a scripted machine.
 */
import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const wanted = 24;
const timeoutMs = 5_000;

export interface Machine {
  readonly execPath: string;
  /** VS Code's desktop builds: `execPath` is no Node there. */
  readonly isElectron: boolean;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What a program prints, or undefined where it cannot be run. */
  readonly output: (file: string, args: readonly string[]) => Promise<string | undefined>;
}

export interface FoundNode {
  /** Undefined: none was found. */
  readonly path: string | undefined;
  /** For the log: where it was found, or where it was looked for. */
  readonly story: string;
}

export function thisMachine(): Machine {
  return {
    execPath: process.execPath,
    isElectron: process.versions["electron"] !== undefined,
    platform: process.platform,
    env: process.env,
    output: async (file, args) => {
      const env = { ...process.env };
      delete env["ELECTRON_RUN_AS_NODE"];
      try {
        return (await run(file, [...args], { timeout: timeoutMs, windowsHide: true, env })).stdout;
      } catch {
        return undefined; // Not there, not a program, or too slow: looked for elsewhere.
      }
    },
  };
}

export async function findNode(setting: string | undefined, machine: Machine): Promise<FoundNode> {
  const story: string[] = [];
  const fits = async (path: string, where: string): Promise<boolean> => {
    const version = /^v(\d+)\./.exec((await machine.output(path, ["--version"])) ?? "");
    if (!version) story.push(`${where}: ${path} is no Node`);
    else if (Number(version[1]) < wanted) story.push(`${where}: ${path} is Node ${version[1]}, older than ${wanted}`);
    else {
      story.push(`Node ${version[1]} from ${where}: ${path}`);
      return true;
    }
    return false;
  };
  const found = (path: string | undefined): FoundNode => ({ path, story: story.join("; ") });

  if (setting && (await fits(setting, "the setting hapa.sandbox.nodePath"))) return found(setting);
  if (!machine.isElectron && (await fits(machine.execPath, "the extension host"))) return found(machine.execPath);
  const name = machine.platform === "win32" ? "node.exe" : "node";
  const path = machine.env["PATH"] ?? machine.env["Path"] ?? "";
  for (const folder of new Set(path.split(machine.platform === "win32" ? ";" : delimiter))) {
    if (folder === "") continue;
    const candidate = join(folder, name);
    if ((await machine.output(candidate, ["--version"])) && (await fits(candidate, "PATH"))) return found(candidate);
  }
  const fromShell = await askLoginShell(machine);
  if (fromShell && (await fits(fromShell, "the login shell"))) return found(fromShell);
  story.push(`no Node ${wanted} or newer in PATH or the login shell`);
  return found(undefined);
}

/** Version managers set PATH in files that only an interactive login shell reads. */
async function askLoginShell({ platform, env, output }: Machine): Promise<string | undefined> {
  const shell = env["SHELL"];
  if (platform === "win32" || !shell) return undefined;
  const printed = await output(shell, ["-ilc", 'printf "<node>%s</node>" "$(command -v node)"']);
  return /<node>(\/[^<\n]+)<\/node>/.exec(printed ?? "")?.[1];
}
