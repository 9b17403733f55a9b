/** The composition root: builds the parts of the extension and hands them to each other. */
import * as vscode from "vscode";
import { registerAgents } from "./agents/index.ts";
import type { App } from "./app.ts";
import { createBackend, type LazyBackend } from "./backend.ts";
import { createByExample } from "./by-example/lazy.ts";
import { registerCommands } from "./commands/index.ts";
import { createCompletion } from "./completion/switch.ts";
import { createPreviews } from "./editor/preview.ts";
import { watchLearning } from "./learning/notices.ts";
import { createLog } from "./log.ts";
import { watchCap } from "./models/cap-notice.ts";
import { createCatalogue } from "./models/catalogue.ts";
import { registerProgramDocuments } from "./programs-view/documents.ts";
import { createProgramsView, type ProgramsView } from "./programs-view/view.ts";
import { createSecrets } from "./secrets.ts";
import { createSettings } from "./settings.ts";
import { registerTaskFileLanguage } from "./task-files/language.ts";
import { createTaskFiles } from "./task-files/task-files.ts";
import { registerTests } from "./testing/tests.ts";
import { createValidation } from "./validation/validation.ts";
import { createPanel, type Panel } from "./views/panel.ts";
import { createReports } from "./views/report.ts";
import { createResults } from "./views/results.ts";
import { createStatus } from "./views/status.ts";

/** What other extensions (and tests) may know. Never a key. */
export interface HapaApi {
  /** Folder of the tasks and programs. */
  readonly dataDir: string;
  /** Address of the HTTP API while it runs. */
  url(): string | undefined;
  /** The view "Programs": what stands in it. */
  readonly programs: Pick<ProgramsView, "tree" | "reveal" | "selected">;
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
    const app = build(context);
    started = app.backend;
    context.subscriptions.push(...register(app, context));
    app.log.info(`HAPA ${app.version} is ready; the backend starts when it is first needed.`);
    return {
      dataDir: app.storagePath,
      url: () => app.backend.running()?.url,
      programs: app.programs,
      activationMs: performance.now() - begun,
      ...(context.extensionMode === vscode.ExtensionMode.Test ? { panel: app.panel } : {}),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t("HAPA could not start: {0} Reload the window; if that does not help, install it again.", why),
    );
    throw error;
  }
}

/** Waited for by VS Code: streams end, children stop, the database is closed. */
export async function deactivate(): Promise<void> {
  await started?.stop();
}

/** Everything that has a lifetime, each handed what it needs. Nothing heavy is loaded, nothing is started. */
function build(context: vscode.ExtensionContext): App {
  const log = createLog();
  const settings = createSettings();
  const secrets = createSecrets(context.secrets);
  const backend = createBackend({ context, log, settings, secrets });
  const previews = createPreviews(log);
  const programLanguage = () => {
    const language = settings.programLanguage();
    return language === "typescript" && !settings.model("generation") ? "javascript" : language;
  };
  const workshop = { log, backend, previews, programLanguage };
  const models = createCatalogue({ backend, settings, secrets, memento: context.globalState });
  const taskFiles = createTaskFiles({ state: context.workspaceState, backend, log });
  const programs = createProgramsView({
    backend,
    log,
    fileOf: (taskId) => taskFiles.fileOf(taskId),
    onDidChangeFiles: taskFiles.onDidChange,
  });
  return {
    ...workshop,
    version: String(context.extension.packageJSON.version),
    extensionUri: context.extensionUri,
    storagePath: context.globalStorageUri.fsPath,
    settings,
    secrets,
    models,
    taskFiles,
    programs,
    panel: createPanel(context, workshop, models),
    byExample: createByExample(workshop, context.extensionUri),
    validation: createValidation({ backend, settings, log }),
    reports: createReports(),
    results: createResults(context, workshop),
  };
}

/** What VS Code is told of; disposed in this order when the extension ends. */
function register(app: App, context: vscode.ExtensionContext): vscode.Disposable[] {
  const { backend, log, settings, taskFiles } = app;
  const taskFileParts = { backend, log, files: taskFiles };
  return [
    registerCommands(app),
    createStatus(backend, settings),
    watchCap(settings),
    watchLearning({ backend, settings, log }),
    createCompletion({ backend, log }),
    registerAgents(app, context),
    registerProgramDocuments(backend),
    registerTaskFileLanguage(taskFileParts),
    registerTests(taskFileParts),
    app.panel,
    app.byExample,
    app.programs,
    taskFiles,
    app.validation,
    app.reports,
    app.results,
    app.previews,
    settings,
    log,
  ];
}
