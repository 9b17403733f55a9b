/** Fix with HAPA, Explain with HAPA: takes what is wrong, whoever reported it, to the panel. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import type { AboutProblems } from "../validation/actions.ts";

/** @param about the problems at the cursor, as the code action gives them */
export async function run(app: App, command: "fix" | "explain", about: AboutProblems): Promise<void> {
  const problems = about.problems.map(({ message, range, source }) =>
    source
      ? vscode.l10n.t("line {0}: {1} ({2})", range.start.line + 1, message, source)
      : vscode.l10n.t("line {0}: {1}", range.start.line + 1, message),
  );
  const list = problems.length === 1 ? (problems[0] ?? "") : problems.map((one) => `- ${one}`).join("\n");
  const question =
    command === "fix"
      ? problems.length === 1
        ? vscode.l10n.t("Fix this problem: {0}", list)
        : vscode.l10n.t("Fix these problems:\n{0}", list)
      : problems.length === 1
        ? vscode.l10n.t("Explain this problem: {0}", list)
        : vscode.l10n.t("Explain these problems:\n{0}", list);
  await app.panel.compose({ question, command, about, send: true });
}
