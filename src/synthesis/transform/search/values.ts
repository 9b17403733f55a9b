/** Outputs of every kind by one expression: text, numbers, yes or no, lists and flat objects. */
import type { JsonValue } from "../../../contract/wire.ts";
import type { Deadline } from "../../deadline.ts";
import { notOp, recordOp } from "../language/core-ops.ts";
import { applyExpr, constantExpr } from "../language/expr.ts";
import { readingsOf, wantedNumbers } from "./domains.ts";
import type { Candidate, Goal } from "./goal.ts";
import { mappedLists } from "./map-search.ts";
import { createPool } from "./pool.ts";
import { testsFor } from "./questions.ts";
import { learnText, sceneOf } from "./text-search.ts";
import { vocabularyOf } from "./vocabulary.ts";

const maxKeys = 20;
const maxFound = 30;

/** Programs without branches that give these outputs, cheapest first; `goal.targets` is not read. */
export function learnValues(goal: Goal, outputs: readonly JsonValue[], deadline: Deadline): Candidate[] {
  const [first] = outputs;
  if (first === undefined) return [];
  const text = JSON.stringify(first);
  if (outputs.length > 1 && outputs.every((output) => JSON.stringify(output) === text)) {
    // One constant for everything needs two examples to be believed; what follows from the input is better still.
    const cost = 4 + Math.min(text.length, 40) * 0.3;
    const constant: Candidate[] = [{ expr: constantExpr(first, cost), cost }];
    const varied =
      typeof first === "string" ? learnText({ ...goal, targets: outputs as string[] }, deadline, { maxDepth: 2 }) : [];
    return [
      ...constant,
      ...varied.filter(({ expr }) => expr.kind === "field" || (expr.kind === "apply" && expr.op.key !== "join")),
    ].sort((a, b) => a.cost - b.cost);
  }
  if (outputs.every((output) => typeof output === "string"))
    return learnText({ ...goal, targets: outputs }, deadline, { maxDepth: 3 });
  if (outputs.every((output) => typeof output === "number")) return learnNumbers(goal, outputs, deadline);
  if (outputs.every((output) => typeof output === "boolean")) return learnYesNo(goal, outputs, deadline);
  if (outputs.every((output) => Array.isArray(output))) {
    const lists = learnLists(goal, outputs, deadline);
    const width = outputs[0]?.length ?? 0;
    if (lists.length > 0 || width === 0 || width > maxKeys || outputs.some((output) => output.length !== width))
      return lists;
    return learnRecord(goal, undefined, outputs, deadline);
  }
  if (outputs.every((output) => output !== null && typeof output === "object" && !Array.isArray(output))) {
    const keys = Object.keys(first as object);
    const same = outputs.every((output) => Object.keys(output as object).join("\u0001") === keys.join("\u0001"));
    if (!same || keys.length === 0 || keys.length > maxKeys || keys.includes("__proto__")) return [];
    const rows = outputs.map((output) => keys.map((key) => (output as Record<string, JsonValue>)[key] ?? null));
    return learnRecord(goal, keys, rows, deadline);
  }
  return [];
}

function learnNumbers(goal: Goal, wanted: readonly number[], deadline: Deadline): Candidate[] {
  const scene = readable({ ...goal, targets: wanted.map(String) }, deadline);
  return wantedNumbers(scene, readingsOf(scene), wanted)
    .map(({ expr, cost }) => ({ expr, cost }))
    .slice(0, maxFound);
}

function readable(goal: Goal, deadline: Deadline): ReturnType<typeof sceneOf> {
  const pool = createPool(goal, vocabularyOf(goal), () => true);
  pool.grow(1, deadline.share(0.4));
  return sceneOf(goal, pool, deadline);
}

/** A test whose answers fit is believed where there are enough answers to rule out chance: see `bitsNeeded`. */
function learnYesNo(goal: Goal, outputs: readonly boolean[], deadline: Deadline): Candidate[] {
  const found: Candidate[] = [];
  for (const { expr, values, cost } of testsFor({ ...goal, targets: outputs.map(String) }, 2_000, deadline))
    for (const negated of [false, true])
      if (
        values.every((value, i) => ((value === true) !== negated) === outputs[i]) &&
        outputs.length >= bitsNeeded(cost - 1)
      )
        found.push({ expr: negated ? applyExpr(notOp, [expr]) : expr, cost: cost + (negated ? 0.3 : 0) });
  return found;
}

/** Simple tests are few, so few answers tell them apart; a test for some word is one of hundreds. */
const bitsNeeded = (cost: number): number => (cost <= 2.5 ? 4 : cost <= 3.2 ? 6 : 10);

function learnLists(goal: Goal, outputs: readonly (readonly JsonValue[])[], deadline: Deadline): Candidate[] {
  if (!outputs.flat().every((part) => typeof part === "string")) return [];
  const wanted = outputs as readonly (readonly string[])[];
  const full = { ...goal, targets: wanted.flat().slice(0, 50) };
  const vocabulary = vocabularyOf(full);
  const pool = createPool(full, vocabulary, () => true);
  pool.grow(1, deadline.share(0.4));
  return mappedLists(pool.readable(12), wanted, undefined, vocabulary, deadline.share(0.6)).slice(0, maxFound);
}

function learnRecord(
  goal: Goal,
  keys: readonly string[] | undefined,
  rows: readonly (readonly JsonValue[])[],
  deadline: Deadline,
): Candidate[] {
  const width = rows[0]?.length ?? 0;
  const alternatives: Candidate[][] = [];
  for (let i = 0; i < width; i++) {
    const column = rows.map((row) => row[i] ?? null);
    const found = learnValues(goal, column, deadline.share(1 / (width - i)));
    if (found.length === 0) return [];
    alternatives.push(found);
  }
  const op = recordOp(keys);
  const best = alternatives.map((found) => found[0]).filter((candidate) => candidate !== undefined);
  const whole = (values: readonly Candidate[]): Candidate => {
    const cost = values.reduce((sum, value) => sum + value.cost, 1);
    return {
      expr: applyExpr(
        op,
        values.map(({ expr }) => expr),
        cost,
      ),
      cost,
    };
  };
  const varied = alternatives.flatMap((found, i) => found.slice(1, 4).map((other) => whole(best.with(i, other))));
  return [whole(best), ...varied].sort((a, b) => a.cost - b.cost);
}
