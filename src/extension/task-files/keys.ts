/** The keys of a YAML map, of those that are known. Pure. */
import type { Pair, YAMLMap } from "yaml";
import { type Said, say } from "../../contract/say.ts";
import { keyText, type Problem } from "./values.ts";

/** Those found, by their names; of others it is told, with the one that may be meant. */
export function keysOf(
  map: YAMLMap,
  known: Readonly<Record<string, unknown>>,
  tell: (node: unknown, severity: Problem["severity"], message: Said) => void,
): Map<string, Pair> {
  const found = new Map<string, Pair>();
  for (const pair of map.items) {
    const key = keyText(pair.key);
    if (Object.hasOwn(known, key)) found.set(key, pair);
    else {
      const near = Object.keys(known).find((one) => distance(one, key) <= Math.min(2, one.length >> 1));
      const names = Object.keys(known).join(", ");
      tell(
        pair.key,
        "error",
        near
          ? say`“${key}” is not known here. Is “${near}” meant?`
          : say`“${key}” is not known here: there are ${names}.`,
      );
    }
  }
  return found;
}

/** Levenshtein distance, for words of a few letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
