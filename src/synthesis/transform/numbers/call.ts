/** Operations that are a call of an emitted helper function: `roundTo(price, 2)`. */
import { quote } from "../../javascript.ts";
import { type Code, type Helper, type Kind, type Op, snakeCase, type Traits, type Value } from "../language/expr.ts";
import { type Item, makeItem } from "../language/item.ts";

interface Call {
  readonly gives: Kind;
  readonly cost: number;
  readonly apply: (...args: never[]) => Value | undefined;
  readonly say: (...args: string[]) => string;
  /** Further arguments: numbers, texts, lists of texts, or a table that is declared beside the function. */
  readonly extra?: readonly (number | string | readonly string[] | Helper)[];
  readonly name?: string;
  readonly traits?: Traits;
}

/** The function called on the operands, then on the further arguments. */
export function callOp(helper: Helper, call: Call): Op {
  const { extra = [], gives, cost, apply, say } = call;
  const given = extra.map((value) => {
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return quote(value);
    return "name" in value ? value.name : `[${value.map(quote).join(", ")}]`;
  });
  const list = (args: readonly Code[]): string => [...args.map(({ bare }) => bare), ...given].join(", ");
  return {
    key: `${helper.name}(${given.join()})`,
    gives,
    cost,
    apply,
    say,
    js: (...args) => `${helper.name}(${list(args)})`,
    py: (...args) => `${snakeCase(helper.name)}(${list(args)})`,
    helpers: [helper, ...extra.filter((value): value is Helper => typeof value === "object" && "name" in value)],
    ...(call.name === undefined ? {} : { name: call.name }),
    ...(call.traits === undefined ? {} : { traits: call.traits }),
  };
}

/** A function's two sources, a line each entry. */
export const helper = (
  name: string,
  js: readonly string[],
  py: readonly string[],
  needs?: readonly Helper[],
): Helper => ({ name, js: js.join("\n"), py: py.join("\n"), ...(needs ? { needs } : {}) });

/** The items that the operations give where they have a value on every example. */
export function applied(ops: readonly Op[], args: readonly Item[]): Item[] {
  return ops.flatMap((op) => makeItem(op, args) ?? []);
}

/** A list with numbers: what `nth`, sums and counts take. */
export const numbersOf = (value: unknown): readonly number[] => (Array.isArray(value) ? (value as number[]) : []);
