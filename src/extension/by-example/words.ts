/** What a session says of itself: in the status bar, to a screen reader, and above its first line. */
import * as vscode from "vscode";
import type { Session } from "./session.ts";

export interface SessionWords {
  /** Short, with an icon: for the status bar. */
  readonly status: string;
  /** A whole sentence: for the screen reader and the tooltip. */
  readonly sentence: string;
}

export function wordsFor(session: Session): SessionWords {
  const { examples, changes, failed } = session.counts();
  const doubts = session.doubts().length;
  switch (session.phase()) {
    case "waiting":
      return {
        status: `$(wand) ${vscode.l10n.t("Edit a line as it should be")}`,
        sentence: vscode.l10n.t(
          "Transform by Example: edit one or two lines the way they should be; the others follow as a preview.",
        ),
      };
    case "learning":
      return {
        status: `$(loading~spin) ${counted(examples, vscode.l10n.t("1 example"), vscode.l10n.t("{0} examples", number(examples)))}`,
        sentence: vscode.l10n.t("Transform by Example is learning from your edits."),
      };
    case "disagreeing":
      return {
        status: `$(warning) ${vscode.l10n.t("Two examples disagree")}`,
        sentence: vscode.l10n.t("Transform by Example: {0}", session.problem() ?? ""),
      };
    case "failed":
      return {
        status: `$(warning) ${vscode.l10n.t("Learning did not work")}`,
        sentence: vscode.l10n.t("Transform by Example could not learn. {0}", session.problem() ?? ""),
      };
    case "stuck":
      return {
        status: `$(info) ${vscode.l10n.t("No rule yet: edit one more line")}`,
        sentence: vscode.l10n.t("Transform by Example found no rule. {0}", session.problem() ?? ""),
      };
    case "ready": {
      const parts = [
        counted(examples, vscode.l10n.t("1 example"), vscode.l10n.t("{0} examples", number(examples))),
        counted(changes, vscode.l10n.t("1 would change"), vscode.l10n.t("{0} would change", number(changes))),
        ...(doubts > 0 ? [vscode.l10n.t("{0} in doubt", number(doubts))] : []),
        ...(failed > 0 ? [vscode.l10n.t("{0} stay as they are", number(failed))] : []),
      ];
      const spoken = parts.join(", ");
      return {
        status: `$(wand) ${parts.join(" · ")}`,
        sentence:
          session.slips().length > 0
            ? vscode.l10n.t("Transform by Example: {0}. An example looks like a slip and is not followed.", spoken)
            : vscode.l10n.t("Transform by Example: {0}.", spoken),
      };
    }
  }
}

export function counted(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

export function number(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
