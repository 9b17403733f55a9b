/** Set API Key: the key of the model's endpoint, kept in the secret storage for that address only. Argument: `key`. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { readArguments } from "./arguments.ts";

export async function run(app: App, args: unknown): Promise<void> {
  const model = app.settings.model();
  if (!model) {
    await vscode.commands.executeCommand("hapa.chooseModel"); // Asks for the key itself where one is needed.
    return;
  }
  const { host } = new URL(model.baseUrl);
  const key =
    readArguments(args).text("key") ??
    (await vscode.window.showInputBox({
      title: `API Key for ${host}`,
      prompt: "Kept in VS Code's secret storage and sent to this address only. Empty forgets the key.",
      password: true,
      ignoreFocusOut: true,
    }));
  if (key === undefined) return;
  await app.secrets.keepModelKey(model.baseUrl, key.trim() || undefined);
  void vscode.window.showInformationMessage(
    key.trim() ? `The key for ${host} is set.` : `The key for ${host} is forgotten.`,
  );
}
