/** `@hapa /validate`: what is wrong with the attached code, else with what is in front, with links to the lines. */
import * as vscode from "vscode";
import type { CodeIssue } from "../../contract/validation.ts";
import { Notice } from "../errors.ts";
import { problemFrom } from "../validation/follow.ts";
import { rangeFrom } from "../validation/problems.ts";
import { checkDocument } from "../validation/validate.ts";
import type { Workshop } from "../workshop.ts";

const mostShown = 50;

interface Target {
  readonly document: vscode.TextDocument;
  /** Absent: all of it. */
  readonly within?: readonly vscode.Range[];
}

/** @throws Notice where there is no code, or in a language that is not checked; HapaError as the backend says */
export async function answerProblems(
  { backend }: Pick<Workshop, "backend">,
  references: readonly vscode.ChatPromptReference[],
  stream: vscode.ChatResponseStream,
  signal: AbortSignal,
): Promise<void> {
  const targets = await targetsOf(references);
  if (targets.length === 0) throw new Notice(vscode.l10n.t("Open the code to check, or attach it."));
  for (const { document, within } of targets) {
    const issues = await checkDocument(backend, document, within, signal);
    tell(document, issues, stream);
  }
}

async function targetsOf(references: readonly vscode.ChatPromptReference[]): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const { value } of references) {
    if (value instanceof vscode.Location) {
      targets.push({ document: await vscode.workspace.openTextDocument(value.uri), within: [value.range] });
    } else if (value instanceof vscode.Uri) {
      targets.push({ document: await vscode.workspace.openTextDocument(value) });
    }
  }
  const editor = vscode.window.activeTextEditor;
  if (targets.length > 0 || !editor) return targets;
  const selected = editor.selections.filter(({ isEmpty }) => !isEmpty);
  return [{ document: editor.document, ...(selected.length > 0 ? { within: selected } : {}) }];
}

function tell({ uri }: vscode.TextDocument, issues: readonly CodeIssue[], stream: vscode.ChatResponseStream): void {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  if (issues.length === 0) {
    stream.markdown(`${vscode.l10n.t("**{0}**: no problems.", name)}\n\n`);
    return;
  }
  const errors = issues.filter(({ severity }) => severity === "error").length;
  stream.markdown(`${vscode.l10n.t("**{0}**: errors: {1}, warnings: {2}.", name, errors, issues.length - errors)}\n\n`);
  for (const issue of issues.slice(0, mostShown)) {
    const { range } = problemFrom(issue);
    stream.markdown("- ");
    stream.anchor(new vscode.Location(uri, rangeFrom(range)), vscode.l10n.t("line {0}", issue.line));
    // As a text: `appendText` of VS Code would make every blank one that does not break.
    stream.markdown(`: ${issue.message.split("\n", 1)[0]?.replace(/[\\`*_{}[\]()#+!|<>~-]/g, "\\$&")}\n`);
  }
  if (issues.length > mostShown) stream.markdown(`\n${vscode.l10n.t("And {0} more.", issues.length - mostShown)}\n`);
  stream.markdown("\n");
}
