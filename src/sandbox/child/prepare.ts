/**
 * Reads a program before it runs: types stripped, syntax checked, and its form decided.
 *
 * `pure`: the top level holds only functions and immutable constants, so it is evaluated once, deep-frozen, and shared
 * by all calls. `fresh`: anything else; the whole source is evaluated again for every call, so that what it keeps at
 * module level is new each time. Pure form is only a faster fresh form: it runs as strict code, where every attempt to
 * keep state throws, and the engine goes back to fresh when it does. What would tell the two apart without throwing
 * (`this`, `arguments`, `eval`, `Reflect`, asking whether an object is frozen) makes a program fresh here.
 */
import { stripTypeScriptTypes } from "node:module";
import { type AnyNode, type Expression, type ObjectPattern, type Pattern, parse, type Program as Syntax } from "acorn";
import { full } from "acorn-walk";
import type { ProgramSource } from "./protocol.ts";

export interface Prepared {
  readonly code: string;
  readonly form: "pure" | "fresh";
  /** Names declared at the top level; complete for the pure form only. */
  readonly names: readonly string[];
  /** Whether it might get hold of RegExp.prototype, and so could change it. */
  readonly reachesRegExp: boolean;
  /** Whether a call might leave something to do after it has returned. */
  readonly mayDefer: boolean;
}

const tooDeep = "The program nests too deeply.";
/** Brackets in brackets; Node's type stripper breaks at some 1,500. */
const maxNesting = 500;

/**
 * Node's type stripper, which is WebAssembly, met a program too deep for its stack, and will refuse every other from now
 * on: the process must end. The message is what that program is to be told.
 */
export class StripperBroken extends Error {
  override readonly name = "StripperBroken";

  constructor() {
    super(tooDeep);
  }
}

export const noRun = 'The program defines no function named "run": write "function run(input) { return …; }".';

/** The program ready for an engine, or a sentence that says why it can never run. @throws StripperBroken */
export function prepare(source: ProgramSource): Prepared | string {
  let code = source.code;
  if (source.language === "python") return "The program is Python: this engine runs JavaScript.";
  try {
    if (source.language === "typescript" && nestsDeeply(code)) return tooDeep;
    if (source.language === "typescript") code = stripTypeScriptTypes(code);
  } catch (error) {
    if (!isSyntaxError(error)) throw new StripperBroken();
    return `The program is not valid TypeScript: ${reason(error)}.`;
  }
  try {
    // Strict first: most programs are, and need not be parsed twice.
    const strict = parsed(`"use strict";${code}`);
    const syntax = strict ?? parseScript(code);
    if (!declaresRun(syntax)) return noRun;
    const names = strict === null ? null : pureNames(syntax);
    if (names === null) return { code, form: "fresh", names: [], reachesRegExp: true, mayDefer: true };
    return { code, form: "pure", names, ...reaches(syntax) };
  } catch (error) {
    const hint = /'import' and 'export'/.test(reason(error))
      ? " (a program is a script: leave import and export out)"
      : "";
    return `The program is not valid JavaScript: ${reason(error)}${hint}.`;
  }
}

function isSyntaxError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^ERR_(INVALID|UNSUPPORTED)_TYPESCRIPT/.test(String(error.code));
}

/** Counts without reading strings and comments: what is in them hardly ever nests so deeply by chance. */
function nestsDeeply(code: string): boolean {
  let depth = 0;
  for (const [bracket] of code.matchAll(/[([{}\])]/g)) {
    if ("([{".includes(bracket)) depth++;
    else if (depth > 0) depth--;
    if (depth > maxNesting) return true;
  }
  return false;
}

function parseScript(code: string): Syntax {
  return parse(code, { ecmaVersion: "latest", sourceType: "script", allowHashBang: false });
}

function parsed(code: string): Syntax | null {
  try {
    return parseScript(code);
  } catch {
    return null;
  }
}

/** "Unexpected token (2:5)" becomes "Unexpected token at line 2, column 6". */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = message.replace(
    /\s*\((\d+):(\d+)\)$/,
    (_, line, column) => ` at line ${line}, column ${Number(column) + 1}`,
  );
  return text.trim().replace(/\.$/, "").slice(0, 500);
}

function declaresRun(syntax: Syntax): boolean {
  return syntax.body.some(
    (node) =>
      (node.type === "FunctionDeclaration" && node.id.name === "run") ||
      (node.type === "VariableDeclaration" && node.declarations.some(({ id }) => patternNames(id).includes("run"))),
  );
}

function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => patternNames(p.type === "RestElement" ? p.argument : p.value));
    case "ArrayPattern":
      return pattern.elements.flatMap((p) => (p === null ? [] : patternNames(p)));
    case "RestElement":
      return patternNames(pattern.argument);
    case "AssignmentPattern":
      return patternNames(pattern.left);
    default:
      return [];
  }
}

/** The names declared at the top level of a pure program; null where it is not pure. */
function pureNames(syntax: Syntax): string[] | null {
  const names: string[] = [];
  for (const node of syntax.body) {
    if (node.type === "EmptyStatement") continue;
    if (node.type === "ExpressionStatement" && "directive" in node && node.directive !== undefined) continue;
    if (node.type === "FunctionDeclaration") {
      names.push(node.id.name);
    } else if (node.type === "VariableDeclaration" && node.kind === "const") {
      for (const { id, init } of node.declarations) {
        if (id.type !== "Identifier" || !init || !isConstant(init, names)) return null;
        names.push(id.name);
      }
    } else return null;
  }
  return keepsToItself(syntax, new Set(names)) ? names : null;
}

const telltales = new Set([
  ...["eval", "arguments", "Reflect", "isFrozen", "isSealed", "isExtensible", "caller", "callee", "globalThis"],
  ...["Function", "constructor"],
]);

/**
 * Whether nothing in the program assigns a top-level name or could tell the pure form from the fresh one. A function
 * declared in a block is seen outside of it in sloppy code only.
 */
function keepsToItself(syntax: Syntax, names: ReadonlySet<string>): boolean {
  let pure = true;
  /** Blocks in which a function is declared, without the bodies of functions. */
  const blocks = new Set<AnyNode>();
  const assigned = (pattern: Pattern) =>
    changes(pattern, names) || patternNames(pattern).some((name) => names.has(name));
  full(syntax, (node: AnyNode | { type: "none" }) => {
    switch (node.type) {
      case "ThisExpression":
      case "WithStatement":
      case "TaggedTemplateExpression":
        pure = false;
        break;
      case "BlockStatement":
        if (node.body.some(({ type }) => type === "FunctionDeclaration")) blocks.add(node);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        blocks.delete(node.body); // A function is walked after its body.
        break;
      case "SwitchCase":
        if (node.consequent.some(({ type }) => type === "FunctionDeclaration")) pure = false;
        break;
      case "IfStatement":
        if ([node.consequent, node.alternate].some((branch) => branch?.type === "FunctionDeclaration")) pure = false;
        break;
      case "LabeledStatement":
        if (node.body.type === "FunctionDeclaration") pure = false;
        break;
      case "Identifier":
        if (telltales.has(node.name)) pure = false;
        break;
      case "Literal":
        if (typeof node.value === "string" && telltales.has(node.value)) pure = false;
        break;
      case "ObjectPattern":
        if (readsProperty(node, telltales)) pure = false;
        break;
      case "MemberExpression":
        if (node.property.type === "Identifier" && telltales.has(node.property.name)) pure = false;
        break;
      case "AssignmentExpression":
        if (assigned(node.left)) pure = false;
        break;
      case "UpdateExpression":
        if (node.argument.type === "Identifier" && names.has(node.argument.name)) pure = false;
        if (changes(node.argument, names)) pure = false;
        break;
      case "UnaryExpression":
        if (node.operator === "delete" && changes(node.argument, names)) pure = false;
        break;
      case "ForInStatement":
      case "ForOfStatement":
        if (node.left.type !== "VariableDeclaration" && assigned(node.left)) pure = false;
        break;
    }
  });
  return pure && blocks.size === 0;
}

/** Whether it is a part (`name.part`, `name[0].part`) of a value at the top level. */
function changes(target: AnyNode, names: ReadonlySet<string>): boolean {
  if (target.type !== "MemberExpression") return false;
  let root: AnyNode = target;
  while (root.type === "MemberExpression") root = root.object;
  return root.type === "Identifier" && names.has(root.name);
}

/** Names by which a prototype, or RegExp itself, can be had; those of `telltales` are out of a pure program anyway. */
const waysToPrototypes = new Set([
  ...["RegExp", "prototype", "__proto__", "compile", "getPrototypeOf", "setPrototypeOf", "Proxy"],
  ...["getOwnPropertyDescriptor", "getOwnPropertyDescriptors", "__lookupGetter__", "__lookupSetter__"],
]);

/**
 * What a pure program might get hold of. RegExp.prototype: by a name that leads to prototypes, or by a property whose name
 * is only known when it runs (`x[key]` with a key that may be anything but a number). A promise, and so a way to do
 * something after the call: by name, `import()` or an async function; `Array.fromAsync`, the way without a word, is locked
 * away.
 */
function reaches(syntax: Syntax): Pick<Prepared, "reachesRegExp" | "mayDefer"> {
  let reachesRegExp = false;
  let mayDefer = false;
  full(syntax, (node: AnyNode | { type: "none" }) => {
    switch (node.type) {
      case "Identifier":
        if (waysToPrototypes.has(node.name)) reachesRegExp = true;
        if (node.name === "Promise") mayDefer = true;
        break;
      case "ImportExpression":
        mayDefer = true;
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        if (node.async) mayDefer = true;
        break;
      case "Literal":
        if (typeof node.value === "string" && waysToPrototypes.has(node.value)) reachesRegExp = true;
        break;
      case "MemberExpression":
        if (node.property.type === "PrivateIdentifier") break;
        if (!node.computed && node.property.type === "Identifier" && waysToPrototypes.has(node.property.name))
          reachesRegExp = true;
        if (node.computed && !isNumberOrName(node.property)) reachesRegExp = true;
        break;
      case "ObjectPattern":
        if (readsProperty(node, waysToPrototypes)) reachesRegExp = true;
        break;
      case "Property":
        if (isProto(node.key)) reachesRegExp = true;
        break;
    }
  });
  return { reachesRegExp, mayDefer };
}

/** Whether a pattern (`{ name: x }`) takes one of these properties out of a value, or one whose name is computed. */
function readsProperty(pattern: ObjectPattern, names: ReadonlySet<string>): boolean {
  return pattern.properties.some(
    (p) =>
      p.type === "Property" &&
      (p.computed ||
        (p.key.type === "Identifier" && names.has(p.key.name)) ||
        (p.key.type === "Literal" && names.has(String(p.key.value)))),
  );
}

/** A key that is certain to be a number, or a text that stands in the program (which is looked at by itself). */
function isNumberOrName(key: Expression): boolean {
  switch (key.type) {
    case "Literal":
      return typeof key.value === "string" || typeof key.value === "number";
    case "UnaryExpression":
      return key.operator === "-" || key.operator === "+";
    case "BinaryExpression":
      return ["-", "*", "/", "%", "|", "&", ">>", ">>>", "<<"].includes(key.operator);
    case "UpdateExpression":
      return true;
    default:
      return false;
  }
}

/** Whether evaluating this has no effect and gives the same, freezable value every time. */
function isConstant(node: Expression, names: readonly string[]): boolean {
  const constant = (inner: Expression) => isConstant(inner, names);
  switch (node.type) {
    case "Literal":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return true;
    case "Identifier":
      return names.includes(node.name) || node.name === "undefined" || node.name === "NaN" || node.name === "Infinity";
    case "TemplateLiteral":
      return node.expressions.length === 0;
    case "UnaryExpression":
      return node.operator !== "delete" && constant(node.argument);
    case "BinaryExpression":
      return node.left.type !== "PrivateIdentifier" && constant(node.left) && constant(node.right);
    case "LogicalExpression":
      return constant(node.left) && constant(node.right);
    case "ConditionalExpression":
      return constant(node.test) && constant(node.consequent) && constant(node.alternate);
    case "ParenthesizedExpression":
      return constant(node.expression);
    case "ArrayExpression":
      // An empty one is there to be filled.
      return (
        node.elements.length > 0 && node.elements.every((e) => e !== null && e.type !== "SpreadElement" && constant(e))
      );
    case "ObjectExpression":
      return (
        node.properties.length > 0 &&
        node.properties.every(
          (p) => p.type === "Property" && p.kind === "init" && !p.computed && !isProto(p.key) && constant(p.value),
        )
      );
    case "CallExpression":
      // "a b c".split(" ")
      return (
        node.callee.type === "MemberExpression" &&
        !node.callee.computed &&
        node.callee.object.type === "Literal" &&
        typeof node.callee.object.value === "string" &&
        node.callee.property.type === "Identifier" &&
        node.callee.property.name === "split" &&
        node.arguments.every((a) => a.type === "Literal")
      );
    default:
      return false;
  }
}

function isProto(key: Expression | { type: "PrivateIdentifier" }): boolean {
  return (
    (key.type === "Identifier" && key.name === "__proto__") || (key.type === "Literal" && key.value === "__proto__")
  );
}
