/** Open Settings: HAPA's settings. */
import * as vscode from "vscode";

export async function run(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:hapa.hapa");
}
