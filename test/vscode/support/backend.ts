/** A second backend on the same data as the one in VS Code: as another window has, and to prepare tasks with. */
import { join } from "node:path";
import { extensions } from "vscode";
import type { ModelSettings, RunningBackend } from "../../../src/backend/server.ts";
import { type Client, createClient } from "../../../src/client/client.ts";
import { hapa } from "./editors.ts";

interface BackendModule {
  readonly startBackend: typeof import("../../../src/backend/server.ts").startBackend;
}

/** Calls `work` with a client of a second backend, which is stopped afterwards. */
export async function withSecondBackend<T>(
  work: (client: Client, backend: RunningBackend) => Promise<T>,
  model?: ModelSettings,
): Promise<T> {
  const { dataDir } = await hapa();
  const dist = join(extensions.getExtension("hapa.hapa")?.extensionPath ?? "", "dist");
  const { startBackend } = require(join(dist, "backend.cjs")) as BackendModule;
  const backend = await startBackend({
    dataDir,
    port: 0,
    files: {
      sandboxChild: join(dist, "sandbox-child.cjs"),
      synthesisWorker: join(dist, "synthesis-worker.cjs"),
      validationWorker: join(dist, "validation-worker.cjs"),
    },
    sandbox: { nodePath: process.execPath },
    model: async () => model,
  });
  try {
    return await work(createClient({ baseUrl: backend.url, apiKey: backend.apiKey ?? "" }), backend);
  } finally {
    await backend.stop();
  }
}

/** A saved task with a proven program. */
export async function saveTransformation(name: string, pairs: readonly (readonly [string, string])[]): Promise<string> {
  return withSecondBackend(async (client) => {
    const examples = pairs.map(([input, output]) => ({ input, output }));
    const body = {
      name,
      examples,
      description: "",
      language: "javascript" as const,
      accuracyTarget: 0.9,
      latencyTargetMs: 10,
      samplingRate: 0,
    };
    const task = await client.call("createTask", { params: {}, body });
    await client.call("generateProgram", { params: { id: task.id }, body: { strategy: "offline" } });
    return task.id;
  });
}
