/** Reading the formats that stand in cells: fields of a CSV line with quotes, values of a JSON object. */
import { quote } from "../../javascript.ts";
import type { Helper, Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import type { Lister } from "./list-ops.ts";

const csvHelper: Helper = {
  name: "csvFields",
  js: [
    "/** The fields of a line; one in quotes may hold commas, and a quote in it is written twice. */",
    "function csvFields(line) {",
    '  return (line.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []).map((field) => {',
    '    const text = field.replace(/^,/, "");',
    "    return text.startsWith('\"') ? text.slice(1, -1).replaceAll('\"\"', '\"') : text;",
    "  });",
    "}",
  ].join("\n"),
  py: ["import csv", "def csv_fields(line):", "    return next(csv.reader([line]), [])"].join("\n"),
};

function csvFields(line: string): string[] {
  return (line.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []).map((field) => {
    const text = field.replace(/^,/, "");
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  });
}

/** For lines of which some have a field in quotes with a comma in it. */
export function csvLister(texts: readonly string[]): Lister[] {
  if (!texts.some((text) => /(?:^|,)"[^"]*,[^"]*"(?:,|$)/.test(text))) return [];
  const op: Op = {
    ...{ key: "csv", gives: "list", cost: 1.3, name: "fields", helpers: [csvHelper] },
    apply: csvFields,
    js: (line) => `csvFields(${line?.bare})`,
    py: (line) => `csv_fields(${line?.bare})`,
    say: (what) => `the fields of ${what}`,
    traits: { noun: "field" },
  };
  return [{ op, cut: csvFields, nullable: false, noun: "field" }];
}

const jsonHelper: Helper = {
  name: "jsonValue",
  js: [
    "function jsonValue(text, key) {",
    "  let value;",
    "  try {",
    "    value = JSON.parse(text)?.[key];",
    "  } catch {",
    '    throw new TypeError("expected JSON");',
    "  }",
    '  return typeof value === "string" ? value : JSON.stringify(value ?? "");',
    "}",
  ].join("\n"),
  py: [
    "import json",
    "def json_value(text, key):",
    "    try:",
    "        record = json.loads(text)",
    "    except ValueError:",
    '        raise TypeError("expected JSON")',
    '    value = record.get(key, "") if isinstance(record, dict) else ""',
    '    return value if isinstance(value, str) else "" if value is None else json.dumps(value, separators=(",", ":"), ensure_ascii=False)',
  ].join("\n"),
};

function jsonValue(text: string, key: string): string | undefined {
  try {
    const record = JSON.parse(text) as unknown;
    const isRecord = record !== null && typeof record === "object" && !Array.isArray(record);
    const value = isRecord && Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : "";
    return typeof value === "string" ? value : JSON.stringify(value ?? "");
  } catch {
    return undefined;
  }
}

const mostKeys = 20;

/** For texts that are all JSON objects: the value of each key that some have. */
export function jsonOps(texts: readonly string[]): Op[] {
  const keys = new Set<string>();
  for (const text of texts) {
    if (!/^\s*\{/.test(text) || text.length > 20_000) return [];
    try {
      for (const key of Object.keys(JSON.parse(text) as object)) if (key !== "__proto__") keys.add(key);
    } catch {
      return [];
    }
  }
  return [...keys].slice(0, mostKeys).map((key) => ({
    ...{ key: `json ${key}`, gives: "text" as const, cost: 1.2, helpers: [jsonHelper] },
    apply: (text: string) => jsonValue(text, key),
    js: (text) => `jsonValue(${text?.bare}, ${quote(key)})`,
    py: (text) => `json_value(${text?.bare}, ${pyQuote(key)})`,
    say: (what) => `the value of ${quote(key)} in ${what}`,
  }));
}
