/** Keeps a draft task under a name, so that it is listed and not swept away after a day. */
import * as vscode from "vscode";
import type { Workshop } from "./workshop.ts";

/** Asks for the name unless one is given. Gives the name, or undefined where the person did not give one. */
export async function saveTask(
  app: Workshop,
  taskId: string,
  suggestion: string,
  given?: string,
): Promise<string | undefined> {
  const name =
    given ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t("Save as Task"),
      prompt: vscode.l10n.t("A name to find the program by."),
      value: suggestion,
      validateInput: (value) =>
        value.trim() === "" || value.trim().length > 200 ? vscode.l10n.t("1 to 200 characters.") : undefined,
    }));
  if (name === undefined) return undefined;
  const { client } = await app.backend.get();
  const task = await client.call("changeTask", { params: { id: taskId }, body: { name, draft: false } });
  const runOnFile = vscode.l10n.t("Run on File…");
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t("Saved “{0}”. Run it again on a selection or on a file.", task.name),
      runOnFile,
    )
    .then((chosen) => chosen && vscode.commands.executeCommand("hapa.runOnFile", { task: taskId }));
  return task.name;
}
