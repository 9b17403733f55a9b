/** Shows Markdown as a page: a read-only document of HAPA's own in VS Code's Markdown preview. */
import * as vscode from "vscode";

const scheme = "hapa-report";

export interface Reports extends vscode.Disposable {
  /** Takes the place of the last report of this title. */
  show(title: string, markdown: string): Promise<void>;
}

export function createReports(): Reports {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? "",
  };
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, provider);
  return {
    async show(title, markdown) {
      const uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
      texts.set(uri.path, markdown);
      changed.fire(uri);
      try {
        await vscode.commands.executeCommand("markdown.showPreview", uri);
      } catch {
        // The built-in Markdown extension is switched off.
        await vscode.window.showTextDocument(uri, { preview: false });
      }
    },
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}
