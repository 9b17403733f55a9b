/** Outputs of every kind by one expression: text, numbers, yes or no, lists and flat objects. */
import type { JsonValue } from "../../contract/wire.ts";
import type { Deadline } from "../deadline.ts";
import { type Goal, vocabularyOf } from "./goal.ts";
import { allNumbers, learnNumbers } from "./numbers.ts";
import type { Program } from "./program.ts";
import { caseSteps, wholeSteps } from "./reshape.ts";
import { dividingTests } from "./tests.ts";
import { learnText } from "./text.ts";

const maxKeys = 20;

/** Programs without branches that give these outputs, cheapest first; `goal.targets` is not read. */
export function learnValues(goal: Goal, outputs: readonly JsonValue[], deadline: Deadline): Program[] {
  const [first] = outputs;
  if (first === undefined) return [];
  const text = JSON.stringify(first);
  if (outputs.length > 1 && outputs.every((output) => JSON.stringify(output) === text)) {
    // One constant for everything needs two examples to be believed; what follows from the input is better still.
    const constant: Program[] = [{ kind: "constant", value: first, cost: 4 + Math.min(text.length, 40) * 0.3 }];
    const varied =
      typeof first === "string" ? learnText({ ...goal, targets: outputs as string[] }, deadline, { maxDepth: 2 }) : [];
    return [...constant, ...varied.filter((program) => program.kind === "text" && program.pieces.length === 1)].sort(
      (a, b) => a.cost - b.cost,
    );
  }
  if (outputs.every((output) => typeof output === "string"))
    return learnText({ ...goal, targets: outputs }, deadline, { maxDepth: 3 });
  if (allNumbers(outputs)) return learnNumbers(goal, outputs, deadline);
  if (outputs.every((output) => typeof output === "boolean")) return learnYesNo(goal, outputs, deadline);
  if (outputs.every((output) => Array.isArray(output))) {
    const lists = learnLists(goal, outputs);
    const width = outputs[0]?.length ?? 0;
    if (lists.length > 0 || width === 0 || width > maxKeys || outputs.some((output) => output.length !== width))
      return lists;
    return learnRecord(goal, undefined, outputs, deadline);
  }
  if (outputs.every((output) => output !== null && typeof output === "object" && !Array.isArray(output))) {
    const keys = Object.keys(first as object);
    const same = outputs.every((output) => Object.keys(output as object).join("\u0001") === keys.join("\u0001"));
    if (!same || keys.length === 0 || keys.length > maxKeys || keys.includes("__proto__")) return [];
    return learnRecord(
      goal,
      keys,
      outputs.map((output) => keys.map((key) => (output as Record<string, JsonValue>)[key] ?? null)),
      deadline,
    );
  }
  return [];
}

/** A test whose answers fit is believed where there are enough answers to rule out chance: see `bitsNeeded`. */
function learnYesNo(goal: Goal, outputs: readonly boolean[], deadline: Deadline): Program[] {
  const programs: Program[] = [];
  const tests = dividingTests(goal, vocabularyOf({ ...goal, targets: [] }).delimiters, 2_000, deadline);
  for (const test of tests)
    for (const negated of [false, true])
      if (
        goal.rows.every((row, i) => (test.holds(row) !== negated) === outputs[i]) &&
        outputs.length >= bitsNeeded(test.cost)
      )
        programs.push({ kind: "test", test, negated, cost: test.cost + (negated ? 0.3 : 0) });
  return programs;
}

/** Simple tests are few, so few answers tell them apart; a test for some word is one of hundreds. */
const bitsNeeded = (cost: number): number => (cost <= 2.5 ? 4 : cost <= 3.2 ? 6 : 10);

function learnLists(goal: Goal, outputs: readonly (readonly JsonValue[])[]): Program[] {
  const { listers } = vocabularyOf({
    ...goal,
    targets: outputs
      .flat()
      .filter((o): o is string => typeof o === "string")
      .slice(0, 50),
  });
  const programs: Program[] = [];
  const wanted = outputs.map((output) => JSON.stringify(output));
  const width = goal.rows[0]?.length ?? 0;
  for (let field = 0; field < width; field++)
    for (const lister of listers)
      for (const each of [undefined, ...caseSteps, ...wholeSteps(false)]) {
        const give = (row: readonly string[]): readonly string[] => {
          const parts = lister.cut(row[field] ?? "");
          return each ? parts.map(each.apply) : parts;
        };
        if (goal.rows.every((row, i) => JSON.stringify(give(row)) === wanted[i]))
          programs.push({ kind: "list", field, lister, each, cost: lister.cost + (each?.cost ?? 0) + 1 });
      }
  return programs.sort((a, b) => a.cost - b.cost).slice(0, 20);
}

function learnRecord(
  goal: Goal,
  keys: readonly string[] | undefined,
  rows: readonly (readonly JsonValue[])[],
  deadline: Deadline,
): Program[] {
  const width = rows[0]?.length ?? 0;
  const alternatives: Program[][] = [];
  for (let i = 0; i < width; i++) {
    const found = learnValues(
      goal,
      rows.map((row) => row[i] ?? null),
      deadline.share(1 / (width - i)),
    );
    if (found.length === 0) return [];
    alternatives.push(found);
  }
  const best = alternatives.map((found) => found[0]).filter((program) => program !== undefined);
  const whole = (values: readonly Program[]): Program => ({
    kind: "record",
    keys,
    values,
    cost: values.reduce((sum, v) => sum + v.cost, 1),
  });
  const varied = alternatives.flatMap((found, i) => found.slice(1, 4).map((other) => whole(best.with(i, other))));
  return [whole(best), ...varied].sort((a, b) => a.cost - b.cost);
}
