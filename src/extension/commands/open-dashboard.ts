/** Open Dashboard: the backend's page in a browser, by a link that lets it in once; at a task, where one is given. */
import * as vscode from "vscode";
import type { App } from "../app.ts";

export async function run(app: App, task?: unknown): Promise<void> {
  const { client, url, backend } = await app.backend.get();
  const page = vscode.Uri.parse(`${url}/`);
  // By what address the browser reaches it: with VS Code on another computer, a forwarded port.
  const seen = await vscode.env.asExternalUri(page);
  const body = { ...(typeof task === "string" ? { taskId: task } : {}), language: vscode.env.language };
  const { path } = await client.call("createDashboardLink", { params: {}, body });
  const link = page.with({ fragment: path.slice(path.indexOf("#") + 1) });
  if (seen.path === "/" && backend.alsoAt(seen.authority)) {
    await vscode.env.openExternal(link);
    return;
  }
  // VS Code in a browser has its own proxy: pages of all ports would share one origin there, and the session with it.
  const copy = vscode.l10n.t("Copy Link");
  const message = vscode.l10n.t(
    "HAPA: the dashboard is shown by a browser on the computer that HAPA runs on. Copy its link and open it there; it works once, within five minutes.",
  );
  const chosen = await vscode.window.showInformationMessage(message, copy);
  if (chosen === copy) await vscode.env.clipboard.writeText(link.toString(true));
}
