/** Programs with a case distinction: a test divides the examples, and each part has its own expression. */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { type Goal, vocabularyOf } from "./goal.ts";
import type { Program } from "./program.ts";
import { dividingTests } from "./tests.ts";
import { learnValues } from "./values.ts";

const maxTests = 40;
const maxCases = 3;

/** The cheapest programs with up to three cases. */
export function learnBranches(goal: Goal, outputs: readonly JsonValue[], deadline: Deadline): Program[] {
  const solved = new Map<string, Program[]>();
  const all = goal.rows.map((_, i) => i);
  for (let cases = 2; cases <= maxCases && !deadline.expired(); cases++) {
    const found = divide(goal, outputs, all, cases, deadline, solved);
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
  deadline: Deadline,
  solved: Map<string, Program[]>,
): Program[] {
  const part: Goal = { ...goal, rows: indexes.map((i) => goal.rows[i] ?? []) };
  const wanted = indexes.map((i) => outputs[i] ?? null);
  if (cases === 1) {
    const key = indexes.join();
    const known = solved.get(key) ?? (deadline.expired() ? [] : learnCase(part, wanted, deadline.share(0.3)));
    solved.set(key, known);
    return known;
  }
  const found: Program[] = [];
  let cheapest = Number.POSITIVE_INFINITY;
  for (const test of dividingTests(part, vocabularyOf({ ...part, targets: [] }).delimiters, maxTests, deadline)) {
    if (deadline.expired()) break;
    const yes = indexes.filter((i) => test.holds(goal.rows[i] ?? []));
    const no = indexes.filter((i) => !yes.includes(i));
    for (const [yesCases, noCases] of cases === 2 ? [[1, 1] as const] : [[1, cases - 1] as const]) {
      const forYes = divide(goal, outputs, yes, yesCases, deadline, solved);
      if (forYes.length === 0) continue;
      const forNo = divide(goal, outputs, no, noCases, deadline, solved);
      for (const [y, n] of [
        [forYes[0], forNo[0]],
        [forYes[0], forNo[1]],
        [forYes[1], forNo[0]],
      ] as const) {
        if (!y || !n) continue;
        const cost = test.cost + 2 + y.cost + n.cost;
        if (cost > cheapest + 6) continue;
        cheapest = Math.min(cheapest, cost);
        found.push({ kind: "branch", test, yes: y, no: n, cost });
      }
    }
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, 20);
}

/** In a case, a constant may stand for a single example: "n/a" where the text is empty. */
function learnCase(goal: Goal, outputs: readonly JsonValue[], deadline: Deadline): Program[] {
  const [first] = outputs;
  const text = JSON.stringify(first ?? null);
  const constant: Program[] =
    first !== undefined &&
    (typeof first !== "object" || first === null) &&
    outputs.every((output) => JSON.stringify(output) === text)
      ? [{ kind: "constant", value: first, cost: outputs.length > 1 ? 3 + text.length * 0.3 : 3 + text.length * 0.8 }]
      : [];
  return [...learnValues(goal, outputs, deadline), ...constant].sort((a, b) => a.cost - b.cost);
}
