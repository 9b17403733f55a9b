/** Shows an error with the button that helps, and text in an editor of its own. */
import * as vscode from "vscode";
import { spoken } from "../contract/say.ts";
import { type Explained, explain, Notice, showLog } from "./errors.ts";
import { inWords } from "./in-words.ts";
import type { Log } from "./log.ts";

/** Writes it to the log and shows it; does not wait for the person to answer. */
export function showError(log: Log, error: unknown): Explained {
  const explained = explain(error);
  if (explained.stopped) return explained;
  log.error(spoken(explained.message), explained.action === showLog ? error : undefined);
  const { action } = explained;
  const details = error instanceof Notice ? error.details : undefined;
  const showDetails = vscode.l10n.t("Show Details");
  const buttons = [...(details ? [showDetails] : []), ...(action ? [inWords(action.label)] : [])];
  void vscode.window.showErrorMessage(`HAPA: ${inWords(explained.message)}`, ...buttons).then((chosen) => {
    if (chosen === showDetails && details) return openText(inWords(details), "markdown");
    return chosen && action ? vscode.commands.executeCommand(action.command) : undefined;
  });
  return explained;
}

/** Opens text as a new, unsaved document. */
export async function openText(content: string, language: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document, { preview: false });
}
