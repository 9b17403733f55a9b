/** `npm run serve -- --json`, as its own process: to be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface ServerProcess {
  readonly process: ChildProcess;
  readonly exited: Promise<void>;
  readonly url: string;
  /** Null where the data folder has one already. */
  readonly apiKey: string | null;
}

export async function startServer(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const cli = join(import.meta.dirname, "../../src/backend/cli.ts");
  const child = spawn(process.execPath, [cli, "--json", "--port", "0", "--data", dataDir, "--log", "silent", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", () => reject(new Error("the server ended at once")));
  });
  const { url, api_key: apiKey } = JSON.parse(first) as { url: string; api_key: string | null };
  return { process: child, exited, url, apiKey };
}
