/** Every command, loaded when it is first used. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { showError } from "../notify.ts";

interface CommandModule {
  readonly run: (app: App, args: unknown) => Promise<unknown>;
}

const commands: Readonly<Record<string, () => Promise<CommandModule>>> = {
  "hapa.generateCode": () => import("./generateCode.ts"),
  "hapa.generateProgram": () => import("./generateProgram.ts"),
  "hapa.transformSelection": () => import("./transformSelection.ts"),
  "hapa.runOnSelection": () => import("./runOnSelection.ts"),
  "hapa.runOnFile": () => import("./runOnFile.ts"),
  "hapa.chooseModel": () => import("./chooseModel.ts"),
  "hapa.setApiKey": () => import("./setApiKey.ts"),
  "hapa.openPanel": () => import("./openPanel.ts"),
  "hapa.openDashboard": () => import("./openDashboard.ts"),
  "hapa.copyApiKey": () => import("./copyApiKey.ts"),
  "hapa.openSettings": () => import("./openSettings.ts"),
  "hapa.showLog": () => import("./showLog.ts"),
  "hapa.preview.accept": async () => ({ run: (app) => app.previews.accept() }),
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
