/** What is asked of a checker, and what it says. */
import type { Language } from "../contract/tasks.ts";
import type { CodeIssue, Severity } from "../contract/validation.ts";

export interface CheckRequest {
  readonly code: string;
  readonly language: Language;
  /** Only its ending counts. */
  readonly filePath?: string | undefined;
  /** No types, no lint. */
  readonly only?: "syntax" | undefined;
  /** A piece of something larger: names it does not define are not reported. */
  readonly fragment?: boolean | undefined;
  /** Whether to lay it out, too. */
  readonly format?: boolean | undefined;
}

export interface Checked {
  /** By position; at most 500. */
  readonly issues: readonly CodeIssue[];
  /** How many there were. */
  readonly total: number;
  readonly formatted?: string;
}

/** What checks a language: each is loaded when it is first needed. */
export type Checker = "python" | "scripts";

export function checkerOf({ language }: CheckRequest): Checker {
  return language === "python" ? "python" : "scripts";
}

/** More is nothing that a person reads. */
const maxIssues = 500;

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** Longer ones repeat a type that nobody can read. */
const maxMessage = 1_000;

/** Each once; the worst ones where there are too many; by position. */
export function settle(issues: readonly CodeIssue[], formatted?: string): Checked {
  const single = [
    ...new Map(issues.map((issue) => [`${issue.line}:${issue.column}:${issue.code}`, issue] as const)).values(),
  ];
  const worst = single.toSorted((a, b) => rank[a.severity] - rank[b.severity]).slice(0, maxIssues);
  const sorted = worst
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map((issue) =>
      issue.message.length > maxMessage ? { ...issue, message: `${issue.message.slice(0, maxMessage)}…` } : issue,
    );
  return { issues: sorted, total: single.length, ...(formatted === undefined ? {} : { formatted }) };
}
