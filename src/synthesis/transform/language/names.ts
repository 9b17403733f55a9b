/** What to call the elements of a list in code: `[year, month, day]`, `[before, after]`, `[firstWord, secondWord]`. */

const nth = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** Names for the elements of these lists, by what they are on the examples. */
export function elementNames(
  lists: readonly (readonly string[])[],
  delimiter: string | undefined,
  noun: string,
): readonly string[] {
  const all = (length: number, pattern: RegExp): boolean =>
    lists.every((list) => list.length === length && pattern.test(list.join(" ")));
  if (all(3, /^\d{4} \d{1,2} \d{1,2}$/)) return ["year", "month", "day"];
  if (all(3, /^\d{1,2} \d{1,2} \d{4}$/)) return ["first", "second", "year"];
  if (delimiter === ":" && all(3, /^\d{1,2} \d{1,2} \d{1,2}\D?\d*$/)) return ["hours", "minutes", "seconds"];
  if (delimiter === "@") return ["user", "domain"];
  if (noun === "part") return lists.every((list) => list.length === 2) ? ["before", "after"] : nth;
  const last = noun.startsWith("run") ? "run" : (noun.split(" ").at(-1) ?? "part");
  return nth.map((word) => `${word} ${last}`);
}
