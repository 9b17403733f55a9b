/** Whether code is right as a text: what stands where, how bad it is, and how to put it right. */
import { z } from "zod";
import { Language } from "./tasks.ts";
import { answer, request } from "./wire.ts";

/** Characters (UTF-16) of code that one request may carry. */
export const maxCodeLength = 1_000_000;

export const ValidateRequest = request({
  code: z.string().max(maxCodeLength),
  language: Language,
  /** Only its ending counts: `.tsx`, `.jsx` and `.d.ts` are read as such. Nothing is read from there. */
  filePath: z.string().max(4_000).optional(),
  /** `syntax`: no types, no lint. */
  only: z.enum(["syntax"]).optional(),
  /** A piece of something larger: names it does not define are not reported. */
  fragment: z.boolean().default(false),
  /** Also answers the code well laid out (Python). */
  format: z.boolean().default(false),
});
export type ValidateRequest = z.output<typeof ValidateRequest>;

/** Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
const range = {
  line: z.number().int().min(1),
  column: z.number().int().min(1),
  endLine: z.number().int().min(1),
  endColumn: z.number().int().min(1),
};

export const CodeEdit = answer({ ...range, text: z.string() });
export type CodeEdit = z.output<typeof CodeEdit>;

/** Edits that belong together, all of them in terms of the code as it was sent. */
export const CodeFix = answer({
  title: z.string(),
  /** Keeps what the code does: may be applied together with others without a look at each. */
  safe: z.boolean(),
  edits: z.array(CodeEdit),
});
export type CodeFix = z.output<typeof CodeFix>;

export const Severity = z.enum(["error", "warning", "info", "hint"]);
export type Severity = z.infer<typeof Severity>;

export const CodeIssue = answer({
  ...range,
  severity: Severity,
  /** `F401` (ruff), `TS2304` (TypeScript), `invalid-syntax` (Python). */
  code: z.string(),
  message: z.string(),
  /** Says more about the rule. */
  url: z.string().optional(),
  tags: z.array(z.enum(["unnecessary", "deprecated"])).default([]),
  fix: CodeFix.optional(),
});
export type CodeIssue = z.output<typeof CodeIssue>;

export const ValidateAnswer = answer({
  /** No issue is an error. */
  valid: z.boolean(),
  /** By position; at most 500. */
  issues: z.array(CodeIssue),
  /** How many there were, should it be more. */
  total: z.number().int(),
  /** Where it was asked for, the language has a formatter here, and the code can be read. */
  formatted: z.string().optional(),
});
export type ValidateAnswer = z.output<typeof ValidateAnswer>;

/** What the badge on generated code says: 0 errors and 0 warnings is a clean one. */
export const CodeVerdict = answer({
  errors: z.number().int(),
  warnings: z.number().int(),
  /** The first five errors and warnings, errors first. */
  issues: z.array(CodeIssue),
});
export type CodeVerdict = z.output<typeof CodeVerdict>;

const shownIssues = 5;

/** Counts what a person should know of; infos and hints are not counted. */
export function verdictOf(issues: readonly CodeIssue[]): CodeVerdict {
  const errors = issues.filter(({ severity }) => severity === "error");
  const warnings = issues.filter(({ severity }) => severity === "warning");
  return {
    errors: errors.length,
    warnings: warnings.length,
    issues: [...errors, ...warnings].slice(0, shownIssues),
  };
}

/** One issue in words: "line 3: `os` imported but unused". */
export function issueInWords({ line, message }: CodeIssue): string {
  return `line ${line}: ${message.split("\n", 1)[0] ?? ""}`;
}
