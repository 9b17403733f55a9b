/** Writes an expression as a program that a person would write: `run(input)`, in JavaScript or Python. */
import { freeName, literal } from "../../javascript.ts";
import type { Shape } from "../fields.ts";
import { type Expr, evaluate, type Fields, type Helper, ifOp, operations, snakeCase, type Value } from "./expr.ts";
import { elementNames } from "./names.ts";
import { pyLiteral } from "./python.ts";
import { fieldHelper, readInput, scalarPy } from "./reading.ts";
import { exprCode, type Language } from "./source.ts";

export interface EmitOptions {
  readonly explanation: string;
  /** Fields of the examples: they tell how long lists are, and so what to call their elements. */
  readonly rows: readonly Fields[];
  /** For each field, whether it is null or missing in an example: it is then read as empty text. */
  readonly optional: readonly boolean[];
}

/**
 * The whole source: helpers, a comment, and `run`. Text, numbers and yes/no are read as text; whatever else stands where
 * the examples had text (null, a list, an object) throws a TypeError that begins with "expected".
 */
export function emitProgram(expr: Expr, shape: Shape, language: Language, options: EmitOptions): string {
  const isPython = language === "python";
  const taken = new Set(["input", "text", "text_of", "textOf", "re", "math", "datetime", "part", "word", "letter"]);
  const helpers: Helper[] = operations(expr).flatMap((op) => allNeeded(op.helpers ?? []));
  for (const helper of helpers) taken.add(isPython ? snakeCase(helper.name) : helper.name);
  const called = (name: string): string => {
    const free = freeName(name, taken);
    if (!isPython) return free;
    taken.delete(free);
    const snake = freeSnake(free, taken);
    taken.add(snake);
    return snake;
  };
  const fields = shape.keys
    ? shape.keys.map((key) => called(typeof key === "number" ? `item ${key + 1}` : key))
    : ["text"];
  const context: Context = { language, fields, rows: options.rows, called };
  const body = statements(expr, context, new Map());
  const used = usedFields(expr);
  const lines = fields.flatMap((name, field) => {
    if (!used.has(field)) return [];
    const optional = options.optional[field] ?? false;
    if (!shape.keys) return readInput(name, optional, isPython);
    helpers.push(fieldHelper(options.optional.some(Boolean)));
    const key = shape.keys[field] ?? "";
    const args = `input, ${isPython ? pyLiteral(key) : literal(key)}${optional ? ', ""' : ""}`;
    return isPython ? [`${name} = text_of(${args})`] : [`const ${name} = textOf(${args});`];
  });
  const { explanation } = options;
  const comment = explanation.length > 240 ? `${explanation.slice(0, 239).toWellFormed()}…` : explanation;
  return isPython
    ? pythonSource(helpers, comment, [...lines, ...body])
    : javascriptSource(helpers, comment, [...lines, ...body]);
}

function allNeeded(helpers: readonly Helper[]): Helper[] {
  return helpers.flatMap((helper) => [...allNeeded(helper.needs ?? []), helper]);
}

function freeSnake(name: string, taken: ReadonlySet<string>): string {
  const base = snakeCase(name);
  const reserved =
    /^(?:list|dict|str|int|float|len|min|max|sum|map|filter|sorted|round|type|id|set|date|time|format|range|next|and|or|not|is|in|if|else|for|from|import|def|class|pass|lambda|None|True|False|with|as|try|except|while|global|del|raise|return|yield|assert|async|await|break|continue|elif|finally|nonlocal|hash|object|property|all|any|abs|bin|chr|dir|hex|input|iter|oct|open|ord|pow|print|repr|slice|vars|zip)$/;
  let free = reserved.test(base) ? `${base}_` : base;
  for (let i = 2; taken.has(free); i++) free = `${base}${i}`;
  return free;
}

function javascriptSource(helpers: readonly Helper[], comment: string, body: readonly string[]): string {
  const sources = [...new Map(helpers.map((helper) => [helper.name, helper.js])).values()].filter((js) => js !== "");
  const run = `// ${comment}\nfunction run(input) {\n${body.map((line) => `  ${line}`).join("\n")}\n}`;
  return `${[...sources, run].join("\n\n")}\n`;
}

/** Imports of all helpers come first; `re` and others where the source mentions them. */
function pythonSource(helpers: readonly Helper[], comment: string, body: readonly string[]): string {
  const run = `# ${comment}\ndef run(input):\n${body.map((line) => `    ${line}`).join("\n")}`;
  const sources = [...new Map(helpers.map((helper) => [helper.name, helper.py])).values()].filter((py) => py !== "");
  if (/\btext_of\(/.test(run) && !sources.some((source) => source.startsWith("def text_of(")))
    sources.unshift(scalarPy);
  const lines = sources.map((source) => source.split("\n"));
  const isImport = (line: string): boolean => /^(?:import|from) /.test(line);
  const imports = new Set(lines.flat().filter(isImport));
  const rest = [
    ...lines.map((source) =>
      source
        .filter((line) => !isImport(line))
        .join("\n")
        .trim(),
    ),
    run,
  ];
  for (const name of ["re", "math", "urllib.parse"])
    if (new RegExp(`(?<![\\w.])${name.replace(".", "\\.")}\\.`).test(rest.join("\n"))) imports.add(`import ${name}`);
  const head = imports.size === 0 ? [] : [[...imports].sort().join("\n")];
  return `${[...head, ...rest.filter((source) => source !== "")].join("\n\n\n")}\n`;
}

interface Context {
  readonly language: Language;
  readonly fields: readonly string[];
  readonly rows: readonly Fields[];
  /** A free variable name after these words, which is then taken. */
  readonly called: (words: string) => string;
}

function statements(expr: Expr, context: Context, known: ReadonlyMap<string, string>): string[] {
  const isPython = context.language === "python";
  if (expr.kind === "apply" && expr.op.key === ifOp.key) {
    const [test, yes, no] = expr.args;
    if (!test || !yes || !no) return [];
    // What the test needs, and more than once in all, is known to be evaluated on every way.
    const inTest = keysOf(test);
    const { lines, named } = sharedParts(expr, context, known, (key) => inTest.has(key));
    const condition = exprCode(test, context.fields, named, context.language).bare;
    const then = statements(yes, context, named);
    const head = isPython ? [`if ${condition}:`] : [`if (${condition}) {`];
    const block = [
      ...head,
      ...then.map((line) => (isPython ? `    ${line}` : `  ${line}`)),
      ...(isPython ? [] : ["}"]),
    ];
    const single = !isPython && then.length === 1 && (then[0] ?? "").length + condition.length < 90;
    return [...lines, ...(single ? [`if (${condition}) ${then[0]}`] : block), ...statements(no, context, named)];
  }
  const lazy = lazyKeys(expr);
  const { lines, named } = sharedParts(expr, context, known, (key) => !lazy.has(key));
  const { bare } = exprCode(expr, context.fields, named, context.language);
  return [...lines, isPython ? `return ${bare}` : `return ${bare};`];
}

/** Keys of parts that are only evaluated on some ways, because they stand in a branch. */
function lazyKeys(expr: Expr): ReadonlySet<string> {
  const lazy = new Set<string>();
  const sure = new Set<string>();
  const visit = (node: Expr, branch: boolean): void => {
    (branch ? lazy : sure).add(node.key);
    if (node.kind !== "apply") return;
    for (const [i, arg] of node.args.entries()) visit(arg, branch || (node.op.key === ifOp.key && i > 0));
  };
  visit(expr, false);
  return new Set([...lazy].filter((key) => !sure.has(key)));
}

function keysOf(expr: Expr): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (node: Expr): void => {
    keys.add(node.key);
    if (node.kind === "apply") for (const arg of node.args) visit(arg);
  };
  visit(expr);
  return keys;
}

type Apply = Extract<Expr, { kind: "apply" }>;
const mostDestructured = 5;

/** Variables for the parts that stand in an expression more than once: innermost first. */
function sharedParts(
  expr: Expr,
  context: Context,
  known: ReadonlyMap<string, string>,
  allowed: (key: string) => boolean,
): { lines: string[]; named: Map<string, string> } {
  const uses = new Map<string, number>();
  const users = new Map<string, Apply[]>();
  const inOrder: Apply[] = [];
  const visit = (node: Expr): void => {
    if (node.kind !== "apply" || known.has(node.key)) return;
    for (const arg of node.args) {
      const before = uses.get(arg.key) ?? 0;
      uses.set(arg.key, before + 1);
      users.set(arg.key, [...(users.get(arg.key) ?? []), node]);
      if (before === 0) visit(arg);
    }
    inOrder.push(node);
  };
  visit(expr);
  const named = new Map(known);
  const lines: string[] = [];
  const isPython = context.language === "python";
  for (const node of inOrder) {
    if ((uses.get(node.key) ?? 0) < 2 || !allowed(node.key)) continue;
    const source = exprCode(node, context.fields, named, context.language).bare;
    const takers = users.get(node.key) ?? [];
    const isPicked =
      !isPython &&
      node.op.gives === "list" &&
      takers.every(({ op }) => (op.traits?.pick ?? -1) >= 0 && (op.traits?.pick ?? 0) <= mostDestructured);
    if (isPicked) lines.push(destructured(node, takers, source, context, named));
    else {
      const name = context.called(node.op.name ?? "piece");
      named.set(node.key, name);
      const safe =
        !isPython && /\.match\([^()]*\)$/.test(source) && node.op.gives === "list" ? `${source} ?? []` : source;
      lines.push(isPython ? `${name} = ${source}` : `const ${name} = ${safe};`);
    }
  }
  return { lines, named };
}

/** `const [first, second = ""] = text.split("-");` where several elements of one list are taken. */
function destructured(
  list: Apply,
  takers: readonly Apply[],
  source: string,
  context: Context,
  named: Map<string, string>,
): string {
  const wanted = new Map(takers.map((taker) => [taker.op.traits?.pick ?? 0, taker]));
  const lists = context.rows.map((row) => (evaluate(list, row) ?? []) as Value as readonly string[]);
  const names = elementNames(lists, list.op.traits?.delimiter, list.op.traits?.noun ?? "part");
  const isNullable = source.includes(".match(");
  const slots: string[] = [];
  for (let index = 0; index <= Math.max(...wanted.keys()); index++) {
    const taker = wanted.get(index);
    if (!taker) {
      slots.push("");
      continue;
    }
    const name = context.called(names[index] ?? `part ${index + 1}`);
    named.set(taker.key, name);
    slots.push(index === 0 && !isNullable ? name : `${name} = ""`);
  }
  return `const [${slots.join(", ")}] = ${source}${isNullable ? " ?? []" : ""};`;
}

function usedFields(expr: Expr): ReadonlySet<number> {
  if (expr.kind === "field") return new Set([expr.field]);
  if (expr.kind === "constant") return new Set();
  return new Set(expr.args.flatMap((arg) => [...usedFields(arg)]));
}
