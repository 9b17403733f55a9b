/** What to call the elements of a list in code: `[year, month, day]`, `[before, after]`, `[firstWord, secondWord]`. */
import { applySteps, type Lister, type Pipeline } from "./step.ts";

const nth = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** Names for the elements of the list that the pipeline cuts at its step `at`, by what they are on the examples. */
export function elementNames(
  pipeline: Pipeline,
  at: number,
  lister: Lister,
  rows: readonly (readonly string[])[],
): readonly string[] {
  const before = pipeline.steps.slice(0, at);
  const lists = rows.map((row) => lister.cut(applySteps(before, row[pipeline.field] ?? "")));
  const all = (length: number, pattern: RegExp): boolean =>
    lists.every((list) => list.length === length && pattern.test(list.join(" ")));
  if (all(3, /^\d{4} \d{1,2} \d{1,2}$/)) return ["year", "month", "day"];
  if (all(3, /^\d{1,2} \d{1,2} \d{4}$/)) return ["first", "second", "year"];
  if (lister.delimiter === ":" && all(3, /^\d{1,2} \d{1,2} \d{1,2}\D?\d*$/)) return ["hours", "minutes", "seconds"];
  if (lister.delimiter === "@") return ["user", "domain"];
  if (lister.noun === "part") return lists.every((list) => list.length === 2) ? ["before", "after"] : nth;
  const noun = lister.noun.startsWith("run") ? "run" : (lister.noun.split(" ").at(-1) ?? "part");
  return nth.map((word) => `${word} ${noun}`);
}
