/** Programs of many expressions, plainly written out: for tests of what operations say in JavaScript and Python. */
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

/** Helpers with those that they need, in an order in which they can be declared; throws where two share a name. */
function helpersOf(exprs: readonly Expr[]): Helper[] {
  const found = new Map<string, Helper>();
  const visit = (helper: Helper): void => {
    for (const needed of helper.needs ?? []) visit(needed);
    const known = found.get(helper.name);
    if (known && (known.js !== helper.js || known.py !== helper.py))
      throw new Error(`two helpers are called ${helper.name}`);
    found.set(helper.name, known ?? helper);
  };
  for (const expr of exprs) for (const op of operations(expr)) for (const helper of op.helpers ?? []) visit(helper);
  return [...found.values()];
}

/**
 * A program whose input is the list of fields and whose output is what each expression gives, in a list of its own; what
 * throws as it should gives null, what throws anything else the message.
 */
export function programOfAll(exprs: readonly Expr[], tongue: Tongue): string {
  const helpers = helpersOf(exprs).map((helper) => helper[tongue]);
  const sources = exprs.map((expr) => code(expr, tongue).bare);
  if (tongue === "js")
    return [
      ...helpers,
      "function attempt(give) {",
      "  try {",
      "    return [give()];",
      "  } catch (error) {",
      '    return error instanceof TypeError && error.message.startsWith("expected ") ? null : String(error);',
      "  }",
      "}",
      `function run(input) {\n  return [\n${sources.map((source) => `    attempt(() => (${source})),`).join("\n")}\n  ];\n}`,
    ].join("\n\n");
  const lines = helpers.join("\n\n").split("\n");
  const isImport = (line: string): boolean => /^(?:import|from) /.test(line);
  return [
    ...new Set(lines.filter(isImport)),
    ...lines.filter((line) => !isImport(line)),
    "def attempt(give):",
    "    try:",
    "        return [give()]",
    "    except TypeError as error:",
    '        return None if str(error).startswith("expected ") else repr(error)',
    "    except Exception as error:",
    "        return repr(error)",
    "def run(input):",
    "    return [",
    ...sources.map((source) => `        attempt(lambda: ${source}),`),
    "    ]",
  ].join("\n");
}

/** A program of one expression whose input is the list of fields. */
export function programOf(expr: Expr, tongue: Tongue): string {
  const helpers = helpersOf([expr]).map((helper) => helper[tongue]);
  const { bare } = code(expr, tongue);
  if (tongue === "js") return [...helpers, `function run(input) {\n  return ${bare};\n}`].join("\n\n");
  const lines = helpers.join("\n\n").split("\n");
  const isImport = (line: string): boolean => /^(?:import|from) /.test(line);
  const run = ["def run(input):", `    return ${bare}`];
  return [...new Set(lines.filter(isImport)), ...lines.filter((line) => !isImport(line)), ...run].join("\n");
}
