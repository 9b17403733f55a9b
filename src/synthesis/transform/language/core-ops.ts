/** Operations that hold a program together: texts one behind the other, records, equality, negation. */
import { propertyKey } from "../../javascript.ts";
import { applyExpr, constantExpr, type Expr, type Op, type Value } from "./expr.ts";
import { pyQuote } from "./python.ts";
import { joinKey } from "./source.ts";

/** Texts one behind the other: printed as a template. */
export const joinOp: Op = {
  ...{ key: joinKey, gives: "text", cost: 0 },
  apply: (...pieces: string[]) => pieces.join(""),
  js: (...pieces) => pieces.map(({ tight }) => tight).join(" + "),
  py: (...pieces) => pieces.map(({ tight }) => tight).join(" + "),
  loose: true,
  say: (...pieces) => pieces.join(", "),
};

/** An object with these keys, or an array where there are none. */
export function recordOp(keys: readonly string[] | undefined): Op {
  const whole = (entries: string[], open: string, close: string, pad: string, indent: string): string => {
    const line = entries.join(", ");
    if (line.length < 90) return `${open}${pad}${line}${pad}${close}`;
    return `${open}\n${entries.map((entry) => `${indent}  ${entry},\n`).join("")}${indent}${close}`;
  };
  return {
    key: `record ${keys ? JSON.stringify(keys) : ""}`,
    gives: "any",
    cost: 1,
    apply: (...values: Value[]) =>
      (keys ? Object.fromEntries(keys.map((key, i) => [key, values[i] ?? null])) : values) as Value,
    js: (...values) =>
      keys
        ? whole(
            values.map(({ bare }, i) => `${propertyKey(keys[i] ?? "")}: ${bare}`),
            "{",
            "}",
            " ",
            "  ",
          )
        : whole(
            values.map(({ bare }) => bare),
            "[",
            "]",
            "",
            "  ",
          ),
    py: (...values) =>
      keys
        ? whole(
            values.map(({ bare }, i) => `${pyQuote(keys[i] ?? "")}: ${bare}`),
            "{",
            "}",
            "",
            "    ",
          )
        : whole(
            values.map(({ bare }) => bare),
            "[",
            "]",
            "",
            "    ",
          ),
    say: (...values) => values.join("; "),
  };
}

export const notOp: Op = {
  ...{ key: "not", gives: "truth", cost: 0.3, loose: "py" as const },
  apply: (test: boolean) => !test,
  js: (test) => `!${test?.tight}`,
  py: (test) => `not ${test?.tight}`,
  say: (test) => `it is not so that ${test}`,
};

/** The texts one behind the other; neighbouring constants are one. */
export function joinExpr(pieces: readonly Expr[], cost: number): Expr {
  const merged: Expr[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (piece.kind === "constant" && last?.kind === "constant")
      merged[merged.length - 1] = constantExpr(`${last.value}${piece.value}`, last.cost + piece.cost);
    else merged.push(piece);
  }
  const [only] = merged;
  return merged.length === 1 && only ? { ...only, cost } : applyExpr(joinOp, merged, cost);
}
