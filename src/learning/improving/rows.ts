/** What an improvement works with: rows whose right output is known, and which of them are kept aside. Pure. */
import { isRight } from "../../contract/comparison.ts";
import type { Example, Task } from "../../contract/tasks.ts";
import type { Oracle } from "../../contract/validations.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { canonical } from "../../generation/cases.ts";
import { featuresOf } from "../statistics/features.ts";
import { fraction } from "../statistics/hash.ts";

/** An input with its right output. */
export interface Row extends Example {
  /** The input as `canonical` writes it. */
  readonly key: string;
  /** Who said so; `example`: it is one of the task's own. */
  readonly from: Oracle | "example";
}

/** What oracles said of an input that the program was given. */
export interface Known {
  readonly input: JsonValue;
  /** The right output. */
  readonly output: JsonValue;
  readonly oracle: Oracle;
}

/** Share of the rows that no generator is shown. */
const heldOutShare = 0.3;
/** Of fewer failures each is needed to learn from. */
const holdOutFrom = 4;

/**
 * The task's examples and what oracles said, each input once. What a person or their reference says of an input
 * overrules an example; a model's opinion does not.
 * @param known of several for one input the first counts
 */
export function rowsOf(task: Pick<Task, "examples" | "comparison">, known: readonly Known[]): Row[] {
  const said = new Map<string, Row>();
  for (const { input, output, oracle } of known) {
    const key = canonical(input);
    if (!said.has(key)) said.set(key, { input, output, key, from: oracle });
  }
  const examples = new Map<string, Row>();
  for (const { input, output } of task.examples) {
    const key = canonical(input);
    const other = said.get(key);
    if (other && other.from !== "model" && !isRight(other.output, output, task.comparison)) continue;
    said.delete(key);
    examples.set(key, { input, output, key, from: "example" });
  }
  return [...examples.values(), ...said.values()];
}

/** Rows, by whether the program that runs now is right on them. */
export interface Sorted {
  readonly examples: readonly Row[];
  /** Rows it gets wrong, and may be shown to a generator; newest first. */
  readonly corrections: readonly Row[];
  /** Rows it gets right, and may be shown to a generator; newest first. */
  readonly confirmed: readonly Row[];
  /** Of both kinds: kept aside to measure on. Always the same ones, by a hash of the input. */
  readonly heldOut: readonly Row[];
}

/** @param right whether the program is right on each of the rows */
export function sortRows(rows: readonly Row[], right: readonly boolean[]): Sorted {
  const examples: Row[] = [];
  const [corrections, confirmed, heldOut]: [Row[], Row[], Row[]] = [[], [], []];
  const failures = rows.filter(({ from }, at) => from !== "example" && !right[at]).length;
  rows.forEach((row, at) => {
    if (row.from === "example") examples.push(row);
    else if (isKeptAside(row) && (right[at] || failures >= holdOutFrom)) heldOut.push(row);
    else (right[at] ? confirmed : corrections).push(row);
  });
  return { examples, corrections, confirmed, heldOut };
}

function isKeptAside({ key }: Row): boolean {
  return fraction(`aside ${key}`) < heldOutShare;
}

/** Some rows of every shape there is, those of the commonest shape first; within a shape as they come. */
export function typical(rows: readonly Row[], count: number): Row[] {
  const shapes = new Map<number, Row[]>();
  for (const row of rows) {
    const { shape } = featuresOf(row.key, 0);
    const group = shapes.get(shape);
    if (group) group.push(row);
    else shapes.set(shape, [row]);
  }
  const groups = [...shapes.values()].sort((a, b) => b.length - a.length);
  const chosen: Row[] = [];
  for (let at = 0; chosen.length < Math.min(count, rows.length); at++) {
    for (const group of groups) {
      const row = group[at];
      if (row && chosen.length < count) chosen.push(row);
    }
  }
  return chosen;
}
