/** What JSON lines and the elements of a JSON array have in common: a row is a value, the output becomes a field of it. */
import { say } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { type FileRow, type RowFile, textOf } from "./format.ts";
import { setField } from "./json-field.ts";

/** A row of JSON text; broken where it is none. */
export function jsonRow(line: number, raw: string, ending: string): FileRow {
  if (raw.trim() === "") return { line, raw, ending, state: "blank", value: null };
  try {
    return { line, raw, ending, state: "row", value: JSON.parse(raw) as JsonValue };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { line, raw, ending, state: "broken", reason: say`not JSON: ${why}`, value: null };
  }
}

/** The fields of the first rows, in the order they appear. */
export function fieldNames(rows: readonly FileRow[]): string[] {
  const names = new Set<string>();
  for (const { state, value } of rows)
    if (state === "row" && isObject(value)) for (const name of Object.keys(value)) names.add(name);
  return [...names];
}

/** The part of a `RowFile` that is the same for both. */
export function jsonRows(columns: readonly string[]): Pick<RowFile, "get" | "put" | "keep" | "cells"> {
  const field = (value: JsonValue, column: string): JsonValue | undefined =>
    isObject(value) && Object.hasOwn(value, column) ? value[column] : undefined;
  return {
    get: (row, column) => (column === undefined ? row.value : field(row.value, column)),
    put: (row, column, output) =>
      column !== undefined && isObject(row.value)
        ? setField(row.raw, column, JSON.stringify(output))
        : JSON.stringify(output),
    keep: (row) => row.raw,
    cells(raw) {
      const { state, value } = jsonRow(0, raw, "");
      if (state !== "row" || columns.length === 0 || !isObject(value)) return [raw];
      return columns.map((column) => {
        const cell = field(value, column);
        return cell === undefined ? "" : textOf(cell);
      });
    },
  };
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
