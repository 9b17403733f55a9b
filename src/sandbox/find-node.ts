/**
 * Finds a Node ≥ 24 for the sandbox children: the setting, this process where it is one, PATH, the login shell, in that
 * order. Where there is none, the editor's own runtime must do.
 */
import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Machine, NodeRuntime } from "./sandbox.ts";

const run = promisify(execFile);
const wanted = 24;
const timeoutMs = 5_000;

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

/** @param setting A path the person chose; empty or undefined where they chose none. */
export async function findNode(setting: string | undefined, machine: Machine): Promise<NodeRuntime> {
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
  const found = (path: string, isElectron = false): NodeRuntime => ({ path, isElectron, story: story.join("; ") });

  if (setting && (await fits(setting, "the setting hapa.sandbox.nodePath"))) return found(setting);
  if (!machine.isElectron) return found(machine.execPath);
  const name = machine.platform === "win32" ? "node.exe" : "node";
  const path = machine.env["PATH"] ?? machine.env["Path"] ?? "";
  for (const folder of new Set(path.split(machine.platform === "win32" ? ";" : delimiter))) {
    if (folder === "") continue;
    const candidate = join(folder, name);
    if ((await machine.output(candidate, ["--version"])) && (await fits(candidate, "PATH"))) return found(candidate);
  }
  const fromShell = await askLoginShell(machine);
  if (fromShell && (await fits(fromShell, "the login shell"))) return found(fromShell);
  story.push(`no Node ${wanted} or newer in PATH or the login shell, so the editor's own runtime is used`);
  return found(machine.execPath, true);
}

/** Version managers set PATH in files that only an interactive login shell reads. */
async function askLoginShell({ platform, env, output }: Machine): Promise<string | undefined> {
  const shell = env["SHELL"];
  if (platform === "win32" || !shell) return undefined;
  const printed = await output(shell, ["-ilc", 'printf "<node>%s</node>" "$(command -v node)"']);
  return /<node>(\/[^<\n]+)<\/node>/.exec(printed ?? "")?.[1];
}
