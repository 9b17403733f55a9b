/**
 * JavaScript and TypeScript by TypeScript 6's language service: syntax, types against the standard library, fixes.
 *
 * TypeScript 7's package is a native program for each platform and has no API yet; version 6 is plain JavaScript that
 * runs wherever HAPA does, and knows the same language. Oxc would be a fraction of the size, but knows no types, and
 * syntax alone finds neither a misspelt method nor a number where a text is wanted. It costs 3.5 MB of bundle and 3.0 MB
 * of library, 1.4 MB of the package; the first check takes about a second of one core, the next of the same language
 * some 30 ms (`npm run bench -- validation`).
 */
import ts from "typescript";
import type { CodeEdit, CodeFix, CodeIssue } from "../contract/validation.ts";
import { type Checked, type CheckRequest, settle } from "./check.ts";
import { type Lines, linesOf } from "./lines.ts";
import { type Finding, offeredFixes, safeFixes, severityOf } from "./script-rules.ts";
import { createScriptService, jsDocParsingMode, type ScriptService } from "./script-service.ts";
import { openStandardLibrary } from "./standard-library.ts";

/** Fixes are looked for until so much time is gone. */
const fixesMs = 500;
const endings = /(\.d)?\.(ts|mts|cts|tsx|js|mjs|cjs|jsx)$/i;

/**
 * Checks JavaScript and TypeScript.
 * @param cancelled asked now and then; where true, the check under way throws `ts.OperationCanceledException`
 */
export function createScriptChecker(cancelled: () => boolean): (request: CheckRequest) => Checked {
  const library = openStandardLibrary();
  const registry = ts.createDocumentRegistry(true, "/", jsDocParsingMode);
  const services = new Map<boolean, ScriptService>();
  const serviceFor = (javascript: boolean): ScriptService => {
    const known = services.get(javascript);
    if (known) return known;
    const made = createScriptService(javascript, library, registry, cancelled);
    services.set(javascript, made);
    return made;
  };

  return ({ code, language, filePath = "", only, fragment = false }) => {
    const javascript = language === "javascript";
    const opened = serviceFor(javascript);
    const { service } = opened;
    const name = openAs(opened, code, endings.exec(filePath)?.[0].toLowerCase() ?? (javascript ? ".js" : undefined));
    const lines = linesOf(code);
    const found = findings(service, name, only === "syntax");
    const fixOf = fixer(service, name, lines);
    const scene = { javascript, fragment, imports: importsSomething(service, name) };
    const issues = found.flatMap(({ diagnostic, phase, message }): CodeIssue[] => {
      // What a comment says of types is nothing that fails.
      if (javascript && phase === "types" && inComment(code, diagnostic.start ?? 0)) return [];
      const severity = severityOf({ code: diagnostic.code, message, phase }, scene);
      if (severity === undefined) return [];
      const fix = phase === "syntax" ? undefined : fixOf(diagnostic);
      return [
        {
          ...rangeOf(lines, diagnostic.start ?? 0, diagnostic.length ?? 0),
          severity,
          code: `TS${diagnostic.code}`,
          message,
          tags: [
            ...(diagnostic.reportsUnnecessary ? (["unnecessary"] as const) : []),
            ...(diagnostic.reportsDeprecated ? (["deprecated"] as const) : []),
          ],
          ...(fix ? { fix } : {}),
        },
      ];
    });
    return settle(issues);
  };
}

/** @returns the name it was opened by: where nobody said whether JSX stands in it, what reads better */
function openAs({ service, open }: ScriptService, code: string, ending: string | undefined): string {
  const plain = `/code${ending ?? ".ts"}`;
  open(plain, code);
  if (ending !== undefined || service.getSyntacticDiagnostics(plain).length === 0) return plain;
  open("/code.tsx", code);
  if (service.getSyntacticDiagnostics("/code.tsx").length === 0) return "/code.tsx";
  open(plain, code);
  return plain;
}

interface Found extends Pick<Finding, "phase" | "message"> {
  readonly diagnostic: ts.Diagnostic;
}

function findings(service: ts.LanguageService, name: string, onlySyntax: boolean): Found[] {
  const told = (phase: Found["phase"], diagnostics: readonly ts.Diagnostic[]): Found[] =>
    diagnostics.map((diagnostic) => {
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
      return { phase, diagnostic, message };
    });
  const syntax = told("syntax", service.getSyntacticDiagnostics(name));
  // What TypeScript makes of a text that it could not read is noise.
  if (onlySyntax || syntax.length > 0) return syntax;
  const public_ = namesOfScript(service, name);
  return [
    ...told("types", service.getSemanticDiagnostics(name)),
    ...told("suggestion", service.getSuggestionDiagnostics(name)).filter(
      ({ diagnostic }) => !(diagnostic.reportsUnnecessary && public_.has(diagnostic.start ?? -1)),
    ),
  ];
}

function rangeOf(lines: Lines, start: number, length: number): Omit<CodeEdit, "text"> {
  const from = lines.at(start);
  const to = lines.at(start + length);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** Gives the best fix that TypeScript has for an issue. */
function fixer(service: ts.LanguageService, name: string, lines: Lines): (issue: ts.Diagnostic) => CodeFix | undefined {
  const until = performance.now() + fixesMs;
  const layout = ts.getDefaultFormatCodeSettings("\n");
  return ({ start, length, code }) => {
    if (start === undefined || performance.now() > until) return undefined;
    const offered = service
      .getCodeFixesAtPosition(name, start, start + (length ?? 0), [code], layout, {})
      .filter(({ fixName, changes }) => offeredFixes.has(fixName) && changes.every((one) => one.fileName === name));
    // Another spelling is a guess; whatever else there is knows more.
    const found = offered.find(({ fixName }) => fixName !== "spelling") ?? offered[0];
    if (!found) return undefined;
    const edits = found.changes.flatMap(({ textChanges }) =>
      textChanges.map(({ span, newText }): CodeEdit => ({ ...rangeOf(lines, span.start, span.length), text: newText })),
    );
    // Of what is unused, only imports go without a look: another initializer may do something.
    const unusedImport = found.fixName === "unusedIdentifier" && /import/i.test(found.description);
    return { title: found.description, safe: unusedImport || safeFixes.has(found.fixName), edits };
  };
}

/**
 * Where a script (a file that neither imports nor exports) declares what stands at its top: others may use it; a
 * program's `run` is called by the sandbox.
 */
function namesOfScript(service: ts.LanguageService, name: string): ReadonlySet<number> {
  const file = service.getProgram()?.getSourceFile(name);
  const places = new Set<number>();
  for (const statement of file?.statements ?? []) {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isExportAssignment(statement))
      return new Set();
    if (ts.canHaveModifiers(statement))
      if (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return new Set();
    if (ts.isVariableStatement(statement)) {
      places.add(statement.getStart(file));
      for (const declared of statement.declarationList.declarations) places.add(declared.name.getStart(file));
    } else {
      const declared = ts.getNameOfDeclaration(statement as unknown as ts.Declaration);
      if (declared) places.add(declared.getStart(file));
    }
  }
  return places;
}

function importsSomething(service: ts.LanguageService, name: string): boolean {
  const statements = service.getProgram()?.getSourceFile(name)?.statements ?? [];
  return statements.some(
    (one) =>
      ts.isImportDeclaration(one) ||
      ts.isImportEqualsDeclaration(one) ||
      (ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined),
  );
}

function inComment(code: string, offset: number): boolean {
  return code.lastIndexOf("/**", offset) > code.lastIndexOf("*/", offset - 1);
}
