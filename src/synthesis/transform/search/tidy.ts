/** Changes to a chosen program that make it easier to read and keep what it gives on every row at hand. */
import { applyExpr, type Expr, evaluate, type Fields } from "../language/expr.ts";

const longest = 6;

type Apply = Extract<Expr, { kind: "apply" }>;

/**
 * Where elements of one list are taken by counting from both ends, and the list has one length in all rows, they are
 * all counted from the front: `const [year, month, day] = …` instead of two ways to say it.
 */
export function countFromOneEnd(expr: Expr, rows: readonly Fields[]): Expr {
  const picks = new Map<string, Set<string>>();
  const visit = (node: Expr): void => {
    if (node.kind !== "apply") return;
    const [list] = node.args;
    if (node.op.traits?.pick !== undefined && list)
      picks.set(list.key, (picks.get(list.key) ?? new Set()).add(node.key));
    node.args.forEach(visit);
  };
  visit(expr);
  const rewrite = (node: Expr): Expr => {
    if (node.kind !== "apply") return node;
    const args = node.args.map(rewrite);
    const [list] = node.args;
    const { pick, at } = node.op.traits ?? {};
    const length =
      list && pick !== undefined && pick < 0 && (picks.get(list.key)?.size ?? 0) > 1 ? lengthOf(list, rows) : 0;
    const op = length > 0 && at && pick !== undefined && length + pick >= 0 ? at(length + pick) : node.op;
    return applyExpr(op, args, node.cost);
  };
  return rewrite(expr);
}

/** How many elements the list has on all rows; 0 where that differs or is many. */
function lengthOf(list: Apply | Expr, rows: readonly Fields[]): number {
  const lengths = new Set(rows.map((row) => (evaluate(list, row) as readonly string[] | undefined)?.length ?? 0));
  const [length = 0] = lengths;
  return lengths.size === 1 && length <= longest ? length : 0;
}
