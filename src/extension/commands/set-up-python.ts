/** Set Up Python…: says what would be fetched, from where and where to, fetches it when the person agrees, and loads it. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { withProgress } from "../progress.ts";

export interface PythonReady {
  readonly state: "ready";
  readonly engine: string | null;
}

/** Undefined where the person did not agree. Nothing is fetched where it is there already. */
export async function run(app: App): Promise<PythonReady | undefined> {
  const { backend, client } = await app.backend.get();
  const { isThere, version, downloadMb, from, folder } = await backend.python();
  if (!isThere) {
    const { t } = vscode.l10n;
    const download = t("Download");
    const detail = [
      t(
        "Pyodide {0} (Python in WebAssembly, {1} MB) is fetched once from {2}, checked against its known checksum, and kept in {3}.",
        version,
        downloadMb,
        from,
        folder,
      ),
      t(
        "Python programs then run on this computer like any other: in the sandbox, without files or network. Nothing else is sent or fetched.",
      ),
    ].join("\n\n");
    const asked = { modal: true, detail };
    if ((await vscode.window.showInformationMessage(t("Set up Python for HAPA?"), asked, download)) !== download)
      return undefined;
  }
  const { engine } = await withProgress(vscode.l10n.t("setting up Python"), (signal, report) =>
    client.stream(
      "setUpPython",
      { params: {} },
      { onProgress: ({ message, fraction }) => report(message, fraction) },
      { signal },
    ),
  );
  const ready = vscode.l10n.t("Python programs run now. What a model writes new programs in is a setting.");
  void vscode.window
    .showInformationMessage(ready, vscode.l10n.t("Open Setting"))
    .then(
      (chosen) => chosen && vscode.commands.executeCommand("workbench.action.openSettings", "hapa.program.language"),
    );
  return { state: "ready", engine };
}
