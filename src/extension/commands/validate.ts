/** Validate File, Validate Selection: what is wrong with the code, as problems with their fixes. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { Notice } from "../errors.ts";
import { withProgress } from "../progress.ts";
import { type Problem, safeEdits } from "../validation/follow.ts";
import { validateDocument } from "../validation/validate.ts";
import { readArguments } from "./arguments.ts";

/** What was found, by severity. */
export interface Validated {
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
}

/**
 * Arguments: `selection` (only what the selection touches).
 * @throws Notice where no editor is open, or its language is not checked
 */
export async function run(app: App, args: unknown): Promise<Validated | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Notice(vscode.l10n.t("Open a file first: the one in front is checked."));
  const { document } = editor;
  const selected = readArguments(args).flag("selection") && editor.selections.some(({ isEmpty }) => !isEmpty);
  const options = selected
    ? ({ scope: "selection", within: editor.selections } as const)
    : ({ scope: "file" } as const);
  const parts = { backend: app.backend, problems: app.validation.problems };
  const found = await withProgress(vscode.l10n.t("checking the code"), (signal) =>
    validateDocument(parts, document, options, signal),
  );
  if (!found) return undefined;
  const counts = count(found);
  void tell(document, found, counts);
  return counts;
}

function count(problems: readonly Problem[]): Validated {
  const of = (severity: string): number => problems.filter(({ issue }) => issue.severity === severity).length;
  const [errors, warnings] = [of("error"), of("warning")];
  return { errors, warnings, others: problems.length - errors - warnings };
}

/** In words, with what helps; whoever reads by ear hears it, too. */
async function tell(document: vscode.TextDocument, problems: readonly Problem[], counts: Validated): Promise<void> {
  const { errors, warnings, others } = counts;
  if (problems.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t("HAPA: no problems found."));
    return;
  }
  const show = vscode.l10n.t("Show Problems");
  const { fixed } = safeEdits(problems);
  const fix = vscode.l10n.t("Fix {0} Safely", fixed);
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t("HAPA: errors: {0}, warnings: {1}, hints: {2}.", errors, warnings, others),
    show,
    ...(fixed > 0 ? [fix] : []),
  );
  if (chosen === show) await vscode.commands.executeCommand("workbench.actions.view.problems");
  if (chosen === fix) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.hapa", apply: "first" });
  }
}
