/** Open Panel: shows the chat panel. */
import * as vscode from "vscode";

export async function run(): Promise<void> {
  await vscode.commands.executeCommand("hapa.panel.focus");
}
