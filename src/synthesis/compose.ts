/** A program for records of outputs, put together from a program for each field. */
import { propertyKey } from "./javascript.ts";
import { pyQuote } from "./transform/language/python.ts";
import type { Language } from "./transform/language/source.ts";

export interface FieldProgram {
  readonly key: string;
  /** Defines `run(input)`. */
  readonly code: string;
}

const indented = (code: string, by: string): string =>
  code
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : by + line))
    .join("\n");

/** Each program keeps its helpers to itself: two may have the same names for different things. */
export function composed(fields: readonly FieldProgram[], language: Language): string {
  return language === "python" ? composedPython(fields) : composedJavascript(fields);
}

function composedJavascript(fields: readonly FieldProgram[]): string {
  const makers = fields.map(
    ({ key, code }) => `  ${propertyKey(key)}: (() => {\n${indented(code, "    ")}\n    return run;\n  })(),`,
  );
  return [
    `// One program for each field of the output: ${fields.map(({ key }) => key).join(", ")}.`,
    `const fields = {\n${makers.join("\n")}\n};`,
    "",
    "function run(input) {",
    "  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field(input)]));",
    "}",
    "",
  ].join("\n");
}

function composedPython(fields: readonly FieldProgram[]): string {
  const makers = fields.map(({ code }, i) => `def make_field${i + 1}():\n${indented(code, "    ")}\n    return run`);
  const entries = fields.map(({ key }, i) => `    ${pyQuote(key)}: make_field${i + 1}(),`);
  return [
    ...makers.map((maker) => `${maker}\n\n`),
    `# One program for each field of the output: ${fields.map(({ key }) => key).join(", ")}.`,
    `fields = {\n${entries.join("\n")}\n}`,
    "",
    "",
    "def run(input):",
    "    return {key: field(input) for key, field in fields.items()}",
    "",
  ].join("\n");
}
