/** A search's question. */
import type { Expr, Fields } from "../language/expr.ts";

export interface Goal {
  /** Of each example, its input's fields. */
  readonly rows: readonly Fields[];
  /** The wanted output of each example, as text. */
  readonly targets: readonly string[];
  /** Fields of inputs without an output. */
  readonly probes: readonly Fields[];
  /** What a person calls each field: "the text", or its key. */
  readonly labels: readonly string[];
  /** How many examples the whole job has, where these are those of one case. */
  readonly all?: number;
}

/** An expression that fits, and what it costs: in bits, roughly; shorter and less data-like is better. */
export interface Candidate {
  readonly expr: Expr;
  readonly cost: number;
  /** Cost of the least natural question that its cases ask. */
  readonly question?: number;
}

/** The goal on some of its examples. */
export const part = (goal: Goal, indexes: readonly number[]): Goal => ({
  ...goal,
  rows: indexes.map((i) => goal.rows[i] ?? []),
  targets: indexes.map((i) => goal.targets[i] ?? ""),
});
