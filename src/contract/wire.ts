/**
 * One schema for both spellings of a thing: snake_case on the wire, camelCase in code.
 *
 * `request` and `answer` take a shape with camelCase keys and give a zod codec: `z.decode(schema, json)` validates a
 * wire object and renames its keys; `z.encode(schema, value)` goes back. Only the keys named in a shape are renamed,
 * so a person's own data (`JsonValue` fields) crosses untouched. OpenAPI is read from the same schemas.
 */
import { z } from "zod";

type SnakeKey<K> = K extends `${infer Head}${infer Tail}`
  ? Tail extends Uncapitalize<Tail>
    ? `${Lowercase<Head>}${SnakeKey<Tail>}`
    : `${Lowercase<Head>}_${SnakeKey<Tail>}`
  : K;
type SnakeKeys<T> = { [K in keyof T as SnakeKey<K>]: T[K] };

/** A schema whose code form is `Code` and whose wire form is `Wire`. */
export type WireSchema<Code, Wire = unknown> = z.ZodType<Code, Wire>;
type Shape = Readonly<Record<string, z.ZodType>>;
type CodeOf<S extends Shape> = z.output<z.ZodObject<S>>;
type WireOf<S extends Shape> = SnakeKeys<z.input<z.ZodObject<S>>>;

/** Any value JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A JSON value of the person's own, of any form: never renamed, never reshaped. `undefined` (a missing key) is refused. */
export const jsonValue = z
  .custom<JsonValue>((value) => value !== undefined, { error: "is missing; any JSON value will do" })
  .meta({ description: "any JSON value" });

/** `latencyTargetMs` → `latency_target_ms`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function renamer(pairs: ReadonlyArray<readonly [from: string, to: string]>) {
  return (value: Record<string, unknown>): Record<string, unknown> => {
    const renamed: Record<string, unknown> = {};
    for (const [from, to] of pairs) if (value[from] !== undefined) renamed[to] = value[from];
    return renamed;
  };
}

function codec<S extends Shape>(
  shape: S,
  object: (shape: Record<string, z.ZodType>) => z.ZodType,
): WireSchema<CodeOf<S>, WireOf<S>> {
  const names = Object.keys(shape).map((name) => [snakeCase(name), name] as const);
  const wireShape = Object.fromEntries(names.map(([wire, code]) => [wire, shape[code] as z.ZodType]));
  const toCode = renamer(names);
  const toWire = renamer(names.map(([wire, code]) => [code, wire] as const));
  return z.codec(
    object(wireShape) as z.ZodType<Record<string, unknown>, unknown>,
    z.custom<Record<string, unknown>>(),
    {
      decode: toCode,
      encode: toWire as never,
    },
  ) as unknown as WireSchema<CodeOf<S>, WireOf<S>>;
}

/** What a caller sends: unknown keys are refused, so that a typing mistake is told instead of ignored. */
export function request<S extends Shape>(shape: S): WireSchema<CodeOf<S>, WireOf<S>> {
  return codec(shape, z.strictObject);
}

/** What the backend answers: unknown keys are dropped, so that an older client reads a newer server. */
export function answer<S extends Shape>(shape: S): WireSchema<CodeOf<S>, WireOf<S>> {
  return codec(shape, z.object);
}
