/** Test Connection: asks the model for one token, and says in words what came of it. Argument: `use`. */
import * as vscode from "vscode";
import type { ConnectionReport } from "../../backend/server.ts";
import { type ModelUse, modelUses } from "../../contract/model-use.ts";
import type { App } from "../app.ts";
import { inWords } from "../in-words.ts";
import { modelSource } from "../models/source.ts";
import type { ModelChoice } from "../settings.ts";
import { readArguments } from "./arguments.ts";

/** The report in the language of this window. */
export type Told = Omit<ConnectionReport, "message"> & { readonly message: string };

/** Gives the report; undefined where no model is chosen. */
export async function run(app: App, args: unknown): Promise<Told | undefined> {
  const wanted = readArguments(args).text("use");
  const use: ModelUse = modelUses.find((one) => one === wanted) ?? "chat";
  const choice = app.settings.model(use);
  if (!choice) {
    await vscode.commands.executeCommand("hapa.chooseModel");
    return undefined;
  }
  const { backend } = await app.backend.get();
  const source = await modelSource(choice, app.secrets);
  const report = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("HAPA: asking {0} for a word", choice.name),
      cancellable: true,
    },
    (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return backend.models.test(source, stop.signal);
    },
  );
  const told = { ...report, message: inWords(report.message) };
  void show(app, told, choice, use);
  return told;
}

async function show(app: App, report: Told, choice: ModelChoice, use: ModelUse): Promise<void> {
  if (report.ok) {
    void vscode.window.showInformationMessage(`HAPA: ${report.message}`);
    return;
  }
  app.log.error(report.message);
  const { worksAt, nearest, command } = report;
  const useAddress = vscode.l10n.t("Use This Address");
  const useModel = nearest?.[0] === undefined ? undefined : vscode.l10n.t("Use {0}", nearest[0]);
  const setKey = vscode.l10n.t("Set API Key");
  const choose = vscode.l10n.t("Choose Model…");
  const again = vscode.l10n.t("Test Again");
  const buttons = [
    ...(worksAt ? [useAddress] : []),
    ...(useModel ? [useModel] : []),
    ...(command === "hapa.setApiKey" ? [setKey] : []),
    ...(command === "hapa.chooseModel" && !worksAt ? [choose] : []),
    again,
  ];
  const chosen = await vscode.window.showErrorMessage(`HAPA: ${report.message}`, ...buttons);
  if (chosen === undefined) return;
  if (chosen === setKey) return void vscode.commands.executeCommand("hapa.setApiKey", { use });
  if (chosen === choose) return void vscode.commands.executeCommand("hapa.chooseModel");
  const forUse = app.settings.hasOwnModel(use) ? use : undefined;
  if (chosen === useAddress) await app.models.choose(`${worksAt} ${choice.name}`, forUse);
  if (chosen === useModel) await app.models.choose(`${choice.baseUrl} ${nearest?.[0]}`, forUse);
  await vscode.commands.executeCommand("hapa.testConnection", { use });
}
