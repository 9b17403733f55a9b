/** After a fix: checks the document again as it was checked before. Says nothing. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { validateDocument } from "../validation/validate.ts";

/** Argument: the document's address, as code actions give it. */
export async function run(app: App, uri: unknown): Promise<void> {
  if (!(uri instanceof vscode.Uri)) return;
  const { problems } = app.validation;
  const scope = problems.scope(uri);
  // What stands outside of a selection was not asked for.
  if (scope === undefined || scope === "selection") return;
  const document = await vscode.workspace.openTextDocument(uri);
  await validateDocument({ backend: app.backend, problems }, document, { scope });
}
