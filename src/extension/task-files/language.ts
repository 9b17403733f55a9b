/** Task files in the editor: what is wrong in them, completion, hover, and the lenses above. Needs no other extension. */
import * as vscode from "vscode";
import type { LazyBackend } from "../backend.ts";
import { inWords } from "../in-words.ts";
import type { Log } from "../log.ts";
import { createLenses } from "./lenses.ts";
import { type TaskFiles, taskFileSelector } from "./task-files.ts";

const settleMs = 300;

export function registerTaskFileLanguage(parts: {
  readonly backend: LazyBackend;
  readonly log: Log;
  readonly files: TaskFiles;
}): vscode.Disposable {
  const problems = vscode.languages.createDiagnosticCollection("hapa-task-files");
  const waiting = new Map<string, NodeJS.Timeout>();

  const check = async (document: vscode.TextDocument): Promise<void> => {
    const { version } = document;
    const { readTaskFile } = await import("./yaml.ts");
    const { content, others } = { content: readTaskFile(document.getText(), "task"), others: await parts.files.list() };
    if (document.isClosed || document.version !== version) return;
    const found = content.problems.map(({ start, end, severity, message }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const diagnostic = new vscode.Diagnostic(range, inWords(message), severities[severity]);
      diagnostic.source = "HAPA";
      return diagnostic;
    });
    const namesake = others.find(
      ({ taskId, uri }) => taskId === content.id && uri.toString() !== document.uri.toString(),
    );
    if (namesake) {
      const path = vscode.workspace.asRelativePath(namesake.uri);
      const message = vscode.l10n.t(
        "{0} has this id, too: only one of the two counts. Give this file another id.",
        path,
      );
      found.push(new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), message, vscode.DiagnosticSeverity.Error));
    }
    problems.set(document.uri, found);
  };
  const soon = (document: vscode.TextDocument, ms = settleMs): void => {
    if (vscode.languages.match(taskFileSelector, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    const timer = setTimeout(() => {
      waiting.delete(key);
      check(document).catch((error: unknown) => parts.log.error("A task file cannot be checked.", error));
    }, ms);
    waiting.set(key, timer);
  };
  for (const document of vscode.workspace.textDocuments) soon(document, 0);

  const linesOf = (document: vscode.TextDocument): string[] => document.getText().split(/\r?\n/);
  const completion: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const { suggest } = await import("./assist.ts");
      return suggest(linesOf(document), position.line, position.character).map((suggestion) => {
        const kind =
          suggestion.kind === "key" ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.EnumMember;
        const item = new vscode.CompletionItem(suggestion.label, kind);
        item.insertText = new vscode.SnippetString(suggestion.snippet);
        if (suggestion.description) item.documentation = new vscode.MarkdownString(inWords(suggestion.description));
        item.range = new vscode.Range(position.line, suggestion.from, position.line, position.character);
        return item;
      });
    },
  };
  const hover: vscode.HoverProvider = {
    async provideHover(document, position) {
      const { explain } = await import("./assist.ts");
      const found = explain(linesOf(document), position.line, position.character);
      if (!found) return undefined;
      const range = new vscode.Range(position.line, found.start, position.line, found.end);
      return new vscode.Hover(new vscode.MarkdownString(inWords(found.description)), range);
    },
  };
  const subscriptions = vscode.Disposable.from(
    problems,
    createLenses(parts),
    vscode.languages.registerCompletionItemProvider(taskFileSelector, completion),
    vscode.languages.registerHoverProvider(taskFileSelector, hover),
    vscode.workspace.onDidOpenTextDocument((document) => soon(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      clearTimeout(waiting.get(uri.toString()));
      waiting.delete(uri.toString());
      problems.delete(uri);
    }),
  );
  return {
    dispose() {
      for (const timer of waiting.values()) clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;
