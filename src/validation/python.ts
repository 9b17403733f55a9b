/**
 * Python by ruff in WebAssembly: syntax, lint, fixes, format, without a Python. 10 MB on disk, 3.6 MB of the package,
 * loaded in some 100 ms. A folder's own `ruff.toml` is not read; `# noqa` counts.
 */
import { type Diagnostic, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import type { CodeEdit, CodeFix, CodeIssue } from "../contract/validation.ts";
import { type Checked, type CheckRequest, settle } from "./check.ts";

/** What is wrong or probably wrong. Not: how code should look, which is a team's own business. */
const rules = {
  /** Ruff's classic defaults, mistakes that people make (flake8-bugbear), and what fails as it runs (pylint's errors). */
  select: ["E4", "E7", "E9", "F", "B", "PLE"],
  /** Advice that is right for a few programs: `strict=` for `zip()`, `stacklevel=` for warnings, `raise … from`. */
  ignore: ["B028", "B904", "B905", "B911"],
};
/** The newest: nothing is refused that some Python takes. */
const targetVersion = "py314";

/** Fails when it is reached, or before: undefined names, formats that do not fit, `return` outside of a function. */
const failing = /^(invalid-syntax|E9\d\d|F5\d\d|F62[12]|F7\d\d|F82\d|PLE\d+)$/;
const harmless = new Set(["F541"]);
/** Undefined names, `return` and `yield` outside of a function: a piece of a file may well have them from elsewhere. */
const fromElsewhere = /^(F82[12]|F70[46]|PLE1142)$/;
/**
 * Fixes that ruff's documentation calls safe; this build of ruff does not say which are. (F401 is, but for a package's
 * `__init__.py`.)
 */
const safeFixes = new Set(["B009", "B010", "B013", "B014", "B033", "E401", "E703", "E713", "E714", "F401", "F541"]);

/** Checks Python code. @returns a function that keeps ruff's settings from call to call */
export function createPythonChecker(): (request: CheckRequest) => Checked {
  const workspace = (select: readonly string[], ignore: readonly string[]): Workspace =>
    new Workspace({ "target-version": targetVersion, lint: { select, ignore } }, PositionEncoding.Utf16);
  const lint = workspace(rules.select, rules.ignore);
  const syntax = workspace([], []);

  return ({ code, filePath = "", only, fragment, format }) => {
    const checker = only === "syntax" ? syntax : lint;
    // A piece may be indented as a whole.
    const indent = fragment ? commonIndent(code) : 0;
    const text = indent > 0 ? code.replace(new RegExp(`^[ \\t]{${indent}}`, "gm"), "") : code;
    const found = checker.check(text) as readonly Diagnostic[];
    const isPackage = /(^|[\\/])__init__\.py$/.test(filePath);
    const issues = found
      .filter((one) => !(fragment && fromElsewhere.test(one.code ?? "")))
      .map((one) => issueFrom(one, isPackage, indent));
    const readable = !issues.some((issue) => issue.code === "invalid-syntax");
    return settle(issues, format && readable ? checker.format(text) : undefined);
  };
}

/** How many spaces or tabs all lines begin with that are not blank. */
function commonIndent(code: string): number {
  const indents = [...code.matchAll(/^([ \t]*)[^\s]/gm)].map(([, spaces = ""]) => spaces.length);
  return indents.reduce((least, one) => Math.min(least, one), indents[0] ?? 0);
}

function issueFrom(found: Diagnostic, isPackage: boolean, indent: number): CodeIssue {
  const code = found.code ?? "invalid-syntax";
  const fix = fixFrom(found, safeFixes.has(code) && !(isPackage && code === "F401"), indent);
  // A package's `__all__` may name its modules.
  const fails = failing.test(code) && !harmless.has(code) && !(isPackage && code === "F822");
  return {
    ...range(found.start_location, found.end_location, indent),
    severity: fails ? "error" : "warning",
    code,
    message: found.message,
    ...(/^[A-Z]+\d+$/.test(code) ? { url: `https://docs.astral.sh/ruff/rules/${code}` } : {}),
    tags: found.tags,
    ...(fix ? { fix } : {}),
  };
}

function fixFrom({ fix, message }: Diagnostic, safe: boolean, indent: number): CodeFix | undefined {
  if (!fix || fix.edits.length === 0) return undefined;
  const edits = fix.edits.map(
    ({ location, end_location, content }): CodeEdit => ({
      ...range(location, end_location, indent),
      text: content ?? "",
    }),
  );
  return { title: (fix.message ?? message).replaceAll("`", ""), safe, edits };
}

type Place = Diagnostic["start_location"];

function range(from: Place, to: Place, indent: number): Omit<CodeEdit, "text"> {
  return { line: from.row, column: from.column + indent, endLine: to.row, endColumn: to.column + indent };
}
