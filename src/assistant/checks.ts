/** Has code checked before it is shown: the blocks of an answer (a badge each), and the code that goes along with `/validate`. */
import type { CodeCheck, ContextItem } from "../contract/conversations.ts";
import { codeBlocks } from "../contract/markdown.ts";
import { type Catalogue, type Said, say, spoken } from "../contract/say.ts";
import type { Language } from "../contract/tasks.ts";

/** What is wrong with code as a text; lines from 1. */
export interface Issue {
  readonly line: number;
  readonly severity: string;
  readonly message: string;
  /** The rule it breaks. */
  readonly code?: string | undefined;
}

/** Checks code as a text, without running it. */
export type Check = (code: string, language: Language, signal: AbortSignal) => Promise<readonly Issue[]>;

const issuesShown = 5;
/** Of one answer. */
const blocksChecked = 10;

const languages: ReadonlyMap<string, Language> = new Map([
  ...["javascript", "js", "jsx", "mjs", "cjs", "javascriptreact"].map((name) => [name, "javascript"] as const),
  ...["typescript", "ts", "tsx", "mts", "cts", "typescriptreact"].map((name) => [name, "typescript"] as const),
  ...["python", "py", "python3"].map((name) => [name, "python"] as const),
]);

/** By the name of a fence, or of VS Code; undefined for languages that are not checked. */
export function checkedLanguage(name: string | undefined): Language | undefined {
  return name === undefined ? undefined : languages.get(name.toLowerCase());
}

/** The blocks of an answer whose language is checked. What cannot be checked has no badge, and the answer is shown all the same. */
export async function checkBlocks(
  markdown: string,
  check: Check,
  signal: AbortSignal,
  words: Catalogue = {},
): Promise<CodeCheck[]> {
  const checks: CodeCheck[] = [];
  for (const [block, { language, code }] of codeBlocks(markdown).entries()) {
    const known = checkedLanguage(language);
    if (!known || checks.length === blocksChecked) continue;
    const issues = await check(code, known, signal).catch(() => undefined);
    if (issues)
      checks.push({
        block,
        ...count(issues),
        issues: issues.slice(0, issuesShown).map((one) => spoken(lineOf(one), words)),
      });
  }
  return checks;
}

/** What `/validate` answers: the problems of each piece of code, by its own line numbers. */
export async function describeProblems(
  items: readonly ContextItem[],
  check: Check,
  signal: AbortSignal,
  words: Catalogue = {},
): Promise<string> {
  const parts: string[] = [];
  for (const { label, language, text, firstLine = 1 } of items) {
    const known = checkedLanguage(language);
    if (!known) {
      parts.push(spoken(say`**${label}**: only Python, JavaScript and TypeScript are checked.`, words));
      continue;
    }
    const issues = await check(text, known, signal);
    const { errors, warnings } = count(issues);
    if (issues.length === 0) parts.push(spoken(say`**${label}**: no problems.`, words));
    else {
      const lines = issues.map((issue) => `- ${spoken(lineOf(issue, firstLine - 1), words)}`);
      const counts = spoken(say`**${label}**: errors: ${errors}, warnings: ${warnings}.`, words);
      parts.push(`${counts}\n\n${lines.join("\n")}`);
    }
  }
  return parts.join("\n\n");
}

function count(issues: readonly Issue[]): { errors: number; warnings: number } {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: issues.length - errors };
}

function lineOf({ line, message, code }: Issue, linesBefore = 0): Said {
  return code ? say`line ${line + linesBefore}: ${message} (${code})` : say`line ${line + linesBefore}: ${message}`;
}
