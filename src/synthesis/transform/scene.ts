/** What the parts of a search see of it: the rows, the texts that are wanted, and the texts there are to read from. */
import type { Deadline } from "../deadline.ts";
import type { Item, Rows } from "./language/item.ts";

export interface Scene {
  readonly rows: Rows;
  /** The wanted output of each example, as text. */
  readonly targets: readonly string[];
  /** Items of kind text to read numbers and dates from: the fields, then pieces of them, the likeliest first. */
  readonly texts: readonly Item[];
  readonly deadline: Deadline;
}

/** Whether texts may stand in the outputs: each occurs in its target. */
export function occurs(values: readonly unknown[], targets: readonly string[]): boolean {
  return values.every((value, i) => typeof value === "string" && (targets[i] ?? "").includes(value));
}
