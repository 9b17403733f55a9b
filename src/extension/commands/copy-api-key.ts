/** Copy API Key for the HTTP API: for scripts and other programs of the person's own. */
import * as vscode from "vscode";
import type { App } from "../app.ts";

export async function run(app: App): Promise<void> {
  const { url, apiKey } = await app.backend.get();
  await vscode.env.clipboard.writeText(apiKey);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "The key is in the clipboard; send it as X-API-Key to {0}. It is an admin key: keep it to yourself.",
      url,
    ),
  );
}
