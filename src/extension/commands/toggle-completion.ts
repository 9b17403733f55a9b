/** Switch Completion On or Off: for the person, everywhere; a folder cannot switch it on. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { readArguments } from "./arguments.ts";

/** Argument: `on`; else the other way than now. */
export async function run(app: App, args: unknown): Promise<{ readonly on: boolean }> {
  const settings = vscode.workspace.getConfiguration("hapa.completion");
  const on = readArguments(args).flag("on") ?? !settings.get<boolean>("enabled", false);
  await settings.update("enabled", on, vscode.ConfigurationTarget.Global);
  if (on) tellWhatItMeans(app);
  return { on };
}

/** Not waited for. */
function tellWhatItMeans(app: App): void {
  const model = app.backend.state().model;
  if (model === null) {
    const choose = vscode.l10n.t("Choose Model…");
    void vscode.window
      .showInformationMessage(vscode.l10n.t("Completion is on, but needs a model to ask."), choose)
      .then((chosen) => chosen && vscode.commands.executeCommand("hapa.chooseModel"));
    return;
  }
  const settings = vscode.l10n.t("Settings");
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t(
        "Completion is on: what stands around the cursor is sent to the model {0} as you type, but nothing of files that hold secrets.",
        model,
      ),
      settings,
    )
    .then((chosen) => chosen && vscode.commands.executeCommand("workbench.action.openSettings", "hapa.completion"));
}
