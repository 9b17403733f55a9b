/** Generate Code…: asks a question in the panel. Arguments: `question`, `language`. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { readArguments } from "./arguments.ts";

export async function run(app: App, args: unknown): Promise<void> {
  const question =
    readArguments(args).text("question") ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t("Generate Code"),
      prompt: vscode.l10n.t("What should the code do?"),
      placeHolder: vscode.l10n.t("for example: read a CSV and sum a column by month"),
      ignoreFocusOut: true,
    }));
  if (!question?.trim()) return;
  await app.panel.compose({ question: question.trim(), send: true });
}
