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
    const download = "Download";
    const detail = [
      `Pyodide ${version} (Python in WebAssembly, ${downloadMb} MB) is fetched once from ${from}, checked against its known checksum, and kept in ${folder}.`,
      "Python programs then run on this computer like any other: in the sandbox, without files or network. Nothing else is sent or fetched.",
    ].join("\n\n");
    const asked = { modal: true, detail };
    if ((await vscode.window.showInformationMessage("Set up Python for HAPA?", asked, download)) !== download)
      return undefined;
  }
  const { engine } = await withProgress("setting up Python", (signal, report) =>
    client.stream(
      "setUpPython",
      { params: {} },
      { onProgress: ({ message, fraction }) => report(message, fraction) },
      { signal },
    ),
  );
  const ready = "Python programs run now. What a model writes new programs in is a setting.";
  void vscode.window
    .showInformationMessage(ready, "Open Setting")
    .then(
      (chosen) => chosen && vscode.commands.executeCommand("workbench.action.openSettings", "hapa.program.language"),
    );
  return { state: "ready", engine };
}
