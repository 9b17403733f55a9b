/** Finds examples that say different things about the same input: no program can fit both. */
import { type Said, say } from "../contract/say.ts";
import type { Example } from "../contract/tasks.ts";
import type { JsonValue } from "../contract/wire.ts";

export interface Contradictions {
  readonly first: { readonly pair: readonly [number, number]; readonly message: Said } | undefined;
  /** Examples whose output differs from an earlier one's for the same input. */
  readonly rows: number;
}

const shown = 80;

/** Compares inputs and outputs as values: the order of an object's keys does not count. */
export function findContradictions(examples: readonly Example[]): Contradictions {
  const earlierTexts = new Map<string, { at: number; output: string }>();
  const earlierValues = new Map<string, { at: number; output: string }>();
  let first: Contradictions["first"];
  let rows = 0;
  examples.forEach((example, at) => {
    // A long text is its own key: no copy of it is made.
    const input = typeof example.input === "string" ? example.input : canonical(example.input);
    const earlier = typeof example.input === "string" ? earlierTexts : earlierValues;
    const output = canonical(example.output);
    const known = earlier.get(input);
    if (!known) earlier.set(input, { at, output });
    else if (known.output !== output) {
      rows++;
      first ??= {
        pair: [known.at, at],
        message: say`Examples ${known.at + 1} and ${at + 1} contradict each other: ${brief(example.input)} gives ${brief(examples[known.at]?.output ?? null)} in one and ${brief(example.output)} in the other. Correct or remove one of them.`,
      };
    }
  });
  return { first, rows };
}

function canonical(value: JsonValue): string {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function brief(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > shown ? `${text.slice(0, shown).toWellFormed()}…` : text;
}
