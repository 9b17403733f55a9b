/** Whether a pattern stops elsewhere in the middle of what it takes whole in the examples. */
import type { Example } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";

const mostInputs = 200;
/** Of the inputs, the share on which it may. */
const tolerated = 0.05;

/** The kind of character that stands behind the output in the input: a blank, a letter or digit, the mark itself, or the end. */
function behind(input: string, output: string): string | undefined {
  const at = input.indexOf(output);
  if (output === "" || at < 0) return undefined;
  const next = input.charAt(at + output.length);
  return /\s/.test(next) ? " " : /[\p{L}\p{N}]/u.test(next) ? "a" : next;
}

/** True where, on more than a few inputs, another mark or a letter follows than follows in any example. */
export function cutsThrough(
  give: (input: JsonValue) => JsonValue | undefined,
  examples: readonly Example[],
  inputs: readonly JsonValue[],
): boolean {
  const known = new Set<string>();
  for (const { input, output } of examples)
    if (typeof input === "string" && typeof output === "string") known.add(behind(input, output) ?? "");
  let seen = 0;
  let cut = 0;
  for (const input of inputs.slice(0, mostInputs)) {
    const output = give(input);
    if (typeof input !== "string" || typeof output !== "string") continue;
    const next = behind(input, output);
    if (next === undefined) continue;
    seen++;
    if (next !== "" && next !== " " && !known.has(next)) cut++;
  }
  return seen > 0 && cut / seen > tolerated;
}
