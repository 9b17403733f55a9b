/** Generate Program from Selection…: a sentence, and examples where there are some; the panel shows the result card. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { requireSelection } from "../editor/selection.ts";
import { Notice } from "../errors.ts";
import { describeErrors, formatExamples, parseExamples } from "../examples.ts";
import { askForExamples } from "../views/examples-input.ts";
import { readArguments } from "./arguments.ts";

/** Arguments: `question` and `examples` (text; empty for none), asked for where missing. */
export async function run(app: App, args: unknown): Promise<void> {
  const given = readArguments(args);
  const snapshot = requireSelection(app.previews.inFront());
  const question =
    given.text("question") ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t("Generate Program from Selection"),
      prompt: vscode.l10n.t("What should become of each of the {0} selected lines?", snapshot.lines.length),
      placeHolder: vscode.l10n.t("for example: the domain of the e-mail address"),
      ignoreFocusOut: true,
    }));
  if (!question?.trim()) return;
  const examples = given.text("examples") ?? (await optionalExamples(snapshot.lines.map(({ text }) => text)));
  if (examples === undefined) return;
  const { errors } = parseExamples(examples);
  if (errors.length > 0) throw new Notice(describeErrors(errors));
  await app.panel.compose({ question: question.trim(), examples, language: app.programLanguage(), send: true });
}

async function optionalExamples(lines: readonly string[]): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const give = {
    label: t("$(list-unordered) Give examples"),
    detail: t("Proves the program, and works without a model."),
  };
  const none = { label: t("$(arrow-right) Without examples"), detail: t("A model writes it from your sentence.") };
  const chosen = await vscode.window.showQuickPick([give, none], { title: t("Examples of what you want?") });
  if (!chosen) return undefined;
  if (chosen === none) return "";
  const examples = await askForExamples(t("Generate Program from Selection"), lines);
  return examples && formatExamples(examples);
}
