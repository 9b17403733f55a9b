/** Light bulbs: HAPA's own fixes, and "Fix with HAPA" and "Explain with HAPA" on what anybody reports. */
import * as vscode from "vscode";
import type { LazyBackend } from "../backend.ts";
import type { Log } from "../log.ts";
import { type FixEdit, safeEdits } from "./follow.ts";
import { checkedLanguages } from "./languages.ts";
import { type Problems, problemSource, rangeFrom } from "./problems.ts";

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("hapa");

export interface ActionParts {
  readonly backend: LazyBackend;
  readonly problems: Problems;
  readonly log: Log;
}

/** What the commands behind "Fix with HAPA" and "Explain with HAPA" are given. */
export interface AboutProblems {
  readonly uri: vscode.Uri;
  /** All that the problems cover. */
  readonly range: vscode.Range;
  readonly problems: readonly vscode.Diagnostic[];
}

export function registerActions(parts: ActionParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      checkedLanguages.map((language) => ({ language })),
      ownFixes(parts),
      {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
      },
    ),
    vscode.languages.registerCodeActionsProvider("*", askHapa(parts.backend), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
}

function ownFixes({ backend, problems, log }: ActionParts): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, _range, { diagnostics, only }, token) {
      const own = diagnostics.filter(({ source }) => source === problemSource);
      const actions = own.flatMap((diagnostic) => {
        const { issue, edits } = problems.behind(document.uri, diagnostic) ?? {};
        if (!issue?.fix || !edits) return [];
        const action = editing(document, issue.fix.title, vscode.CodeActionKind.QuickFix, edits);
        action.diagnostics = [diagnostic];
        action.isPreferred = issue.fix.safe;
        return [action];
      });
      // Asked for by name (a key, or on save): then what is fixed must be known first.
      if (only?.value === fixAllKind.value && problems.scope(document.uri) !== "file") {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        const { validateDocument } = await import("./validate.ts");
        await validateDocument({ backend, problems }, document, { scope: "file" }, stop.signal).catch(
          (error: unknown) => log.error(`Problems of ${document.fileName} were not looked for.`, error),
        );
      }
      const { fixed, edits } = safeEdits(problems.of(document.uri));
      if (only && fixAllKind.value.startsWith(only.value) && fixed > 0)
        actions.push(editing(document, vscode.l10n.t("Fix all problems that HAPA can fix safely"), fixAllKind, edits));
      else if (own.length > 0 && fixed > 1)
        actions.push(
          editing(
            document,
            vscode.l10n.t("Fix all {0} problems that HAPA can fix safely", fixed),
            vscode.CodeActionKind.QuickFix,
            edits,
          ),
        );
      return actions;
    },
  };
}

/** Afterwards the document is checked again: what else was wrong may be gone, or come to light. */
function editing(
  { uri }: vscode.TextDocument,
  title: string,
  kind: vscode.CodeActionKind,
  edits: readonly FixEdit[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    uri,
    edits.map((edit) => vscode.TextEdit.replace(rangeFrom(edit), edit.text)),
  );
  action.command = { title, command: "hapa.validateAgain", arguments: [uri] };
  return action;
}

function askHapa(backend: LazyBackend): vscode.CodeActionProvider {
  return {
    provideCodeActions({ uri }, _range, { diagnostics, only }) {
      const [first, ...others] = diagnostics;
      if (!first || backend.state().model === null) return [];
      if (only && !only.contains(vscode.CodeActionKind.QuickFix)) return [];
      const range = others.reduce((all, one) => all.union(one.range), first.range);
      const about: AboutProblems = { uri, range, problems: diagnostics };
      const asking = (title: string, command: string): vscode.CodeAction => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.diagnostics = [...diagnostics];
        action.command = { title, command, arguments: [about] };
        return action;
      };
      return [
        asking(vscode.l10n.t("Fix with HAPA"), "hapa.fixProblem"),
        asking(vscode.l10n.t("Explain with HAPA"), "hapa.explainProblem"),
      ];
    },
  };
}
