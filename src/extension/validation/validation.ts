/** Validation in the editor: problems with their fixes, on demand and, where the person wants it, on save. */
import * as vscode from "vscode";
import type { LazyBackend } from "../backend.ts";
import { isHapaError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Settings } from "../settings.ts";
import { registerActions } from "./actions.ts";
import { checkedAs } from "./languages.ts";
import { createProblems, type Problems } from "./problems.ts";

export interface ValidationParts {
  readonly backend: LazyBackend;
  readonly settings: Settings;
  readonly log: Log;
}

export interface Validation extends vscode.Disposable {
  readonly problems: Problems;
}

/** Registers what VS Code asks by itself. Nothing is checked before the person asks for it, or saves where that is set. */
export function createValidation({ backend, settings, log }: ValidationParts): Validation {
  const problems = createProblems();
  const saving = new Map<string, AbortController>();
  let formatter: vscode.Disposable | undefined;

  const onSave = async (document: vscode.TextDocument): Promise<void> => {
    const checked = checkedAs(document.languageId, document.uri.path);
    if (!checked || !settings.validatesOnSave(checked.language)) return;
    const key = document.uri.toString();
    saving.get(key)?.abort();
    const stop = new AbortController();
    saving.set(key, stop);
    try {
      // VS Code itself reports the types of JavaScript and TypeScript; asked for by a command, HAPA does, too.
      const scope = checked.language === "python" ? "file" : "syntax";
      const { validateDocument } = await import("./validate.ts");
      await validateDocument({ backend, problems }, document, { scope }, stop.signal);
    } catch (error) {
      // Nobody asked for it just now: no message in their way.
      if (!(isHapaError(error) && error.code === "client_closed_request"))
        log.error(`${document.fileName} was not checked on save.`, error);
    } finally {
      if (saving.get(key) === stop) saving.delete(key);
    }
  };

  const offerFormatter = (): void => {
    if (settings.formatsPython() === (formatter !== undefined)) return;
    formatter?.dispose();
    formatter = settings.formatsPython()
      ? vscode.languages.registerDocumentFormattingEditProvider({ language: "python" }, pythonFormatter(backend))
      : undefined;
  };

  offerFormatter();
  const subscription = vscode.Disposable.from(
    registerActions({ backend, problems, log }),
    vscode.workspace.onDidSaveTextDocument(onSave),
    settings.onDidChange(offerFormatter),
    problems,
  );
  return {
    problems,
    dispose() {
      for (const stop of saving.values()) stop.abort();
      formatter?.dispose();
      subscription.dispose();
    },
  };
}

function pythonFormatter(backend: LazyBackend): vscode.DocumentFormattingEditProvider {
  return {
    async provideDocumentFormattingEdits(document, _options, token) {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const text = document.getText();
      const { layOut } = await import("./validate.ts");
      const formatted = await layOut(backend, document, stop.signal);
      if (formatted === undefined || formatted === text) return [];
      // VS Code itself turns it into the smallest edits, so that cursors stay where they are.
      const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
      return [vscode.TextEdit.replace(all, formatted)];
    },
  };
}
