/**
 * Reads SyGuS problems given by examples (SyGuS-IF 2.1, the PBE tracks): s-expressions, of which the constraints that
 * say what the function gives for constants are examples. Grammar, logic and all else is left aside.
 */
import type { Example } from "../../../src/contract/tasks.ts";
import type { JsonValue } from "../../../src/contract/wire.ts";

/** A symbol or numeral as written, a text, or a list. */
type Expression = string | { readonly text: string } | readonly Expression[];

/**
 * The examples of the file's first function, each once: one argument is the input itself, several are a list.
 * A constraint that says anything else (variables, inequalities) is no example.
 * @throws SyntaxError where brackets or quotes are not closed
 */
export function readSygus(source: string): Example[] {
  const commands = parseExpressions(source);
  const name = commands.map((command) => argument(command, "synth-fun", 0)).find((symbol) => symbol !== undefined);
  const examples = new Map<string, Example>();
  const add = (input: JsonValue | undefined, output: JsonValue | undefined): void => {
    if (input === undefined || output === undefined) return;
    const example = { input, output };
    examples.set(JSON.stringify(example), example);
  };
  const take = (constraint: Expression | undefined): void => {
    if (!isList(constraint)) return;
    const [head, ...rest] = constraint;
    if (head === "and") for (const part of rest) take(part);
    else if (head === "=" && rest.length === 2) {
      const [left, right] = rest;
      add(inputOf(left, name), constantOf(right));
      add(inputOf(right, name), constantOf(left));
    } else if (head === "not") add(inputOf(rest[0], name), false);
    else add(inputOf(constraint, name), true);
  };
  for (const command of commands) take(argument(command, "constraint", 0));
  return [...examples.values()];
}

const isList = (expression: Expression | undefined): expression is readonly Expression[] => Array.isArray(expression);

/** The argument at `index` of a list that begins with `head`. */
function argument(expression: Expression, head: string, index: number): Expression | undefined {
  return isList(expression) && expression[0] === head ? expression[index + 1] : undefined;
}

/** The input of an application of `name` to constants. */
function inputOf(expression: Expression | undefined, name: Expression | undefined): JsonValue | undefined {
  if (!isList(expression) || expression.length < 2 || typeof name !== "string" || expression[0] !== name)
    return undefined;
  const values = expression.slice(1).map(constantOf);
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  return known.length === 1 ? known[0] : known;
}

/** A constant of sort String, Int or Bool. */
function constantOf(expression: Expression | undefined): JsonValue | undefined {
  if (expression === undefined) return undefined;
  if (typeof expression === "string") {
    if (/^-?\d+$/.test(expression)) return Number(expression);
    return expression === "true" ? true : expression === "false" ? false : undefined;
  }
  if (!isList(expression)) return expression.text;
  const [head, value] = expression;
  const isNegative = expression.length === 2 && head === "-" && typeof value === "string" && /^\d+$/.test(value);
  // Not `-0`, which is not the number 0 once written as JSON.
  return isNegative ? 0 - Number(value) : undefined;
}

const tokenPattern =
  /\s+|;[^\n]*|(?<bracket>[()])|"(?<text>[^"]*(?:""[^"]*)*)"|\|(?<quoted>[^|]*)\||(?<symbol>[^\s()";|]+)|(?<odd>.)/gsu;

function parseExpressions(source: string): readonly Expression[] {
  const top: Expression[] = [];
  const open: Expression[][] = [top];
  for (const { groups = {}, index } of source.matchAll(tokenPattern)) {
    const { bracket, text, quoted, symbol, odd } = groups;
    const line = () => source.slice(0, index).split("\n").length;
    const current = open.at(-1) ?? top;
    if (odd !== undefined) throw new SyntaxError(`line ${line()}: a ${odd} that is not closed`);
    if (bracket === "(") {
      const list: Expression[] = [];
      current.push(list);
      open.push(list);
    } else if (bracket === ")") {
      if (open.length === 1) throw new SyntaxError(`line ${line()}: a ) too many`);
      open.pop();
    } else if (text !== undefined) current.push({ text: text.replaceAll('""', '"') });
    else if (quoted !== undefined || symbol !== undefined) current.push(quoted ?? symbol ?? "");
  }
  if (open.length > 1) throw new SyntaxError(`${open.length - 1} brackets are not closed at the end`);
  return top;
}
