/** Examples as cases to learn from: one for each different input, however often it occurs and whatever it was called. */
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";

const maxLabelLength = 100;
const maxLabels = 200;
const minExamples = 6;

/** Whether the outputs look like labels: a few short texts, numbers or yes/no that repeat. */
export function looksLikeLabels(examples: readonly Example[]): boolean {
  if (examples.length < minExamples) return false;
  const labels = new Set<string>();
  for (const { output } of examples) {
    if (typeof output === "object" && output !== null) return false;
    const text = JSON.stringify(output);
    if (text.length > maxLabelLength) return false;
    labels.add(text);
  }
  return labels.size >= 2 && labels.size <= maxLabels && examples.length / labels.size >= 2;
}

/** Different inputs, each with the label most of its rows have. */
export interface Cases {
  readonly inputs: readonly JsonValue[];
  /** Label number of each input. */
  readonly classes: Int32Array;
  readonly labels: readonly JsonValue[];
  /** Rows behind each input. */
  readonly counts: Int32Array;
  /** Positions of the rows that were outvoted. */
  readonly contradictory: readonly number[];
  /** Rows that repeat an earlier input. */
  readonly duplicates: number;
}

/** Inputs are compared by their text (blanks at the ends aside) or by their fields, whatever the order of keys. */
export function casesOf(examples: readonly Example[]): Cases {
  const groups = new Map<string, number[]>();
  examples.forEach(({ input }, i) => {
    const key = keyOf(input);
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  const outputs = examples.map(({ output }) => JSON.stringify(output));
  const known = new Map<string, number>();
  const contradictory: number[] = [];
  const classes = Int32Array.from(groups.values(), (rows) => {
    const winner = majority(rows.map((row) => outputs[row] ?? ""));
    contradictory.push(...rows.filter((row) => outputs[row] !== winner));
    const label = known.get(winner) ?? known.size;
    known.set(winner, label);
    return label;
  });
  const firsts = [...groups.values()].map((rows) => rows[0] ?? 0);
  return {
    inputs: firsts.map((i) => examples[i]?.input ?? null),
    classes,
    labels: [...known.keys()].map((label) => JSON.parse(label) as JsonValue),
    counts: Int32Array.from(groups.values(), (rows) => rows.length),
    contradictory: contradictory.sort((a, b) => a - b),
    duplicates: examples.length - groups.size,
  };
}

function keyOf(input: JsonValue): string {
  if (typeof input === "string") return `"${input.trim()}`;
  if (input === null || typeof input !== "object" || Array.isArray(input)) return JSON.stringify(input);
  return JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The commonest; of equally common ones the first. */
function majority(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = values[0] ?? "";
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
}
