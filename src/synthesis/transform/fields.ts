/** An input seen as fields of text: a text is one field, a flat list or object has one for each of its values. */
import type { JsonValue } from "../../contract/wire.ts";

export interface Shape {
  /** Keys of the fields: names of an object, positions of a list; absent where the input is itself the only field. */
  readonly keys?: readonly (string | number)[];
  readonly labels: readonly string[];
}

const maxFields = 40;

const isScalar = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || typeof value !== "object";
const asText = (value: JsonValue | undefined): string => (value === undefined || value === null ? "" : String(value));

/** The shape that all inputs share; undefined where they differ in kind or hold nested values. */
export function shapeOf(inputs: readonly JsonValue[]): Shape | undefined {
  if (inputs.every(isScalar)) return { labels: ["the text"] };
  if (inputs.every((input) => Array.isArray(input))) {
    const width = inputs.reduce((most, input) => Math.max(most, input.length), 0);
    if (width === 0 || width > maxFields || !inputs.every((input) => input.every(isScalar))) return undefined;
    const keys = Array.from({ length: width }, (_, i) => i);
    return { keys: keys, labels: keys.map((i) => `item ${i + 1}`) };
  }
  const keys = new Set<string>();
  for (const input of inputs) {
    if (input === null || typeof input !== "object" || Array.isArray(input)) return undefined;
    for (const [key, value] of Object.entries(input)) {
      if (!isScalar(value)) return undefined;
      keys.add(key);
      if (keys.size > maxFields) return undefined;
    }
  }
  if (keys.size === 0) return undefined;
  return { keys: [...keys], labels: [...keys].map((key) => JSON.stringify(key)) };
}

/** An input's fields as the emitted program reads them. */
export function fieldsOf(input: JsonValue, shape: Shape): string[] {
  if (!shape.keys) return [asText(input)];
  if (input === null || typeof input !== "object") return shape.keys.map(() => "");
  const values = input as Readonly<Record<string | number, JsonValue | undefined>>;
  return shape.keys.map((key) => (Object.hasOwn(values, key) ? asText(values[key]) : ""));
}

/** Whether an input has null, or nothing, where the field would be. */
export function isMissing(input: JsonValue, shape: Shape, field: number): boolean {
  const key = shape.keys?.[field];
  if (key === undefined) return input === null;
  if (input === null || typeof input !== "object") return true;
  const values = input as Readonly<Record<string | number, JsonValue | undefined>>;
  return !Object.hasOwn(values, key) || (values[key] ?? null) === null;
}
