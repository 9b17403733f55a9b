/**
 * Set API Key: the key of the model's endpoint, kept in the secret storage for that address only. Arguments: `key`, and
 * `use` for the endpoint of one use.
 */
import * as vscode from "vscode";
import { modelUses } from "../../contract/model-use.ts";
import type { App } from "../app.ts";
import { vscodeModels } from "../settings.ts";
import { readArguments } from "./arguments.ts";

export async function run(app: App, args: unknown): Promise<void> {
  const given = readArguments(args);
  const model = app.settings.model(modelUses.find((use) => use === given.text("use")));
  if (!model) {
    await vscode.commands.executeCommand("hapa.chooseModel"); // Asks for the key itself where one is needed.
    return;
  }
  if (model.baseUrl === vscodeModels) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("VS Code's own models need no key: VS Code asks for your consent."),
    );
    return;
  }
  const { host } = new URL(model.baseUrl);
  const key =
    given.text("key") ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t("API Key for {0}", host),
      prompt: vscode.l10n.t("Kept in VS Code's secret storage and sent to this address only. Empty forgets the key."),
      password: true,
      ignoreFocusOut: true,
    }));
  if (key === undefined) return;
  await app.secrets.keepModelKey(model.baseUrl, key.trim() || undefined);
  void vscode.window.showInformationMessage(
    key.trim() ? vscode.l10n.t("The key for {0} is set.", host) : vscode.l10n.t("The key for {0} is forgotten.", host),
  );
}
