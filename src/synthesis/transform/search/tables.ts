/** A table of words: what stands in the input is looked up, where the examples show every word that the other rows have. */
import { literal, propertyKey } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { type Item, makeItem, type Rows } from "../language/item.ts";
import { pyLiteral, pyQuote } from "../language/python.ts";
import { repeatedCost } from "./concat.ts";
import type { Goal } from "./goal.ts";
import type { Pool } from "./pool.ts";

const maxEntries = 12;
const maxTables = 60;
const leastProbes = 3;

/** @param fallback true where words that are not in the table stay as they are */
function tableOp(entries: ReadonlyMap<string, string>, fallback: boolean): Op {
  const size = [...entries].reduce((sum, [from, to]) => sum + 1.2 + from.length * 0.12 + to.length * 0.25, 0);
  const inside = [...entries].map(([from, to]) => `${propertyKey(from)}: ${literal(to)}`).join(", ");
  const insidePy = [...entries].map(([from, to]) => `${pyQuote(from)}: ${pyLiteral(to)}`).join(", ");
  return {
    key: `table ${fallback} ${inside}`,
    gives: "text",
    cost: 1 + size + (fallback ? 0 : 0.4),
    apply: (word: string) => entries.get(word) ?? (fallback ? word : ""),
    js: (word) => `new Map(Object.entries({ ${inside} })).get(${word?.bare}) ?? ${fallback ? word?.bare : '""'}`,
    py: (word) => `{${insidePy}}.get(${word?.bare}, ${fallback ? word?.bare : '""'})`,
    loose: "js",
    say: (what) => `what the table has for ${what}`,
  };
}

/** Tables from a short text of the input to a whole output, or to a word of it. */
export function tables(pool: Pool, goal: Goal): Item[] {
  const { targets } = goal;
  const found: Item[] = [];
  // Without other rows nothing says that the examples show every word there is.
  if (new Set(targets).size > maxEntries || unknownRows(pool.rows) < leastProbes) return found;
  const outputs = pieceLists(targets);
  for (const text of pool.testable(30)) {
    const words = text.values;
    if (words.some((word) => word.length > 24 || word === "")) continue;
    for (const pieces of outputs) {
      const entries = new Map<string, string>();
      let isFunction = true;
      words.forEach((word, i) => {
        const to = pieces[i] ?? "";
        if ((entries.get(word) ?? to) !== to) isFunction = false;
        entries.set(word, to);
      });
      // A table of one entry is a constant; one that only repeats its words is none.
      if (!isFunction || entries.size < 2 || [...entries].every(([from, to]) => from === to)) continue;
      const covered = text.probes.filter((word) => typeof word === "string" && entries.has(word)).length;
      const share = covered / text.probes.length;
      if (share < 0.8) continue;
      const copied = words.reduce((sum, word, i) => {
        const others = (goal.rows[i] ?? []).map((field) => field.replace(word, " "));
        return sum + repeatedCost(pieces[i] ?? "", [others]);
      }, 0);
      const item = makeItem(tableOp(entries, false), [text], (1 - share) * 8 + copied);
      if (item) found.push(item);
      if (found.length >= maxTables) return found;
    }
  }
  return found;
}

/** How many of the other rows are none of the examples. */
function unknownRows({ examples, probes }: Rows): number {
  const known = new Set(examples.map((row) => row.join("\u0001")));
  return probes.filter((row) => !known.has(row.join("\u0001"))).length;
}

/** Vectors of texts that stand in the outputs: whole, first word, last word. */
function pieceLists(targets: readonly string[]): (readonly string[])[] {
  const words = targets.map((target) => target.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]+/gu) ?? [""]);
  const lists = [targets, words.map((list) => list[0] ?? ""), words.map((list) => list.at(-1) ?? "")];
  return [...new Map(lists.map((list) => [list.join("\u0001"), list])).values()].filter(
    (list) => list.every((piece) => piece !== "" && piece.length <= 40) && new Set(list).size > 1,
  );
}
