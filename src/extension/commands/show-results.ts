/** Show Results of the Last Run on a File: the grid, also after it was closed. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { Notice } from "../errors.ts";

export async function run(app: App): Promise<void> {
  if (await app.results.show()) return;
  throw new Notice(vscode.l10n.t("No program was run on a file in this window yet: use Run Program on File…"));
}
