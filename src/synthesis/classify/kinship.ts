/**
 * How much labels have in common by their names. Labels such as `card_arrival` and `card_linking` share what their cases
 * teach of "card": a step for one moves its kin too. This is multi-task learning with a matrix-valued kernel
 * (Evgeniou, Micchelli & Pontil, "Learning multiple tasks with kernel methods", JMLR 2005, section 2).
 */
import type { JsonValue } from "../../contract/wire.ts";
import { labelWords, stemLength } from "./features.ts";

/**
 * A symmetric matrix, `labels` × `labels`: 1 on the diagonal, elsewhere `sharing` (0 to 1) times the cosine of the names'
 * words, rare ones weighing more. Undefined where no two names have a word in common.
 */
export function kinshipOf(labels: readonly JsonValue[], sharing: number): Float32Array | undefined {
  const names = labels.map((label) => new Set(typeof label === "string" ? stemsOf(label) : []));
  const owners = new Map<string, number>();
  for (const name of names) for (const word of name) owners.set(word, (owners.get(word) ?? 0) + 1);
  const weight = (word: string): number => Math.log((1 + labels.length) / (owners.get(word) ?? 1)) ** 2;
  const lengths = names.map((name) => Math.sqrt([...name].reduce((sum, word) => sum + weight(word), 0)));
  const matrix = new Float32Array(labels.length ** 2);
  let related = false;
  names.forEach((name, a) => {
    names.forEach((other, b) => {
      const common = a === b ? [] : [...name].filter((word) => other.has(word));
      const cosine = common.reduce((sum, word) => sum + weight(word), 0) / ((lengths[a] ?? 0) * (lengths[b] ?? 0) || 1);
      matrix[a * labels.length + b] = a === b ? 1 : sharing * cosine;
      related ||= cosine > 0;
    });
  });
  return related && sharing > 0 ? matrix : undefined;
}

const stemsOf = (label: string): string[] =>
  (labelWords(label).toLowerCase().match(/\S+/g) ?? []).map((word) => word.slice(0, stemLength));
