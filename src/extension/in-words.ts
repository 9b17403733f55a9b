/** What code without VS Code says, in the language of this window. */
import * as vscode from "vscode";
import type { Said } from "../contract/say.ts";

export function inWords({ template, args }: Said): string {
  return vscode.l10n.t(template, ...args.map((word) => (typeof word === "object" ? inWords(word) : word)));
}
