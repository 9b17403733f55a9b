/** Inputs as named fields, each of one kind: free text, a category (a few short values that repeat) or a number. */
import type { JsonValue } from "../../contract/wire.ts";

export type FieldKind = "text" | "category" | "number";

export interface Field {
  /** Its key in a record or position in a list; absent where the input is itself the only field. */
  readonly key?: string | number;
  /** As an explanation names it: `the text`, `"subject"`, `item 2`. */
  readonly title: string;
  readonly kind: FieldKind;
}

const maxFields = 40;
const maxCategories = 50;
const maxCategoryLength = 40;
/** A category's values repeat: there are at most this many for each row. */
const categoriesPerRow = 0.34;

/** Numbers as people and programs write them, without exponents. */
const numeric = /^\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$/;

type Scalar = string | number | boolean | null;

const isScalar = (value: JsonValue | undefined): value is Scalar | undefined =>
  value === undefined || value === null || typeof value !== "object";

/** The fields all inputs share; undefined where they differ in kind or hold nested values. */
export function fieldsOf(inputs: readonly JsonValue[]): readonly Field[] | undefined {
  if (inputs.every((input) => isScalar(input))) {
    const kind = kindOf(
      inputs.filter((input) => isScalar(input)),
      false,
    );
    return [{ title: kind === "number" ? "the number" : "the text", kind }];
  }
  const keys = keysOf(inputs);
  return keys?.map((key) => {
    const values = inputs.map((input) => valueAt(input, key));
    return {
      key,
      title: typeof key === "number" ? `item ${key + 1}` : JSON.stringify(key),
      kind: kindOf(values, true),
    };
  });
}

function keysOf(inputs: readonly JsonValue[]): readonly (string | number)[] | undefined {
  const lists = inputs.every((input) => Array.isArray(input));
  const keys = new Set<string>();
  for (const input of inputs) {
    if (input === null || typeof input !== "object" || Array.isArray(input) !== lists) return undefined;
    for (const [key, value] of Object.entries(input)) {
      if (!isScalar(value)) return undefined;
      keys.add(key);
      if (keys.size > maxFields) return undefined;
    }
  }
  if (keys.size === 0) return undefined;
  return lists ? [...keys].map(Number).sort((a, b) => a - b) : [...keys];
}

function kindOf(values: readonly (Scalar | undefined)[], inRecord: boolean): FieldKind {
  const said = values.filter((value) => value !== undefined && value !== null && value !== "");
  if (said.length > 0 && said.every((value) => numberOf(value) !== undefined)) return "number";
  const distinct = new Set(said.map(String));
  const few = distinct.size <= Math.min(maxCategories, said.length * categoriesPerRow);
  return inRecord && few && [...distinct].every((value) => value.length <= maxCategoryLength) ? "category" : "text";
}

/** A field's value; undefined where the input lacks it. */
export function fieldValue(input: JsonValue, { key }: Field): Scalar | undefined {
  const value = key === undefined ? input : valueAt(input, key);
  return isScalar(value) ? value : undefined;
}

function valueAt(input: JsonValue, key: string | number): Scalar | undefined {
  if (input === null || typeof input !== "object") return undefined;
  const values = input as Readonly<Record<string | number, JsonValue | undefined>>;
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  return isScalar(value) ? value : undefined;
}

/** As the program reads it: nothing is empty text. */
export function textOf(value: Scalar | undefined): string {
  return value === undefined || value === null ? "" : String(value);
}

/** The number a value is, or writes; undefined for anything else. */
export function numberOf(value: Scalar | undefined): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "string" && numeric.test(value) ? Number(value) : undefined;
}
