/** Finds what the code says to a person: the templates of say`…`, and the texts of VS Code's l10n.t("…"). */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { projectRoot } from "../../scripts/lib/run.ts";

export interface Words {
  /** English text, with {0}, {1} … → where it is said, `file:line`. */
  readonly texts: ReadonlyMap<string, string>;
  /** Places where it cannot be seen what is said: l10n.t with anything but a plain text. */
  readonly unseen: readonly string[];
}

export function wordsInSource(folder = join(projectRoot, "src")): Words {
  const texts = new Map<string, string>();
  const unseen: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!/\.tsx?$/.test(name)) continue;
    const path = join(folder, name);
    const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
    const place = (node: ts.Node): string =>
      `${relative(projectRoot, path)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "say")
        texts.set(templateText(node.template), place(node));
      if (ts.isCallExpression(node) && isTranslation(node.expression)) {
        const [text] = node.arguments;
        if (text && ts.isStringLiteralLike(text)) texts.set(text.text, place(node));
        else unseen.push(place(node));
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { texts, unseen };
}

/** `l10n.t`, `vscode.l10n.t`, or `t` taken from it. */
function isTranslation(callee: ts.Expression): boolean {
  return /^(?:(?:vscode\.)?l10n\.)?t$/.test(callee.getText());
}

function templateText(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce((text, { literal }, at) => `${text}{${at}}${literal.text}`, template.head.text);
}
