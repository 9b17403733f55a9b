/** Open Dashboard: the backend's page in a browser, by a link that lets it in once; at a task, where one is given. */
import * as vscode from "vscode";
import type { App } from "../app.ts";

export async function run(app: App, task?: unknown): Promise<void> {
  const { client, url } = await app.backend.get();
  const page = await vscode.env.asExternalUri(vscode.Uri.parse(`${url}/`));
  const taskId = typeof task === "string" ? task : undefined;
  const body = { taskId, language: vscode.env.language };
  const { path } = await client.call("createDashboardLink", { params: {}, body });
  await vscode.env.openExternal(page.with({ fragment: path.slice(path.indexOf("#") + 1) }));
}
