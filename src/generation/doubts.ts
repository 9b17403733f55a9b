/** What the offline generator is unsure of, in the size an answer may have. Pure. */
import type { Ambiguity } from "../contract/artifacts.ts";
import { maxAmbiguous, maxAmbiguousOutputs } from "../contract/artifacts.ts";
import { type Said, say } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";
import { canonical } from "./cases.ts";

/** A longer input or output, in characters of JSON, is left out: cut short, it could not become an example. */
const maxValueChars = 2_000;

/**
 * The first rows that can be asked about, and how many there are besides.
 * A row keeps its first outputs (the program's own is the first of all), each once.
 */
export function askable(rows: readonly Ambiguity[]): { ambiguous: Ambiguity[]; others: number } {
  const fits = (value: JsonValue): boolean => JSON.stringify(value).length <= maxValueChars;
  const all = rows.flatMap(({ input, outputs }) => {
    const [chosen, ...rest] = outputs;
    if (chosen === undefined || !fits(input) || !fits(chosen)) return [];
    const seen = new Set([canonical(chosen)]);
    const others = rest.filter((output) => fits(output) && !seen.has(canonical(output)) && seen.add(canonical(output)));
    if (others.length === 0) return [];
    return [{ input, outputs: [chosen, ...others].slice(0, maxAmbiguousOutputs) }];
  });
  const ambiguous = all.slice(0, maxAmbiguous);
  return { ambiguous, others: rows.length - ambiguous.length };
}

/** Names examples that look like slips, by what they say; at most three of them. */
export function slips(examples: readonly Example[], odd: readonly number[]): Said {
  const named = odd.slice(0, 3).flatMap((at) => {
    const example = examples[at];
    return example ? [`${at + 1} (${clip(example.input)} => ${clip(example.output)})`] : [];
  });
  if (odd.length === 1) return say`Example ${named.join()} looks like a slip: it does not fit what all others say.`;
  const rest = odd.length - named.length;
  return rest > 0
    ? say`Examples ${named.join(", ")} and ${rest} more look like slips: they do not fit what the others say.`
    : say`Examples ${named.join(", ")} look like slips: they do not fit what the others say.`;
}

function clip(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
