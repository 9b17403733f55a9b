/** The composition root: builds the parts of the extension and hands them to each other. */
import * as vscode from "vscode";
import { registerAgents } from "./agents/index.ts";
import type { App } from "./app.ts";
import { createBackend, type LazyBackend } from "./backend.ts";
import { registerCommands } from "./commands/index.ts";
import { createCompletion } from "./completion/switch.ts";
import { createPreviews } from "./editor/preview.ts";
import { createLog } from "./log.ts";
import { watchCap } from "./models/cap-notice.ts";
import { createCatalogue } from "./models/catalogue.ts";
import { createSecrets } from "./secrets.ts";
import { createSettings } from "./settings.ts";
import { createValidation } from "./validation/validation.ts";
import { createPanel, type Panel } from "./views/panel.ts";
import { createReports } from "./views/report.ts";
import { createStatus } from "./views/status.ts";

/** What other extensions (and tests) may know. Never a key. */
export interface HapaApi {
  /** Folder of the tasks and programs. */
  readonly dataDir: string;
  /** Address of the HTTP API while it runs. */
  url(): string | undefined;
  /** Time `activate` took, in ms. */
  readonly activationMs: number;
  /** In test windows only: what the panel's page would say, and is told. */
  readonly panel?: Pick<Panel, "receive" | "onDidPost" | "compose">;
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
      return language === "typescript" && !settings.model("generation") ? "javascript" : language;
    };
    const workshop = { log, backend, previews, programLanguage };
    const models = createCatalogue({ backend, settings, secrets, memento: context.globalState });
    const panel = createPanel(context, workshop, models);
    const validation = createValidation({ backend, settings, log });
    const reports = createReports();
    const version = String(context.extension.packageJSON.version);
    const { extensionUri } = context;
    const storagePath = context.globalStorageUri.fsPath;
    const app: App = {
      ...workshop,
      version,
      extensionUri,
      storagePath,
      settings,
      secrets,
      models,
      panel,
      reports,
      validation,
    };
    context.subscriptions.push(
      registerCommands(app),
      createStatus(backend, settings),
      panel,
      reports,
      previews,
      settings,
      log,
    );
    log.info(`HAPA ${version} is ready; the backend starts when it is first needed.`);
    context.subscriptions.push(
      watchCap(settings),
      createCompletion({ backend, log }),
      registerAgents(workshop, context),
      validation,
    );
    return {
      dataDir: context.globalStorageUri.fsPath,
      url: () => backend.running()?.url,
      activationMs: performance.now() - begun,
      ...(context.extensionMode === vscode.ExtensionMode.Test ? { panel } : {}),
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
