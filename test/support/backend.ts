/** A real backend on a free port with a data folder of its own, for tests that go through the front door. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BackendOptions, type RunningBackend, startBackend } from "../../src/backend/server.ts";
import { type Client, createClient } from "../../src/client/client.ts";

export const files = {
  sandboxChild: join(import.meta.dirname, "../../src/sandbox/child/main.ts"),
  synthesisWorker: join(import.meta.dirname, "../../src/synthesis/worker.ts"),
  validationWorker: join(import.meta.dirname, "../../src/validation/worker.ts"),
  dashboard: join(import.meta.dirname, "../../dist/dashboard"),
};

export interface TestBackend extends RunningBackend {
  readonly apiKey: string;
  readonly client: Client;
  readonly dataDir: string;
  /** JSON log lines so far. */
  readonly log: string[];
  /** A raw request with the admin key. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export async function startTestBackend(options: Partial<BackendOptions> = {}): Promise<TestBackend> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "hapa-test-")));
  const log: string[] = [];
  const backend = await startBackend({
    port: 0,
    files,
    model: async () => undefined,
    onLog: (line) => log.push(line),
    ...options,
    dataDir,
  });
  const apiKey = backend.apiKey ?? "";
  return {
    ...backend,
    apiKey,
    dataDir,
    log,
    client: createClient({ baseUrl: backend.url, apiKey }),
    fetch: (path, init) => fetch(backend.url + path, { ...init, headers: { "x-api-key": apiKey, ...init?.headers } }),
    async stop() {
      await backend.stop();
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
