/** What code without VS Code says, in the language of this window. */
import * as vscode from "vscode";
import type { Said } from "../contract/say.ts";

/** A text that is in the person's language already stays as it is. */
export function inWords(said: Said | string): string {
  if (typeof said === "string") return said;
  const { template, args } = said;
  return vscode.l10n.t(template, ...args.map((word) => (typeof word === "object" ? inWords(word) : word)));
}
