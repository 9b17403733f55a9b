/** Short ways to define the operations that take one text and give one. */
import { quote } from "../../javascript.ts";
import type { Code, Helper, Op, Traits } from "../language/expr.ts";
import { snakeCase } from "../language/expr.ts";
import { pyPattern, pyQuote } from "../language/python.ts";

export interface TextOp {
  readonly cost: number;
  readonly apply: (text: string) => string | undefined;
  /** Source on a receiver that may be followed by `.member`. */
  readonly js: (receiver: string) => string;
  readonly py: (receiver: string) => string;
  readonly loose?: true | "js" | "py";
  readonly say: (what: string) => string;
  readonly helpers?: readonly Helper[];
  readonly name?: string;
  readonly traits?: Traits;
}

/** Text in, text out. Its JavaScript names it. */
export function textOp({ js, py, ...rest }: TextOp): Op {
  return {
    ...rest,
    key: js("@"),
    gives: "text",
    js: (text) => js((text as Code).tight),
    py: (text) => py((text as Code).tight),
  };
}

/** One call of a helper function. */
export function helped(
  cost: number,
  helper: Helper,
  apply: (text: string) => string | undefined,
  say: (what: string) => string,
): Op {
  return {
    ...{ cost, apply, say, helpers: [helper], gives: "text", key: `${helper.name}()` },
    js: (text) => `${helper.name}(${text?.bare})`,
    py: (text) => `${snakeCase(helper.name)}(${text?.bare})`,
  };
}

function pyFlags({ flags }: RegExp): string {
  return flags.includes("i") ? ", flags=re.IGNORECASE" : "";
}

/** Source without the parentheses around it: it stands between commas. */
const bare = (source: string): string => source.replace(/^\(([^()]*)\)$/s, "$1");

/** Replaces what a pattern finds (all of it where the pattern is global). `by` may name groups: `$1`. */
export function patternOp(cost: number, re: RegExp, by: string, say: (what: string) => string, traits?: Traits): Op {
  const count = re.global ? "" : ", count=1";
  const flags = pyFlags(re);
  const byPy = pyQuote(by.replaceAll("\\", "\\\\").replace(/\$(\d)/g, "\\$1"));
  return textOp({
    ...{ cost, say, ...(traits ? { traits } : {}) },
    apply: (text) => text.replace(re, by),
    js: (r) => `${r}.replace(${re}, ${quote(by)})`,
    py: (r) => `re.sub(${pyPattern(re)}, ${byPy}, ${bare(r)}${count}${flags})`,
  });
}

/** What a pattern's first group finds first; empty where it finds nothing. */
export function groupOp(cost: number, re: RegExp, say: (what: string) => string): Op {
  const helper: Helper = {
    name: "found",
    js: "",
    py: 'def found(match):\n    return match.group(1) if match else ""',
  };
  return textOp({
    ...{ cost, say, loose: "js", helpers: [helper] },
    apply: (text) => re.exec(text)?.[1] ?? "",
    js: (r) => `${r}.match(${re})?.[1] ?? ""`,
    py: (r) => `found(re.search(${pyPattern(re)}, ${bare(r)}${pyFlags(re)}))`,
  });
}
