/** HAPA's problems in the editor: shown, moved along with the text, gone with what they were about. */
import * as vscode from "vscode";
import type { CodeIssue, Severity } from "../../contract/validation.ts";
import { follow, isKnown, type KnownProblem, type Problem, problemFrom, type Stretch } from "./follow.ts";

export const problemSource = "HAPA";

/** How a document was checked, so that it can be checked again in the same way. */
export type Scope = "file" | "selection" | "syntax";

export interface Problems extends vscode.Disposable {
  /** Takes the place of what was shown for the document. */
  show(document: vscode.TextDocument, issues: readonly CodeIssue[], scope: Scope): void;
  /** Where they stand now, also those that others show; empty where the document was not checked. */
  of(uri: vscode.Uri): readonly Problem[];
  /** The one behind a diagnostic. */
  behind(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Problem | undefined;
  scope(uri: vscode.Uri): Scope | undefined;
}

interface Entry {
  readonly uri: vscode.Uri;
  readonly scope: Scope;
  problems: readonly Problem[];
  /** Those that nobody else shows. */
  shown: readonly Problem[];
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};
const tags = {
  unnecessary: vscode.DiagnosticTag.Unnecessary,
  deprecated: vscode.DiagnosticTag.Deprecated,
} as const;

export function createProblems(): Problems {
  const collection = vscode.languages.createDiagnosticCollection("hapa");
  const entries = new Map<string, Entry>();

  const publish = (entry: Entry): void => {
    const others = knownToOthers(entry.uri);
    entry.shown = entry.problems.filter((problem) => !isKnown(problem, others));
    collection.set(entry.uri, entry.shown.map(diagnosticFrom));
  };
  const forget = ({ uri }: vscode.TextDocument): void => {
    if (entries.delete(uri.toString())) collection.delete(uri);
  };

  const subscription = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const entry = entries.get(document.uri.toString());
      if (!entry || contentChanges.length === 0) return;
      entry.problems = follow(entry.problems, contentChanges);
      publish(entry);
    }),
    vscode.workspace.onDidCloseTextDocument(forget),
    // Others may need longer than HAPA.
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (entries.size === 0) return;
      for (const uri of uris) {
        const entry = entries.get(uri.toString());
        if (!entry) continue;
        const others = knownToOthers(uri);
        if (entry.problems.filter((problem) => !isKnown(problem, others)).length !== entry.shown.length) publish(entry);
      }
    }),
  );

  return {
    show({ uri }, issues, scope) {
      const entry: Entry = { uri, scope, problems: issues.map(problemFrom), shown: [] };
      entries.set(uri.toString(), entry);
      publish(entry);
    },
    of: (uri) => entries.get(uri.toString())?.problems ?? [],
    behind: (uri, diagnostic) =>
      entries
        .get(uri.toString())
        ?.shown.find(
          ({ issue, range }) => issue.code === codeOf(diagnostic) && rangeFrom(range).isEqual(diagnostic.range),
        ),
    scope: (uri) => entries.get(uri.toString())?.scope,
    dispose() {
      subscription.dispose();
      collection.dispose();
    },
  };
}

export function rangeFrom({ start, end }: Stretch): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function diagnosticFrom({ issue, range }: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeFrom(range), issue.message, severities[issue.severity]);
  diagnostic.source = problemSource;
  diagnostic.code = issue.url ? { value: issue.code, target: vscode.Uri.parse(issue.url) } : issue.code;
  diagnostic.tags = issue.tags.map((tag) => tags[tag]);
  return diagnostic;
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : (code ?? ""));
}

function knownToOthers(uri: vscode.Uri): KnownProblem[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source !== problemSource)
    .map((one) => ({
      code: codeOf(one),
      line: one.range.start.line,
      isError: one.severity === vscode.DiagnosticSeverity.Error,
    }));
}
