/** Programs with a case distinction: a test divides the examples, and each part has its own expression. */
import type { JsonValue } from "../../../contract/wire.ts";
import type { Deadline } from "../../deadline.ts";
import { notOp } from "../language/core-ops.ts";
import { applyExpr, constantExpr, evaluate, ifOp } from "../language/expr.ts";
import type { Item } from "../language/item.ts";
import { repeatedCost, sharedCost } from "./concat.ts";
import type { Candidate, Goal } from "./goal.ts";
import { testsFor } from "./questions.ts";
import { learnValues } from "./values.ts";

const maxTests = 60;
const maxCases = 3;
/** With fewer examples, a case that is one of them says nothing but itself. */
const leastForConstants = 3;
/** Programs kept for a case. */
const waysPerCase = 8;
/** Of what cases have in common, the part that is not paid twice. */
const sharedShare = 0.7;

/** The cheapest programs with up to three cases. */
export function learnBranches(goal: Goal, outputs: readonly JsonValue[], deadline: Deadline): Candidate[] {
  const solved = new Map<string, Candidate[]>();
  const targets = outputs.map((output) => (typeof output === "string" ? output : JSON.stringify(output)));
  const tests = testsFor({ ...goal, targets }, maxTests * 6, deadline.share(0.4));
  const all = goal.rows.map((_, i) => i);
  for (let cases = 2; cases <= maxCases && !deadline.expired(); cases++) {
    const found = divide(goal, outputs, all, cases, tests, deadline, solved);
    if (found.length > 0) return found;
  }
  return [];
}

/** Solves the part of the examples at `indexes`, each part once. */
function divide(
  goal: Goal,
  outputs: readonly JsonValue[],
  indexes: readonly number[],
  cases: number,
  tests: readonly Item[],
  deadline: Deadline,
  solved: Map<string, Candidate[]>,
): Candidate[] {
  if (cases === 1) {
    const key = indexes.join();
    const known = solved.get(key) ?? (deadline.expired() ? [] : learnCase(goal, outputs, indexes, deadline.share(0.3)));
    solved.set(key, known);
    return known;
  }
  const found: Candidate[] = [];
  let cheapest = Number.POSITIVE_INFINITY;
  let tried = 0;
  for (const test of tests) {
    if (deadline.expired() || tried >= maxTests) break;
    for (const negated of [false, true]) {
      const yes = indexes.filter((i) => (test.values[i] === true) !== negated);
      const no = indexes.filter((i) => !yes.includes(i));
      if (yes.length === 0 || no.length === 0) continue;
      // With two cases the opposite says the same; with more, the case of its own may be either.
      if (negated && cases === 2) continue;
      tried++;
      const forYes = divide(goal, outputs, yes, 1, tests, deadline, solved);
      if (forYes.length === 0) continue;
      const forNo = divide(goal, outputs, no, cases - 1, tests, deadline, solved);
      for (const [y, n] of forYes.flatMap((one) => forNo.map((other) => [one, other] as const))) {
        if (y.expr.key === n.expr.key) continue;
        // What both cases, or the test, have in common is said once.
        const cost = test.cost + 2 + y.cost + n.cost - sharedCost([test.expr, y.expr, n.expr]) * sharedShare;
        if (cost > cheapest + 6) continue;
        cheapest = Math.min(cheapest, cost);
        const ways = negated ? [n.expr, y.expr] : [y.expr, n.expr];
        // Statements are read from the top: the case of its own comes first.
        const expr =
          negated && n.expr.kind === "apply" && n.expr.op.key === ifOp.key
            ? applyExpr(ifOp, [negate(test), y.expr, n.expr], cost)
            : applyExpr(ifOp, [test.expr, ...ways], cost);
        found.push({ expr, cost, question: Math.max(test.cost, y.question ?? 0, n.question ?? 0) });
      }
    }
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, 20);
}

const negate = (test: Item): Item["expr"] => applyExpr(notOp, [test.expr]);

/** In a case, a constant may stand for a single example: "n/a" where the text is empty. */
function learnCase(
  goal: Goal,
  outputs: readonly JsonValue[],
  indexes: readonly number[],
  deadline: Deadline,
): Candidate[] {
  const wanted = indexes.map((i) => outputs[i] ?? null);
  const [first] = wanted;
  const text = JSON.stringify(first ?? null);
  const constant: Candidate[] = [];
  if (
    first !== undefined &&
    (wanted.length > 1 || outputs.length >= leastForConstants) &&
    (typeof first !== "object" || first === null) &&
    wanted.every((output) => JSON.stringify(output) === text)
  ) {
    // What repeats its input, or a part of it, is no constant.
    const repeats = repeatedCost(
      text,
      indexes.map((i) => goal.rows[i] ?? []),
    );
    // One amount with decimals was computed, whatever the case is.
    const computed = wanted.length === 1 && /\d[.,]\d/.test(text) ? 8 : 0;
    const cost = computed + repeats + (wanted.length > 1 ? 3 + text.length * 0.3 : 3 + text.length * 0.7);
    constant.push({ expr: constantExpr(first, cost), cost });
  }
  const rows = indexes.map((i) => goal.rows[i] ?? []);
  // The other rows are of all cases: none of them says anything about this one.
  const learned = learnValues({ ...goal, rows, targets: [], probes: [], all: outputs.length }, wanted, deadline);
  const fitting = learned.filter(({ expr }) => rows.every((row) => evaluate(expr, row) !== undefined));
  return [...constant, ...fitting].sort((a, b) => a.cost - b.cost).slice(0, waysPerCase);
}
