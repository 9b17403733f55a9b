/** Open Dashboard: the backend's page in a browser (the API docs, until the dashboard exists). */
import * as vscode from "vscode";
import type { App } from "../app.ts";

export async function run(app: App): Promise<void> {
  const { url } = await app.backend.get();
  const address = await vscode.env.asExternalUri(vscode.Uri.parse(`${url}/docs`));
  await vscode.env.openExternal(address);
}
