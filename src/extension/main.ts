/** The composition root: builds the parts of the extension and hands them to each other. */
import * as vscode from "vscode";
import type { App } from "./app.ts";
import { createBackend, type LazyBackend } from "./backend.ts";
import { registerCommands } from "./commands/index.ts";
import { createPreviews } from "./editor/preview.ts";
import { createLog } from "./log.ts";
import { createSecrets } from "./secrets.ts";
import { createSettings } from "./settings.ts";
import { createPanel } from "./views/panel.ts";
import { createResults } from "./views/results.ts";
import { createStatus } from "./views/status.ts";

/** What other extensions (and tests) may know. Never a key. */
export interface HapaApi {
  /** Folder of the tasks and programs. */
  readonly dataDir: string;
  /** Address of the HTTP API while it runs. */
  url(): string | undefined;
  /** Time `activate` took, in ms. */
  readonly activationMs: number;
}

/** The one thing kept outside of a function: VS Code gives `deactivate` nothing else to find the backend by. */
let started: LazyBackend | undefined;

export function activate(context: vscode.ExtensionContext): HapaApi {
  const begun = performance.now();
  try {
    const log = createLog();
    const settings = createSettings();
    const secrets = createSecrets(context.secrets);
    const backend = createBackend({ context, log, settings, secrets });
    started = backend;
    const previews = createPreviews(log);
    const programLanguage = () => {
      const language = settings.programLanguage();
      return language === "typescript" && !settings.model() ? "javascript" : language;
    };
    const workshop = { log, backend, previews, programLanguage };
    const panel = createPanel(context, workshop);
    const results = createResults(context, workshop);
    const app: App = { ...workshop, settings, secrets, panel, results };
    context.subscriptions.push(registerCommands(app), createStatus(backend, settings), panel, previews, settings, log);
    context.subscriptions.push(results);
    log.info(`HAPA ${context.extension.packageJSON.version} is ready; the backend starts when it is first needed.`);
    return {
      dataDir: context.globalStorageUri.fsPath,
      url: () => backend.running()?.url,
      activationMs: performance.now() - begun,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `HAPA could not start: ${why} Reload the window; if that does not help, install it again.`,
    );
    throw error;
  }
}

/** Waited for by VS Code: streams end, children stop, the database is closed. */
export async function deactivate(): Promise<void> {
  await started?.stop();
}
