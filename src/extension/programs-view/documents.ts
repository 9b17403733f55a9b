/** The code of versions as read-only documents: `hapa-program:/<name> v3.js?<task id>/3`. A version never changes. */
import * as vscode from "vscode";
import type { ProgramLanguage } from "../../contract/tasks.ts";
import type { LazyBackend } from "../backend.ts";

export const programScheme = "hapa-program";

const endings: Readonly<Record<ProgramLanguage, string>> = { javascript: "js", typescript: "ts", python: "py" };

/** Its ending tells VS Code the language. */
export function programUri(name: string, taskId: string, version: number, language: ProgramLanguage): vscode.Uri {
  const title = name
    .replace(/[/\\\s]+/g, " ")
    .trim()
    .slice(0, 80);
  return vscode.Uri.from({
    scheme: programScheme,
    path: `/${title} v${version}.${endings[language]}`,
    query: `${taskId}/${version}`,
  });
}

export function registerProgramDocuments(backend: LazyBackend): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(programScheme, {
    async provideTextDocumentContent(uri) {
      const [taskId = "", version = ""] = uri.query.split("/");
      const { client } = await backend.get();
      const { code } = await client.call("getArtifact", { params: { taskId, version } });
      return code.endsWith("\n") ? code : `${code}\n`;
    },
  });
}
