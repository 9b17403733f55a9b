/** Inputs on which two kinds of program disagree. */
import type { JsonValue } from "../contract/wire.ts";

export interface Ambiguity {
  readonly input: JsonValue;
  /** What programs that fit the examples give; the chosen one's output comes first. */
  readonly outputs: readonly JsonValue[];
}

interface Program {
  readonly give: (input: JsonValue) => JsonValue | undefined;
  readonly ambiguous: readonly Ambiguity[];
}

const mostAmbiguous = 10;
const mostOutputs = 4;
const mostInputs = 2_000;

/** What the chosen program is unsure of, and where its rival says something else. */
export function disagreeing(chosen: Program, rival: Program, inputs: readonly JsonValue[]): Ambiguity[] {
  const found = new Map(chosen.ambiguous.map((one) => [JSON.stringify(one.input), one]));
  for (const input of inputs.slice(0, mostInputs)) {
    const [own, other] = [chosen.give(input) ?? null, rival.give(input) ?? null];
    const said = JSON.stringify(other);
    if (JSON.stringify(own) === said) continue;
    const key = JSON.stringify(input);
    const outputs = found.get(key)?.outputs ?? [own];
    if (found.size >= mostAmbiguous && !found.has(key)) continue;
    const isKnown = outputs.some((output) => JSON.stringify(output) === said);
    found.set(key, { input, outputs: isKnown ? outputs : [...outputs.slice(0, mostOutputs - 1), other] });
  }
  return [...found.values()];
}
