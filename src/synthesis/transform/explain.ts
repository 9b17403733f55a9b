/** Says what a program does, in a sentence or two that a person would use. */
import { literal, quote } from "../javascript.ts";
import { type Expr, ifOp } from "./language/expr.ts";
import { joinKey } from "./language/source.ts";

const markNames = new Map(
  Object.entries({
    ",": "a comma",
    ";": "a semicolon",
    ":": "a colon",
    "-": "a dash",
    "/": "a slash",
    "\\": "a backslash",
    ".": "a point",
    _: "an underscore",
    "|": "a bar",
    " ": "a space",
    "\n": "a line break",
    ", ": "a comma and a space",
    ": ": "a colon and a space",
  }),
);

/** `labels` are what a person calls the fields. */
export function explain(expr: Expr, labels: readonly string[]): string {
  const said = sentence(expr, labels).replace(
    /\bthe (date|number|time|amount|duration) (?=the text|item \d|")/g,
    (_, what: string) => `the ${what} in `,
  );
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

function sentence(expr: Expr, labels: readonly string[]): string {
  if (expr.kind === "apply" && expr.op.key === ifOp.key) {
    const [test, yes, no] = expr.args;
    if (test && yes && no)
      return `where ${noun(test, labels)}, ${sentence(yes, labels)}; otherwise ${sentence(no, labels)}`;
  }
  if (expr.kind === "apply" && expr.op.key === joinKey) return `puts ${listed(expr.args, labels)} together`;
  if (expr.kind === "apply" && expr.op.key.startsWith("record")) return `gives ${listed(expr.args, labels)}`;
  if (expr.kind === "apply" && expr.op.gives === "truth") return `tells whether ${noun(expr, labels)}`;
  return `gives ${noun(expr, labels)}`;
}

function listed(parts: readonly Expr[], labels: readonly string[]): string {
  const words = parts.map((part) => noun(part, labels));
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** An expression as a noun: "the first word of the text in upper case". */
function noun(expr: Expr, labels: readonly string[]): string {
  if (expr.kind === "field") return labels[expr.field] ?? "the text";
  if (expr.kind === "constant")
    return typeof expr.value === "string" ? (markNames.get(expr.value) ?? quote(expr.value)) : literal(expr.value);
  if (expr.op.key === joinKey) return `${listed(expr.args, labels)} together`;
  return expr.op.say(...expr.args.map((arg) => noun(arg, labels)));
}
