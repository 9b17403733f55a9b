/** Has a document checked by the backend and shows what it says. */
import * as vscode from "vscode";
import { type CodeIssue, maxCodeLength, type ValidateAnswer } from "../../contract/validation.ts";
import type { LazyBackend } from "../backend.ts";
import { Notice } from "../errors.ts";
import { type Problem, problemFrom } from "./follow.ts";
import { type CheckedAs, checkedAs } from "./languages.ts";
import { type Problems, rangeFrom, type Scope } from "./problems.ts";

/** Somebody types while it is checked: so often it is checked again. */
const tries = 3;

/**
 * @param within only what touches one of these is shown, and its scope is "selection"
 * @returns what is shown, or would be where others did not show it already; undefined where the text kept changing
 * @throws Notice for a language that is not checked or a text that is too long; HapaError as the backend says
 */
export async function validateDocument(
  parts: { readonly backend: LazyBackend; readonly problems: Problems },
  document: vscode.TextDocument,
  options: { readonly scope: Scope; readonly within?: readonly vscode.Range[] },
  signal?: AbortSignal,
): Promise<readonly Problem[] | undefined> {
  const { backend, problems } = parts;
  const { scope, within } = options;
  for (let attempt = 0; attempt < tries; attempt++) {
    const { version } = document;
    const answer = await ask(backend, document, { only: scope === "syntax" ? "syntax" : undefined }, signal);
    if (document.isClosed) return undefined;
    if (document.version !== version) continue;
    const issues = within ? answer.issues.filter((issue) => touches(issue, within)) : answer.issues;
    problems.show(document, issues, scope);
    return problems.of(document.uri);
  }
  return undefined;
}

/**
 * What is wrong with a document, or with the given parts of it; nothing is shown.
 * @throws as `validateDocument`
 */
export async function checkDocument(
  backend: Pick<LazyBackend, "get">,
  document: vscode.TextDocument,
  within: readonly vscode.Range[] | undefined,
  signal: AbortSignal,
): Promise<readonly CodeIssue[]> {
  const { issues } = await ask(backend, document, { only: undefined }, signal);
  return within ? issues.filter((issue) => touches(issue, within)) : issues;
}

/** The document's text well laid out; undefined where it cannot be read. @throws as `validateDocument` */
export async function layOut(
  backend: LazyBackend,
  document: vscode.TextDocument,
  signal: AbortSignal,
): Promise<string | undefined> {
  return (await ask(backend, document, { only: "syntax", format: true }, signal)).formatted;
}

async function ask(
  backend: Pick<LazyBackend, "get">,
  document: vscode.TextDocument,
  options: { readonly only: "syntax" | undefined; readonly format?: boolean },
  signal?: AbortSignal,
): Promise<ValidateAnswer> {
  const checked = asChecked(document);
  const code = document.getText();
  if (code.length > maxCodeLength)
    throw new Notice(
      vscode.l10n.t("This file has more than {0} characters, which is too much to check at once.", maxCodeLength),
    );
  const { client } = await backend.get();
  // A notebook's cell has names from the cells before it.
  const fragment = document.uri.scheme === "vscode-notebook-cell";
  const body = { ...checked, code, only: options.only, fragment, format: options.format ?? false };
  return client.call("validateCode", { params: {}, body }, signal ? { signal } : {});
}

function asChecked({ languageId, uri }: vscode.TextDocument): CheckedAs {
  const checked = checkedAs(languageId, uri.path);
  if (checked) return checked;
  throw new Notice(
    vscode.l10n.t(
      "HAPA checks Python, JavaScript and TypeScript; this document is in another language ({0}).",
      languageId,
    ),
  );
}

function touches(issue: CodeIssue, ranges: readonly vscode.Range[]): boolean {
  const place = rangeFrom(problemFrom(issue).range);
  return ranges.some((range) => range.intersection(place) !== undefined);
}
