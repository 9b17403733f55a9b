/** How a program reads its input: the text itself, or a field of a record. */
import type { Helper } from "./expr.ts";

/** Statements that give the only field its variable. */
export function readInput(name: string, optional: boolean, isPython: boolean): string[] {
  if (isPython)
    return optional
      ? [
          "if isinstance(input, (list, dict)):",
          '    raise TypeError("expected text")',
          `${name} = "" if input is None else text_of(input)`,
        ]
      : [`${name} = text_of(input)`];
  return optional
    ? [
        `if (typeof (input ?? "") === "object") throw new TypeError("expected text");`,
        `const ${name} = String(input ?? "");`,
      ]
    : [`if (typeof input === "object") throw new TypeError("expected text");`, `const ${name} = String(input);`];
}

/** Python's way to read a text, a number or yes/no as text. */
export const scalarPy = [
  "def text_of(value):",
  "    if isinstance(value, bool):",
  '        return "true" if value else "false"',
  "    if isinstance(value, float) and value.is_integer():",
  "        return str(int(value))",
  "    if isinstance(value, (str, int, float)):",
  "        return str(value)",
  '    raise TypeError("expected text")',
].join("\n");

/** Reads a field of a record as text; with `optional`, a third argument stands for what is null or missing. */
export const fieldHelper = (optional: boolean): Helper => ({
  name: "textOf",
  js: [
    `function textOf(record, key${optional ? ", missing" : ""}) {`,
    `  const value = ${optional ? '(typeof record === "object" ? record?.[key] : undefined) ?? missing' : 'typeof record === "object" ? record?.[key] : undefined'};`,
    '  if (["string", "number", "boolean"].includes(typeof value)) return String(value);',
    `  throw new TypeError(\`expected text in \${JSON.stringify(key)}\`);`,
    "}",
  ].join("\n"),
  py: [
    `def text_of(record, key${optional ? ", missing=None" : ""}):`,
    "    known = key < len(record) if isinstance(record, list) else key in record if isinstance(record, dict) else False",
    `    value = record[key] if known else None`,
    ...(optional ? ["    value = missing if value is None else value"] : []),
    "    if isinstance(value, bool):",
    '        return "true" if value else "false"',
    "    if isinstance(value, float) and value.is_integer():",
    "        return str(int(value))",
    "    if isinstance(value, (str, int, float)):",
    "        return str(value)",
    '    raise TypeError(f"expected text in {key!r}")',
  ].join("\n"),
});
