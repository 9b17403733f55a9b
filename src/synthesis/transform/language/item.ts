/** An expression with what it gives on the rows of a search. */
import { applyExpr, applyOp, type Expr, type Fields, fieldExpr, type Op, type Value } from "./expr.ts";

export interface Item {
  readonly expr: Expr;
  /** On each example: always there. */
  readonly values: readonly Value[];
  /** On some inputs without an output; undefined where the program would throw. */
  readonly probes: readonly (Value | undefined)[];
  /** The expression's cost, and what it fails to find. */
  readonly cost: number;
}

/** The rows of a search: the inputs of the examples, and inputs without an output. */
export interface Rows {
  readonly examples: readonly Fields[];
  readonly probes: readonly Fields[];
}

export function fieldItem(rows: Rows, field: number): Item {
  const expr = fieldExpr(field);
  const at = (fields: Fields): string => fields[field] ?? "";
  return { expr, values: rows.examples.map(at), probes: rows.probes.map(at), cost: expr.cost };
}

/**
 * The operation on items; undefined where it has no value on an example.
 * @param extra a cost beyond the sum of the parts
 */
export function makeItem(op: Op, args: readonly Item[], extra = 0): Item | undefined {
  const size = args[0]?.values.length ?? 0;
  const values: Value[] = [];
  for (let i = 0; i < size; i++) {
    const value = applyOp(
      op,
      args.map((arg) => arg.values[i]),
    );
    if (value === undefined) return undefined;
    values.push(value);
  }
  const probes = (args[0]?.probes ?? []).map((_, i) =>
    applyOp(
      op,
      args.map((arg) => arg.probes[i]),
    ),
  );
  const cost = args.reduce((sum, arg) => sum + arg.cost, op.cost + extra);
  return {
    expr: applyExpr(
      op,
      args.map((arg) => arg.expr),
      args.reduce((sum, arg) => sum + arg.expr.cost, op.cost + extra),
    ),
    values,
    probes,
    cost,
  };
}

/** Cost of not having a value on rows without an output, at most so much. */
const missingCost = 4;

/** An item whose cost says on what share of the other rows it has no value. */
export function judged(item: Item): Item {
  if (item.probes.length === 0) return item;
  const missing = item.probes.filter((value) => value === undefined || value === "").length / item.probes.length;
  return missing === 0 ? item : { ...item, cost: item.cost + missing * missingCost };
}
