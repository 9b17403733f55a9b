/** The backend in this process, started when it is first needed and once, with its state as events. */
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunningBackend } from "../backend/server.ts";
import type { Client } from "../client/client.ts";
import type { BackendState } from "../contract/webview.ts";
import { explain, Notice } from "./errors.ts";
import { inWords } from "./in-words.ts";
import type { Log } from "./log.ts";
import { createNetwork } from "./models/network.ts";
import { modelSource } from "./models/source.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";

export interface Connection {
  readonly client: Client;
  readonly url: string;
  /** An admin key. */
  readonly apiKey: string;
  readonly backend: RunningBackend;
}

/** An editor is open all day: memory that nothing runs in is given back. The next program starts a child in 0.1 s. */
const sandboxRestMs = 30_000;

export interface LazyBackend {
  /** Starts it where it is not running; a start that failed is tried again. @throws HapaError, or what the start threw. */
  get(): Promise<Connection>;
  state(): BackendState;
  /** The backend where it is running already. */
  running(): RunningBackend | undefined;
  readonly onDidChange: vscode.Event<BackendState>;
  /** Fires `onDidChange`: after work that may have started or lost the sandbox. */
  tell(): void;
  stop(): Promise<void>;
}

export interface BackendParts {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly settings: Settings;
  readonly secrets: Secrets;
}

export function createBackend({ context, log, settings, secrets }: BackendParts): LazyBackend {
  const changed = new vscode.EventEmitter<BackendState>();
  let starting: Promise<Connection> | undefined;
  let running: RunningBackend | undefined;
  let failure: string | undefined;
  let stopped = false;

  const state = (): BackendState => ({
    state: running ? "ready" : starting ? "starting" : failure === undefined ? "stopped" : "failed",
    model: settings.model()?.name ?? null,
    ...(failure === undefined ? {} : { message: failure }),
  });
  const tell = (): void => changed.fire(state());
  const settingsChanged = settings.onDidChange(tell);

  async function start(): Promise<Connection> {
    const begun = performance.now();
    const [{ startBackend }, { createClient }, kept] = await Promise.all([
      import("../backend/server.ts"),
      import("../client/client.ts"),
      secrets.apiKey(),
    ]);
    const backend = await startBackend({
      dataDir: context.globalStorageUri.fsPath,
      port: settings.port(),
      files: {
        sandboxChild: join(context.extensionPath, "dist", "sandbox-child.cjs"),
        synthesisWorker: join(context.extensionPath, "dist", "synthesis-worker.cjs"),
        validationWorker: join(context.extensionPath, "dist", "validation-worker.cjs"),
        dashboard: join(context.extensionPath, "dist", "dashboard"),
      },
      sandbox: { nodePath: settings.nodePath() ?? "", engine: settings.sandboxEngine(), restAfterMs: sandboxRestMs },
      python: { source: () => settings.pythonSource() },
      ...(kept === undefined ? {} : { apiKey: kept }),
      model: async (use) => {
        const choice = settings.model(use);
        return choice && modelSource(choice, secrets);
      },
      monthlyCapUsd: () => settings.monthlyCapUsd(),
      network: createNetwork(),
      webhooks: { allowed: () => settings.webhookNetworks() },
      onLog: (line) => log.backendLine(line),
    });
    const { url, apiKey } = backend;
    if (apiKey === null) {
      await backend.stop();
      throw new Notice(vscode.l10n.t("HAPA's backend started without a key for its own API. Reload the window."));
    }
    running = backend;
    if (backend.isNewKey)
      await secrets
        .keepApiKey(apiKey)
        .catch((error: unknown) => log.error("The API key cannot be kept; the next start makes another.", error));
    log.info(`Backend at ${url}, started in ${Math.round(performance.now() - begun)} ms`);
    return { backend, url, apiKey, client: createClient({ baseUrl: url, apiKey, language: vscode.env.language }) };
  }

  return {
    get() {
      if (stopped)
        return Promise.reject(new Notice(vscode.l10n.t("HAPA is stopping. Reload the window to use it again.")));
      if (!starting) {
        failure = undefined;
        starting = start().then(
          (connection) => {
            tell();
            return connection;
          },
          (error: unknown) => {
            starting = undefined;
            running = undefined;
            failure = inWords(explain(error).message);
            tell();
            throw error;
          },
        );
        tell();
      }
      return starting;
    },
    state,
    running: () => running,
    onDidChange: changed.event,
    tell,
    async stop() {
      stopped = true;
      // A start that fails has nothing to stop; whoever asked for it was told.
      const connection = await starting?.catch(() => undefined);
      running = undefined;
      await connection?.backend.stop();
      settingsChanged.dispose();
      changed.dispose();
    },
  };
}
