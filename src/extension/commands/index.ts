/** Every command, loaded when it is first used. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { showError } from "../notify.ts";
import { readArguments } from "./arguments.ts";

interface CommandModule {
  readonly run: (app: App, args: unknown) => Promise<unknown>;
}

const commands: Readonly<Record<string, () => Promise<CommandModule>>> = {
  "hapa.generateCode": () => import("./generate-code.ts"),
  "hapa.generateProgram": () => import("./generate-program.ts"),
  "hapa.transformSelection": () => import("./transform-selection.ts"),
  "hapa.runOnSelection": () => import("./run-on-selection.ts"),
  "hapa.runOnFile": () => import("./run-on-file.ts"),
  "hapa.chooseModel": () => import("./choose-model.ts"),
  "hapa.setApiKey": () => import("./set-api-key.ts"),
  "hapa.setUpPython": () => import("./set-up-python.ts"),
  "hapa.openPanel": () => import("./open-panel.ts"),
  "hapa.openDashboard": () => import("./open-dashboard.ts"),
  "hapa.copyApiKey": () => import("./copy-api-key.ts"),
  "hapa.openSettings": () => import("./open-settings.ts"),
  "hapa.showLog": () => import("./show-log.ts"),
  "hapa.preview.accept": async () => ({ run: (app) => app.previews.accept() }),
  "hapa.preview.ask": async () => ({ run: (app, args) => app.previews.ask(readArguments(args)) }),
  "hapa.showResults": () => import("./show-results.ts"),
  "hapa.preview.discard": async () => ({ run: (app) => app.previews.discard() }),
};

/** What a caller gets back where a command failed; the person was shown the message. */
export interface CommandFailure {
  readonly state: "failed" | "stopped";
  readonly message: string;
  readonly code?: string;
}

export function registerCommands(app: App): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, load]) =>
    vscode.commands.registerCommand(name, async (args: unknown): Promise<unknown> => {
      try {
        return await (await load()).run(app, args);
      } catch (error) {
        const { message, code, stopped } = showError(app.log, error);
        const failure: CommandFailure = { state: stopped ? "stopped" : "failed", message, ...(code ? { code } : {}) };
        return failure;
      } finally {
        app.backend.tell();
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
