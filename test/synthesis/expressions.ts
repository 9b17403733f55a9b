/** Programs of single expressions, plainly written out: for tests of what operations say in JavaScript and Python. */
import type { Code, Expr, Helper } from "../../src/synthesis/transform/language/expr.ts";
import { operations } from "../../src/synthesis/transform/language/expr.ts";
import { pyLiteral } from "../../src/synthesis/transform/language/python.ts";

type Tongue = "js" | "py";

function code(expr: Expr, tongue: Tongue): Code {
  if (expr.kind === "field") return { bare: `input[${expr.field}]`, tight: `input[${expr.field}]` };
  if (expr.kind === "constant") {
    const bare = tongue === "js" ? JSON.stringify(expr.value) : pyLiteral(expr.value);
    return { bare, tight: bare };
  }
  const args = expr.args.map((arg) => code(arg, tongue));
  const bare = expr.op[tongue](...args);
  const loose = expr.op.loose === true || expr.op.loose === tongue;
  return { bare, tight: loose ? `(${bare})` : bare };
}

/** Helpers with those that they need, in an order in which they can be declared. */
function helpersOf(expr: Expr): Helper[] {
  const found = new Map<string, Helper>();
  const visit = (helper: Helper): void => {
    for (const needed of helper.needs ?? []) visit(needed);
    const known = found.get(helper.name);
    if (known && (known.js !== helper.js || known.py !== helper.py))
      throw new Error(`two helpers are called ${helper.name}`);
    found.set(helper.name, known ?? helper);
  };
  for (const op of operations(expr)) for (const helper of op.helpers ?? []) visit(helper);
  return [...found.values()];
}

/** A program whose input is the list of fields. */
export function programOf(expr: Expr, tongue: Tongue): string {
  const helpers = helpersOf(expr).map((helper) => helper[tongue]);
  const { bare } = code(expr, tongue);
  if (tongue === "js") return [...helpers, `function run(input) {\n  return ${bare};\n}`].join("\n\n");
  const lines = helpers.join("\n\n").split("\n");
  const isImport = (line: string): boolean => /^(?:import|from) /.test(line);
  return [
    ...new Set(lines.filter(isImport)),
    ...lines.filter((line) => !isImport(line)),
    "def run(input):",
    `    return ${bare}`,
  ].join("\n");
}
