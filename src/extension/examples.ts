/**
 * The text form of examples, as a person types them: one `in => out` a line. Pure; used by the panel's examples box,
 * Transform Selection and command arguments.
 *
 * A side that starts with a double quote and is a whole JSON string is unquoted, so that spaces at the ends, line
 * breaks and the separator itself can be written. Everything else is taken as it stands: numbers stay text.
 */
import { joined, type Said, say } from "../contract/say.ts";
import type { JsonValue } from "../contract/wire.ts";

export interface TextExample {
  readonly input: string;
  readonly output: string;
}

export interface ExampleError {
  /** Counted from 1. */
  readonly line: number;
  /** Names the line. */
  readonly message: Said;
  /** For an example that stands alone. */
  readonly alone: Said;
}

export interface ParsedExamples {
  readonly examples: readonly TextExample[];
  readonly errors: readonly ExampleError[];
}

/** In order of preference: the form with spaces wins, so that `x=>y => z` is what it looks like. */
const separators = [/ => /, /\t/, / → /, /=>/, /→/] as const;
const quotedLeft = /^("(?:[^"\\]|\\.)*")\s*(?:=>|→|\t)/;

/** Text in, examples and the lines that could not be read out. Blank lines and lines starting with `#` are skipped. */
export function parseExamples(text: string): ParsedExamples {
  const examples: TextExample[] = [];
  const errors: ExampleError[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const example = parseLine(line, index + 1);
    if ("alone" in example) errors.push(example);
    else examples.push(example);
  }
  return { examples, errors };
}

/** One line without its surrounding space. */
function parseLine(text: string, line: number): TextExample | ExampleError {
  const sides = splitSides(text);
  if (!sides) {
    const shown = shorten(text);
    return {
      line,
      message: say`Example line ${line} has no "=>" between input and output: ${shown}.`,
      alone: say`This has no "=>" between input and output: ${shown}`,
    };
  }
  const [left, right] = [sides[0].trim(), sides[1].trim()];
  if (left === "")
    return {
      line,
      message: say`Example line ${line} has nothing before "=>"; write "" for an empty input.`,
      alone: say`This has nothing before "=>"; write "" for an empty input`,
    };
  if (right === "")
    return {
      line,
      message: say`Example line ${line} has nothing after "=>"; write "" for an empty output.`,
      alone: say`This has nothing after "=>"; write "" for an empty output`,
    };
  return { input: unquote(left), output: unquote(right) };
}

function splitSides(line: string): readonly [string, string] | undefined {
  const quoted = quotedLeft.exec(line);
  if (quoted?.[1] !== undefined && unquote(quoted[1]) !== quoted[1])
    return [quoted[1], line.slice(quoted[0].length)] as const;
  for (const separator of separators) {
    const found = separator.exec(line);
    if (found) return [line.slice(0, found.index), line.slice(found.index + found[0].length)] as const;
  }
  return undefined;
}

function unquote(side: string): string {
  if (!side.startsWith('"') || !side.endsWith('"')) return side;
  try {
    const value: unknown = JSON.parse(side);
    return typeof value === "string" ? value : side;
  } catch {
    return side; // Not a JSON string: the quotes are part of the text.
  }
}

/** The inverse: `parseExamples(formatExamples(x)).examples` is `x`, for examples of text. */
export function formatExamples(examples: readonly { readonly input: JsonValue; readonly output: JsonValue }[]): string {
  return examples.map(({ input, output }) => `${formatSide(input)} => ${formatSide(output)}`).join("\n");
}

function formatSide(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const plain = text !== "" && text === text.trim() && !/^["#]|[\t\r\n]|=>|→/.test(text);
  return plain ? text : JSON.stringify(text);
}

/** What to tell the person about lines that could not be read. */
export function describeErrors(errors: readonly ExampleError[]): Said {
  return joined(
    errors.map(({ message }) => message),
    " ",
  );
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
